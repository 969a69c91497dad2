"""Marketing power as the weakest: what lifts it depends on the shop's star."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.checks.star._page import of_that_track
from zhanggui.measures import star


def weakest_marketing(shop, rules, *, high: bool) -> pl.DataFrame | NotYet:
    """Marketing power of the track that counts, where no other power is lower and some other is higher; of shops from the star on
    from which advertisements lift it (`high`), or of those below."""
    powers = of_that_track(shop, star.powers(shop))
    if isinstance(powers, NotYet):
        return powers
    edge, held = rules["star_ads_from"], pl.col("power_star")
    return (
        powers.filter(held.null_count() == 0, held.max() > held.min())
        .filter(pl.col("kind") == "marketing", held == powers["power_star"].min(), (pl.col("star") >= edge) == high)
        .with_columns(pl.lit(edge).alias("from_star"), (powers["power_star"].max() - held).alias("behind"))
        .select("track", "power", "track_zh", "track_en", "star", "power_star", "from_star", "behind")
    )
