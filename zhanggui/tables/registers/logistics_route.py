"""物流线路: what each carrier asks on a route and how long it takes; rank 1 is in use, 2 and more are in reserve.

Kept by the merchandiser. Requirements: ORDR-3, PRIC-1, STOK-2.
"""

from zhanggui.tables.columns import Count, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="logistics_route",
    zh="物流线路",
    en="Logistics routes",
    kind="register",
    time="state",
    grain="one row per route and carrier, as of a day",
    key=("route", "carrier"),
    lag_days=0,
    costs=True,
    columns={
        "route": Text(zh="线路", en="Route", required=True),
        "carrier": Text(zh="承运商", en="Carrier", required=True),
        "rank": Count(zh="承运顺位", en="Carrier rank"),
        "transport": Text(zh="运输方式", en="Transport", options=("海卡", "海派", "空派", "快递", "铁路")),
        "origin": Text(zh="起运地", en="Shipped from"),
        "warehouse": Text(zh="目的仓库", en="Destination warehouse"),
        "country": Text(zh="目的国", en="Destination country"),
        "price": Money(zh="运价", en="Freight price", required=True, unit="in the currency of the row"),
        "price_per": Text(zh="计价单位", en="Price per", required=True, options=("kg", "m³", "20GP", "40HQ")),
        "currency": Text(zh="币种", en="Currency", required=True, options=("CNY", "USD")),
        "transit_days": Count(zh="运输天数", en="Transit days", unit="day"),
        "note": Text(zh="备注", en="Note"),
    },
)
