"""A paid word that used to bring inquiries and now only costs."""

from datetime import timedelta

import polars as pl

from zhanggui.checks.ads._paid import lacking
from zhanggui.checks.check import NotYet, check


@check("AD04", key=("word",))
def gone_silent(shop, settings, rules):
    """Words without an inquiry now that would have some at the rate of their own past."""
    if (answer := lacking(shop, "p4p_keyword")) is not None:
        return answer
    now = shop.last("p4p_keyword", settings.days)
    start = now.tiles[0][0]
    before = shop.window("p4p_keyword", start - timedelta(days=settings.before), start - timedelta(days=1))
    if before.covered < settings.days:
        return NotYet("p4p_keyword", settings.days - before.covered)
    both = _sums(now).join(_sums(before), on="word", suffix="_before").collect()
    tried = both.filter(pl.col("inquiries_before") > 0, pl.col("clicks_before") > 0)
    share = pl.col("clicks_before") / (pl.col("clicks_before") + pl.col("clicks"))
    return (
        tried.with_columns(
            (share ** pl.col("inquiries_before") * tried.height).clip(upper_bound=1).alias("chance"),
            (pl.col("inquiries_before") / pl.col("clicks_before") * pl.col("clicks")).alias("expected"),
            pl.col("cost").cast(pl.Float64),
            pl.lit(now.covered).alias("days"),
            pl.lit(before.covered).alias("days_before"),
        )
        .filter(pl.col("inquiries") == 0, pl.col("cost") > 0, pl.col("chance") <= settings.chance)
        .select("word", "cost", "clicks", "days", "inquiries_before", "clicks_before", "days_before", "expected", "chance")
        .sort("cost", "word", descending=[True, False])
    )


def _sums(window):
    """Of each word; a word with a missing cell is left out."""
    return window.sums("word").select("word", "clicks", "cost", "inquiries").drop_nulls()
