"""The whole shop, period by period."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure, summed
from zhanggui.measures.products import SUMS, ratio


def whole(column: str) -> pl.Expr:
    """The sum of a column; missing where any cell of it is, and where there is no row."""
    return pl.when((pl.len() > 0) & (pl.col(column).null_count() == 0)).then(pl.col(column).sum()).alias(column)


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
    return rows.select(whole(c) for c in SUMS).with_columns(
        ratio("search_clicks", "search_exposures").alias("search_ctr"),
        ratio("inquiries", "shop_clicks").alias("inquiry_per_click"),
    )


def weekly(shop: Snapshot, days: int) -> pl.LazyFrame:
    """period_end, length in days and the sums over all products: one row per tile, oldest first; missing where a cell is."""
    window = shop.last("product_effect", days)
    rows = window.rows if window else shop.scan("product_effect")
    length = (pl.col("period_end") - pl.col("period_start") + pl.duration(days=1)).dt.total_days()
    return rows.group_by("period_end", length.alias("length")).agg(whole(c) for c in SUMS).sort("period_end")


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
        *[whole(c) for c in OVERVIEW_SUMS],
        *[pl.col(c).last() for c in (*OVERVIEW_PEOPLE, *PEERS)],
    ).with_columns(ratio(*of).alias(c) for c, of in OVERVIEW_RATES.items())
