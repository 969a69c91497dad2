"""价格阶梯: what is taken off the FOB base price at each step of quantity.

Kept by the store manager. Requirements: PRIC-1.
"""

from zhanggui.tables.columns import Count, Id, Money, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="price_step",
    zh="价格阶梯",
    en="Price ladder",
    kind="register",
    time="state",
    grain="one row per product and step, as of a day",
    key=("product_id", "step"),
    signature=("discount",),
    lag_days=0,
    costs=True,
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", missing="the step holds for every product"),
        "step": Text(zh="价格档位", en="Price step", required=True, options=("FOB", "20GP", "40HQ", "年度框架")),
        "from_quantity": Count(zh="起始数量", en="From quantity", unit="piece"),
        "discount": Rate(zh="相对基准价优惠", en="Off the base price"),
        "base_price": Money(zh="FOB基准价", en="FOB base price", unit="USD", missing="the price of the catalogue"),
        "note": Text(zh="备注", en="Note"),
    },
)
