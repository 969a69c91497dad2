"""One power that stands below all others and so holds the star back."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import of_that_track
from zhanggui.measures import star


@check("ST01", key=("track", "power"))
def weakest_power(shop, settings, rules):
    """The lowest power of the track that counts, where it stands alone below the next one: the lowest power decides the star."""
    powers = of_that_track(shop, star.powers(shop))
    if isinstance(powers, NotYet):
        return powers
    return (
        star.weakest(powers)
        .filter(pl.col("power_star") < pl.col("next_lowest"))
        .with_columns((pl.col("next_lowest") - pl.col("power_star")).alias("behind"))
        .select(
            "track",
            "power",
            "track_zh",
            "track_en",
            "power_zh",
            "power_en",
            "power_star",
            "next_lowest",
            "behind",
            "short",
            "indicators",
        )
    )
