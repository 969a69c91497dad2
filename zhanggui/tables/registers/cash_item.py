"""收支流水: money that has come in or gone out, or is expected to, by bank account.

Kept by the owner. Requirements: GOAL-3, GOAL-4, STAR-3.
"""

from zhanggui.tables.columns import Day, Flag, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="cash_item",
    zh="收支流水",
    en="Cash items",
    kind="register",
    time="state",
    grain="one row per item, as of a day",
    key=("cash_no",),
    lag_days=0,
    costs=True,
    columns={
        "cash_no": Id(zh="流水号", en="Cash item no.", required=True),
        "paid_on": Day(zh="收付日", en="Paid on", required=True),
        "direction": Text(zh="收支方向", en="In or out", required=True, options=("收入", "支出")),
        "amount": Money(zh="收支金额", en="Amount paid", required=True, unit="in the currency of the row"),
        "currency": Text(zh="币种", en="Currency", required=True, options=("CNY", "USD", "EUR")),
        "expected": Flag(zh="是否预计", en="Expected only", missing="it has been paid"),
        "item": Text(zh="费用项目", en="Cost item", options=("货款", "备货", "广告", "物流", "人员", "软件", "其他")),
        "channel": Text(zh="费用渠道", en="Cost channel"),
        "account": Text(zh="收付账户", en="Account", options=("Alibaba.com Pay", "对公账户", "其他")),
        "counterparty": Text(zh="往来方", en="Paid by or to"),
        "order_no": Id(zh="订单编号", en="Order Number"),
        "note": Text(zh="备注", en="Note"),
    },
)
