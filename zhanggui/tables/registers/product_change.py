"""产品改动记录: what was changed on a product and why, so that the effect can be looked at.

Kept by the operator. Requirements: PROD-7, LIST-1, PLAT-6.
"""

from zhanggui.tables.columns import Day, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_change",
    zh="产品改动记录",
    en="Product changes",
    kind="register",
    time="state",
    grain="one row per product, day and part, as of a day",
    key=("product_id", "changed_on", "part"),
    lag_days=0,
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "changed_on": Day(zh="改动日", en="Changed on", required=True),
        "part": Text(
            zh="改动部位",
            en="Part changed",
            required=True,
            options=("标题", "主图", "副图", "视频", "详情", "价格", "属性", "类型"),
        ),
        "before": Text(zh="改动前", en="Before"),
        "after": Text(zh="改动后", en="After"),
        "reason": Text(zh="改动原因", en="Reason"),
        "person": Text(zh="改动人", en="Changed by"),
        "note": Text(zh="备注", en="Note"),
    },
)
