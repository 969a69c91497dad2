"""商机明细: each lead with when it came, for which product and from what buyer."""

from zhanggui.tables.columns import Id, Moment, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="lead",
    zh="商机明细",
    en="Leads in detail",
    kind="report",
    time="event",
    day="came",
    grain="one row per lead (and its occurrence)",
    key=("came", "product_id", "buyer_region", "lead", "occurrence"),
    signature=("product_id", "lead"),
    menu={"zh": "数据参谋 → 商机 → 商机明细", "en": "Data Advisor → Leads → Details"},
    source="column labels of the platform's agent tool (grade B); no export file seen",
    columns={
        "came": Moment(zh="产生商机时间", en="Time of the lead", required=True),
        "product_id": Id(zh="引流商品ID", en="Product ID that brought it"),
        "buyer_level": Text(zh="买家等级", en="Buyer level"),
        "buyer_region": Text(zh="买家地域", en="Buyer's region"),
        "buyer_source": Text(zh="买家来源", en="Buyer's source"),
        "lead": Text(zh="商机信息", en="Lead"),
    },
)
