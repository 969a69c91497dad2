"""A product that has lost its quality label."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.checks.products._waiting import lacks
from zhanggui.measures import grades


@check("PR11", key=("product_id",))
def label_lost(shop, settings, rules):
    """Products labelled 优品 or 爆品 whose newest label, at least `days` days later, is lower. Unknown labels are not judged."""
    if absent := lacks(shop, "product_growth"):
        return absent
    moved = grades.earlier(shop, "product_growth", "label", settings.days).collect()
    if moved.is_empty():
        return NotYet("product_growth", settings.days, "day")
    names = shop.scan("product_growth").select("product_id", "product_name", "lead_people_90d", "buyers_90d").collect()
    return (
        moved.with_columns(grades.rank(pl.col("label")).alias("rank"), grades.rank(pl.col("before")).alias("rank_before"))
        .filter(pl.col("rank_before") >= 3, pl.col("rank") < pl.col("rank_before"))
        .join(names, on="product_id")
        .select(
            "product_id",
            "product_name",
            "before",
            "label",
            "before_as_of",
            (pl.col("rank_before") - pl.col("rank")).alias("steps"),
        )
        .sort("steps", "product_id", descending=[True, False])
    )
