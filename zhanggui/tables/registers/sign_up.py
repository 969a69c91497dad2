"""活动报名: which products stand in which festival, at which price and with how much stock.

Kept by the operator. Requirements: MAIL-4, PRIC-2.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="sign_up",
    zh="活动报名",
    en="Festival sign-ups",
    kind="register",
    time="state",
    grain="one row per festival and product, as of a day",
    key=("festival", "product_id"),
    signature=("festival_price",),
    lag_days=0,
    columns={
        "festival": Text(zh="节日或大促", en="Festival", required=True),
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "product_name": Text(zh="产品名称", en="Product name"),
        "festival_price": Money(zh="大促价格", en="Festival price", unit="USD"),
        "limit": Count(zh="限量件数", en="Limited to", unit="piece", missing="not limited"),
        "stock_ready": Count(zh="已备库存", en="Stock ready", unit="piece"),
        "signed_on": Day(zh="报名日", en="Signed up on", missing="not signed up yet"),
        "outcome": Text(zh="审核结果", en="Outcome", options=("待审", "通过", "未通过")),
        "owner": Text(zh="产品负责人", en="Person in charge"),
        "note": Text(zh="备注", en="Note"),
    },
)
