"""Transaction power below another power."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import of_that_track
from zhanggui.measures import star


@check("ST05", key=("track", "power"))
def transaction_behind(shop, settings, rules):
    """Transaction power of the track that counts, where another power has more stars."""
    powers = of_that_track(shop, star.powers(shop))
    if isinstance(powers, NotYet):
        return powers
    own = pl.col("kind") == "transaction"
    return (
        powers.with_columns(pl.col("power_star").filter(own.not_()).max().alias("highest"))
        .filter(own, pl.col("power_star") < pl.col("highest"))
        .with_columns((pl.col("highest") - pl.col("power_star")).alias("behind"))
        .select("track", "power", "track_zh", "track_en", "power_star", "highest", "behind", "short", "indicators")
    )
