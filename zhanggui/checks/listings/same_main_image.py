"""Two products of the shop with the same main image."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import likeness, listings


@check("LI05", key=("product_id", "twin_id"))
def same_main_image(shop, settings, rules):
    """Pairs of products whose main images are nearly the same."""
    if not shop.has("picture"):
        return NotYet("picture")
    titles = listings.titles(shop).select("product_id", "product_name").collect()
    twins = titles.select(pl.col("product_id").alias("twin_id"), pl.col("product_name").alias("twin_name"))
    pairs = likeness.twins(shop).join(titles, on="product_id", how="left").join(twins, on="twin_id", how="left")
    return pairs.select(
        "product_id",
        "twin_id",
        pl.col("product_name").fill_null(pl.col("product_id")),
        pl.col("twin_name").fill_null(pl.col("twin_id")),
        pl.col("same_file").cast(pl.Int64).alias("same_file"),
    ).sort("product_id", "twin_id")
