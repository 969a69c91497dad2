"""A product just below the score of a quality product."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks


@check("PR12", key=("product_id",))
def near_quality_line(shop, settings, rules):
    """Products between the score that is near the line and the line itself. A file of scores up to 5 has another scale: silent."""
    if absent := lacks(shop, "product_score"):
        return absent
    scores = shop.scan("product_score")
    names = shop.scan("product_catalogue").select("product_id", "product_name")
    near, line = rules["growth_near_min_score"], rules["growth_quality_min_score"]
    return (
        scores.filter(pl.col("score").max() > 5)
        .filter(pl.col("score") >= near, pl.col("score") < line)
        .join(names, on="product_id", how="left")
        .with_columns(
            pl.coalesce("product_name", "product_id").alias("product_name"),
            pl.lit(line).alias("line"),
            (line - pl.col("score")).alias("lacks"),
            pl.coalesce("troubles", pl.lit("")).alias("troubles"),
        )
        .select("product_id", "product_name", "score", "line", "lacks", "troubles")
        .sort("lacks", "product_id")
    )
