"""网站访问: visits of the shop's own site by day, country and city. The shape of what web analytics export; labels are candidates."""

from zhanggui.tables.columns import Count, Day, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="web_visit",
    zh="独立站访问",
    en="Website visits",
    kind="report",
    time="period",
    grain="one row per country, city, source and period or day",
    key=("country", "city", "channel"),
    signature=("sessions",),
    menu={"zh": "网站统计 → 地域 → 导出", "en": "Web analytics → Geography → Export"},
    source="labels as web analytics would write them; no real export seen (grade D)",
    columns={
        "day": Day(zh="日期", en="Date", also=("day",)),
        "continent": Text(zh="大洲", en="Continent"),
        "country": Text(zh="访客所在国家", en="Country", also=("国家",), required=True),
        "city": Text(zh="城市", en="City", also=("Town/City",)),
        "channel": Text(zh="访问渠道", en="Channel", also=("Session default channel group",)),
        "sessions": Count(zh="会话数", en="Sessions", also=("访问量",), additive=True),
        "users": Count(zh="用户数", en="Users", also=("Total users",), unit="person"),
        "views": Count(zh="页面浏览量", en="Views", also=("Page views",), additive=True),
        "leads": Count(zh="网站询盘数", en="Website inquiries", additive=True),
    },
)
