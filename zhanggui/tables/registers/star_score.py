"""星等级评分表: how many points an indicator brings from which value on, as far as the shop knows it.

The platform has published no such table since 2021. A cell that is not known for certain is a range: points from … to ….
Without rows the next level's averages of the star page are the aim. Kept by the manager. Requirements: STAR-5.
"""

from zhanggui.tables.columns import Id, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="star_score",
    zh="星等级评分表",
    en="Points of the star",
    kind="register",
    time="state",
    grain="one row per indicator and value from which it brings these points, as of a day",
    key=("code", "value_from"),
    signature=("points",),
    lag_days=0,
    columns={
        "code": Id(zh="星等级指标代码", en="Code of the star indicator", required=True),
        "value_from": Number(
            zh="指标值达到", en="From this value on", required=True, unit="in the unit of the star page; a share in %"
        ),
        "points": Number(zh="至少得分", en="Points, at least", required=True, unit="point"),
        "points_high": Number(
            zh="至多得分", en="Points, at most", unit="point", missing="known for certain: as many as at least"
        ),
        "source": Text(zh="评分来源", en="Source of the points"),
        "note": Text(zh="备注", en="Note"),
    },
)
