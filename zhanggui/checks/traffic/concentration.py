"""Traffic that hangs on one product."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import products


@check("TR01", key=("product_id",), needs=("product_effect",))
def concentration(shop, settings, rules):
    """Products that alone bring at least a share of the whole shop's clicks."""
    items = products.effect(shop, settings.days)
    return (
        items.with_columns(
            pl.col("shop_clicks").sum().alias("all_clicks"),
            (pl.col("shop_clicks") / pl.col("shop_clicks").sum()).alias("share"),
            pl.len().alias("products"),
        )
        .filter(pl.col("share") >= settings.share, pl.col("all_clicks") >= settings.min_clicks)
        .select("product_id", "product_name", "shop_clicks", "all_clicks", "share", "products", "covered_days")
        .sort("share", "product_id", descending=[True, False])
    )
