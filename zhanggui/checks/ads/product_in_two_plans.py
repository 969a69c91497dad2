"""A product that several plans promote at once."""

import polars as pl

from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import check
from zhanggui.measures import ads


@check("AD19", key=("product_id",))
def product_in_two_plans(shop, settings, rules):
    """Products with spend in two plans or more."""
    if (answer := lacking(shop, "p4p_product")) is not None:
        return answer
    rows = ads.by_plan_product(shop, settings.days).filter(pl.col("cost") > 0, pl.col("plan").is_not_null())
    return (
        rows.sort("cost", "plan", descending=[True, False])
        .group_by("product_id", maintain_order=True)
        .agg(
            pl.col("product_name").drop_nulls().first(),
            pl.len().cast(pl.Int64).alias("plans"),
            pl.format("{} {}", "plan", pl.col("cost").round(0).cast(pl.Int64)).str.join(" · ").alias("split"),
            pl.col("cost").sum().cast(pl.Float64).alias("total"),
        )
        .filter(pl.col("plans") > 1)
        .with_columns(
            pl.col("product_name").fill_null(pl.col("product_id")),
            pl.lit(covered(shop, "p4p_product", settings.days)).alias("days"),
        )
        .sort("total", "product_id", descending=[True, False])
    )
