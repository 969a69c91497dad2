"""新品计划: candidates of the selection funnel, tenders and recruitments, from the idea to the day they are listed.

Kept by the operator. Requirements: PROD-9, MRKT-3.
"""

from zhanggui.tables.columns import Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_launch",
    zh="新品计划",
    en="New product launches",
    kind="register",
    time="state",
    grain="one row per candidate, as of a day",
    key=("candidate",),
    signature=("planned_on",),
    lag_days=0,
    columns={
        "candidate": Text(zh="候选新品", en="Candidate product", required=True),
        "source": Text(zh="选品来源", en="Found by", options=("选品漏斗", "爆品定招", "定向征品", "买家需求", "供应商推荐")),
        "track": Text(zh="开发方式", en="Development track", options=("快速", "深度")),
        "hs_code": Id(zh="商品HS编码", en="HS code", also=("HS编码", "海关编码")),
        "supplier": Text(zh="供应商", en="Supplier"),
        "planned_on": Day(zh="计划上架日", en="To be listed on"),
        "listed_on": Day(zh="实际上架日", en="Listed on", missing="not listed yet"),
        "product_id": Id(zh="产品ID", en="Product ID", missing="not listed yet"),
        "owner": Text(zh="产品负责人", en="Person in charge"),
        "note": Text(zh="备注", en="Note"),
    },
)
