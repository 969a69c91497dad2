"""爆品七步: where each product stands on the seven steps to a hit product, with its due days.

Kept by the operator. Requirements: PROD-8.
"""

from zhanggui.tables.columns import Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="hit_step",
    zh="爆品七步",
    en="Steps to a hit product",
    kind="register",
    time="state",
    grain="one row per product and step, as of a day",
    key=("product_id", "step"),
    signature=("due",),
    lag_days=0,
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "product_name": Text(zh="产品名称", en="Product name"),
        "step": Text(
            zh="打爆步骤",
            en="Step to a hit",
            required=True,
            options=("市场调研", "选品", "选词", "发布", "推广", "数据分析", "二次优化"),
        ),
        "due": Day(zh="应完成日", en="Due on"),
        "done_on": Day(zh="完成日", en="Done on", missing="not done yet"),
        "owner": Text(zh="产品负责人", en="Person in charge"),
        "result": Text(zh="结果", en="Result"),
        "note": Text(zh="备注", en="Note"),
    },
)
