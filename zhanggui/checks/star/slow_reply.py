"""Buyers wait longer for a reply than the guide advises."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import of_that_track
from zhanggui.measures import star


@check("ST09", key=("track", "code"))
def slow_reply(shop, settings, rules):
    """平均回复时间 of the star page above the guide's hours."""
    rows = of_that_track(shop, star.standing(shop))
    if isinstance(rows, NotYet):
        return rows
    return (
        rows.filter(pl.col("code") == star.REPLY, pl.col("value") > rules["star_reply_hours"])
        .with_columns(pl.lit(rules["star_reply_hours"]).alias("aim"))
        .select("track", "code", "value", "aim")
    )
