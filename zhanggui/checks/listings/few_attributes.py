"""A product with far fewer attributes than the others of its category."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.listings._named import named
from zhanggui.measures import listings


@check("LI13", key=("product_id",))
def few_attributes(shop, settings, rules):
    """Products with less than a part of what the middle product of their category fills in. Custom attributes are not demanded:
    the yardstick is what the shop itself fills in elsewhere."""
    if not shop.has("product_attribute"):
        return NotYet("product_attribute")
    if not shop.has("product_catalogue"):
        return NotYet("product_catalogue")
    few = listings.beside_kind(shop, settings.least_siblings).filter(pl.col("attributes") < pl.col("middle") * settings.part)
    lacks = (pl.col("middle") - pl.col("attributes")).alias("lacks")
    return named(shop, few).select("product_id", "product_name", "category", "attributes", "middle", "siblings", lacks)
