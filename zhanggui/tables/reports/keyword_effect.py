"""选词参谋 / 引流关键词: which words brought exposures in a period. Headers to the letter from a real export."""

from zhanggui.tables.columns import Count, Number, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="keyword_effect",
    zh="引流关键词",
    en="Traffic keywords",
    kind="report",
    time="period",
    grain="one row per word (and its occurrence) and period",
    key=("word", "occurrence"),
    signature=("exposures", "top10_exposures"),
    cadence_days=7,
    menu={"zh": "数据参谋 → 选词参谋 → 引流关键词 → 导出", "en": "Data Advisor → Keywords → Traffic keywords → Export"},
    source="real export of one shop, week 2026-09-13..19 (grade A)",
    headers_are_real=True,
    columns={
        "word": Text(zh="词", en="Word", also=("关键词",), required=True),
        "exposures": Count(zh="曝光量", en="Exposures", also=("搜索曝光次数",), additive=True),
        "clicks": Count(zh="点击量", en="Clicks", also=("搜索点击次数",), additive=True),
        "ctr": Rate(zh="点击率", en="Click rate", also=("搜索点击率",), of=("clicks", "exposures")),
        "p4p_exposures": Count(zh="外贸直通车曝光", en="P4P exposures", additive=True),
        "p4p_clicks": Count(zh="外贸直通车点击", en="P4P clicks", additive=True),
        "p4p_hours": Number(zh="外贸直通车推广时长", en="P4P hours on", unit="hour"),
        "top10_exposures": Number(zh="Top10平均曝光", en="Top 10 average exposures"),
        "top10_clicks": Number(zh="Top10平均点击", en="Top 10 average clicks"),
        "index": Number(zh="关键词指数", en="Keyword index", missing="not published for this word"),
        "seller_index": Number(zh="卖家规模指数", en="Seller index", missing="not published for this word"),
    },
)
