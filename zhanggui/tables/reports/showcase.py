"""橱窗: which products hold the shop's showcase places, as of a day. No real export header is known."""

from zhanggui.tables.columns import Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="showcase",
    zh="橱窗产品",
    en="Showcase products",
    kind="report",
    time="state",
    grain="one row per place, as of a day",
    key=("showcase_id",),
    lag_days=0,
    menu={"zh": "营销中心 → 橱窗产品", "en": "Marketing → Showcase"},
    source="field names of alibaba.icbu.showcase.list (grade A for fields); no real export header seen",
    columns={
        "showcase_id": Id(zh="橱窗ID", en="Showcase ID", also=("showcase_id", "id"), required=True),
        "product_id": Id(zh="产品ID", en="Product ID", also=("product_id", "商品ID"), required=True),
        "product_name": Text(zh="产品名称", en="Product name", also=("subject", "商品名称")),
        "group": Text(zh="产品分组", en="Product group"),
        "placed": Day(zh="加入橱窗时间", en="In the showcase since"),
    },
)
