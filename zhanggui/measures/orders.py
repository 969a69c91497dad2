"""Orders and their buyers, from order lines. An order has many lines: orders and buyers are counted as different ones."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure


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


def daily(rows: pl.LazyFrame) -> pl.LazyFrame:
    """day, currency, orders, amount: different orders of a day, each with its total once, whichever of its lines say it."""
    once = rows.group_by("order_no", "currency").agg(pl.col("created").min().alias("day"), pl.col("order_amount").max())
    return once.group_by("day", "currency").agg(pl.len().cast(pl.Int64).alias("orders"), _all(pl.col("order_amount"), "amount"))


def _all(column: pl.Expr, name: str) -> pl.Expr:
    """The sum, missing where any part of it is."""
    return pl.when(column.null_count() == 0).then(column.sum()).alias(name)


@measure(
    "orders.total",
    "order_lines",
    ("currency",),
    orders=Formula(("order_no",), "count"),
    amount=Formula(("order_amount",), "once"),
)
def total(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per 订单币种 over the last `days` days up to the newest order: different orders, and the sum of their 订单总价.

    Every order in the file counts, whatever its 状态: no source says which states mean that an order is off.
    """
    window = shop.last("order_lines", days)
    rows = window.rows if window else shop.scan("order_lines")
    return daily(rows).group_by("currency").agg(pl.col("orders").sum(), _all(pl.col("amount"), "amount"))
