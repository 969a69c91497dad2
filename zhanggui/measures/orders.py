"""Trade Assurance orders. A file has one row per order and SKU, so orders and buyers are counted as different ones."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure

#: Money of the whole order, which a file says on each of its lines or on the first one only.
ORDER_MONEY = ("order_amount", "shipping_fee", "discount", "tax", "prepaid", "balance")
ORDER_WORDS = (
    "created", "order_type", "status", "buyer", "company", "email", "country", "seller", "currency", "ship_by", "shipped",
    "address", "remark",
)  # fmt: skip


@measure(
    "orders.by_product",
    "order_lines",
    ("product_name",),
    orders=Formula(("order_no",), "count"),
    buyers=Formula(("buyer",), "count"),
)
def by_product(shop: Snapshot, days: int = 90) -> pl.LazyFrame:
    """One row per product name over the last `days` days up to the newest order: what `bought` tells of it."""
    window = shop.last("order_lines", days)
    return bought(lines(window.rows if window else shop.scan("order_lines")))


def lines(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Order lines, each with the buyer that any line of its order names."""
    return rows.with_columns(pl.coalesce("buyer", pl.col("buyer").max().over("order_no")).alias("buyer"))


def bought(rows: pl.LazyFrame) -> pl.LazyFrame:
    """product_name, orders, buyers of `lines`: different ones. Buyers are missing where an order names none."""
    return rows.group_by("product_name").agg(
        pl.col("order_no").n_unique().alias("orders"),
        pl.when(pl.col("buyer").null_count() == 0).then(pl.col("buyer").n_unique()).alias("buyers"),
    )


def _once(column: str) -> pl.Expr:
    """The one amount that the lines of an order say, beside empty cells and zeros; missing where they contradict each other."""
    told = pl.col(column).drop_nulls()
    amounts = told.filter(told != 0).unique()
    return pl.when(amounts.len() <= 1).then(pl.coalesce(amounts.max(), told.max())).alias(column)


@measure(
    "orders.by_order",
    "order_lines",
    ("order_no",),
    **{c: Formula((c,), "once") for c in (*ORDER_WORDS, *ORDER_MONEY)},
    quantity=Formula(("quantity",), "sum"),
    products=Formula(("product_name",), "count"),
)
def by_order(shop: Snapshot, days: int = 90) -> pl.LazyFrame:
    """One row per order over the last `days` days up to the newest order. Money of the order is counted once, whatever the lines."""
    window = shop.last("order_lines", days)
    rows = window.rows if window else shop.scan("order_lines")
    return rows.group_by("order_no").agg(
        *[pl.col(c).drop_nulls().first().alias(c) for c in ORDER_WORDS],
        *[_once(c) for c in ORDER_MONEY],
        whole_sum("quantity"),
        pl.col("product_name").drop_nulls().n_unique().cast(pl.Int64).alias("products"),
    )


def daily(rows: pl.LazyFrame) -> pl.LazyFrame:
    """day, currency, orders, amount: different orders of a day, each with its total once, whichever of its lines say it."""
    once = rows.group_by("order_no", "currency").agg(pl.col("created").min().alias("day"), _once("order_amount"))
    return once.group_by("day", "currency").agg(
        pl.len().cast(pl.Int64).alias("orders"), whole_sum("order_amount").alias("amount")
    )


@measure(
    "orders.total",
    "order_lines",
    ("currency",),
    orders=Formula(("order_no",), "count"),
    amount=Formula(("order_amount",), "once_each"),
)
def total(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per 订单币种 over the last `days` days up to the newest order: different orders, and the sum of their 订单总价.

    Every order in the file counts, whatever its 状态: no source says which states mean that an order is off.
    """
    window = shop.last("order_lines", days)
    rows = window.rows if window else shop.scan("order_lines")
    return daily(rows).group_by("currency").agg(pl.col("orders").sum(), whole_sum("amount"))
