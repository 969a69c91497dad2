"""A hit product whose title is changed too often."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks
from zhanggui.measures import grades


@check("PR15", key=("product_id",))
def title_changed_often(shop, settings, rules):
    """Products that are hits (by label, or by the counts of 2024) with more than `most` title changes in the last `days` days."""
    if absent := lacks(shop, "product_change", "product_growth"):
        return absent
    changed = shop.scan("product_change").filter(
        pl.col("part") == "标题", pl.col("changed_on") > shop.day - pl.duration(days=settings.days)
    )
    often = changed.group_by("product_id").agg(pl.len().alias("changes"), pl.col("changed_on").max().alias("last"))
    known = grades.judged(shop, rules)
    hit = (pl.col("rank") == 4) | (pl.col("trade_grade") == 2) | (pl.col("lead_grade") == 2)
    return (
        often.filter(pl.col("changes") > settings.most)
        .join(known.filter(hit).select("product_id", "product_name", "label"), on="product_id")
        .with_columns(pl.coalesce("product_name", "product_id").alias("product_name"), pl.lit(settings.days).alias("days"))
        .sort("changes", "product_id", descending=[True, False])
    )
