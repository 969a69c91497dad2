"""标注词: brand words of one's own and of others, words that are wanted, words that are not to be paid for.

Kept by the operator. Requirements: KEYW-1, KEYW-4, P4P-6.
"""

from zhanggui.tables.columns import Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="marked_word",
    zh="标注词",
    en="Marked words",
    kind="register",
    time="state",
    grain="one row per word, mark and plan, as of a day",
    key=("word", "mark", "plan"),
    lag_days=0,
    columns={
        "word": Text(zh="词", en="Word", also=("关键词",), required=True),
        "mark": Text(
            zh="词标注", en="Mark", required=True, options=("自有品牌", "他人品牌", "主推词", "优先推广", "否定词", "不用词")
        ),
        "plan": Text(zh="推广计划", en="Campaign", missing="the mark holds for the whole shop"),
        "match": Text(zh="匹配方式", en="Match", options=("精确", "短语", "广泛")),
        "reason": Text(zh="标注原因", en="Reason"),
        "note": Text(zh="备注", en="Note"),
    },
)
