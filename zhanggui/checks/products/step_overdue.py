"""A product that is behind on its way to a hit."""

import polars as pl

from zhanggui.checks.check import check
from zhanggui.checks.products._waiting import lacks


@check("PR13", key=("product_id",))
def step_overdue(shop, settings, rules):
    """Of each product of 爆品七步 the earliest step that was due before today and is not done."""
    if absent := lacks(shop, "hit_step"):
        return absent
    return (
        shop.scan("hit_step")
        .filter(pl.col("done_on").is_null(), pl.col("due") < shop.day)
        .sort("due", "step")
        .group_by("product_id", maintain_order=True)
        .agg(
            pl.coalesce("product_name", "product_id").first().alias("product_name"),
            pl.col("step", "due").first(),
            pl.len().alias("open"),
        )
        .with_columns((pl.lit(shop.day) - pl.col("due")).dt.total_days().alias("late"))
        .sort("late", "product_id", descending=[True, False])
    )
