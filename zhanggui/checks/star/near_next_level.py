"""Indicators that are a little below the next level's average."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import of_that_track
from zhanggui.measures import star


@check("ST02", key=("track", "code"))
def near_next_level(shop, settings, rules):
    """Indicators of the track that counts which lack at most `near` of the next level's average, the nearest first."""
    rows = of_that_track(shop, star.standing(shop))
    if isinstance(rows, NotYet):
        return rows
    return (
        rows.filter(pl.col("gap") > 0, pl.col("reached") >= 1 - settings.near)
        .with_columns((1 - pl.col("reached")).alias("lacks"))
        .select(
            "track",
            "code",
            "name_zh",
            "name_en",
            "power_zh",
            "power_en",
            "value",
            "next_average",
            "value_text",
            "aim_text",
            "lacks",
        )
        .sort("lacks", "code")
    )
