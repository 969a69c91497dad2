"""词库分层: the shop's words and the layer that each belongs to.

Kept by the operator. Requirements: KEYW-1.
"""

from zhanggui.tables.columns import Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="keyword_layer",
    zh="词库分层",
    en="Keyword layers",
    kind="register",
    time="state",
    grain="one row per word, as of a day",
    key=("word",),
    lag_days=0,
    columns={
        "word": Text(zh="词", en="Word", also=("关键词",), required=True),
        "layer": Text(zh="词层", en="Layer", required=True, options=("核心词", "长尾词", "场景词", "竞品词")),
        "product_line": Text(zh="产品线", en="Product line"),
        "source": Text(zh="词来源", en="Found in", options=("自有报表", "热搜词", "RFQ", "竞品标题", "人工")),
        "note": Text(zh="备注", en="Note"),
    },
)
