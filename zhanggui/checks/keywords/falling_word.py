"""A word whose exposures have fallen beyond their own noise."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import change
from zhanggui.estimates.change import FEWEST_PERIODS
from zhanggui.measures import keywords


@check("KW06", key=("word", "occurrence"), needs=("keyword_effect",))
def falling_word(shop, settings, rules):
    """Words listed in every one of the last periods whose newest exposures are clearly below those before."""
    series = keywords.weekly(shop, settings.weeks * 7).collect()
    length = series.sort("period_end")["length"].last()
    series = series.filter(pl.col("length") == pl.lit(length, pl.Int64), pl.col("length") <= 7)
    periods = series["period_end"].n_unique()
    if periods < FEWEST_PERIODS:
        return NotYet("keyword_effect", FEWEST_PERIODS - periods, "week")
    whole = (
        series.sort("period_end")
        .group_by("word", "occurrence")
        .agg("exposures", pl.len().alias("n"))
        .filter(pl.col("n") == periods, pl.col("exposures").list.mean() >= settings.min_exposures)
    )
    rows = []
    for word, occurrence, exposures, _ in whole.sort("word", "occurrence").iter_rows():
        moved = change(exposures)
        if moved and moved.p * whole.height <= settings.chance and moved.ratio <= settings.below:
            rows.append(
                (word, occurrence, moved.newest, moved.before, moved.ratio, moved.low, moved.high, moved.periods, periods)
            )
    names = ("word", "occurrence", "newest", "before", "ratio", "low", "high", "fallen", "periods")
    told = pl.DataFrame(rows, schema=names, orient="row")
    return told.with_columns((pl.col("before") - pl.col("newest")).alias("lost"))
