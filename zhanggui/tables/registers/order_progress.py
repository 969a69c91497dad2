"""订单进度: how far each order is, and on which day it is expected to be dispatched.

Kept by the merchandiser. Requirements: ORDR-1, ORDR-4.
"""

from zhanggui.tables.columns import Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="order_progress",
    zh="订单进度",
    en="Order progress",
    kind="register",
    time="state",
    grain="one row per order, as of a day",
    key=("order_no",),
    signature=("expected_dispatch",),
    lag_days=0,
    columns={
        "order_no": Id(zh="订单编号", en="Order Number", required=True),
        "order_kind": Text(zh="订单类别", en="Order class", options=("现货", "深度定制", "产品开发")),
        "stage": Text(zh="订单阶段", en="Order stage", options=("备料", "生产", "验货", "打包", "已发货")),
        "expected_dispatch": Day(zh="预计发货日", en="Expected dispatch"),
        "dispatched_on": Day(zh="实际发货日", en="Dispatched on", missing="not dispatched yet"),
        "merchandiser": Text(zh="跟单员", en="Merchandiser"),
        "delay_reason": Text(zh="延误原因", en="Reason of delay", missing="not delayed"),
        "note": Text(zh="备注", en="Note"),
    },
)
