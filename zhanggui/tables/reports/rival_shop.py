"""同行店铺: what is seen of a rival's shop on a day. A sheet that a person or a tool fills; labels are candidates."""

from zhanggui.tables.columns import Count, Day, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="rival_shop",
    zh="同行店铺",
    en="Rivals' shops",
    kind="report",
    time="event",
    day="seen",
    grain="one row per rival's shop and day it was looked at",
    key=("seen", "shop"),
    signature=("products",),
    lag_days=0,
    menu={"zh": "同行店铺页面 → 采集表", "en": "Rivals' pages → Collected sheet"},
    source="labels as a person would write them (grade D)",
    columns={
        "seen": Day(zh="采集日期", en="Day seen", required=True),
        "shop": Text(zh="同行店铺", en="Rival's shop", also=("店铺名称",), required=True),
        "url": Text(zh="店铺网址", en="Address of the shop"),
        "years": Count(zh="供应商年限", en="Supplier years", unit="year"),
        "star": Number(zh="商家星等级", en="Star level", unit="star"),
        "products": Count(zh="产品总数", en="Products in all"),
        "sales_30d": Count(zh="近30天销量", en="Pieces sold, 30 days", rolling="30 days"),
        "transactions": Count(zh="交易笔数", en="Transactions shown"),
        "reviews": Count(zh="评价数", en="Reviews shown"),
        "review_score": Number(zh="评价分", en="Review score", unit="star 1-5"),
        "reply_hours": Number(zh="平均回复时间", en="Average reply time", unit="hour"),
        "on_time": Text(zh="按时发货率", en="On-time shipment as shown"),
    },
)
