"""达人合作: who makes videos for the shop, what that costs and what it brings.

Kept by the operator. Requirements: CONT-4, GOAL-3.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="influencer",
    zh="达人合作",
    en="Influencers",
    kind="register",
    time="state",
    grain="one row per influencer and day of the video, as of a day",
    key=("influencer", "posted_on"),
    lag_days=0,
    costs=True,
    columns={
        "influencer": Text(zh="达人", en="Influencer", required=True),
        "platform": Text(
            zh="达人平台", en="Influencer's platform", required=True, options=("YouTube", "TikTok", "Instagram", "Facebook")
        ),
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",)),
        "followers": Count(zh="粉丝数", en="Followers", unit="person"),
        "posted_on": Day(zh="视频发布日", en="Video posted on", missing="nothing posted yet"),
        "video": Text(zh="视频链接", en="Video"),
        "fee": Money(zh="合作费用", en="Influencer's fee", unit="in the currency of the row"),
        "currency": Text(zh="币种", en="Currency", options=("USD", "EUR", "CNY")),
        "views": Count(zh="视频播放量", en="Video views"),
        "short_link": Text(zh="推广短链", en="Short link"),
        "product_id": Id(zh="产品ID", en="Product ID"),
        "note": Text(zh="备注", en="Note"),
    },
)
