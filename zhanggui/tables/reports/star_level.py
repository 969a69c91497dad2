"""商家星等级: both tracks (交易 `rts`, 商机 `custom`), power by power and indicator by indicator, as the star page says on a day.

The platform publishes no limits; the next level's average beside each value is the only aim that it names. A value is kept as a
plain number and as the page writes it (`12.30%`, `0USD`, `0.00小时`); whether the plain number of a share is a fraction is not
known, so the written one decides. Answers in which a whole track is zero were not computed: their figures are missing, not zero.
"""

from zhanggui.tables.columns import Id, Number, Text
from zhanggui.tables.table import Table

MISSING = "not computed by the platform"

TABLE = Table(
    name="star_level",
    zh="商家星等级",
    en="Star level",
    kind="report",
    time="state",
    grain="one row per track and indicator, as of a day",
    key=("track", "code", "indicator"),
    signature=("next_average",),
    lag_days=0,
    menu={"zh": "数据参谋 → 商家星等级", "en": "Data Advisor → Star level"},
    source="the weekly report of one shop, 2026-05 (grade A for the keys); no export file seen",
    columns={
        "track": Text(
            zh="星级类型", en="Track", also=("track", "type"), missing="the source does not say", options=("rts", "custom")
        ),
        "star": Number(zh="评定星等级", en="Star", also=("star",), unit="star", missing=MISSING),
        "predicted": Number(zh="预测星等级", en="Predicted star", also=("predictedStar",), unit="star", missing=MISSING),
        "power": Text(zh="能力项", en="Power", also=("abilityItem",)),
        "power_star": Number(zh="能力项星级", en="Star of the power", also=("abilityStarLevel",), unit="star", missing=MISSING),
        "power_score": Number(
            zh="能力项得分", en="Points of the power", also=("abilityItemPureValue",), unit="point", missing=MISSING
        ),
        "code": Id(zh="指标代码", en="Indicator code", also=("code",)),
        "indicator": Text(zh="指标名称", en="Indicator", also=("indicatorName",), required=True),
        "value": Number(zh="指标值", en="Value", also=("indicatorPureValue",), missing=MISSING),
        "value_written": Text(zh="指标值原文", en="Value as written", also=("indicatorValue",), missing=MISSING),
        "next_average": Number(
            zh="下一星级均值", en="Next level average", also=("indicatorNextLevelAvgPureValue",), missing=MISSING
        ),
        "next_average_written": Text(
            zh="下一星级均值原文", en="Next level average as written", also=("indicatorNextLevelAvgValue",), missing=MISSING
        ),
    },
)
