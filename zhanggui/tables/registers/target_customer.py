"""目标客户: the kinds of customers that the shop wants.

Kept by the store manager. Requirements: GOAL-1, GOAL-7.
"""

from zhanggui.tables.columns import Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="target_customer",
    zh="目标客户",
    en="Target customers",
    kind="register",
    time="state",
    grain="one row per kind of customer and country, as of a day",
    key=("customer", "country"),
    lag_days=0,
    columns={
        "customer": Text(zh="目标客户类型", en="Kind of customer wanted", required=True),
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",), missing="every country"),
        "industry": Text(zh="所属行业", en="Industry"),
        "buyer_level": Text(zh="买家等级", en="Buyer level", options=("L1", "L2", "L3", "L4")),
        "yearly_purchase": Money(zh="年采购额", en="Purchases a year", unit="USD"),
        "priority": Text(zh="优先级", en="Priority", required=True),
        "note": Text(zh="备注", en="Note"),
    },
)
