"""职责调整: duties that the shop gives to somebody else, moves to another day or leaves out.

Kept by the store manager. Requirements: TEAM-1.
"""

from zhanggui.tables.columns import Flag, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="duty_change",
    zh="职责调整",
    en="Changes of duties",
    kind="register",
    time="state",
    grain="one row per duty, as of a day",
    key=("duty",),
    signature=("stopped",),
    lag_days=0,
    columns={
        "duty": Text(zh="职责", en="Duty", required=True),
        "owner": Text(zh="执行人", en="Done by", missing="as the duty says"),
        "cadence": Text(
            zh="频率", en="How often", missing="as the duty says", options=("每天", "每周", "每月", "每季", "每年")
        ),
        "due_at": Text(zh="应完成时间", en="Due at", missing="as the duty says"),
        "stopped": Flag(zh="是否停做", en="Left out", missing="it is done"),
        "reason": Text(zh="调整原因", en="Reason"),
        "note": Text(zh="备注", en="Note"),
    },
)
