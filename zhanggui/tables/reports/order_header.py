"""订单总表: one row per order with its totals, as the API answers. A list says ids and days only, a single order its amounts.

Money here is the order's own, so unlike that of order lines it may be added up, within one currency.
"""

from zhanggui.tables.columns import Count, Id, Moment, Money, Text
from zhanggui.tables.table import Table

CURRENCY = "in the currency of the row"

TABLE = Table(
    name="order_header",
    zh="订单总表",
    en="Order totals",
    kind="report",
    time="event",
    day="created",
    grain="one row per order",
    key=("order_no",),
    lag_days=0,
    menu={"zh": "开放平台 → 订单管理权限包", "en": "Open Platform → Order permission pack"},
    source="recorded answers of alibaba.seller.order.list; field names of order.get from two integrations (grade B)",
    columns={
        "order_no": Id(zh="信保订单号", en="Order number", also=("trade_id", "e_trade_id"), required=True),
        "created": Moment(zh="下单时间", en="Ordered", also=("create_date", "create_date.format_date"), required=True),
        "modified": Moment(zh="更新时间", en="Modified", also=("modify_date", "modify_date.format_date")),
        "status": Text(zh="交易状态", en="Trade status", also=("trade_status",)),
        "buyer": Text(zh="买家姓名", en="Buyer", also=("buyer.full_name", "full_name")),
        "buyer_id": Id(zh="买家ID", en="Buyer ID", also=("buyer.immutable_eid", "buyer.e_account_id")),
        "seller": Text(zh="负责业务员", en="Salesperson", also=("sales_man_login_id",)),
        "products_amount": Money(
            zh="产品总金额",
            en="Products amount",
            also=("product_total_amount", "product_total_amount.amount"),
            additive=True,
            unit=CURRENCY,
        ),
        "shipment_fee": Money(
            zh="运费金额", en="Freight", also=("shipment_fee", "shipment_fee.amount"), additive=True, unit=CURRENCY
        ),
        "discount": Money(
            zh="优惠金额", en="Discount", also=("discount_amount", "discount_amount.amount"), additive=True, unit=CURRENCY
        ),
        "advance": Money(
            zh="预付金额", en="Advance", also=("advance_amount", "advance_amount.amount"), additive=True, unit=CURRENCY
        ),
        "amount": Money(
            zh="订单总金额",
            en="Order total",
            also=("total_amount", "total_amount.amount", "order_amount", "order_amount.amount"),
            additive=True,
            unit=CURRENCY,
        ),
        "paid": Money(zh="已付金额", en="Paid", also=("pay_amount", "pay_amount.amount"), additive=True, unit=CURRENCY),
        "currency": Text(zh="币种", en="Currency", also=("currency", "total_amount.currency", "order_amount.currency")),
        "ship_by": Moment(zh="约定发货日", en="Ship by", also=("shipment_date", "shipment_date.format_date")),
        "channel": Text(zh="履约渠道", en="Fulfilment channel", also=("fulfillment_channel",)),
        "shipment_method": Text(zh="运输方式", en="Shipment method", also=("shipment_method",)),
        "export_service": Text(zh="出口服务类型", en="Export service", also=("export_service_type",)),
        "lines": Count(zh="订单行数", en="Lines", missing="not said"),
    },
)
