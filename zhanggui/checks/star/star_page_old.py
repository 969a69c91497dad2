"""The newest star page is from before the last assessment."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import track_that_counts, worded
from zhanggui.rulebook.star import last_assessment


@check("ST12", key=("track",))
def star_page_old(shop, settings, rules):
    """The page of the track that counts ends before the day on whose score the last assessment was made."""
    counts = track_that_counts(shop)
    if isinstance(counts, NotYet):
        return counts
    last = last_assessment(shop.day, rules)
    return (
        worded(counts)
        .filter(pl.col("as_of") < last.scored)
        .with_columns(pl.lit(last.on).alias("assessed_on"), (pl.lit(shop.day) - pl.col("as_of")).dt.total_days().alias("age"))
        .select("track", "track_zh", "track_en", "as_of", "assessed_on", "age")
    )
