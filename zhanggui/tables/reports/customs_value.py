"""海关数据: what a country imported or exported of a commodity in a year, by partner. HS codes are text: leading zeros count."""

from zhanggui.tables.columns import Count, Id, Money, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="customs_value",
    zh="海关数据",
    en="Customs values",
    kind="report",
    time="state",
    grain="one row per reporter, partner, flow, HS code and year, as of a day",
    key=("reporter", "partner", "flow", "hs_code", "year"),
    signature=("value",),
    lag_days=0,
    menu={"zh": "联合国贸易数据库 → 下载 CSV", "en": "UN Comtrade → Download CSV"},
    source="column names of trade statistics downloads, from memory (grade D); the Chinese labels are candidates",
    columns={
        "hs_code": Id(zh="HS编码", en="HS code", also=("海关编码", "cmdCode", "cmd_code"), required=True),
        "year": Count(zh="年份", en="Year", also=("refYear", "ref_year"), required=True),
        "reporter": Text(zh="报告国", en="Reporter", also=("reporterDesc", "reporter_desc")),
        "partner": Text(zh="贸易伙伴", en="Partner", also=("伙伴国", "partnerDesc", "partner_desc")),
        "flow": Text(zh="进出口", en="Flow", also=("贸易流向", "flowDesc", "flow_desc")),
        "commodity": Text(zh="商品描述", en="Commodity", also=("cmdDesc", "cmd_desc")),
        "value": Money(
            zh="贸易额(美元)", en="Trade value", also=("贸易额", "primaryValue", "primary_value"), additive=True, unit="USD"
        ),
        "weight": Number(zh="净重", en="Net weight", also=("netWgt", "net_wgt"), additive=True, unit="kg"),
    },
)
