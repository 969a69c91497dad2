"""A showcase place that a weak product holds."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.products._showcase import places
from zhanggui.estimates import more_than


@check("PR03", key=("product_id",), needs=("product_effect",))
def weak_in_showcase(shop, settings, rules):
    """Showcase products that nobody asked about and that a product outside, which somebody asked about, clearly out-clicks."""
    both = places(shop, settings)
    if isinstance(both, NotYet):
        return both
    held, free = both
    rivals = free.filter(pl.col("asked")).select(
        pl.col("product_id").alias("rival_id"),
        pl.col("product_name").alias("rival_name"),
        pl.col("shop_clicks").alias("rival_clicks"),
    )
    weak = held.filter(~pl.col("asked")).reverse()
    # The weakest holder is held against the strongest product outside, the second against the second, and so on.
    pairs = pl.concat([weak.head(rivals.height), rivals.head(weak.height)], how="horizontal")
    surely = more_than(pairs["rival_clicks"], pairs["shop_clicks"])
    return pairs.filter(pl.Series(surely) <= settings.chance).select(
        "product_id", "product_name", "shop_clicks", "covered_days", "rival_id", "rival_name", "rival_clicks"
    )
