"""买家评价: each review of an order. No export is known: labels as the page would say them."""

from zhanggui.tables.columns import Id, Moment, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="review",
    zh="买家评价",
    en="Reviews",
    kind="report",
    time="event",
    day="reviewed",
    grain="one row per review",
    key=("order_no", "product_id", "reviewed"),
    signature=("score",),
    lag_days=0,
    menu={"zh": "交易管理 → 评价管理", "en": "Orders → Reviews"},
    source="labels as a person would expect them; the list was not seen (grade D)",
    columns={
        "order_no": Id(zh="评价订单号", en="Order reviewed", also=("订单编号",), required=True),
        "reviewed": Moment(zh="评价时间", en="Reviewed", required=True),
        "product_id": Id(zh="评价产品ID", en="Product ID reviewed", also=("产品ID",)),
        "product_name": Text(zh="评价产品", en="Product reviewed", also=("产品名称",)),
        "buyer": Text(zh="评价买家", en="Reviewed by", also=("买家名称",)),
        "country": Text(zh="买家国家", en="Buyer country"),
        "score": Number(zh="评价星级", en="Stars given", also=("评分",), unit="star 1-5"),
        "service_score": Number(zh="服务评分", en="Stars for service", unit="star 1-5"),
        "shipping_score": Number(zh="发货评分", en="Stars for shipping", unit="star 1-5"),
        "text": Text(zh="评价内容", en="Review"),
        "reply": Text(zh="卖家回复", en="Seller's reply"),
        "seller": Text(zh="业务员", en="Salesperson"),
    },
)
