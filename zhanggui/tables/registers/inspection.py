"""验货: what was drawn from a lot and what was found in it.

Kept by the supply chain. Requirements: SUPP-3.
"""

from zhanggui.tables.columns import Count, Day, Flag, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="inspection",
    zh="验货",
    en="Inspections",
    kind="register",
    time="state",
    grain="one row per inspection, as of a day",
    key=("inspection_no",),
    lag_days=0,
    columns={
        "inspection_no": Id(zh="验货单号", en="Inspection no.", required=True),
        "inspected_on": Day(zh="验货日", en="Inspected on", required=True),
        "order_no": Id(zh="订单编号", en="Order Number"),
        "supplier": Text(zh="供应商", en="Supplier"),
        "product_id": Id(zh="产品ID", en="Product ID"),
        "lot_size": Count(zh="批量", en="Lot size", required=True, unit="piece"),
        "severity": Text(zh="检验严格度", en="Inspection severity", options=("正常", "加严", "放宽")),
        "sample_size": Count(zh="抽样数", en="Sample size", unit="piece"),
        "critical": Count(zh="致命缺陷数", en="Critical defects"),
        "major": Count(zh="严重缺陷数", en="Major defects"),
        "minor": Count(zh="轻微缺陷数", en="Minor defects"),
        "accepted": Flag(zh="验货合格", en="Lot accepted", missing="not decided"),
        "inspector": Text(zh="验货人", en="Inspector"),
        "note": Text(zh="备注", en="Note"),
    },
)
