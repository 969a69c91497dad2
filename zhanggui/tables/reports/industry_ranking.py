"""行业榜: the best shops of an industry with their products, visits, inquiries and orders, as of a day."""

from zhanggui.tables.columns import Count, Money, Number, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="industry_ranking",
    zh="行业榜",
    en="Industry ranking",
    kind="report",
    time="state",
    grain="one row per industry and shop, as of a day",
    key=("industry", "company"),
    signature=("rank", "inquiries"),
    lag_days=0,
    menu={"zh": "数据参谋 → 行业榜", "en": "Data Advisor → Industry ranking"},
    source="labels of a list in a practitioner's file (grade B); no real export header seen",
    columns={
        "industry": Text(zh="行业", en="Industry", missing="the file does not say"),
        "rank": Count(zh="排名", en="Rank"),
        "company": Text(zh="公司名称", en="Company name", required=True),
        "main_products": Text(zh="主营产品", en="Main products"),
        "products": Count(zh="产品总数", en="Products in all"),
        "visits": Count(zh="类目访问", en="Visits in the category"),
        "inquiries": Count(zh="类目询盘", en="Inquiries in the category"),
        "inquiry_rate": Rate(zh="询盘率", en="Inquiry rate"),
        "orders": Count(zh="全店线上订单量", en="Online orders of the shop"),
        "order_amount": Money(zh="全店线上订单金额", en="Online order amount of the shop", unit="USD"),
        "star": Number(zh="商家星等级", en="Star level", unit="star"),
        "years": Count(zh="供应商年限", en="Supplier years", unit="year"),
    },
)
