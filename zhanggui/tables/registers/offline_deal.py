"""线下成交: orders that were closed outside the platform, and which of them could go through it.

Kept by the salesperson. Requirements: GOAL-4, TEAM-3, ORDR-2, STAR-8.
"""

from zhanggui.tables.columns import Count, Day, Flag, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="offline_deal",
    zh="线下成交",
    en="Offline deals",
    kind="register",
    time="state",
    grain="one row per deal, as of a day",
    key=("deal_no",),
    lag_days=0,
    columns={
        "deal_no": Id(zh="线下单号", en="Offline deal no.", required=True),
        "closed_on": Day(zh="成交日", en="Closed on", required=True),
        "buyer": Text(zh="买家名称", en="Buyer Name", also=("客户名称",)),
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",)),
        "product_id": Id(zh="产品ID", en="Product ID"),
        "quantity": Count(zh="成交数量", en="Quantity sold", unit="piece"),
        "amount": Money(zh="成交金额", en="Deal amount", required=True, unit="in the currency of the row"),
        "currency": Text(zh="币种", en="Currency", required=True, options=("USD", "CNY", "EUR")),
        "payment": Text(zh="收款方式", en="Paid through", options=("T/T", "信用证", "西联", "PayPal", "其他")),
        "source": Text(
            zh="买家来源",
            en="Buyer source",
            options=("询盘", "RFQ", "TM", "访客营销", "客户通", "EDM", "展会", "老买家", "其他"),
        ),
        "salesperson": Text(zh="业务员", en="Salesperson"),
        "could_be_online": Flag(zh="可转线上", en="Could go online", missing="not judged"),
        "note": Text(zh="备注", en="Note"),
    },
)
