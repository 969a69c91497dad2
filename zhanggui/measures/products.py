"""What each product got, and what its title says."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure, summed
from zhanggui.measures.shared import shared
from zhanggui.measures.text import tokens

SUMS = (
    "search_exposures",
    "search_clicks",
    "inquiries",
    "orders_submitted",
    "rts_gmv",
    "shop_exposures",
    "shop_clicks",
    "paid_exposures",
    "paid_clicks",
    "standard_exposures",
    "standard_clicks",
    "allsite_exposures",
    "allsite_clicks",
)
PEOPLE = ("visitors", "inquirers", "chatters")
STATE = ("product_name", "showcase", "promoted", "owner")


def ratio(part: str, whole: str) -> pl.Expr:
    """A rate of two sums; missing where the whole is zero or missing."""
    return pl.when(pl.col(whole) > 0).then(pl.col(part) / pl.col(whole))


@measure(
    "products.effect",
    "product_effect",
    ("product_id",),
    **summed(*SUMS),
    **{c: Formula((c,), "only") for c in PEOPLE},
    **{c: Formula((c,), "newest") for c in STATE},
    search_ctr=Formula(("search_clicks", "search_exposures"), "ratio"),
    inquiry_per_click=Formula(("inquiries", "shop_clicks"), "ratio"),
    paid_share=Formula(("paid_clicks", "shop_clicks"), "ratio"),
    had_chat=Formula(("chatters",), "any"),
    asked=Formula(("inquiries", "chatters", "orders_submitted"), "any"),
)
def effect(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per product over the last `days` days of the report.

    Counts are summed over periods that tile the window. People (visitors, inquirers, chatters) are given only where the
    window is one period, since they cannot be added up; `had_chat` says whether anybody chatted in any period,
    `asked` whether anybody inquired, chatted or ordered.
    `covered_days`: days of the window in which the product was in the report.
    """
    window = shop.last("product_effect", days)
    rows = window.rows if window else shop.scan("product_effect")
    ordered = rows.sort("period_end")
    one_tile = pl.lit(window is not None and len(window.tiles) == 1)
    return (
        ordered.group_by("product_id")
        .agg(
            *[pl.when(pl.col(c).null_count() == 0).then(pl.col(c).sum()).alias(c) for c in SUMS],
            *[pl.when(one_tile).then(pl.col(c).last()).alias(c) for c in PEOPLE],
            *[pl.col(c).last() for c in STATE],
            pl.when(pl.col("chatters").null_count() == 0).then((pl.col("chatters") > 0).any()).alias("had_chat"),
            (pl.col("period_end") - pl.col("period_start") + pl.duration(days=1)).dt.total_days().sum().alias("covered_days"),
        )
        .with_columns(
            ratio("search_clicks", "search_exposures").alias("search_ctr"),
            ratio("inquiries", "shop_clicks").alias("inquiry_per_click"),
            ratio("paid_clicks", "shop_clicks").alias("paid_share"),
            ((pl.col("inquiries") > 0) | pl.col("had_chat") | (pl.col("orders_submitted") > 0)).alias("asked"),
        )
    )


def catalogue(shop: Snapshot) -> pl.LazyFrame:
    """What each product is: category, 产品类型 and so on; without rows if the catalogue was never imported."""
    return shop.scan("product_catalogue")


@shared
def titles(shop: Snapshot) -> pl.LazyFrame:
    """The newest title of each product, from its effect report or the catalogue: product_id, product_name."""
    seen = shop.scan("product_effect").select("product_id", "product_name", pl.col("period_end").alias("day"))
    listed = catalogue(shop).select("product_id", "product_name", pl.col("as_of").alias("day"))
    both = pl.concat([seen, listed]).drop_nulls("product_name").sort("day")
    return both.group_by("product_id").agg(pl.col("product_name").last())


@shared
def title_words(shop: Snapshot) -> pl.LazyFrame:
    """product_id, token: the different folded words of each title."""
    return (
        titles(shop).select("product_id", tokens(pl.col("product_name")).alias("token")).explode("token").drop_nulls().unique()
    )
