"""买家分类: the class, kind and membership that a buyer was given by hand.

Kept by the salesperson. Requirements: BUYR-2, BUYR-3, BUYR-5.
"""

from zhanggui.tables.columns import Day, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="buyer_class",
    zh="买家分类",
    en="Buyer classes",
    kind="register",
    time="state",
    grain="one row per buyer, as of a day",
    key=("buyer",),
    signature=("grade",),
    lag_days=0,
    columns={
        "buyer": Text(zh="买家名称", en="Buyer Name", also=("客户名称",), required=True),
        "grade": Text(zh="买家分级", en="Buyer grade", options=("A", "B", "C", "D")),
        "kind": Text(zh="买家类别", en="Buyer class", options=("大买家", "样品买家", "小单买家")),
        "member_tier": Text(zh="会员等级", en="Membership tier", missing="not a member"),
        "member_since": Day(zh="入会日", en="Member since", missing="not a member"),
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",)),
        "industry": Text(zh="所属行业", en="Industry"),
        "first_contact": Day(zh="首次联系日", en="First contact"),
        "salesperson": Text(zh="业务员", en="Salesperson"),
        "note": Text(zh="备注", en="Note"),
    },
)
