"""补货周期: how long it takes to buy a SKU and to bring it to a warehouse.

Kept by the supply chain. Requirements: STOK-1, STOK-2.
"""

from zhanggui.tables.columns import Count, Id, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="lead_time",
    zh="补货周期",
    en="Replenishment lead times",
    kind="register",
    time="state",
    grain="one row per SKU and warehouse, as of a day",
    key=("sku", "warehouse"),
    lag_days=0,
    columns={
        "sku": Id(zh="SKU编码", en="SKU", required=True),
        "warehouse": Text(zh="仓库名称", en="Warehouse", missing="the same for every warehouse"),
        "purchase_days": Number(zh="采购天数", en="Purchase days", required=True, unit="day"),
        "logistics_days": Number(zh="物流天数", en="Logistics days", required=True, unit="day"),
        "lowest_purchase": Count(zh="最小采购量", en="Smallest purchase", unit="piece"),
        "supplier": Text(zh="供应商", en="Supplier"),
        "note": Text(zh="备注", en="Note"),
    },
)
