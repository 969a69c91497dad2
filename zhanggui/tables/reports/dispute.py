"""纠纷: each dispute of an order. No export is known: labels as the page would say them."""

from zhanggui.tables.columns import Id, Moment, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="dispute",
    zh="纠纷",
    en="Disputes",
    kind="report",
    time="event",
    day="opened",
    grain="one row per dispute",
    key=("dispute_id",),
    lag_days=0,
    menu={"zh": "交易管理 → 退款与纠纷", "en": "Orders → Refunds and disputes"},
    source="labels as a person would expect them; the list was not seen (grade D)",
    columns={
        "dispute_id": Id(zh="纠纷编号", en="Dispute ID", required=True),
        "order_no": Id(zh="纠纷订单号", en="Order disputed", also=("订单编号",), required=True),
        "opened": Moment(zh="发起时间", en="Dispute opened", also=("纠纷发起时间",), required=True),
        "buyer": Text(zh="买家名称", en="Buyer name"),
        "reason": Text(zh="纠纷原因", en="Reason"),
        "status": Text(zh="纠纷状态", en="Dispute status"),
        "amount": Money(zh="纠纷金额", en="Amount in dispute", unit="in the currency of the row", additive=True),
        "refund": Money(zh="退款金额", en="Refunded", unit="in the currency of the row", additive=True),
        "currency": Text(zh="纠纷币种", en="Currency of the dispute"),
        "answer_by": Moment(zh="响应截止时间", en="Answer by"),
        "closed": Moment(zh="结束时间", en="Dispute closed"),
        "seller": Text(zh="业务员", en="Salesperson"),
    },
)
