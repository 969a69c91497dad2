"""外贸直通车 产品报告: what each promoted product cost. No real export header is known."""

from zhanggui.tables.columns import Id, Text
from zhanggui.tables.p4p import DAY, EFFECT, INQUIRIES, PLAN, SOURCE, menu
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_product",
    zh="直通车产品报告",
    en="P4P product report",
    kind="report",
    time="period",
    grain="one row per plan, product and period or day",
    key=("plan", "product_id"),
    signature=("clicks", "cost"),
    menu=menu("产品报告", "Product report"),
    source=SOURCE,
    columns={
        "day": DAY,
        "plan": PLAN,
        "product_id": Id(zh="产品ID", en="Product ID", also=("product_id", "商品ID"), required=True),
        "product_name": Text(zh="产品名称", en="Product name", also=("product_name", "subject", "商品名称")),
        **EFFECT,
        "inquiries": INQUIRIES,
    },
)
