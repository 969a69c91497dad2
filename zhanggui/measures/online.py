"""How much of what is sold goes through the platform: Trade Assurance orders beside the deals that a person has written down."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import products
from zhanggui.measures.measure import Beside, Formula, measure


def _recent(shop: Snapshot, table: str, day: str, days: int) -> pl.LazyFrame:
    """Rows of the last `days` days up to the day of the snapshot."""
    return shop.scan(table).filter(pl.col(day).is_between(shop.day - timedelta(days=days - 1), shop.day))


def _orders(shop: Snapshot, days: int = 90) -> pl.LazyFrame:
    return _recent(shop, "order_lines", "created", days)


ORDERS = (Beside("order_lines", ("order_no",), _orders),)


@measure(
    "online.total",
    "offline_deal",
    (),
    offline=Formula(("deal_no",), "count"),
    could_go_online=Formula(("could_be_online",), "flagged"),
    online=Formula(("deal_no",), "online", ORDERS),
    online_share=Formula(("deal_no",), "online_share", ORDERS),
)
def total(shop: Snapshot, days: int = 90) -> pl.LazyFrame:
    """One row over the last `days` days: different Trade Assurance orders, deals off the platform, those of them that could go
    online, and the share of orders. No row where no deal off the platform was ever written down: then nobody knows the share."""
    deals = _recent(shop, "offline_deal", "closed_on", days)
    counted = deals.select(
        pl.col("deal_no").n_unique().cast(pl.Int64).alias("offline"),
        pl.col("could_be_online").fill_null(False).sum().cast(pl.Int64).alias("could_go_online"),
    )
    ordered = _orders(shop, days).select(pl.col("order_no").n_unique().cast(pl.Int64).alias("online"))
    both = pl.concat([counted, ordered], how="horizontal")
    share = pl.when(pl.col("online") + pl.col("offline") > 0).then(pl.col("online") / (pl.col("online") + pl.col("offline")))
    return both.with_columns(share.alias("online_share")).filter(pl.lit(shop.has("offline_deal")))


def by_product(shop: Snapshot, days: int = 90) -> pl.LazyFrame:
    """product_name, online, offline, online_share: products with deals off the platform, those with most of them first. Orders name
    products by their title, deals by their ID; deals without an ID are left out."""
    titles = products.titles(shop).unique("product_id")
    deals = (
        _recent(shop, "offline_deal", "closed_on", days)
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
