"""店铺转化: of a day's visits, the share that became leads, and of these the share that became orders. A part of the weekly report.

The shares are the platform's own; the first goes by visits (店铺访问次数), not by visitors.
"""

from zhanggui.tables.columns import Count, Day, Rate
from zhanggui.tables.table import Table

TABLE = Table(
    name="shop_conversion",
    zh="店铺转化",
    en="Shop conversion",
    kind="report",
    time="period",
    grain="one row per day",
    key=(),
    signature=("visit_lead_rate",),
    menu={"zh": "商家工作台 → 周报", "en": "Workbench → Weekly report"},
    source="the weekly report of one shop, 2026-05 (grade A for the keys); no export file seen",
    columns={
        "day": Day(zh="统计日期", en="Day counted", also=("statDate",), required=True),
        "visits": Count(zh="店铺浏览量", en="Shop visits", also=("shopPv",), additive=True),
        "visit_lead_rate": Rate(zh="访问到商机转化率", en="Leads per visit", also=("visitorToBusRate",)),
        "lead_order_rate": Rate(zh="商机到订单转化率", en="Orders per lead", also=("busToOrdRate",)),
    },
)
