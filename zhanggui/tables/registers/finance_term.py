"""融资与保险条款: what letters of credit, factoring, credit insurance and loans cost, and up to which amount.

Kept by the owner. Requirements: GOAL-4.
"""

from zhanggui.tables.columns import Count, Day, Money, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="finance_term",
    zh="融资与保险条款",
    en="Finance and insurance terms",
    kind="register",
    time="state",
    grain="one row per kind and provider, as of a day",
    key=("kind", "provider"),
    signature=("yearly_rate",),
    lag_days=0,
    costs=True,
    columns={
        "kind": Text(
            zh="融资或保险方式", en="Kind of finance or cover", required=True, options=("信用证", "保理", "信用保险", "贷款")
        ),
        "provider": Text(zh="提供机构", en="Provider", required=True),
        "yearly_rate": Rate(zh="年利率", en="Rate a year", costs=True),
        "fee_rate": Rate(zh="手续费率", en="Fee rate", costs=True),
        "credit_days": Count(zh="账期天数", en="Credit days", unit="day"),
        "credit_limit": Money(zh="额度", en="Credit limit", unit="in the currency of the row"),
        "currency": Text(zh="币种", en="Currency", required=True, options=("USD", "CNY")),
        "valid_until": Day(zh="条款到期日", en="Terms valid until"),
        "note": Text(zh="备注", en="Note"),
    },
)
