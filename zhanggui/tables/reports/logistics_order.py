"""物流订单: each shipment of an order and where it stands, as of a day."""

from zhanggui.tables.columns import Count, Day, Id, Money, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="logistics_order",
    zh="物流订单",
    en="Logistics orders",
    kind="report",
    time="state",
    grain="one row per logistics order, as of a day",
    key=("logistics_no",),
    signature=("order_no",),
    lag_days=0,
    menu={"zh": "物流服务 → 物流订单", "en": "Logistics → Logistics orders"},
    source="keys of the logistics list (grade B) and a freight forwarder's sheet; the other labels are candidates (grade D)",
    columns={
        "logistics_no": Id(zh="物流订单号", en="Logistics order number", also=("order_no",), required=True),
        "order_no": Id(zh="信保订单号", en="Order number", also=("信保单号", "trade_id")),
        "customer_no": Id(zh="客户订单号", en="Customer's order number"),
        "service": Text(zh="服务线路", en="Service", also=("service_code",)),
        "carrier": Text(zh="承运商", en="Carrier"),
        "tracking_no": Id(zh="运单号", en="Tracking number"),
        "status": Text(zh="物流状态", en="Shipment status", also=("status_name",)),
        "status_code": Text(zh="物流状态代码", en="Status code", also=("status",)),
        "cargo": Text(zh="货物描述", en="Cargo", also=("cargo_desc",)),
        "country": Text(zh="目的国家", en="Country of destination"),
        "freight": Money(zh="物流运费", en="Freight", unit="CNY"),
        "weight": Number(zh="计费重量", en="Chargeable weight", unit="kg"),
        "packages": Count(zh="件数", en="Packages"),
        "shipped": Day(zh="发货日期", en="Shipped"),
        "expected": Day(zh="预计送达日期", en="Expected delivery"),
        "arrived": Day(zh="签收日期", en="Delivered"),
    },
)
