"""产品阶梯价: the price of each product from each quantity on, as its page shows it on a day."""

from zhanggui.tables.columns import Count, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_price",
    zh="产品阶梯价",
    en="Price steps of products",
    kind="report",
    time="state",
    grain="one row per product, SKU and least quantity, as of a day",
    key=("product_id", "sku", "from_quantity"),
    signature=("price",),
    lag_days=0,
    menu={"zh": "产品管理 → 管理产品；开放平台 → 产品权限包", "en": "Products → Manage products; Open Platform → Product pack"},
    source="what alibaba.icbu.product.get tells of ladder prices (grade A for fields); the Chinese labels are candidates",
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", also=("product_id", "商品ID"), required=True),
        "sku": Text(zh="规格", en="Variant", also=("SKU规格",)),
        "from_quantity": Count(zh="阶梯起始数量", en="From this quantity", also=("min_quantity",), required=True),
        "price": Money(zh="阶梯价", en="Price of the step", also=("price",), unit="in the currency of the row"),
        "currency": Text(zh="阶梯价币种", en="Currency of the step", also=("currency", "fob_currency")),
        "lead_days": Count(zh="阶梯交期", en="Days to make", also=("process_period",), unit="day"),
    },
)
