"""库存: what lies of each SKU in each warehouse, as of a day. The shop's own sheet, or the shapes of Shopify and Amazon.

A file that names no warehouse leaves it empty; it is one place then. An item of Shopify that has no SKU goes by its item ID;
two of its items may have one SKU.
"""

from zhanggui.tables.columns import Count, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="stock_level",
    zh="库存",
    en="Stock levels",
    kind="report",
    time="state",
    grain="one row per SKU, warehouse and stock item, as of a day",
    key=("sku", "warehouse", "item_id"),
    signature=("available",),
    lag_days=0,
    menu={"zh": "ERP 或仓库系统 → 库存 → 导出", "en": "ERP or warehouse system → Stock → Export"},
    source="column names of Shopify's inventory export and of Amazon's inventory reports and API as their help pages list them "
    "(grade A for names); the Chinese labels are candidates",
    columns={
        "sku": Id(
            zh="SKU编码",
            en="SKU",
            also=("商品编码", "seller-sku", "sellerSku"),
            required=True,
        ),
        "warehouse": Text(
            zh="仓库", en="Warehouse", also=("仓库名称", "Location", "location_id", "locationId", "fulfillment-center-id")
        ),
        "item_id": Id(
            zh="库存项ID",
            en="Stock item ID",
            also=("inventory_item_id", "inventoryItemId"),
            missing="a source that knows its goods by SKU only",
        ),
        "product_name": Text(zh="品名", en="Item name", also=("Title", "product-name", "productName")),
        "available": Count(
            zh="可用库存",
            en="Available",
            also=(
                "库存数量",
                "Quantity Available",
                "afn-fulfillable-quantity",
                "fulfillableQuantity",
                "inventoryDetails.fulfillableQuantity",
            ),
        ),
        "on_hand": Count(zh="在库数量", en="On hand", also=("afn-warehouse-quantity", "totalQuantity")),
        "incoming": Count(zh="在途数量", en="Incoming", also=("afn-inbound-shipped-quantity",)),
        "reserved": Count(zh="占用数量", en="Committed", also=("锁定数量", "afn-reserved-quantity")),
        "unsellable": Count(zh="不可售数量", en="Unavailable", also=("afn-unsellable-quantity",)),
        "asin": Id(zh="ASIN码", en="ASIN", also=("asin",)),
        "unit": Text(zh="计量单位", en="Unit of measure"),
    },
)
