"""单证要求: which document a destination asks for, by product line and transport.

Kept by the merchandiser. Requirements: COMP-1.
"""

from zhanggui.tables.columns import Flag, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="document_need",
    zh="单证要求",
    en="Documents needed",
    kind="register",
    time="state",
    grain="one row per country, transport, product line and document, as of a day",
    key=("country", "transport", "product_line", "document"),
    lag_days=0,
    columns={
        "country": Text(zh="目的国", en="Destination country", required=True),
        "transport": Text(
            zh="运输方式", en="Transport", missing="every way of transport", options=("海运", "空运", "快递", "铁路")
        ),
        "product_line": Text(zh="产品线", en="Product line", missing="every product line"),
        "document": Text(zh="所需单证", en="Document needed", required=True),
        "mandatory": Flag(zh="是否必备", en="Mandatory", missing="not known"),
        "note": Text(zh="备注", en="Note"),
    },
)
