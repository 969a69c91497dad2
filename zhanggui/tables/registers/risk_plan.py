"""风险预案: what is done, by whom, when a risk comes true, and when that was last rehearsed.

Kept by the store manager. Requirements: COMP-2.
"""

from zhanggui.tables.columns import Day, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="risk_plan",
    zh="风险预案",
    en="Risk plans",
    kind="register",
    time="state",
    grain="one row per risk, as of a day",
    key=("risk",),
    lag_days=0,
    columns={
        "risk": Text(zh="风险事项", en="Risk", required=True, options=("港口罢工", "航线中断", "汇率波动", "供应商断供")),
        "trigger": Text(zh="触发条件", en="Trigger", required=True),
        "action": Text(zh="应对措施", en="Action"),
        "owner": Text(zh="预案负责人", en="Plan owner"),
        "drilled_on": Day(zh="上次演练日", en="Last drill", missing="never rehearsed"),
        "next_drill": Day(zh="下次演练日", en="Next drill"),
        "result": Text(zh="演练结果", en="Drill result"),
        "note": Text(zh="备注", en="Note"),
    },
)
