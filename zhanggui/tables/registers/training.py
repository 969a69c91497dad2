"""培训考核: who was trained in what, and how the test went.

Kept by the store manager. Requirements: TEAM-4.
"""

from zhanggui.tables.columns import Day, Flag, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="training",
    zh="培训考核",
    en="Training and tests",
    kind="register",
    time="state",
    grain="one row per training, day and person, as of a day",
    key=("training", "held_on", "person"),
    lag_days=0,
    whose="person",
    columns={
        "training": Text(zh="培训主题", en="Training", required=True),
        "held_on": Day(zh="培训日", en="Held on", required=True),
        "person": Text(zh="姓名", en="Name", required=True),
        "attended": Flag(zh="是否参加", en="Attended", missing="not written down"),
        "tested_on": Day(zh="考核日", en="Tested on", missing="not tested yet"),
        "score": Number(zh="考核成绩", en="Test score", missing="not tested yet"),
        "passed": Flag(zh="是否通过", en="Passed", missing="not tested yet"),
        "trainer": Text(zh="培训人", en="Trainer"),
        "note": Text(zh="备注", en="Note"),
    },
)
