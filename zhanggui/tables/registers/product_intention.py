"""产品定位: what each product is meant to be: its line, its type, whether it is to have a showcase place.

Kept by the operator. Requirements: PROD-3, PROD-10, GOAL-1.
"""

from zhanggui.tables.columns import Flag, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_intention",
    zh="产品定位",
    en="Product intentions",
    kind="register",
    time="state",
    grain="one row per product, as of a day",
    key=("product_id",),
    signature=("intended_type", "planned_showcase"),
    lag_days=0,
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "product_name": Text(zh="产品名称", en="Product name"),
        "product_line": Text(zh="产品线", en="Product line"),
        "intended_type": Text(zh="目标类型", en="Intended type", options=("商机品", "交易品")),
        "planned_showcase": Flag(zh="计划橱窗", en="Planned for showcase", missing="not decided"),
        "owner": Text(zh="产品负责人", en="Person in charge"),
        "note": Text(zh="备注", en="Note"),
    },
)
