"""其他渠道订单: what buyers ordered elsewhere than on Alibaba.com. Never added to 信保订单; no name and no address of a buyer.

A line that is answered again replaces the older row. Shopify says the price of one unit, Amazon that of the whole line; neither is
worked out from the other. A cancelled order of Shopify has 取消时间, one of Amazon says so in its status.
"""

from zhanggui.tables.columns import Count, Id, Moment, Money, Text
from zhanggui.tables.table import Table

CLOCK = "by the clock of the channel"
CURRENCY = "in the currency of the row"

TABLE = Table(
    name="channel_order_line",
    zh="其他渠道订单",
    en="Orders of other channels",
    kind="report",
    time="event",
    day="created",
    grain="one row per channel, order and line",
    key=("channel", "order_id", "line_id"),
    lag_days=0,
    menu={"zh": "设置 → 连接 → Shopify 或 Amazon", "en": "Settings → Connections → Shopify or Amazon"},
    source="published answers of Shopify's Order and of Amazon's getOrders and getOrderItems (grade A for names); "
    "the Chinese labels are our own",
    columns={
        "channel": Text(zh="销售渠道", en="Sales channel", also=("channel",), required=True),
        "order_id": Id(zh="渠道订单ID", en="Channel order ID", also=("orders.id", "AmazonOrderId"), required=True),
        "line_id": Id(zh="渠道订单行ID", en="Channel line ID", also=("id", "OrderItemId"), required=True),
        "order_name": Text(
            zh="渠道订单名", en="Order name in the channel", also=("orders.name",), missing="the ID is its name"
        ),
        "created": Moment(
            zh="渠道下单时间", en="Ordered in the channel", also=("created_at", "PurchaseDate"), unit=CLOCK, required=True
        ),
        "modified": Moment(zh="渠道更新时间", en="Modified in the channel", also=("updated_at", "LastUpdateDate"), unit=CLOCK),
        "cancelled": Moment(
            zh="取消时间",
            en="Cancelled",
            also=("cancelled_at",),
            unit=CLOCK,
            missing="not cancelled, or a channel that says so in the status only",
        ),
        "status": Text(
            zh="渠道订单状态",
            en="Order status in the channel",
            also=("OrderStatus",),
            missing="a channel without one word for it",
        ),
        "payment": Text(zh="付款状态", en="Payment status", also=("financial_status",)),
        "fulfilled": Text(
            zh="履约状态", en="Fulfilment status", also=("fulfillment_status",), missing="nothing sent yet, or not said"
        ),
        "sku": Id(zh="SKU编码", en="SKU", also=("SellerSKU",), missing="the channel's item has no SKU"),
        "product_name": Text(zh="渠道商品名称", en="Item name in the channel", also=("title", "name")),
        "variant": Text(zh="渠道规格", en="Variant", also=("variant_title",)),
        "item_id": Id(zh="渠道商品ID", en="Channel item ID", also=("variant_id", "ASIN")),
        "quantity": Count(
            zh="订购数量", en="Quantity ordered", also=("quantity", "QuantityOrdered"), additive=True, required=True
        ),
        "shipped": Count(zh="已发数量", en="Quantity shipped", also=("QuantityShipped",), additive=True),
        "unit_price": Money(zh="渠道单价", en="Price of one unit", also=("price",), unit=CURRENCY),
        "line_total": Money(
            zh="行金额",
            en="Price of the line",
            also=("ItemPrice.Amount",),
            additive=True,
            unit=CURRENCY,
            missing="not yet priced",
        ),
        "currency": Text(zh="渠道币种", en="Currency of the channel", also=("currency", "ItemPrice.CurrencyCode")),
    },
)
