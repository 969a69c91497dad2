"""产品效果（接口）: what each product got in a day, week or month, as the API counts it.

The API does not say whether its `impression` counts searches only, so it is never set beside 搜索曝光次数 of 产品分析.
"""

from zhanggui.tables.columns import Count, Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_effect_api",
    zh="产品效果（接口）",
    en="Product effect, from the API",
    kind="report",
    time="period",
    grain="one row per product and period or day",
    key=("product_id",),
    signature=("exposures", "bookmarkers"),
    menu={"zh": "开放平台 → 数据管家基础权限包", "en": "Open Platform → Data Advisor permission pack"},
    source="recorded answers of alibaba.mydata.self.product.get with the platform's own comments (grade A)",
    headers_are_real=True,
    columns={
        "day": Day(zh="日期", en="Date", also=("stat_date", "statDate")),
        "product_id": Id(zh="产品编号", en="Product number", also=("product_id",), required=True),
        "exposures": Count(zh="接口曝光", en="Impressions", also=("impression",), additive=True),
        "clicks": Count(zh="接口点击", en="Clicks", also=("click",), additive=True),
        "visitors": Count(zh="接口访客", en="Visitors", also=("visitor",), unit="person"),
        "inquiries": Count(zh="反馈", en="Inquiries", also=("fb",), additive=True),
        "orders_submitted": Count(zh="提交订单数", en="Orders submitted", also=("order",), additive=True),
        "bookmarkers": Count(zh="收藏买家数", en="Buyers who saved it", also=("bookmark",), unit="person"),
        "comparers": Count(zh="对比买家数", en="Buyers who compared it", also=("compare",), unit="person"),
        "sharers": Count(zh="分享买家数", en="Buyers who shared it", also=("share",), unit="person"),
        "words": Text(zh="来源词", en="Words it was found by", also=("keyword_effects", "keyword_effects.keyword")),
    },
)
