"""外贸直通车 搜索词报告: what buyers had typed when a paid word was shown. No real export header is known."""

from zhanggui.tables.columns import Text
from zhanggui.tables.p4p import DAY, EFFECT, INQUIRIES, PLAN, SOURCE, menu
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_search_word",
    zh="直通车搜索词报告",
    en="P4P search word report",
    kind="report",
    time="period",
    grain="one row per plan, search word, paid word and period or day",
    key=("plan", "search_word", "word", "occurrence"),
    signature=("clicks", "cost"),
    menu=menu("搜索词报告", "Search word report"),
    source=SOURCE,
    columns={
        "day": DAY,
        "plan": PLAN,
        "search_word": Text(zh="搜索词", en="Search word", also=("买家搜索词", "search_word", "searchword"), required=True),
        "word": Text(zh="推广关键词", en="Paid word", also=("关键词", "keyword")),
        **EFFECT,
        "inquiries": INQUIRIES,
    },
)
