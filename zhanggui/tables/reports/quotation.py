"""RFQ报价: what the shop quoted, when, and what the buyer did. No export is known: labels as the page would say them."""

from zhanggui.tables.columns import Flag, Id, Moment, Money, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="quotation",
    zh="RFQ报价",
    en="RFQ quotations",
    kind="report",
    time="event",
    day="quoted",
    grain="one row per quotation",
    key=("quotation_id",),
    lag_days=0,
    menu={"zh": "商机沟通 → RFQ → 我的报价", "en": "Messages → RFQ → My quotations"},
    source="labels as a person would expect them; the list was not seen (grade D)",
    columns={
        "quotation_id": Id(zh="报价编号", en="Quotation ID", also=("报价ID",), required=True),
        "rfq_id": Id(zh="RFQ编号", en="RFQ ID", also=("rfq_id",), required=True),
        "quoted": Moment(zh="报价时间", en="Quoted", required=True),
        "seller": Text(zh="报价人", en="Quoted by", also=("业务员",)),
        "subject": Text(zh="RFQ标题", en="Subject"),
        "product_id": Id(zh="报价产品ID", en="Product ID quoted"),
        "price": Money(zh="报价单价", en="Price quoted", unit="in the currency of the row"),
        "currency": Text(zh="报价币种", en="Currency of the quotation"),
        "status": Text(zh="报价状态", en="Quotation status"),
        "read": Flag(zh="买家是否已读", en="Read by the buyer"),
        "answered": Moment(zh="买家回复时间", en="Buyer's reply"),
        "country": Text(zh="买家国家", en="Buyer country"),
        "hours": Number(zh="报价用时", en="Time from RFQ to quotation", unit="hour"),
        "order_no": Id(zh="成交订单号", en="Order that came of it"),
    },
)
