"""外贸直通车 关键词报告: what each paid word cost. No real export header is known: the platform's own labels are candidates."""

from zhanggui.tables.columns import Count, Day, Money, Number, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_keyword",
    zh="直通车关键词报告",
    en="P4P keyword report",
    kind="report",
    time="period",
    grain="one row per plan, group, word (and its occurrence) and period or day",
    key=("plan", "ad_group", "word", "occurrence"),
    signature=("clicks", "cost"),
    cadence_days=0,
    menu={
        "zh": "营销中心 → 外贸直通车 → 数据报告 → 关键词报告 → 下载",
        "en": "Marketing → P4P → Reports → Keyword report → Download",
    },
    source="labels of the platform's API and of one seller's hand template; no real export header seen (grade B)",
    columns={
        "day": Day(zh="日期", en="Date"),
        "plan": Text(zh="推广计划", en="Campaign", also=("计划名称", "营销计划", "campaign_name")),
        "ad_group": Text(zh="推广组", en="Ad group", also=("推广单元", "ad_group_name")),
        "word": Text(zh="关键词", en="Keyword", also=("推广关键词",), required=True),
        "star": Number(zh="推广评分", en="Promotion score", unit="star 0-5"),
        "bid": Money(zh="出价", en="Bid", unit="CNY"),
        "exposures": Count(zh="曝光量", en="Impressions", also=("曝光", "曝光次数"), additive=True),
        "clicks": Count(zh="点击量", en="Clicks", also=("点击", "点击次数"), additive=True),
        "ctr": Rate(zh="点击率", en="Click rate", also=("ctr",), of=("clicks", "exposures")),
        "cost": Money(zh="花费", en="Spend", also=("消耗", "花费(元)", "消耗(元)", "cost"), additive=True, unit="CNY"),
        "cpc": Money(zh="平均点击花费", en="Average cost per click", also=("平均点击花费(元)",), unit="CNY"),
        "hours": Number(zh="推广时长", en="Hours on", also=("推广时长(小时)",), unit="hour"),
        "inquiries": Count(
            zh="询盘个数", en="Inquiries", also=("询盘量", "询盘"), additive=True, missing="the report does not carry inquiries"
        ),
    },
)
