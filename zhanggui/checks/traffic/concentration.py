"""Traffic that hangs on one product."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.facts import whole_sum
from zhanggui.measures import products


@check("TR01", key=("product_id",), needs=("product_effect",))
def concentration(shop, settings, rules):
    """Products that alone bring at least a share of the whole shop's clicks."""
    items = products.effect(shop, settings.days)
    all_clicks = whole_sum("shop_clicks")
    return (
        items.with_columns(
            all_clicks.alias("all_clicks"),
            (pl.col("shop_clicks") / all_clicks).alias("share"),
            pl.len().alias("products"),
        )
        .filter(pl.col("share") >= settings.share, pl.col("all_clicks") >= settings.min_clicks)
        .select("product_id", "product_name", "shop_clicks", "all_clicks", "share", "products", "covered_days")
        .sort("share", "product_id", descending=[True, False])
    )
