"""关键物料: who supplies each key material (rank 1), and who takes over (rank 2 and more).

Kept by the supply chain. Requirements: SUPP-2, COMP-2.
"""

from zhanggui.tables.columns import Count, Money, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="key_material",
    zh="关键物料",
    en="Key materials",
    kind="register",
    time="state",
    grain="one row per material and supplier, as of a day",
    key=("material", "supplier"),
    lag_days=0,
    costs=True,
    columns={
        "material": Text(zh="关键物料", en="Key material", required=True),
        "supplier": Text(zh="供应商", en="Supplier", required=True),
        "rank": Count(zh="供应顺位", en="Supply rank", required=True),
        "used_for": Text(zh="用于产品", en="Used for"),
        "price": Money(zh="物料单价", en="Material price", unit="in the currency of the row"),
        "currency": Text(zh="币种", en="Currency", options=("CNY", "USD")),
        "monthly_capacity": Number(zh="月供应能力", en="Capacity a month"),
        "take_over_hours": Number(zh="接替时间", en="Time to take over", unit="hour"),
        "note": Text(zh="备注", en="Note"),
    },
)
