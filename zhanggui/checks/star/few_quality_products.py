"""Few of the shop's products are quality products."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import star


@check("ST07")
def few_quality_products(shop, settings, rules):
    """优品 and better among all products with a label, below the guide's share; silent in a shop of fewer than `min_products`."""
    if not shop.has("product_growth"):
        return NotYet("product_growth")
    aim = rules["star_quality_share"]
    return (
        star.quality(shop)
        .filter(pl.col("quality_share") < aim, pl.col("labelled") >= settings.min_products)
        .with_columns(pl.lit(aim).alias("aim"), ((aim * pl.col("labelled")).ceil() - pl.col("quality")).alias("more"))
        .select("quality", "labelled", "quality_share", "aim", "more")
    )
