"""What orders leave after what their goods cost, as far as the costs are known."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures import products
from zhanggui.measures.measure import DEFAULT_DAYS, Beside, Formula, measure

HOME = "CNY"  # the currency that rates are given in


def _named(shop: Snapshot, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Order lines with `product_id`; where the file names products only, that of the one product that ever bore the name."""
    names = rows.filter(pl.col("product_id").is_null()).select("product_name").unique()
    seen = shop.scan("product_effect").select("product_id", "product_name")
    listed = products.catalogue(shop).select("product_id", "product_name")
    known = (
        pl.concat([seen, listed])
        .join(names, on="product_name", how="semi")
        .group_by("product_name")
        .agg(pl.col("product_id").n_unique().alias("bearers"), pl.col("product_id").first().alias("of_name"))
        .filter(pl.col("bearers") == 1)
        .select("product_name", "of_name")
    )
    return rows.join(known, on="product_name", how="left").with_columns(
        pl.coalesce("product_id", "of_name").alias("product_id")
    )


def _with_rate(shop: Snapshot, rows: pl.LazyFrame, currency: str, name: str) -> pl.LazyFrame:
    """`rows` with CNY for one unit of a currency on the line's day, by the newest rate up to it; missing before the first."""
    rates = shop.scan("exchange_rate").select("rate_on", pl.col("currency").alias(currency), pl.col("rate").alias(name))
    found = rows.sort("created").join_asof(
        rates.sort("rate_on"), left_on="created", right_on="rate_on", by=currency, check_sortedness=False
    )
    return found.with_columns(pl.when(pl.col(currency) == HOME).then(1.0).otherwise(pl.col(name)).alias(name)).drop(
        "rate_on", strict=False
    )


def lines(shop: Snapshot, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Order lines with `goods` (数量 × 单价), `product_cost` in the order's currency, and `rateless`: its cost is in a currency
    for which there is no rate. Missing where it is not known."""
    costs = shop.scan("product_cost").select("product_id", "unit_cost", pl.col("currency").alias("cost_currency"))
    found = _named(shop, rows).join(costs, on="product_id", how="left")
    found = _with_rate(shop, _with_rate(shop, found, "currency", "_order_rate"), "cost_currency", "_cost_rate")
    same = pl.col("currency") == pl.col("cost_currency")
    rate = pl.when(same).then(1.0).otherwise(pl.col("_cost_rate") / pl.col("_order_rate"))
    return found.with_columns(
        (pl.col("quantity") * pl.col("unit_price").cast(pl.Float64)).alias("goods"),
        (pl.col("quantity") * pl.col("unit_cost").cast(pl.Float64) * rate).alias("product_cost"),
        (pl.col("unit_cost").is_not_null() & rate.is_null()).alias("rateless"),
    )


def summary(shop: Snapshot, rows: pl.LazyFrame) -> pl.LazyFrame:
    """One row per currency of the lines: goods, those of known cost, gross profit, margin, the share that is known."""
    known = pl.col("product_cost").is_not_null() & pl.col("goods").is_not_null()
    costed = pl.col("goods").filter(known)
    return (
        lines(shop, rows)
        .group_by("currency")
        .agg(
            whole_sum("goods"),
            pl.when(known.any()).then(costed.sum()).alias("goods_costed"),
            pl.when(known.any()).then((pl.col("goods") - pl.col("product_cost")).filter(known).sum()).alias("gross_profit"),
            pl.col("rateless").any(),
        )
        .with_columns(
            pl.when(pl.col("goods_costed") > 0).then(pl.col("gross_profit") / pl.col("goods_costed")).alias("gross_margin"),
            pl.when(pl.col("goods") > 0).then(pl.col("goods_costed").fill_null(0.0) / pl.col("goods")).alias("cost_known"),
        )
    )


def _window(shop: Snapshot, days: int) -> pl.LazyFrame:
    window = shop.last("order_lines", days)
    return window.rows if window else shop.scan("order_lines")


def _costs(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """The rows of 产品成本 of the products that were ordered."""
    return shop.scan("product_cost").join(_named(shop, _window(shop, days)), on="product_id", how="semi")


def _rates(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """The rows of 汇率 that were in force on the day of an order."""
    used = _window(shop, days).select("created").unique().sort("created")
    rates = shop.scan("exchange_rate")
    each = used.join(rates.select("currency").unique(), how="cross").sort("created")
    hit = each.join_asof(
        rates.select("currency", "rate_on").sort("rate_on"),
        left_on="created",
        right_on="rate_on",
        by="currency",
        check_sortedness=False,
        coalesce=False,
    )
    return rates.join(hit, on=["currency", "rate_on"], how="semi")


COST = (Beside("product_cost", ("unit_cost", "currency"), _costs), Beside("exchange_rate", ("rate",), _rates))


@measure(
    "profit.total",
    "order_lines",
    ("currency",),
    goods=Formula(("quantity", "unit_price"), "product"),
    goods_costed=Formula(("quantity", "unit_price"), "costed", COST),
    gross_profit=Formula(("quantity", "unit_price"), "profit", COST),
    gross_margin=Formula(("quantity", "unit_price"), "margin", COST),
    cost_known=Formula(("quantity", "unit_price"), "known", COST),
)
def total(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per 订单币种 over the last `days` days up to the newest order: goods, and what is left after what they cost.

    Only lines whose product has a cost count, at the newest cost, turned into the order's currency at the newest 汇率 up to the
    order's day. `cost_known`: their share of the goods. Returns (quantity below zero) take off.
    """
    return summary(shop, _window(shop, days))
