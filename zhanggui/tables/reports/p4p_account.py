"""外贸直通车 账户报告: what the whole account cost, day by day. No real export header is known."""

from dataclasses import replace

from zhanggui.tables.columns import Money
from zhanggui.tables.p4p import DAY, EFFECT, INQUIRIES, SOURCE, menu
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_account",
    zh="直通车账户报告",
    en="P4P account report",
    kind="report",
    time="period",
    grain="one row per day",
    key=(),
    signature=("exposures", "clicks", "cost"),
    menu=menu("账户报告", "Account report"),
    source=SOURCE,
    columns={
        "day": replace(DAY, required=True),
        **EFFECT,
        "inquiries": INQUIRIES,
        "budget": Money(zh="账户日预算", en="Daily budget of the account", unit="CNY"),
    },
)
