"""采购单: what has been ordered from suppliers and when it comes.

Kept by the supply chain. Requirements: STOK-1, STOK-3.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="purchase_order",
    zh="采购单",
    en="Purchase orders",
    kind="register",
    time="state",
    grain="one row per purchase order and SKU, as of a day",
    key=("purchase_no", "sku"),
    lag_days=0,
    costs=True,
    columns={
        "purchase_no": Id(zh="采购单号", en="Purchase order no.", required=True),
        "sku": Id(zh="SKU编码", en="SKU", required=True),
        "supplier": Text(zh="供应商", en="Supplier"),
        "ordered_on": Day(zh="采购日", en="Ordered on", required=True),
        "quantity": Count(zh="采购数量", en="Quantity ordered", required=True, unit="piece"),
        "price": Money(zh="采购单价", en="Purchase price", unit="in the currency of the row"),
        "currency": Text(zh="币种", en="Currency", options=("CNY", "USD")),
        "warehouse": Text(zh="仓库名称", en="Warehouse"),
        "due": Day(zh="预计到货日", en="Expected on"),
        "received_on": Day(zh="实际到货日", en="Received on", missing="not received yet"),
        "received": Count(zh="到货数量", en="Quantity received", unit="piece", missing="not received yet"),
        "note": Text(zh="备注", en="Note"),
    },
)
