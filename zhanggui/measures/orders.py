"""Orders and their buyers, from order lines. An order has many lines: orders and buyers are counted as different ones."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures.measure import Formula, measure


@measure(
    "orders.by_product",
    "order_lines",
    ("product_name",),
    orders=Formula(("order_no",), "count"),
    buyers=Formula(("buyer",), "count"),
)
def by_product(shop: Snapshot, days: int = 90) -> pl.LazyFrame:
    """One row per product name over the last `days` days up to the newest order: different orders, different buyers."""
    window = shop.last("order_lines", days)
    rows = window.rows if window else shop.scan("order_lines")
    return rows.group_by("product_name").agg(
        pl.col("order_no").n_unique().alias("orders"), pl.col("buyer").drop_nulls().n_unique().alias("buyers")
    )
