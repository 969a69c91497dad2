"""产品成本: what one piece costs the shop.

Kept by the owner or the supply chain. Requirements: PRIC-1, PRIC-2, BUYR-5, ORDR-3.
"""

from zhanggui.tables.columns import Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_cost",
    zh="产品成本",
    en="Product costs",
    kind="register",
    time="state",
    grain="one row per product, as of a day",
    key=("product_id",),
    lag_days=0,
    costs=True,
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "unit_cost": Money(zh="单件成本", en="Cost per piece", unit="in the currency of the row", required=True),
        "currency": Text(zh="成本币种", en="Cost currency", required=True, options=("CNY", "USD")),
        "note": Text(zh="备注", en="Note"),
    },
)
