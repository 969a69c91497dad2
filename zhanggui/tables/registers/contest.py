"""团队PK: who competes with whom, by which figure, and for what.

Kept by the store manager. Requirements: TEAM-2, BUYR-9.
"""

from zhanggui.tables.columns import Day, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="contest",
    zh="团队PK",
    en="Team contests",
    kind="register",
    time="state",
    grain="one row per contest and person, as of a day",
    key=("contest", "person"),
    lag_days=0,
    columns={
        "contest": Text(zh="PK名称", en="Contest", required=True),
        "person": Text(zh="姓名", en="Name", required=True),
        "side": Text(zh="PK队伍", en="Side", required=True),
        "figure": Text(zh="PK指标", en="Contest figure", options=("销售额", "客单价", "好评", "询盘", "成交")),
        "start": Day(zh="PK开始日", en="Contest starts"),
        "end": Day(zh="PK结束日", en="Contest ends"),
        "prize": Text(zh="PK奖励", en="Prize"),
        "note": Text(zh="备注", en="Note"),
    },
)
