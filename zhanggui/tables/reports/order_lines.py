"""信保订单: one row per order and SKU.

Order-level money (运费, 折扣金额, 税费, 订单总价, 预付款, 尾款) is the whole order's: whether a file says it on each line or on the
first one only is not known, so it is never added up over lines. Group by order first. A quantity below zero is a return.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="order_lines",
    zh="信保订单",
    en="Trade Assurance orders",
    kind="report",
    time="event",
    day="created",
    grain="one row per order and SKU (and its occurrence)",
    key=("order_no", "product_name", "sku", "occurrence"),
    signature=("product_name",),
    menu={"zh": "交易管理 → 所有订单 → 导出", "en": "Orders → All orders → Export"},
    source="a parser written from the header line of a real file (grade B); column order not known",
    headers_are_real=True,
    columns={
        "order_no": Id(zh="订单编号", en="Order Number", also=("trade_id", "e_trade_id"), required=True),
        "created": Day(
            zh="订单创建时间", en="Order Create Time", also=("create_date", "create_date.format_date"), required=True
        ),
        "order_type": Text(zh="订单类型", en="Order Type"),
        "status": Text(zh="状态", en="Status", also=("trade_status",)),
        "buyer": Text(zh="买家名称", en="Buyer Name", also=("buyer.full_name", "full_name")),
        "company": Text(zh="公司名称", en="Company Name"),
        "email": Text(zh="邮箱", en="Email"),
        "country": Text(zh="买家国家", en="Buyer Country"),
        "seller": Text(zh="卖家名称", en="Seller Name"),
        "product_name": Text(
            zh="商品名称", en="Product Name", also=("name",), missing="a line without goods, or an unnamed one"
        ),
        "sku": Text(zh="SKU规格", en="Sku Specification"),
        "quantity": Count(zh="数量", en="Quantity", also=("quantity",), additive=True),
        "unit_price": Money(zh="单价", en="Unit Price", also=("unit_price", "unit_price.amount"), unit="order currency"),
        "shipping_fee": Money(zh="运费", en="Shipping Fee", unit="order currency, per order"),
        "discount": Money(zh="折扣金额", en="Discount Amount", unit="order currency, per order"),
        "tax": Money(zh="税费,仅美国卖家适用", en="Tax Fee", unit="order currency, per order"),
        "order_amount": Money(zh="订单总价", en="Order Amount", unit="order currency, per order"),
        "currency": Text(zh="订单币种", en="Order Currency", also=("unit_price.currency",)),
        "prepaid": Money(zh="预付款", en="Initial Payment", unit="order currency, per order"),
        "balance": Money(zh="尾款", en="Balance Payment", unit="order currency, per order"),
        "ship_by": Day(zh="约定发货时间", en="Appointed Delivery Time"),
        "shipped": Day(zh="实际发货时间", en="Actual Delivery Time"),
        "address": Text(zh="收货地址", en="Shipping Address"),
        "remark": Text(zh="订单备注", en="Order Remark"),
        "attachment": Text(zh="是否有合同附件", en="Attachment"),
        "product_id": Id(zh="商品ID", en="Product ID", also=("product_id",), missing="the export names products only"),
        "buyer_id": Id(
            zh="买家ID",
            en="Buyer ID",
            also=("buyer.immutable_eid", "buyer.e_account_id"),
            missing="the export names buyers only",
        ),
        "unit": Text(zh="计量单位", en="Unit of Measure", also=("unit",)),
    },
)
