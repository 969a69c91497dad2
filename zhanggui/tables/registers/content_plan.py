"""内容日历: what is published where on which day, and how it did.

Kept by the operator and the designer. Requirements: CONT-1, CONT-2, LIST-2.
"""

from zhanggui.tables.columns import Count, Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="content_plan",
    zh="内容日历",
    en="Content calendar",
    kind="register",
    time="state",
    grain="one row per day, channel, account and title, as of a day",
    key=("publish_on", "channel", "account", "title"),
    lag_days=0,
    columns={
        "publish_on": Day(zh="计划发布日", en="To be published on", required=True),
        "channel": Text(
            zh="发布渠道",
            en="Published on",
            required=True,
            options=("True View", "文章", "LinkedIn", "YouTube", "Shorts", "TikTok", "直播", "独立站博客"),
        ),
        "account": Text(zh="发布账号", en="Publishing account", missing="the shop's only account there"),
        "title": Text(zh="内容标题", en="Content title", required=True),
        "form": Text(zh="内容形式", en="Content form", options=("短视频", "图文", "文章", "直播")),
        "product_id": Id(zh="产品ID", en="Product ID"),
        "words": Text(zh="使用关键词", en="Words used"),
        "owner": Text(zh="内容负责人", en="Content by"),
        "published_on": Day(zh="实际发布日", en="In fact published on", missing="not published yet"),
        "link": Text(zh="链接", en="Link"),
        "views": Count(zh="播放或阅读量", en="Views"),
        "rank_page": Count(zh="三周后排名页", en="Result page after three weeks", missing="not looked at, or not found"),
        "note": Text(zh="备注", en="Note"),
    },
)
