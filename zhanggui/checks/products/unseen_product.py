"""A product that no buyer's search has shown for a long time."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import products


@check("PR02", key=("product_id",), needs=("product_effect",))
def unseen_product(shop, settings, rules):
    """Products without a search exposure in the whole window; a verdict only when the window of the rulebook is covered."""
    long_enough = int(rules["no_effect_days"])
    # As many whole weeks back as it takes to have seen that many days; a missing week in between only lengthens the stretch.
    stretches = range(-(-long_enough // 7) * 7, 2 * long_enough + 7, 7)
    days = next((d for d in stretches if shop.last("product_effect", d).covered >= long_enough), stretches[-1])
    newest = shop.newest("product_effect")
    current = shop.scan("product_effect").filter(pl.col("period_end") == newest).select("product_id").unique()
    return (
        products.effect(shop, days)
        .join(current, on="product_id")
        .filter(pl.col("search_exposures") == 0)
        .with_columns(
            pl.when(pl.col("covered_days") >= long_enough).then(pl.lit("found")).otherwise(pl.lit("unsure")).alias("verdict"),
            pl.when(pl.col("covered_days") < long_enough).then(long_enough - pl.col("covered_days")).alias("needs"),
            pl.lit(long_enough).alias("long_enough"),
        )
        .select("product_id", "product_name", "covered_days", "shop_clicks", "long_enough", "verdict", "needs")
        .sort("product_id")
    )
