"""A showcase place that a weak product holds."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.estimates import higher_in, more_than
from zhanggui.measures import products


@check("PR03", key=("product_id",), needs=("product_effect",))
def weak_in_showcase(shop, settings, rules):
    """Showcase products that nobody asked about and that a product outside, which somebody asked about, clearly out-clicks."""
    items = (
        products.effect(shop, settings.days)
        .with_columns(((pl.col("inquiries") > 0) | pl.col("had_chat") | (pl.col("orders_submitted") > 0)).alias("asked"))
        .collect()
    )
    held, free = items.filter(pl.col("showcase")), items.filter(~pl.col("showcase"))
    if higher_in(held["shop_clicks"], free["shop_clicks"]) > settings.relation:
        return NotYet("product_effect", unit="relation")
    rivals = free.filter(pl.col("asked")).sort("shop_clicks", "product_id", descending=[True, False])
    weak = held.filter(~pl.col("asked")).sort("shop_clicks", "product_id")
    # The weakest holder is held against the strongest product outside, the second against the second, and so on.
    pairs = pl.concat(
        [
            weak.head(rivals.height),
            rivals.head(weak.height).select(
                pl.col("product_id").alias("rival_id"),
                pl.col("product_name").alias("rival_name"),
                pl.col("shop_clicks").alias("rival_clicks"),
            ),
        ],
        how="horizontal",
    )
    surely = more_than(pairs["rival_clicks"], pairs["shop_clicks"], settings.times)
    return pairs.filter(pl.Series(surely) <= settings.chance).select(
        "product_id", "product_name", "shop_clicks", "covered_days", "rival_id", "rival_name", "rival_clicks"
    )
