"""预算: what may be spent on an item and channel in a year, quarter or month.

Kept by the owner. Requirements: GOAL-3, P4P-4.
"""

from zhanggui.tables.columns import Count, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="budget",
    zh="预算",
    en="Budget",
    kind="register",
    time="state",
    grain="one row per period, item and channel, as of a day",
    key=("year", "quarter", "month", "item", "channel"),
    lag_days=0,
    costs=True,
    columns={
        "year": Count(zh="预算年份", en="Budget year", required=True),
        "quarter": Count(zh="预算季度", en="Budget quarter", missing="the whole year, or the quarter of the month"),
        "month": Count(zh="预算月份", en="Budget month", missing="the whole quarter or year"),
        "item": Text(zh="费用项目", en="Cost item", required=True, options=("备货", "广告", "物流", "人员", "软件", "其他")),
        "channel": Text(
            zh="费用渠道",
            en="Cost channel",
            missing="the whole item",
            options=("P4P", "问鼎", "顶展", "信保补贴", "达人", "独立站SEO", "展会"),
        ),
        "amount": Money(zh="预算金额", en="Budget amount", required=True, unit="in the currency of the row"),
        "currency": Text(zh="币种", en="Currency", required=True, options=("CNY", "USD")),
        "owner": Text(zh="预算负责人", en="Budget holder"),
        "note": Text(zh="备注", en="Note"),
    },
)
