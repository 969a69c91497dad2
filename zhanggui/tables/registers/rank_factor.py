"""自然排名因素: what a product has and lacks for its natural rank, as somebody has looked it up.

Kept by the operator. Requirements: PROD-11, STAR-7.
"""

from zhanggui.tables.columns import Day, Flag, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="rank_factor",
    zh="自然排名因素",
    en="Natural rank factors",
    kind="register",
    time="state",
    grain="one row per product and factor, as of a day",
    key=("product_id", "factor"),
    signature=("present",),
    lag_days=0,
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "factor": Text(
            zh="排名因素",
            en="Rank factor",
            required=True,
            options=(
                "按时发货",
                "极速回复",
                "评价",
                "搜索匹配",
                "自身商机率",
                "橱窗",
                "证书与检测报告",
                "Top20爆品",
                "Top3爆品",
                "多规格有价格",
            ),
        ),
        "present": Flag(zh="是否具备", en="Present", missing="not looked at"),
        "detail": Text(zh="具体情况", en="Detail"),
        "checked_on": Day(zh="核对日", en="Checked on"),
        "note": Text(zh="备注", en="Note"),
    },
)
