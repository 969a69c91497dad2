"""同行动作: what good peers have done: new products, titles, videos, campaigns.

Kept by the operator. Requirements: RIVL-3.
"""

from zhanggui.tables.columns import Day, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="rival_move",
    zh="同行动作",
    en="Rivals' moves",
    kind="register",
    time="state",
    grain="one row per rival, day and move, as of a day",
    key=("rival", "seen_on", "move"),
    lag_days=0,
    columns={
        "rival": Text(zh="竞店名称", en="Rival shop", required=True),
        "seen_on": Day(zh="发现日", en="Seen on", required=True),
        "kind": Text(zh="动作类型", en="Kind of move", options=("新品", "标题", "视频", "活动", "价格")),
        "move": Text(zh="同行做法", en="Move", required=True),
        "link": Text(zh="链接", en="Link"),
        "idea": Text(zh="可借鉴", en="What to learn"),
        "note": Text(zh="备注", en="Note"),
    },
)
