"""The whole shop, period by period."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from zhanggui.facts import Snapshot, Window, whole_sum
from zhanggui.measures.countries import codes
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure, summed
from zhanggui.measures.products import SUMS, ratio


@measure(
    "traffic.total",
    "product_effect",
    (),
    **summed(*SUMS),
    search_ctr=Formula(("search_clicks", "search_exposures"), "ratio"),
    inquiry_per_click=Formula(("inquiries", "shop_clicks"), "ratio"),
)
def total(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row: the sum over all products of what may be summed. People are not in it: one visitor may see many products."""
    window = shop.last("product_effect", days)
    rows = window.rows if window else shop.scan("product_effect")
    return rows.select(whole_sum(c) for c in SUMS).with_columns(
        ratio("search_clicks", "search_exposures").alias("search_ctr"),
        ratio("inquiries", "shop_clicks").alias("inquiry_per_click"),
    )


def weekly(shop: Snapshot, days: int) -> pl.LazyFrame:
    """period_end, length in days and the sums over all products: one row per tile, oldest first; missing where a cell is."""
    window = shop.last("product_effect", days)
    rows = window.rows if window else shop.scan("product_effect")
    length = (pl.col("period_end") - pl.col("period_start") + pl.duration(days=1)).dt.total_days()
    return rows.group_by("period_end", length.alias("length")).agg(whole_sum(c) for c in SUMS).sort("period_end")


#: Counts of the overview that may be added up, and figures of its people, which never are.
OVERVIEW_SUMS = (
    "visits",
    "search_exposures",
    "search_clicks",
    "inquiries",
    "orders",
    "order_amount",
    "shop_exposures",
    "shop_clicks",
    "shop_leads",
)
OVERVIEW_PEOPLE = ("visitors", "inquirers", "chatters", "lead_people")
#: Rates that the page shows beside its peers', with the two figures that they are made of: both of one scope.
OVERVIEW_RATES = {
    "search_ctr": ("search_clicks", "search_exposures"),
    "shop_ctr": ("shop_clicks", "shop_exposures"),
    "lead_rate": ("lead_people", "visitors"),
}
PEERS = tuple(
    f"{c}_{kind}" for c in (*OVERVIEW_SUMS, *OVERVIEW_PEOPLE, "search_ctr", "lead_rate") for kind in ("peers", "best")
)


@measure(
    "traffic.overview",
    "shop_overview",
    (),
    **summed(*OVERVIEW_SUMS),
    **{c: Formula((c,), "newest") for c in (*OVERVIEW_PEOPLE, *PEERS)},
    search_ctr=Formula(OVERVIEW_RATES["search_ctr"], "ratio"),
    shop_ctr=Formula(OVERVIEW_RATES["shop_ctr"], "ratio"),
    lead_rate=Formula(OVERVIEW_RATES["lead_rate"], "newest_ratio"),
)
def overview(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row from the shop's own overview page: sums of what may be summed; people, and the peers' average and best, of the
    newest period. Peers stand beside one period: a sum over more is not beside them.
    """
    window = shop.last("shop_overview", days)
    rows = (window.rows if window else shop.scan("shop_overview")).sort("period_end")
    return rows.select(
        *[whole_sum(c) for c in OVERVIEW_SUMS],
        *[pl.col(c).last() for c in (*OVERVIEW_PEOPLE, *PEERS)],
    ).with_columns(ratio(*of).alias(c) for c, of in OVERVIEW_RATES.items())


#: What a region or a channel may be added up over, and its people, who are those of one period.
REGION_SUMS = ("visits", "exposures", "clicks", "leads")
REGION_PEOPLE = ("visitors", "inquirers", "chatters", "lead_rate")
CHANNEL_PEOPLE = ("visitors", "page_visitors", "inquirers", "chatters", "lead_rate")
CHANNEL_PEERS = ("visitors_peers", "visitors_best", "lead_rate_peers", "lead_rate_best")


def _in_newest(window: Window | None, column: str) -> pl.Expr:
    """The column's value in the newest period of the window."""
    newest = window.tiles[-1][1] if window and window.tiles else None
    return pl.col(column).filter(pl.col("period_end") == pl.lit(newest, pl.Date)).last()


@measure(
    "traffic.by_country",
    "shop_region",
    ("country",),
    **summed(*REGION_SUMS),
    **{c: Formula((c,), "in_newest") for c in REGION_PEOPLE},
)
def by_country(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per country or region: sums of what may be summed, people of the newest period."""
    window = shop.last("shop_region", days)
    rows = window.rows if window else shop.scan("shop_region")
    return rows.group_by("country").agg(
        *(whole_sum(c) for c in REGION_SUMS), *(_in_newest(window, c).alias(c) for c in REGION_PEOPLE)
    )


@measure(
    "traffic.by_channel",
    "traffic_source",
    ("channel",),
    **{c: Formula((c,), "in_newest") for c in (*CHANNEL_PEOPLE, *CHANNEL_PEERS)},
)
def by_channel(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per channel with the people of the newest period: they are never added up, nor are channels, which share people."""
    window = shop.last("traffic_source", days)
    rows = window.rows if window else shop.scan("traffic_source")
    return rows.group_by("channel").agg(_in_newest(window, c).alias(c) for c in (*CHANNEL_PEOPLE, *CHANNEL_PEERS))


CITY_SUMS = ("sessions", "views", "leads")


@measure("traffic.by_city", "web_visit", ("country", "city"), **summed(*CITY_SUMS))
def by_city(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per country and city of the visits to the shop's own site: the platform tells no cities."""
    window = shop.last("web_visit", days)
    rows = window.rows if window else shop.scan("web_visit")
    return rows.group_by("country", "city").agg(whole_sum(c) for c in CITY_SUMS)


@measure(
    "traffic.visitors_by_country",
    "visitor",
    ("country",),
    visitors=Formula(("visitor_id",), "count"),
    had_inquiry=Formula(("inquired",), "any"),
    had_chat=Formula(("chatted",), "any"),
)
def visitors_by_country(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per country: how many different visitors came, and whether any of them inquired or chatted.

    `askers`: how many of them did either; missing where the page does not say it of all.
    """
    window = shop.last("visitor", days)
    rows = window.rows if window else shop.scan("visitor")
    asked = pl.col("inquired") | pl.col("chatted")
    told = pl.when(asked.is_not_null().all())
    return rows.group_by("country").agg(
        pl.col("visitor_id").drop_nulls().n_unique().alias("visitors"),
        pl.col("inquired").any(ignore_nulls=False).alias("had_inquiry"),
        pl.col("chatted").any(ignore_nulls=False).alias("had_chat"),
        told.then(pl.col("visitor_id").filter(asked).n_unique()).alias("askers"),
    )


def targets(shop: Snapshot, names: Iterable[str | None]) -> dict[str, str]:
    """Those of the names that are target countries, however they are written, with the priority that the register gives."""
    listed = shop.scan("target_country").select("country", "priority").collect()
    told = codes(listed["country"])
    priority = {told[name]: level for name, level in listed.iter_rows() if name in told}
    return {name: priority[code] for name, code in codes(names).items() if code in priority}
