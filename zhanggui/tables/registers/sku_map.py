"""SKU对照: which SKU a listing or stock item of another system is.

Kept by the operator. Requirements: DATA-7, STOK-1.
"""

from zhanggui.tables.columns import Id, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="sku_map",
    zh="SKU对照",
    en="SKU map",
    kind="register",
    time="state",
    grain="one row per channel and external id, as of a day",
    key=("channel", "external_id"),
    lag_days=0,
    columns={
        "channel": Text(zh="外部系统", en="Other system", required=True, options=("Alibaba.com", "Shopify", "Amazon", "ERP")),
        "external_id": Id(zh="外部编码", en="External ID", required=True),
        "sku": Id(zh="SKU编码", en="SKU", required=True),
        "product_id": Id(zh="产品ID", en="Product ID"),
        "sku_name": Text(zh="规格名称", en="SKU name"),
        "note": Text(zh="备注", en="Note"),
    },
)
