"""Two products whose titles say the same words."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.measures import products
from zhanggui.measures.text import folded


@check("KW10", key=("product_id",), needs=("product_effect",))
def same_title(shop, settings, rules):
    """Products whose title, case, plural and order aside, is that of a product with more search exposures."""
    rows = (
        products.effect(shop, settings.days)
        .filter(pl.col("search_exposures").is_not_null())
        .select("product_id", "product_name", "search_exposures", folded(pl.col("product_name")).alias("folded"))
        .filter(pl.col("folded").str.len_chars() > 0)
        .sort("search_exposures", "product_id", descending=[True, False])
    )
    strongest = rows.group_by("folded", maintain_order=True).agg(
        pl.col("product_id").first().alias("stronger_id"), pl.col("search_exposures").first().alias("stronger_exposures")
    )
    return (
        rows.join(strongest, on="folded", how="inner", maintain_order="left")
        .filter(pl.col("product_id") != pl.col("stronger_id"))
        .select("product_id", "product_name", "search_exposures", "stronger_id", "stronger_exposures")
        .sort("stronger_exposures", "product_id", descending=[True, False])
    )
