"""目标国家: the countries that the shop wants buyers from.

Kept by the store manager. Requirements: GOAL-1, TRAF-3, P4P-6.
"""

from zhanggui.tables.columns import Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="target_country",
    zh="目标国家",
    en="Target countries",
    kind="register",
    time="state",
    grain="one row per country, as of a day",
    key=("country",),
    lag_days=0,
    columns={
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",), required=True),
        "priority": Text(zh="优先级", en="Priority", required=True),
        "note": Text(zh="备注", en="Note"),
    },
)
