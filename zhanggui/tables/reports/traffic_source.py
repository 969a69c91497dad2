"""流量来源: through which channel visitors came (搜索, 系统推荐, 会场, 直接访问 …). No real export file is known.

One person may come through several channels, so people are not added up over them. Answers count visitors of product pages
(`detailUv`), the page visitors of the shop.
"""

from zhanggui.tables.columns import Count, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="traffic_source",
    zh="流量来源",
    en="Traffic sources",
    kind="report",
    time="period",
    grain="one row per channel and period",
    key=("channel",),
    signature=("inquirers", "chatters"),
    menu={"zh": "数据参谋 → 流量 → 流量来源", "en": "Data Advisor → Traffic → Sources"},
    source="labels of a tool that reads the page, keys of a real weekly report (grade B); no real export file seen",
    columns={
        "channel": Text(zh="流量来源", en="Traffic source", also=("来源渠道", "渠道", "channelType"), required=True),
        "visitors": Count(zh="店铺访问人数", en="Shop visitors", unit="person", peers=True),
        "page_visitors": Count(zh="商品详情页访问人数", en="Visitors of product pages", also=("detailUv",), unit="person"),
        "inquirers": Count(zh="店内询盘人数", en="Inquirers in the shop", also=("fbUv",), unit="person", peers=True),
        "chatters": Count(zh="店内TM咨询人数", en="TM chatters in the shop", also=("tmUv",), unit="person", peers=True),
        "lead_rate": Rate(zh="商机转化率", en="Lead rate", also=("uvAbRate",), peers=True),
    },
)
