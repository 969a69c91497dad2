"""升星动作: what the shop can do for its star, how much one unit of it moves an indicator, and what that takes.

The platform publishes no effects: each figure here is the shop's own experience, typed by a person. Kept by the manager.
Requirements: STAR-5.
"""

from zhanggui.tables.columns import Count, Id, Money, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="star_action",
    zh="升星动作",
    en="Actions for the star",
    kind="register",
    time="state",
    grain="one row per action and indicator that it moves, as of a day",
    key=("action", "code"),
    signature=("effect",),
    lag_days=0,
    columns={
        "action": Text(zh="升星动作", en="Action for the star", required=True),
        "code": Id(zh="星等级指标代码", en="Code of the star indicator", required=True),
        "effect": Number(
            zh="每份动作至少改变",
            en="Change per unit, at least",
            required=True,
            unit="in the unit of the star page; a share in %",
        ),
        "unit": Text(zh="一份是多少", en="What one unit is"),
        "minutes": Count(zh="每份动作分钟", en="Minutes per unit", unit="minute", required=True),
        "money": Money(zh="每份动作花费", en="Money per unit", unit="CNY", missing="costs no money"),
        "most": Count(zh="最多几份动作", en="At most so many units", required=True),
        "days": Count(zh="几天见效", en="Days until it shows", unit="day", missing="not known"),
        "track": Text(zh="只算哪种星", en="Only for the track", options=("rts", "custom"), missing="for both"),
        "note": Text(zh="备注", en="Note"),
    },
)
