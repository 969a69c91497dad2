"""排班: who answers buyers at which hours.

Kept by the store manager. Requirements: INQ-2, INQ-4, P4P-6.
"""

from zhanggui.tables.columns import Day, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="roster",
    zh="排班",
    en="Roster",
    kind="register",
    time="state",
    grain="one row per person, weekday or day, and start, as of a day",
    key=("person", "weekday", "only_on", "starts_at"),
    lag_days=0,
    columns={
        "person": Text(zh="姓名", en="Name", required=True),
        "weekday": Text(
            zh="星期",
            en="Weekday",
            missing="the row is about one day only",
            options=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
        ),
        "only_on": Day(zh="指定日期", en="Only on", missing="every week"),
        "starts_at": Text(zh="上班时间", en="Starts at", required=True),
        "ends_at": Text(zh="下班时间", en="Ends at", required=True),
        "time_zone": Text(zh="时区", en="Time zone", missing="Asia/Shanghai"),
        "note": Text(zh="备注", en="Note"),
    },
)
