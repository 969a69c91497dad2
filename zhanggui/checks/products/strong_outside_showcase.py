"""A strong product that has no showcase place."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import higher_in, more_than
from zhanggui.measures import products


@check("PR04", key=("product_id",), needs=("product_effect",))
def strong_outside_showcase(shop, settings, rules):
    """Products outside the showcase that buyers ask about, with clicks like a typical showcase product and clearly more than its weakest."""
    items = (
        products.effect(shop, settings.days)
        .with_columns(((pl.col("inquiries") > 0) | pl.col("had_chat") | (pl.col("orders_submitted") > 0)).alias("asked"))
        .collect()
    )
    held, free = items.filter(pl.col("showcase")), items.filter(~pl.col("showcase"))
    if higher_in(held["shop_clicks"], free["shop_clicks"]) > settings.relation:
        return NotYet("product_effect", unit="relation")
    middle, weakest = held["shop_clicks"].median(), held["shop_clicks"].min()
    strong = free.filter(pl.col("asked") & (pl.col("shop_clicks") >= middle)).sort(
        "shop_clicks", "product_id", descending=[True, False]
    )
    surely = more_than(strong["shop_clicks"], pl.Series([weakest] * strong.height, dtype=pl.Int64), settings.times)
    return strong.filter(pl.Series(surely) <= settings.chance).select(
        "product_id",
        "product_name",
        "shop_clicks",
        "inquiries",
        "had_chat",
        "covered_days",
        pl.lit(middle).alias("middle"),
        pl.lit(weakest).alias("weakest"),
    )
