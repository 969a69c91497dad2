"""寄样登记: samples that were sent, and what came of them.

Kept by the salesperson. Requirements: BUYR-6.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="sample_shipment",
    zh="寄样登记",
    en="Sample shipments",
    kind="register",
    time="state",
    grain="one row per sample shipment, as of a day",
    key=("sample_no",),
    lag_days=0,
    columns={
        "sample_no": Id(zh="样品单号", en="Sample no.", required=True),
        "sent_on": Day(zh="寄样日", en="Sample sent on", required=True),
        "buyer": Text(zh="买家名称", en="Buyer Name", also=("客户名称",), required=True),
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",)),
        "product_id": Id(zh="产品ID", en="Product ID"),
        "quantity": Count(zh="样品数量", en="Samples sent", unit="piece"),
        "fee": Money(zh="样品费", en="Sample fee", unit="USD"),
        "carrier": Text(zh="承运商", en="Carrier"),
        "tracking_no": Id(zh="运单号", en="Tracking no."),
        "arrived_on": Day(zh="签收日", en="Arrived on", missing="not arrived yet"),
        "feedback": Text(zh="样品反馈", en="Feedback", missing="no answer yet"),
        "order_no": Id(zh="转化订单编号", en="Order that followed", missing="no order yet"),
        "salesperson": Text(zh="业务员", en="Salesperson"),
        "note": Text(zh="备注", en="Note"),
    },
)
