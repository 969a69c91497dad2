"""Marketing power is the lowest in a shop below the star from which advertisements lift it: e-mail marketing."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.star._page import of_that_track
from zhanggui.measures import star


@check("ST10", key=("track", "power"))
def marketing_by_mail(shop, settings, rules):
    """Marketing power of the track that counts, where no other power is lower and some other is higher."""
    powers = of_that_track(shop, star.powers(shop))
    if isinstance(powers, NotYet):
        return powers
    edge, held = rules["star_ads_from"], pl.col("power_star")
    return (
        powers.filter(held.null_count() == 0, held.max() > held.min())
        .filter(pl.col("kind") == "marketing", held == powers["power_star"].min(), pl.col("star") < edge)
        .with_columns(pl.lit(edge).alias("from_star"))
        .select("track", "power", "track_zh", "track_en", "star", "power_star", "from_star")
    )
