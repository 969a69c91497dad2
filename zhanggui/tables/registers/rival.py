"""竞店池: the shops that are watched.

Kept by the operator. Requirements: RIVL-1, RIVL-2.
"""

from zhanggui.tables.columns import Flag, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="rival",
    zh="竞店池",
    en="Rivals' pool",
    kind="register",
    time="state",
    grain="one row per rival shop, as of a day",
    key=("rival",),
    lag_days=0,
    columns={
        "rival": Text(zh="竞店名称", en="Rival shop", required=True),
        "address": Text(zh="竞店网址", en="Rival's address", required=True),
        "category": Text(zh="主营类目", en="Main category"),
        "place": Text(zh="所在地", en="Place"),
        "reason": Text(zh="入池理由", en="Why it is watched"),
        "price_watch": Flag(zh="是否盯价", en="Prices watched", missing="not watched"),
        "note": Text(zh="备注", en="Note"),
    },
)
