"""The platform itself predicts a lower star."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import track_that_counts, worded
from zhanggui.measures import star
from zhanggui.rulebook.star import assessment


@check("ST04", key=("track",))
def losing_star(shop, settings, rules):
    """The highest 预测星等级 of both tracks is below the star that counts; silent where a track has no prediction, and once
    the assessment that the page speaks of is over."""
    counts = track_that_counts(shop)
    if isinstance(counts, NotYet):
        return counts
    tracks = star.tracks(shop).filter(pl.col("star").is_not_null()).collect()
    best = tracks["predicted"].max()
    if tracks["predicted"].null_count() or best is None:
        return counts.head(0)
    told = assessment(counts["as_of"][0], rules, still_open=True)
    if told.on < shop.day:
        return counts.head(0)
    return (
        worded(counts)
        .filter(pl.col("star") > best)
        .with_columns(
            pl.lit(told.on).alias("assessed_on"),
            pl.lit(told.scored).alias("scored"),
            pl.lit(best).alias("best"),
            (pl.col("star") - best).alias("lost"),
        )
        .select("track", "track_zh", "track_en", "star", "predicted", "best", "lost", "assessed_on", "scored")
    )
