"""竞品盯价: prices of rivals' products as somebody saw them, beside the product of one's own that they stand against.

Kept by the operator. Requirements: RIVL-2.
"""

from zhanggui.tables.columns import Count, Day, Id, Money, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="rival_price",
    zh="竞品盯价",
    en="Rival price watch",
    kind="register",
    time="state",
    grain="one row per own product, rival's product and look, as of a day",
    key=("product_id", "rival_product", "seen_on", "seen_at"),
    lag_days=0,
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "rival": Text(zh="竞店名称", en="Rival shop", required=True),
        "rival_product": Text(zh="竞品链接", en="Rival's product", required=True),
        "seen_on": Day(zh="查价日", en="Price seen on", required=True),
        "seen_at": Text(zh="查价时间", en="Price seen at", missing="the hour was not written down", options=("10:00", "16:00")),
        "rival_price": Money(zh="竞品FOB价", en="Rival's FOB price", required=True, unit="USD"),
        "rival_moq": Count(zh="竞品起订量", en="Rival's minimum order", unit="piece"),
        "note": Text(zh="备注", en="Note"),
    },
)
