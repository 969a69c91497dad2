"""产品报关资料: HS code, weight and volume of one piece, for duty, freight and customs figures.

Kept by the merchandiser. Requirements: PRIC-1, MRKT-3, COMP-1.
"""

from zhanggui.tables.columns import Count, Flag, Id, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="product_customs",
    zh="产品报关资料",
    en="Product customs data",
    kind="register",
    time="state",
    grain="one row per product, as of a day",
    key=("product_id",),
    lag_days=0,
    columns={
        "product_id": Id(zh="产品ID", en="Product ID", required=True),
        "hs_code": Id(zh="商品HS编码", en="HS code", also=("HS编码", "海关编码"), required=True),
        "declared_name": Text(zh="申报品名", en="Declared name"),
        "piece_weight": Number(zh="单件毛重", en="Gross weight per piece", unit="kg"),
        "piece_volume": Number(zh="单件体积", en="Volume per piece", unit="m³"),
        "carton_pieces": Count(zh="每箱件数", en="Pieces per carton", unit="piece"),
        "battery": Flag(zh="带电", en="Contains a battery", missing="not known"),
        "note": Text(zh="备注", en="Note"),
    },
)
