"""仓库: where goods lie, at home and abroad.

Kept by the supply chain. Requirements: ORDR-3, STOK-2.
"""

from zhanggui.tables.columns import Money, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="warehouse",
    zh="仓库",
    en="Warehouses",
    kind="register",
    time="state",
    grain="one row per warehouse, as of a day",
    key=("warehouse",),
    lag_days=0,
    costs=True,
    columns={
        "warehouse": Text(zh="仓库名称", en="Warehouse", required=True),
        "kind": Text(zh="仓库类型", en="Warehouse type", required=True, options=("国内仓", "海外仓", "平台仓")),
        "country": Text(zh="国家或地区", en="Country or region", also=("国家",)),
        "place": Text(zh="所在地", en="Place"),
        "operator": Text(zh="仓库运营方", en="Operated by"),
        "capacity": Number(zh="仓容", en="Capacity", unit="m³"),
        "storage_fee": Money(zh="每立方米月仓租", en="Storage per m³ and month", unit="in the currency of the row"),
        "currency": Text(zh="币种", en="Currency", options=("USD", "EUR", "CNY")),
        "note": Text(zh="备注", en="Note"),
    },
)
