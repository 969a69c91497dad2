"""推广短链: the links by which visits and orders of a channel are told apart.

Kept by the operator. Requirements: CONT-4, GOAL-3.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="short_link",
    zh="推广短链",
    en="Short links",
    kind="register",
    time="state",
    grain="one row per link, as of a day",
    key=("short_link",),
    lag_days=0,
    columns={
        "short_link": Text(zh="推广短链", en="Short link", required=True),
        "target": Text(zh="落地页", en="Landing page", required=True),
        "channel": Text(zh="引流渠道", en="Traffic channel"),
        "used_in": Text(zh="用于内容", en="Used in"),
        "product_id": Id(zh="产品ID", en="Product ID"),
        "made_on": Day(zh="建链日", en="Made on"),
        "clicks": Count(zh="短链点击", en="Link clicks"),
        "orders": Count(zh="短链订单数", en="Link orders"),
        "order_amount": Money(zh="短链订单金额", en="Link order amount", unit="USD"),
        "note": Text(zh="备注", en="Note"),
    },
)
