"""An indicator that has got worse beyond what its own pages let expect."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import figure_text, track_that_counts, worded
from zhanggui.estimates.drift import FEWEST_LOOKS, ahead
from zhanggui.measures import star
from zhanggui.rulebook.star import LESS


@check("ST03", key=("track", "code"))
def indicator_fell(shop, settings, rules):
    """Indicators of the track that counts whose newest figure is worse than the interval that all earlier pages give for that day;
    silent where those never moved: how far the indicator usually moves is then unknown. `chance` is that of one false alarm among all of the page's indicators."""
    counts = track_that_counts(shop)
    if isinstance(counts, NotYet):
        return counts
    pages = star.history(shop).filter(pl.col("track") == counts["track"][0], pl.col("value").is_not_null())
    newest = counts["as_of"][0]
    judged = pages.filter(pl.len().over("code") > FEWEST_LOOKS, pl.col("as_of").max().over("code") == newest)
    if judged.is_empty():
        seen = pages.group_by("code").len()["len"].max() or 0
        return NotYet("star_level", FEWEST_LOOKS + 1 - seen, "page") if seen <= FEWEST_LOOKS else pages.head(0)
    each = judged.partition_by("code", maintain_order=True)
    fallen = []
    for rows in each:
        days, values = rows["as_of"].to_list(), rows["value"].to_list()
        told = ahead(days[:-1], values[:-1], newest, 1 - 2 * settings.chance / len(each))
        less = rows["code"][0] in LESS
        worse = values[-1] > told.high + TINY if less else values[-1] < told.low - TINY
        if worse and told.high - told.low > TINY:
            edge, gone = (told.high, values[-1] - values[-2]) if less else (told.low, values[-2] - values[-1])
            fallen.append({"code": rows["code"][0], "before": values[-2], "edge": edge, "gone": gone / (abs(values[-2]) or 1)})
    schema = {"code": pl.String, "before": pl.Float64, "edge": pl.Float64, "gone": pl.Float64}
    found = judged.filter(pl.col("as_of") == newest).join(pl.DataFrame(fallen, schema=schema), on="code")
    return (
        worded(found)
        .with_columns(figure_text("before").alias("before_text"), figure_text("edge").alias("edge_text"))
        .select("track", "code", "name_zh", "name_en", "value", "value_text", "before_text", "edge_text", "gone")
        .sort("gone", "code", descending=[True, False])
    )


TINY = 1e-9
