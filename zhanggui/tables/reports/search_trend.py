"""搜索趋势: how much a word is searched on Google, week by week or month by month, 100 being the file's own highest.

Figures of two downloads are not on one scale. `<1` in the file is more than nothing: 0 with `below_one`.
"""

from zhanggui.tables.columns import Day, Flag, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="search_trend",
    zh="搜索趋势",
    en="Search trends",
    kind="report",
    time="event",
    day="week",
    grain="one row per word, region and day, week or month, named by its first day",
    key=("week", "word", "region"),
    signature=("heat",),
    lag_days=0,
    menu={"zh": "Google 趋势 → 热度随时间变化 → 下载 CSV", "en": "Google Trends → Interest over time → Download CSV"},
    source="the shape of a Google Trends download, from memory (grade D): one column per word, unfolded here into rows",
    columns={
        "week": Day(zh="周次", en="Week", also=("周", "起始日"), required=True),
        "word": Text(zh="搜索词", en="Search word", also=("词",), required=True),
        "region": Text(zh="搜索地区", en="Region", also=("地区",)),
        "heat": Number(zh="热度", en="Heat", unit="0-100 of the file's own highest"),
        "below_one": Flag(zh="低于1", en="Below one"),
    },
)
