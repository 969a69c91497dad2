"""店铺行业: the industries in which the platform compares the shop with its peers."""

from zhanggui.tables.columns import Flag, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="shop_industry",
    zh="店铺行业",
    en="Industries of the shop",
    kind="report",
    time="state",
    grain="one row per industry, as of a day",
    key=("industry_id", "industry"),
    lag_days=0,
    menu={"zh": "开放平台 → 数据管家基础权限包", "en": "Open Platform → Data Advisor permission pack"},
    source="recorded answers of alibaba.mydata.overview.industry.get (grade A)",
    headers_are_real=True,
    columns={
        "industry_id": Id(zh="行业ID", en="Industry ID", also=("industry_id",), required=True),
        "industry": Text(zh="行业名称", en="Industry", also=("industry_desc",), required=True),
        "main": Flag(zh="是否主营行业", en="Main industry", also=("main_category",)),
    },
)
