"""A product that no buyer's search has shown for a long time."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import products


@check("PR02", key=("product_id",), needs=("product_effect",))
def unseen_product(shop, settings, rules):
    """Products without a search exposure in the whole window; a verdict only when the window of the rulebook is covered."""
    long_enough = int(rules["no_effect_days"])
    return (
        products.effect(shop, products.stretch(shop, long_enough))
        .join(products.current(shop), on="product_id")
        .filter(pl.col("search_exposures") == 0)
        .with_columns(
            pl.when(pl.col("covered_days") >= long_enough).then(pl.lit("found")).otherwise(pl.lit("unsure")).alias("verdict"),
            pl.when(pl.col("covered_days") < long_enough).then(long_enough - pl.col("covered_days")).alias("needs"),
            pl.lit(long_enough).alias("long_enough"),
        )
        .select("product_id", "product_name", "covered_days", "shop_clicks", "long_enough", "verdict", "needs")
        .sort("product_id")
    )
