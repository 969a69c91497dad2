"""A strong product that has no showcase place."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.products._showcase import places
from zhanggui.estimates import more_than


@check("PR04", key=("product_id",), needs=("product_effect",))
def strong_outside_showcase(shop, settings, rules):
    """Products outside the showcase that buyers ask about, with at least the clicks of its middle product and surely more than half."""
    both = places(shop, settings)
    if isinstance(both, NotYet):
        return both
    held, free = both
    middle, weakest = held["shop_clicks"].median(), held["shop_clicks"].min()
    strong = free.filter(pl.col("asked"), pl.col("shop_clicks") >= middle)
    surely = more_than(strong["shop_clicks"], pl.Series([middle] * strong.height, dtype=pl.Float64), 0.5)
    return strong.filter(pl.Series(surely) <= settings.chance).select(
        "product_id",
        "product_name",
        "shop_clicks",
        "covered_days",
        pl.lit(middle).alias("middle"),
        pl.lit(weakest).alias("weakest"),
    )
