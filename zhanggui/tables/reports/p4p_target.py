"""外贸直通车 地域报告与人群报告: what each region or audience label cost. No real export header is known.

`kind` says which of the two a row is, as the file writes it: 地域 or 人群, in answers 13 or 14.
"""

from zhanggui.tables.columns import Text
from zhanggui.tables.p4p import DAY, EFFECT, INQUIRIES, PLAN, SOURCE, menu
from zhanggui.tables.table import Table

TABLE = Table(
    name="p4p_target",
    zh="直通车定向报告",
    en="P4P region and audience report",
    kind="report",
    time="period",
    grain="one row per plan, kind, label and period or day",
    key=("plan", "kind", "target"),
    signature=("clicks", "cost"),
    menu=menu("地域报告、人群报告", "Region report, Audience report"),
    source=SOURCE,
    columns={
        "day": DAY,
        "plan": PLAN,
        "kind": Text(
            zh="定向类型", en="Kind of label", also=("标签类型", "tag_ref_type"), required=True, options=("地域", "人群")
        ),
        "target": Text(zh="定向标签", en="Region or audience", also=("地域", "人群", "标签", "subject"), required=True),
        "option": Text(zh="选项值", en="Option", also=("option_value",)),
        **EFFECT,
        "inquiries": INQUIRIES,
    },
)
