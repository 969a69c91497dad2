"""A product with fewer pictures than there is room for."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named
from zhanggui.measures import listings


@check("LI04", key=("product_id",))
def few_pictures(shop, settings, rules):
    """Products below the rulebook's fewest pictures. Nothing is said where only main images were brought."""
    if not shop.has("picture"):
        return NotYet("picture")
    counted = listings.picture_count(shop).collect()
    if counted.filter(pl.col("pictures") > 1).is_empty():
        return NotYet("picture")
    least = int(rules["pictures_min"])
    few = counted.lazy().filter(pl.col("pictures") < least)
    return named(shop, few).select(
        "product_id",
        "product_name",
        "pictures",
        pl.lit(least).alias("least"),
        (least - pl.col("pictures").cast(pl.Int64)).alias("missing"),
    )
