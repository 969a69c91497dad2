"""关税税率: what a country takes on an HS code.

Kept by the merchandiser. Requirements: PRIC-1.
"""

from zhanggui.tables.columns import Day, Id, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="duty_rate",
    zh="关税税率",
    en="Duty rates",
    kind="register",
    time="state",
    grain="one row per HS code and country, as of a day",
    key=("hs_code", "country"),
    lag_days=0,
    columns={
        "hs_code": Id(zh="商品HS编码", en="HS code", also=("HS编码", "海关编码"), required=True),
        "country": Text(zh="进口国", en="Importing country", required=True),
        "duty": Rate(zh="关税率", en="Duty", required=True),
        "import_tax": Rate(zh="进口增值税率", en="Import VAT"),
        "valid_from": Day(zh="生效日", en="In force from"),
        "note": Text(zh="备注", en="Note"),
    },
)
