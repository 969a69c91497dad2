"""关键词指数: how much a word is searched, how that changed, and how many sellers serve it, as published on a day."""

from zhanggui.tables.columns import Number, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="keyword_index",
    zh="关键词指数",
    en="Keyword index",
    kind="report",
    time="state",
    grain="one row per word (and its occurrence), as of a day",
    key=("word", "occurrence"),
    signature=("index", "seller_index"),
    menu={"zh": "数据参谋 → 选词参谋 → 关键词指数 → 导出", "en": "Data Advisor → Keywords → Keyword index → Export"},
    source="header of a real workbook, read by a third-party program (grade B)",
    headers_are_real=True,
    columns={
        "word": Text(zh="关键词", en="Keyword", required=True),
        "index": Number(zh="搜索指数", en="Search index", also=("关键词指数", "pv"), missing="not published for this word"),
        "growth": Rate(zh="搜索涨幅", en="Search growth"),
        "ctr": Rate(zh="点击率", en="Click rate", also=("ctr",)),
        "seller_index": Number(
            zh="卖家规模指数", en="Seller index", also=("resultCnt",), missing="not published for this word"
        ),
    },
)
