"""已购服务: packages and places bought from the platform: what they cost, what they hold, until when.

Kept by the owner. Requirements: GOAL-7, STAR-7, PROD-10, RFQ-3.
"""

from zhanggui.tables.columns import Count, Day, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="bought_service",
    zh="已购服务",
    en="Services bought",
    kind="register",
    time="state",
    grain="one row per service and start, as of a day",
    key=("service", "start"),
    lag_days=0,
    costs=True,
    columns={
        "service": Text(
            zh="服务名称", en="Service", required=True, options=("出口通", "金品诚企", "SKA", "P4P充值", "顶展", "问鼎")
        ),
        "start": Day(zh="服务开始日", en="Service starts", required=True),
        "end": Day(zh="服务到期日", en="Service ends"),
        "fee": Money(zh="服务费用", en="Service fee", required=True, unit="CNY"),
        "word": Text(zh="绑定关键词", en="Word it is bound to", missing="the service is bound to no word"),
        "showcase_places": Count(zh="橱窗数", en="Showcase places", missing="the service brings none, or not known"),
        "rfq_quota": Count(zh="RFQ权益数", en="RFQ quota", missing="the service brings none, or not known"),
        "note": Text(zh="备注", en="Note"),
    },
)
