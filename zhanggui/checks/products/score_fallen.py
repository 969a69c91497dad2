"""A product whose quality score has fallen."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.products._waiting import lacks
from zhanggui.measures import grades


@check("PR19", key=("product_id",))
def score_fallen(shop, settings, rules):
    """Products whose newest score is below the last one at least `days` days older."""
    if absent := lacks(shop, "product_score"):
        return absent
    moved = grades.earlier(shop, "product_score", "score", settings.days).collect()
    if moved.is_empty():
        return NotYet("product_score", settings.days, "day")
    troubles = shop.scan("product_score").select("product_id", pl.coalesce("troubles", pl.lit("")).alias("troubles")).collect()
    names = shop.scan("product_catalogue").select("product_id", "product_name").collect()
    return (
        moved.filter(pl.col("score") < pl.col("before"))
        .join(names, on="product_id", how="left")
        .join(troubles, on="product_id")
        .with_columns(
            pl.coalesce("product_name", "product_id").alias("product_name"), (pl.col("before") - pl.col("score")).alias("lost")
        )
        .select("product_id", "product_name", "score", "before", "before_as_of", "lost", "troubles")
        .sort("lost", "product_id", descending=[True, False])
    )
