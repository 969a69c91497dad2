"""商品成长工作台: rolling figures of each product, its label, and what the platform advises. Labels read off the page."""

from zhanggui.tables.columns import Count, Id, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_growth",
    zh="商品成长",
    en="Product growth",
    kind="report",
    time="state",
    grain="one row per product, as of a day",
    key=("product_id",),
    signature=("lead_people_90d",),
    lag_days=0,
    menu={"zh": "产品管理 → 商品成长工作台", "en": "Products → Product growth workbench"},
    source="labels of a tool that reads the page (scraped, grade B); no real export header seen",
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", also=("商品ID",), required=True),
        "product_name": Text(zh="产品名称", en="Product name", also=("商品名称", "产品标题")),
        "search_exposures_30d": Count(zh="近30天搜索曝光数", en="Search exposures, 30 days", rolling="30 days"),
        "visitors_30d": Count(zh="近30天访问人数", en="Visitors, 30 days", unit="person", rolling="30 days"),
        "lead_people_90d": Count(
            zh="近90天[TM+询盘]人数", en="People who inquired or chatted, 90 days", unit="person", rolling="90 days"
        ),
        "lead_rate_90d": Rate(zh="近90天[TM+询盘]转化", en="Lead rate, 90 days", rolling="90 days"),
        "buyers_90d": Count(zh="近90天支付买家数", en="Paying buyers, 90 days", unit="person", rolling="90 days"),
        "pay_rate_90d": Rate(zh="近90天访客到支付转化率", en="Visitor-to-payment rate, 90 days", rolling="90 days"),
        "label": Text(zh="标签", en="Label"),
        "advice": Text(zh="优化建议", en="Advice of the platform"),
    },
)
