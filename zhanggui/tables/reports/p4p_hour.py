"""外贸直通车 小时报告: what each hour of the day cost, by the platform's clock. No real export header is known."""

from zhanggui.tables.columns import Text
from zhanggui.tables.p4p import DAY, EFFECT, INQUIRIES, PLAN, SOURCE, menu
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_hour",
    zh="直通车小时报告",
    en="P4P hour report",
    kind="report",
    time="period",
    grain="one row per plan, hour and period or day",
    key=("plan", "hour"),
    signature=("clicks", "cost"),
    menu=menu("小时报告", "Hour report"),
    source=SOURCE,
    columns={
        "day": DAY,
        "plan": PLAN,
        "hour": Text(zh="时段", en="Hour of the day", also=("小时", "hour"), required=True),
        **EFFECT,
        "inquiries": INQUIRIES,
    },
)
