"""A product that several plans promote at once."""

import polars as pl

from zhanggui.checks.ads._paid import covered, lacking
from zhanggui.checks.check import check
from zhanggui.measures import ads
from zhanggui.measures.series import WEEK


@check("AD19", key=("product_id",))
def product_in_two_plans(shop, settings, rules):
    """Products with spend in two plans or more that still pay in the newest week."""
    if (answer := lacking(shop, "p4p_product")) is not None:
        return answer
    spent = pl.col("cost") > 0
    still = ads.by_plan_product(shop, WEEK).filter(spent).select("plan", "product_id")
    rows = ads.by_plan_product(shop, settings.days).filter(spent).join(still, on=["plan", "product_id"])
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
        .head(settings.list_most)
    )
