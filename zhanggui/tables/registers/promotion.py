"""优惠活动: coupons, discounts and gifts: for whom, how much, from when to when.

Kept by the operator. Requirements: MAIL-2, PRIC-2, BUYR-4.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="promotion",
    zh="优惠活动",
    en="Promotions",
    kind="register",
    time="state",
    grain="one row per promotion and product, as of a day",
    key=("promotion", "product_id"),
    lag_days=0,
    columns={
        "promotion": Text(zh="优惠名称", en="Promotion", required=True),
        "kind": Text(zh="优惠类型", en="Kind of promotion", required=True, options=("优惠券", "折扣", "满减", "买赠")),
        "product_id": Id(zh="产品ID", en="Product ID", missing="the whole shop"),
        "start": Day(zh="优惠开始日", en="Promotion starts", required=True),
        "end": Day(zh="优惠结束日", en="Promotion ends"),
        "channel": Text(zh="投放渠道", en="Given out through"),
        "audience": Text(zh="适用买家", en="For whom", missing="everybody"),
        "discount": Rate(zh="自身折扣", en="Own discount"),
        "platform_discount": Rate(zh="平台折扣", en="Platform's discount"),
        "money_off": Money(zh="优惠金额", en="Money off", unit="USD"),
        "least_order": Money(zh="使用门槛", en="Order of at least", unit="USD"),
        "gift_sku": Id(zh="赠品SKU编码", en="Gift SKU", missing="no gift"),
        "limit": Count(zh="发放数量", en="How many", missing="not limited"),
        "note": Text(zh="备注", en="Note"),
    },
)
