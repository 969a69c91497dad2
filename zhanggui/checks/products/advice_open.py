"""A product with enough leads for a quality product, and with an open hint of the platform."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks
from zhanggui.measures import grades


@check("PR20", key=("product_id",))
def advice_open(shop, settings, rules):
    """Products that are not labelled 优品 or 爆品 and have the leads of a lead quality product and an 优化建议."""
    if absent := lacks(shop, "product_growth"):
        return absent
    return (
        shop.scan("product_growth")
        .with_columns(grades.rank(pl.col("label")).alias("rank"))
        .filter(
            pl.col("rank") < 3,
            pl.col("lead_people_90d") >= rules["lead_quality_min_buyers"],
            pl.col("advice").str.strip_chars().str.len_chars() > 0,
        )
        .with_columns(pl.coalesce("product_name", "product_id").alias("product_name"))
        .select("product_id", "product_name", "lead_people_90d", "label", "advice")
        .sort("lead_people_90d", "product_id", descending=[True, False])
    )
