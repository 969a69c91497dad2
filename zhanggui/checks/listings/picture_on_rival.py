"""A picture of the shop that a rival's page shows too."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import likeness, listings


@check("LI06", key=("product_id", "rival"))
def picture_on_rival(shop, settings, rules):
    """Products with pictures that are nearly the same as one saved from a rival's page."""
    if not shop.has("picture"):
        return NotYet("picture")
    if shop.scan("picture").filter(pl.col("whose") == "rival").head(1).collect().is_empty():
        return NotYet("picture")
    titles = listings.titles(shop).select("product_id", "product_name").collect()
    return (
        likeness.on_rivals(shop)
        .group_by("product_id", "rival")
        .agg(pl.len().cast(pl.Int64).alias("shared"), pl.col("rival_file").sort().first())
        .join(titles, on="product_id", how="left")
        .select("product_id", "rival", pl.col("product_name").fill_null(pl.col("product_id")), "shared", "rival_file")
        .sort("product_id", "rival")
    )
