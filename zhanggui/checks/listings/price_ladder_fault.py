"""A product without a price ladder, or with one that does not fall."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named
from zhanggui.measures import listings


@check("LI12", key=("product_id",))
def price_ladder_fault(shop, settings, rules):
    """Products of one price step only, or of a step that costs as much as the one before it."""
    if not shop.has("product_price"):
        return NotYet("product_price")
    flat = listings.price_ladder(shop).filter((pl.col("steps") < settings.least_steps) | ~pl.col("falls"))
    return named(shop, flat).select(
        "product_id",
        "product_name",
        "steps",
        pl.col("falls").cast(pl.Int64).fill_null(0).alias("falling"),
        pl.lit(settings.least_steps).alias("least"),
        (settings.least_steps - pl.col("steps").cast(pl.Int64)).clip(0).alias("lacks"),
    )
