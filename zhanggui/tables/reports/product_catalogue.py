"""产品目录: what each product is. Labels of the product manager page and of the platform's API are candidates."""

from zhanggui.tables.columns import Count, Day, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_catalogue",
    zh="产品目录",
    en="Product catalogue",
    kind="report",
    time="state",
    grain="one row per product, as of a day",
    key=("product_id",),
    signature=("category",),
    cadence_days=30,
    lag_days=0,
    menu={"zh": "产品管理 → 管理产品 → 导出", "en": "Products → Manage products → Export"},
    source="field names of the platform's product API (grade A for fields); no real export header seen",
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "product_name": Text(zh="产品名称", en="Product name", also=("产品标题", "subject")),
        "category": Text(zh="类目", en="Category", also=("产品类目", "叶子类目")),
        "group": Text(zh="产品分组", en="Product group", also=("分组",)),
        "model": Text(zh="型号", en="Model", also=("产品型号",)),
        "product_type": Text(
            zh="产品类型", en="Product type", also=("商品类型",), missing="the file does not say 交易品 or 商机品"
        ),
        "status": Text(zh="产品状态", en="Status", also=("状态",)),
        "level": Text(zh="产品等级", en="Product level", also=("产品分层",)),
        "min_order_quantity": Count(zh="最小起订量", en="Minimum order quantity", also=("MOQ", "起订量")),
        "price_low": Money(zh="最低价", en="Lowest price", unit="USD"),
        "price_high": Money(zh="最高价", en="Highest price", unit="USD"),
        "created": Day(zh="发布时间", en="Created", also=("创建时间",)),
        "modified": Day(zh="最近更新时间", en="Modified", also=("更新时间",)),
    },
)
