"""访客详情: each visitor of each day, with what was looked at and done. The page keeps 31 days and has no export button."""

from zhanggui.tables.columns import Count, Day, Flag, Id, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="visitor",
    zh="访客详情",
    en="Visitors in detail",
    kind="report",
    time="event",
    day="came",
    grain="one row per visitor and day",
    key=("came", "visitor_id"),
    menu={"zh": "数据参谋 → 访客 → 访客详情", "en": "Data Advisor → Visitors → Details"},
    source="labels of the page and of a tool that reads it, keys of its answers (scraped, grade B); the page exports nothing",
    columns={
        "visitor_id": Id(zh="访客ID", en="Visitor ID", also=("访客编号", "visitorId"), required=True),
        "came": Day(zh="进店日期", en="Day of the visit", also=("logTime", "statDate"), required=True),
        "visitor": Text(zh="访客姓名", en="Visitor"),
        "country": Text(zh="访客国家", en="Visitor's country", also=("国家及地区", "buyerCountryId")),
        "region": Text(zh="访客国家区域", en="Visitor's part of the world"),
        "level": Text(zh="访客等级", en="Buyer level", also=("levelTag",)),
        "gold_buyer": Flag(zh="金标买家", en="Gold buyer"),
        "fan": Flag(zh="品牌粉丝", en="Brand fan"),
        "online_seller": Flag(zh="电商买家", en="Online seller"),
        "tags": Text(zh="标签", en="Labels"),
        "entry_words": Text(zh="进店关键词", en="Words that led to the shop"),
        "words": Text(zh="全站偏好关键词", en="Words used on the whole site", also=("serKeywords",)),
        "stay_seconds": Number(zh="停留时长", en="Stay", also=("staySecond",), unit="second"),
        "views": Count(zh="浏览次数", en="Pages looked at", also=("visitPv",), additive=True),
        "shop_acts": Text(zh="旺铺行为", en="Done in the shop"),
        "site_acts": Text(zh="网站行为", en="Done on the site"),
        "inquired": Flag(zh="是否发起了询盘", en="Sent an inquiry", also=("isMcFb",)),
        "chatted": Flag(zh="是否发起了TM", en="Started a chat", also=("isAtmFb",)),
        "added_to_cart": Flag(zh="是否加入询盘车", en="Put into the inquiry cart", also=("isAddInquiryCart",)),
        "clicked_order": Flag(zh="是否点击下单", en="Clicked to order", also=("isClickPlaceOrder",)),
        "sellers_visited": Count(zh="全站访问卖家数", en="Sellers visited on the site", also=("totalVisitSellerCnt",)),
        "site_views": Count(zh="全站浏览次数", en="Pages looked at on the site", also=("totalVisitPv",)),
        "site_leads": Count(zh="全站询盘和TM数", en="Inquiries and chats on the site", also=("totalAtmFbCnt",)),
        "site_rfqs": Count(zh="全站RFQ数", en="RFQs on the site", also=("totalRfqCnt",)),
    },
)
