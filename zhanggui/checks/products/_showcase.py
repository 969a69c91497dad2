"""What both checks of showcase places look at."""

import polars as pl

from zhanggui.checks.check import NotYet
from zhanggui.estimates import among_best
from zhanggui.measures import products


def places(shop, settings) -> tuple[pl.DataFrame, pl.DataFrame] | NotYet:
    """Products that hold a place and those that don't, strongest first; only where places clearly go with clicks in this shop."""
    items = products.effect(shop, settings.days).sort("shop_clicks", "product_id", descending=[True, False]).collect()
    held, free = items.filter(pl.col("showcase")), items.filter(~pl.col("showcase"))
    if among_best(held["shop_clicks"], free["shop_clicks"]) > settings.relation:
        return NotYet("product_effect", unit="relation")
    return held, free
