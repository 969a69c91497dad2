"""热门搜索词: the platform's old list of hot words with twelve months of heat, the newest first. Before 2020."""

from zhanggui.tables.columns import Column, Count, Number, Text
from zhanggui.tables.table import Table

HEAT: dict[str, Column] = {
    "heat": Number(zh="搜索热度", en="Search heat", also=("srh_pv_this_mon",), missing="not published for this word"),
    **{
        f"heat_{n}": Number(
            zh=f"前{n}个月搜索热度",
            en=f"Search heat, {n} months before" if n > 1 else "Search heat, 1 month before",
            also=(f"srh_pv_last_{n}mon",),
            missing="not published for this word",
        )
        for n in range(1, 12)
    },
}

TABLE = Table(
    name="hot_word",
    zh="热门搜索词",
    en="Hot search words",
    kind="report",
    time="state",
    grain="one row per word (and its occurrence), as of a day",
    key=("word", "occurrence"),
    signature=("competition", "heat"),
    menu={"zh": "数据管家 → 知买家 → 热门搜索词", "en": "Data Advisor → Buyers → Hot search words"},
    source="header and keys seen by third-party programs before 2020 (grade B); the headers of the months are not known",
    columns={
        "word": Text(zh="关键词", en="Keyword", also=("keyword", "keywords"), required=True),
        "competition": Count(zh="卖家竞争度", en="Competing sellers", also=("company_cnt",)),
        "showcases": Count(zh="橱窗数", en="Showcase places of sellers", also=("showwin_cnt",)),
        **HEAT,
    },
)
