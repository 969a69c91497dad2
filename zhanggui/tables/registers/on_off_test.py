"""投放开关测试: hours, countries or days in which P4P goes on and off by a drawn plan, to see what it really brings.

Kept by the operator. Requirements: P4P-8, PLAT-6.
"""

from zhanggui.tables.columns import Count, Day, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="on_off_test",
    zh="投放开关测试",
    en="On-off tests of P4P",
    kind="register",
    time="state",
    grain="one row per test, as of a day",
    key=("test",),
    lag_days=0,
    columns={
        "test": Text(zh="开关测试名称", en="On-off test", required=True),
        "unit": Text(zh="开关单位", en="What is switched", required=True, options=("时段", "地域", "整天")),
        "units": Text(zh="各单位", en="The units, | between them", missing="the whole shop"),
        "outcome": Text(zh="看什么", en="What is counted", required=True, options=("询盘", "访问")),
        "since": Day(zh="开关开始日", en="First day", required=True),
        "weeks": Count(zh="周数", en="Weeks", required=True),
        "seed": Count(zh="抽签号", en="Number of the draw", required=True),
        "hoped": Count(
            zh="想看出报表的几成",
            en="Per cent of what the reports claim (of the usual, for visitors) that it is to tell",
            unit="%",
        ),
        "verdict": Text(zh="开关测试结论", en="Verdict of the on-off test"),
        "note": Text(zh="备注", en="Note"),
    },
)
