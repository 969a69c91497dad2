"""How much of what is sold goes through the platform: Trade Assurance orders beside the deals that a person has written down."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import products
from zhanggui.measures.measure import Beside, Formula, measure


def told(shop: Snapshot, days: int = 90) -> tuple[date, date] | None:
    """First and last of those of the last `days` days that the orders reach over, from the oldest to the newest that was brought.
    Deals of other days have nothing to stand beside. None where the orders reach over none of them."""
    tiles = shop.window("order_lines", shop.day - timedelta(days=days - 1), shop.day).tiles
    return tiles[0] if tiles else None


def _within(day: str, shop: Snapshot, days: int) -> pl.Expr:
    """Whether a row is of the days that are told; without any, of the last `days` days."""
    return pl.col(day).is_between(*(told(shop, days) or (shop.day - timedelta(days=days - 1), shop.day)))


def _orders(shop: Snapshot, days: int = 90) -> pl.LazyFrame:
    return shop.scan("order_lines").filter(_within("created", shop, days))


def _deals(shop: Snapshot, days: int) -> pl.LazyFrame:
    return shop.scan("offline_deal").filter(_within("closed_on", shop, days))


ORDERS = (Beside("order_lines", ("order_no",), _orders),)


@measure(
    "online.total",
    "offline_deal",
    (),
    partial(_within, "closed_on"),
    offline=Formula(("deal_no",), "count"),
    could_go_online=Formula(("could_be_online",), "flagged"),
    online=Formula(("deal_no",), "online", ORDERS),
    online_share=Formula(("deal_no",), "online_share", ORDERS),
)
def total(shop: Snapshot, days: int = 90) -> pl.LazyFrame:
    """One row over the days of the last `days` that the orders reach over: different Trade Assurance orders, deals off the platform,
    those of them that could go online, and the share of orders. Where the orders reach over none, they and the share are missing.
    No row where no deal off the platform was ever written down: then nobody knows the share."""
    counted = _deals(shop, days).select(
        pl.col("deal_no").n_unique().cast(pl.Int64).alias("offline"),
        pl.col("could_be_online").fill_null(False).sum().cast(pl.Int64).alias("could_go_online"),
    )
    known = pl.when(pl.lit(told(shop, days) is not None))
    ordered = _orders(shop, days).select(known.then(pl.col("order_no").n_unique().cast(pl.Int64)).alias("online"))
    both = pl.concat([counted, ordered], how="horizontal")
    share = pl.when(pl.col("online") + pl.col("offline") > 0).then(pl.col("online") / (pl.col("online") + pl.col("offline")))
    return both.with_columns(share.alias("online_share")).filter(pl.lit(shop.has("offline_deal")))


def by_product(shop: Snapshot, days: int = 90) -> pl.LazyFrame:
    """product_name, online, offline, online_share: products with deals off the platform, those with most of them first. Orders name
    products by their title, deals by their ID; deals without an ID are left out. Empty where the orders reach over none of the days."""
    titles = products.titles(shop).unique("product_id")
    deals = (
        _deals(shop, days)
        .filter(pl.lit(told(shop, days) is not None))
        .join(titles, on="product_id")
        .group_by("product_name")
        .agg(pl.col("deal_no").n_unique().cast(pl.Int64).alias("offline"))
    )
    ordered = _orders(shop, days).group_by("product_name").agg(pl.col("order_no").n_unique().cast(pl.Int64).alias("online"))
    return (
        deals.join(ordered, on="product_name", how="left")
        .with_columns(pl.col("online").fill_null(0))
        .with_columns((pl.col("online") / (pl.col("online") + pl.col("offline"))).alias("online_share"))
        .sort("offline", "product_name", descending=[True, False])
    )
