"""P4P计划分配: which product belongs in which P4P plan.

Kept by the operator. Requirements: P4P-2.
"""

from zhanggui.tables.columns import Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_assignment",
    zh="P4P计划分配",
    en="P4P plan assignments",
    kind="register",
    time="state",
    grain="one row per plan and product, as of a day",
    key=("plan", "product_id"),
    lag_days=0,
    columns={
        "plan": Text(zh="推广计划", en="Campaign", also=("计划名称",), required=True),
        "plan_kind": Text(
            zh="计划类型",
            en="Campaign type",
            required=True,
            options=(
                "新品加速",
                "普通计划",
                "快速引流",
                "全店智投",
                "智能计划",
                "优品助推",
                "控成本",
                "国家包",
                "优品抢位",
                "问鼎",
                "顶展",
            ),
        ),
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "product_name": Text(zh="产品名称", en="Product name"),
        "since": Day(zh="加入日", en="In the plan since"),
        "reason": Text(zh="分配理由", en="Reason"),
        "note": Text(zh="备注", en="Note"),
    },
)
