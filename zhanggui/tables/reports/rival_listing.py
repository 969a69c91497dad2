"""同行商品: what is seen of a rival's listing on a day: title, price range, minimum order, years. Labels are candidates.

A range in one cell (`USD 465.00-550.00`) gives both ends; a single price is both.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="rival_listing",
    zh="同行商品",
    en="Rivals' listings",
    kind="report",
    time="event",
    day="seen",
    grain="one row per listing and day it was looked at (and its occurrence)",
    key=("seen", "listing_id", "title", "shop", "occurrence"),
    signature=("price_low",),
    lag_days=0,
    menu={"zh": "搜索结果页面 → 采集表", "en": "Search results → Collected sheet"},
    source="labels as a person would write them (grade D)",
    columns={
        "seen": Day(zh="采集日期", en="Day seen", required=True),
        "listing_id": Id(zh="同行商品ID", en="Listing ID"),
        "title": Text(zh="商品标题", en="Title", also=("同行商品标题",), required=True),
        "shop": Text(zh="同行店铺", en="Rival's shop", also=("供应商",)),
        "price_low": Money(zh="最低价", en="Lowest price", also=("价格", "价格区间", "Price"), end="low", unit="USD"),
        "price_high": Money(zh="最高价", en="Highest price", also=("价格", "价格区间", "Price"), end="high", unit="USD"),
        "min_order_quantity": Count(zh="起订量", en="Minimum order quantity", also=("最小起订量", "MOQ")),
        "years": Count(zh="供应商年限", en="Supplier years", unit="year"),
        "star": Number(zh="商家星等级", en="Star level", unit="star"),
        "review_score": Number(zh="评价分", en="Review score", unit="star 1-5"),
        "reviews": Count(zh="评价数", en="Reviews shown"),
        "sold": Count(zh="已售数量", en="Pieces sold as shown"),
        "rank": Count(zh="搜索排名", en="Rank in the results"),
        "word": Text(zh="搜索词", en="Search word"),
        "country": Text(zh="供应商国家", en="Supplier's country"),
        "url": Text(zh="商品链接", en="Address of the listing"),
    },
)
