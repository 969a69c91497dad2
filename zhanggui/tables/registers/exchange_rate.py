"""汇率: what one unit of a currency is worth in CNY on a day.

Kept by the owner. Requirements: PRIC-1, GOAL-4, COMP-2.
"""

from zhanggui.tables.columns import Day, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="exchange_rate",
    zh="汇率",
    en="Exchange rates",
    kind="register",
    time="state",
    grain="one row per currency and day, as of a day",
    key=("currency", "rate_on"),
    lag_days=0,
    columns={
        "currency": Text(zh="外币", en="Foreign currency", required=True, options=("USD", "EUR", "CAD", "GBP")),
        "rate_on": Day(zh="汇率日期", en="Rate of the day", required=True),
        "rate": Number(zh="兑人民币汇率", en="CNY for one unit", required=True, unit="CNY"),
        "source": Text(zh="汇率来源", en="Rate taken from"),
        "note": Text(zh="备注", en="Note"),
    },
)
