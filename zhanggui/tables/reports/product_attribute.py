"""产品属性: what each product's page says of it, attribute by attribute, as of a day."""

from zhanggui.tables.columns import Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_attribute",
    zh="产品属性",
    en="Product attributes",
    kind="report",
    time="state",
    grain="one row per product and attribute (and its occurrence), as of a day",
    key=("product_id", "attribute", "occurrence"),
    lag_days=0,
    menu={"zh": "产品管理 → 管理产品；开放平台 → 产品权限包", "en": "Products → Manage products; Open Platform → Product pack"},
    source="field names of alibaba.icbu.product.get with the platform's own comments (grade A for fields)",
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", also=("product_id", "商品ID"), required=True),
        "attribute": Text(zh="属性名", en="Attribute", also=("attribute_name",), required=True),
        "value": Text(zh="属性值", en="Attribute value", also=("value_name",)),
    },
)
