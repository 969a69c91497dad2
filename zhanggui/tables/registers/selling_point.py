"""产品卖点: what speaks for a product, and the proof of it, for scripts, pages and mails.

Kept by the operator. Requirements: CONT-2, LIST-2, LIST-4, MAIL-1.
"""

from zhanggui.tables.columns import Count, Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="selling_point",
    zh="产品卖点",
    en="Selling points",
    kind="register",
    time="state",
    grain="one row per product and selling point, as of a day",
    key=("product_id", "selling_point"),
    lag_days=0,
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "selling_point": Text(zh="卖点", en="Selling point", required=True),
        "rank": Count(zh="卖点顺位", en="Rank of the selling point"),
        "pain_point": Text(zh="买家痛点", en="Buyer's pain point"),
        "proof": Text(zh="卖点证据", en="Proof"),
        "note": Text(zh="备注", en="Note"),
    },
)
