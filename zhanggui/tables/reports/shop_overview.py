"""店铺概览: the whole shop in a period, beside its peers. No real export file is known: labels of the page are candidates."""

from zhanggui.tables.columns import Count, Money, Number, Rate
from zhanggui.tables.table import Table

TABLE = Table(
    name="shop_overview",
    zh="店铺概览",
    en="Shop overview",
    kind="report",
    time="period",
    grain="one row per period",
    key=(),
    signature=("visitors", "search_exposures"),
    cadence_days=7,
    menu={"zh": "数据参谋 → 数据概览", "en": "Data Advisor → Overview"},
    source="labels of the page and of the platform's API; no real export file seen (grade B)",
    columns={
        "visitors": Count(zh="店铺访问人数", en="Shop visitors", unit="person", peers=True),
        "visits": Count(zh="店铺访问次数", en="Shop visits", additive=True, peers=True),
        "search_exposures": Count(zh="搜索曝光次数", en="Search exposures", additive=True, peers=True),
        "search_clicks": Count(zh="搜索点击次数", en="Search clicks", additive=True, peers=True),
        "inquirers": Count(zh="询盘人数", en="Inquirers", unit="person", peers=True),
        "inquiries": Count(zh="询盘个数", en="Inquiries", additive=True, peers=True),
        "chatters": Count(zh="TM咨询人数", en="TM chatters", unit="person", peers=True),
        "lead_people": Count(zh="商机人数", en="Lead people", unit="person", peers=True),
        "lead_rate": Rate(zh="商机转化率", en="Lead rate", of=("lead_people", "visitors"), peers=True),
        "orders": Count(zh="信保交易订单个数", en="Trade Assurance orders", additive=True, peers=True),
        "order_amount": Money(
            zh="信保交易金额(美元)",
            en="Trade Assurance order amount",
            also=("信保交易金额",),
            additive=True,
            unit="USD",
            peers=True,
        ),
        "fast_reply_rate": Rate(zh="极速回复率", en="Rapid-reply rate", rolling="30 days", peers=True),
        "reply_hours": Number(zh="平均回复时长", en="Average reply time", unit="hour", rolling="30 days", peers=True),
    },
)
