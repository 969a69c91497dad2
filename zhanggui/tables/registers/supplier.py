"""供应商: who makes goods and materials for the shop.

Kept by the supply chain. Requirements: SUPP-1, SUPP-2, MRKT-3.
"""

from zhanggui.tables.columns import Count, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="supplier",
    zh="供应商",
    en="Suppliers",
    kind="register",
    time="state",
    grain="one row per supplier, as of a day",
    key=("supplier",),
    lag_days=0,
    columns={
        "supplier": Text(zh="供应商", en="Supplier", required=True),
        "kind": Text(zh="供应商类型", en="Supplier type", required=True, options=("工厂", "贸易商", "物料商", "包装商")),
        "supplies": Text(zh="供应内容", en="Supplies"),
        "place": Text(zh="所在地", en="Place"),
        "contact": Text(zh="联系人", en="Contact"),
        "phone": Text(zh="联系电话", en="Phone"),
        "lead_days": Count(zh="供货天数", en="Supply days", unit="day"),
        "payment": Text(zh="付款条件", en="Payment terms"),
        "standing": Text(zh="合作状态", en="Standing", options=("合格", "备选", "观察", "停用")),
        "note": Text(zh="备注", en="Note"),
    },
)
