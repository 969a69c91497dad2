"""外贸直通车 关键词报告: what each paid word cost. No real export header is known: the platform's own labels are candidates."""

from zhanggui.tables.columns import Count, Money, Number, Text
from zhanggui.tables.p4p import DAY, EFFECT, INQUIRIES, PLAN, SOURCE, menu
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
    menu=menu("关键词报告", "Keyword report"),
    source=SOURCE,
    columns={
        "day": DAY,
        "plan": PLAN,
        "ad_group": Text(zh="推广组", en="Ad group", also=("推广单元", "ad_group_name")),
        "word": Text(zh="关键词", en="Keyword", also=("推广关键词",), required=True),
        "star": Number(zh="推广评分", en="Promotion score", also=("qs_star",), unit="star 0-5"),
        "bid": Money(zh="出价", en="Bid", also=("bid_price",), unit="CNY"),
        **EFFECT,
        "inquiries": INQUIRIES,
        "average_bid": Money(zh="平均出价", en="Average bid of sellers", also=("avg_price",), unit="CNY"),
        "suggested_bid": Money(zh="建议出价", en="Suggested bid", also=("sug_price",), unit="CNY"),
        "floor_bid": Money(zh="底价", en="Lowest possible bid", also=("base_price",), unit="CNY"),
        "heat": Number(zh="搜索热度", en="Search heat", also=("search_count",)),
        "competition": Number(zh="竞争度", en="Competition", also=("buy_count",)),
        "products": Count(zh="匹配产品数", en="Matching products", also=("relative_products_count",)),
    },
)
