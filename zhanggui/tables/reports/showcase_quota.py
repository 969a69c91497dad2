"""橱窗数量: how many showcase places the shop has, and how many are taken, as of a day."""

from zhanggui.tables.columns import Count
from zhanggui.tables.table import Table

TABLE = Table(
    name="showcase_quota",
    zh="橱窗数量",
    en="Showcase places",
    kind="report",
    time="state",
    grain="one row, as of a day",
    key=(),
    signature=("places", "taken"),
    lag_days=0,
    menu={"zh": "营销中心 → 橱窗产品", "en": "Marketing → Showcase"},
    source="field names of alibaba.icbu.showcase.status (grade A for fields); no real export header seen",
    columns={
        "places": Count(zh="橱窗总数", en="Places in all", also=("total_count",)),
        "taken": Count(zh="已用橱窗数", en="Places taken", also=("current_count",)),
    },
)
