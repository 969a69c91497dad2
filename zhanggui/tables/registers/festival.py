"""节日大促: festivals of the platform and of the markets, and the shop's own peaks, with the day by which to sign up.

Kept by the operator. Requirements: MAIL-4, STOK-2, LIST-6.
"""

from zhanggui.tables.columns import Day, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="festival",
    zh="节日大促",
    en="Festivals and seasons",
    kind="register",
    time="state",
    grain="one row per festival and start, as of a day",
    key=("festival", "start"),
    lag_days=0,
    columns={
        "festival": Text(zh="节日或大促", en="Festival", required=True),
        "kind": Text(zh="节日类型", en="Kind of festival", options=("平台大促", "海外节日", "销售旺季")),
        "start": Day(zh="大促开始日", en="Festival starts", required=True),
        "end": Day(zh="大促结束日", en="Festival ends"),
        "sign_up_by": Day(zh="报名截止日", en="Sign up by", missing="nothing to sign up for"),
        "countries": Text(zh="涉及国家", en="Countries"),
        "conditions": Text(zh="报名条件", en="Conditions"),
        "note": Text(zh="备注", en="Note"),
    },
)
