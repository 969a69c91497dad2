"""节假日调整: days on which the shop or a market does not work, or works after all.

Kept by the store manager. Requirements: TEAM-1, INQ-4, ORDR-1.
"""

from zhanggui.tables.columns import Day, Flag, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="holiday",
    zh="节假日调整",
    en="Holidays",
    kind="register",
    time="state",
    grain="one row per day and country, as of a day",
    key=("holiday_on", "country"),
    lag_days=0,
    columns={
        "holiday_on": Day(zh="假日日期", en="Holiday on", required=True),
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",), missing="the shop itself"),
        "holiday": Text(zh="假日名称", en="Holiday", required=True),
        "working": Flag(zh="照常上班", en="Worked all the same", missing="nobody works"),
        "note": Text(zh="备注", en="Note"),
    },
)
