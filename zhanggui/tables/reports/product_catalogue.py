"""产品目录: what each product is. Labels of the product manager page and of the platform's API are candidates."""

from zhanggui.tables.columns import Count, Day, Flag, Id, Money, Text
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
        "product_id": Id(zh="产品ID", en="Product ID", also=("id",), required=True),
        "product_name": Text(zh="产品名称", en="Product name", also=("产品标题", "subject")),
        "category": Text(zh="类目", en="Category", also=("产品类目", "叶子类目", "category_name", "category_id")),
        "group": Text(zh="产品分组", en="Product group", also=("分组", "group_name")),
        "model": Text(zh="型号", en="Model", also=("产品型号", "red_model")),
        "product_type": Text(
            zh="产品类型",
            en="Product type",
            also=("商品类型", "product_type"),
            missing="the file does not say 交易品 or 商机品",
        ),
        "status": Text(zh="产品状态", en="Status", also=("状态", "status")),
        "level": Text(zh="产品等级", en="Product level", also=("产品分层", "level")),
        "min_order_quantity": Count(
            zh="最小起订量",
            en="Minimum order quantity",
            also=("MOQ", "起订量", "min_order_quantity", "sourcing_trade.min_order_quantity"),
        ),
        "price_low": Money(zh="最低价", en="Lowest price", also=("fob_min_price", "sourcing_trade.fob_min_price"), unit="USD"),
        "price_high": Money(
            zh="最高价", en="Highest price", also=("fob_max_price", "sourcing_trade.fob_max_price"), unit="USD"
        ),
        "created": Day(zh="发布时间", en="Created", also=("创建时间", "gmt_create")),
        "modified": Day(zh="最近更新时间", en="Modified", also=("更新时间", "gmt_modified")),
        "encoded_id": Id(zh="混淆ID", en="Encoded ID", also=("product_id",), missing="the file has the plain id only"),
        "displayed": Flag(zh="是否上架", en="On display", also=("display",)),
        "keywords": Text(zh="产品关键词", en="Keywords", also=("keywords",), missing="not read back by the new editor"),
        "owner": Text(zh="产品负责人", en="Person in charge", also=("owner_member_display_name",)),
        "language": Text(zh="产品语言", en="Language", also=("language",)),
        "ready_to_ship": Flag(zh="是否现货", en="Ready to ship", also=("is_rts",)),
        "main_image": Text(zh="主图", en="Main image", also=("main_image", "main_image.images")),
        "url": Text(zh="产品链接", en="Page address", also=("pc_detail_url",)),
    },
)
