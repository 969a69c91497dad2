"""入职转正晋升: the checklist of each person from hiring to promotion.

Kept by the store manager. Requirements: TEAM-4, TEAM-5.
"""

from zhanggui.tables.columns import Day, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="staff_step",
    zh="入职转正晋升",
    en="Hiring and promotion",
    kind="register",
    time="state",
    grain="one row per person, stage and item of the checklist, as of a day",
    key=("person", "stage", "item"),
    lag_days=0,
    whose="person",
    columns={
        "person": Text(zh="姓名", en="Name", required=True),
        "position": Text(zh="应聘岗位", en="Position"),
        "stage": Text(zh="人事阶段", en="Stage", required=True, options=("招聘", "入职", "试用", "转正", "晋升", "离职")),
        "item": Text(zh="检查项", en="Checklist item", required=True),
        "due": Day(zh="应完成日", en="Due on"),
        "done_on": Day(zh="完成日", en="Done on", missing="not done yet"),
        "mentor": Text(zh="带教人", en="Mentor"),
        "result": Text(zh="结果", en="Result"),
        "note": Text(zh="备注", en="Note"),
    },
)
