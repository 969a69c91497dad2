"""订单资金: each payment, service fee or refund of an order. The fields of the API's answer are not known: labels are candidates."""

from zhanggui.tables.columns import Id, Moment, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="order_fund",
    zh="订单资金",
    en="Order payments",
    kind="report",
    time="event",
    day="moved",
    grain="one row per order, kind and moment of payment (and its occurrence)",
    key=("order_no", "kind", "moved", "occurrence"),
    signature=("amount",),
    lag_days=0,
    menu={"zh": "交易管理 → 资金管理", "en": "Orders → Funds"},
    source="labels as a person would expect them; neither an export nor an answer was seen (grade D)",
    columns={
        "order_no": Id(zh="信保订单号", en="Order number", also=("订单编号", "trade_id", "e_trade_id"), required=True),
        "moved": Moment(zh="资金时间", en="Time of the payment", also=("支付时间", "到账时间"), required=True),
        "kind": Text(zh="款项类型", en="Kind of payment", options=("预付款", "尾款", "服务费", "退款")),
        "amount": Money(zh="款项金额", en="Amount paid", unit="in the currency of the row", additive=True),
        "currency": Text(zh="款项币种", en="Currency of the payment"),
        "fee": Money(zh="手续费", en="Fee", unit="in the currency of the row", additive=True),
        "channel": Text(zh="收款方式", en="Way of payment", also=("支付方式",)),
        "status": Text(zh="到账状态", en="Payment status"),
    },
)
