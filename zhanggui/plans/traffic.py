"""The traffic of a shop: what its page shows of a window. A pure function of a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import products, traffic
from zhanggui.measures.series import YEAR, series, with_rows
from zhanggui.plans.explain import Explained, explain, explain_value
from zhanggui.plans.regions import Regions, regions
from zhanggui.plans.standing import Standing, Top10, standing, top10
from zhanggui.plans.visits import Daily, Paths, daily, paths

Sees = Callable[[str, str], bool]  # table, column


@dataclass(frozen=True)
class Traffic:
    """`moved`: the figures that both stretches have, and why they moved. `clicks`: each product's name and clicks of the window, most first. `absent`: reports without data."""

    days: int
    moved: tuple[Explained, ...]
    standing: Standing | None
    top10: Top10 | None
    regions: Regions | None
    daily: Daily | None
    paths: Paths | None
    clicks: tuple[tuple[str, int], ...]
    festivals: tuple[tuple[date, str], ...]
    absent: tuple[str, ...]


TABLES = ("product_effect", "shop_overview", "shop_region", "traffic_source", "visitor")


def traffic_of(shop: Snapshot, days: int, sees: Sees) -> Traffic:
    """What the person may see of the traffic: money of the overview only where it is theirs to see."""
    value = explain_value(shop, days) if sees("shop_overview", "order_amount") else None
    return Traffic(
        days,
        (*explain(shop, days), *([value] if value else [])),
        _standing(shop, days, sees),
        top10(shop),
        regions(shop, days),
        daily(shop),
        paths(shop, days),
        _clicks(shop, days),
        tuple(sorted(shop.scan("festival").select("start", "festival").collect().iter_rows())) if shop.has("festival") else (),
        tuple(name for name in TABLES if not shop.has(name)),
    )


def _standing(shop: Snapshot, days: int, sees: Sees) -> Standing | None:
    one = series(shop, "shop_overview", days)
    if one is None:
        return None
    columns = [*traffic.OVERVIEW_SUMS, *traffic.OVERVIEW_PEOPLE, *traffic.PEERS]
    if not sees("shop_overview", "order_amount"):
        columns = [c for c in columns if not c.startswith("order_amount")]
    since = one.window.end - timedelta(days=2 * YEAR)
    rows = shop.scan("shop_overview").filter(pl.col("period_end") > since)
    return standing(with_rows(one, rows.select("period_start", "period_end", *columns).collect()))


def _clicks(shop: Snapshot, days: int) -> tuple[tuple[str, int], ...]:
    if not shop.has("product_effect"):
        return ()
    rows = products.effect(shop, days).filter(pl.col("shop_clicks").is_not_null())
    named = rows.select(pl.col("product_name").fill_null(pl.col("product_id")), "shop_clicks", "product_id")
    return tuple(
        (name, count)
        for name, count, _ in named.sort("shop_clicks", "product_id", descending=[True, False]).collect().iter_rows()
    )
