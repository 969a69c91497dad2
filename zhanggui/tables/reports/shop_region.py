"""访客地域: from which country or region the shop's visitors came in a period. No real export file is known."""

from zhanggui.tables.columns import Count, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="shop_region",
    zh="访客地域",
    en="Regions of visitors",
    kind="report",
    time="period",
    grain="one row per country or region and period",
    key=("country",),
    signature=("visitors",),
    menu={"zh": "数据参谋 → 流量 → 地域", "en": "Data Advisor → Traffic → Regions"},
    source="field names of the platform's agent tool, labels of the overview (grade B); no real export file seen",
    columns={
        "country": Text(zh="国家/地区", en="Country or region", also=("国家及地区", "地域", "country"), required=True),
        "visitors": Count(zh="店铺访问人数", en="Shop visitors", also=("shop_uv",), unit="person", peers=True),
        "visits": Count(zh="店铺访问次数", en="Shop visits", additive=True),
        "exposures": Count(zh="全店曝光次数", en="Whole-shop exposures", also=("total_imps_cnt",), additive=True),
        "clicks": Count(zh="全店点击次数", en="Whole-shop clicks", additive=True),
        "leads": Count(zh="商机数", en="Leads", also=("total_bus_cnt",), additive=True),
        "inquirers": Count(zh="询盘人数", en="Inquirers", unit="person"),
        "chatters": Count(zh="TM咨询人数", en="TM chatters", unit="person"),
        "lead_rate": Rate(zh="商机转化率", en="Lead rate"),
    },
)
