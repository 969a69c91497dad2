"""Showcase places that products hold which are not quality products."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import of_that_track
from zhanggui.measures import star


@check("ST13", key=("track", "code"))
def showcase_quality(shop, settings, rules):
    """橱窗优品占比 below the next level's average, both written as shares, where nothing stands in the way of changing the places."""
    rows = of_that_track(shop, star.standing(shop))
    if isinstance(rows, NotYet):
        return rows
    return rows.filter(pl.col("code") == star.SHOWCASE_QUALITY, pl.col("unit") == "%", pl.col("gap") > 0).select(
        "track", "code", "value", "next_average", "gap", "value_text", "aim_text"
    )
