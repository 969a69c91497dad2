"""产品360 关键词: which words brought one product its exposures and leads in a period. Labels read off the page.

The page shows one product at a time; a file of it must name the product, or the words of two would be taken for one.
"""

from zhanggui.tables.columns import Count, Id, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_keyword",
    zh="产品360关键词",
    en="Product 360 keywords",
    kind="report",
    time="period",
    grain="one row per product, word (and its occurrence) and period",
    key=("product_id", "word", "occurrence"),
    signature=("search_exposures",),
    menu={"zh": "数据参谋 → 产品 → 产品360 → 关键词", "en": "Data Advisor → Products → Product 360 → Keywords"},
    source="labels of a tool that reads the page (scraped, grade B); no real export header seen",
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", also=("商品ID", "productId", "product_id"), required=True),
        "word": Text(zh="关键词", en="Keyword", also=("searchKeyword",), required=True),
        "search_exposures": Count(zh="搜索曝光次数", en="Search exposures", also=("searchImps",), additive=True),
        "search_clicks": Count(zh="搜索点击次数", en="Search clicks", also=("searchClicks",), additive=True),
        "p4p_exposures": Count(zh="直通车曝光次数", en="P4P exposures", also=("p4pExposureCnt",), additive=True),
        "p4p_clicks": Count(zh="直通车点击次数", en="P4P clicks", also=("p4pClickCnt",), additive=True),
        "visitors": Count(zh="商品详情页访问人数", en="Visitors of the product page", also=("detailUv",), unit="person"),
        "inquirers": Count(zh="店内询盘人数", en="Inquirers in the shop", also=("fbUv",), unit="person"),
        "chatters": Count(zh="店内TM咨询人数", en="TM chatters in the shop", also=("tmUv",), unit="person"),
        "order_buyers": Count(zh="店内订单买家人数", en="Order buyers in the shop", also=("crtOrdUv",), unit="person"),
        "lead_rate": Rate(zh="商机转化率", en="Lead rate", also=("uvAbRate",)),
    },
)
