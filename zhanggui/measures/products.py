"""What each product got, and what its title says."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
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
            *[whole_sum(c) for c in SUMS],
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


def current(shop: Snapshot) -> pl.LazyFrame:
    """product_id of the products in the newest period of the report: those that are still there."""
    newest = shop.newest("product_effect")
    return shop.scan("product_effect").filter(pl.col("period_end") == pl.lit(newest, pl.Date)).select("product_id").unique()


def stretch(shop: Snapshot, least: int) -> int:
    """As many whole weeks back, in days, as it takes to have seen `least` days; a missing week in between only lengthens it."""
    weeks = range(-(-least // 7) * 7, 2 * least + 7, 7)
    seen = (d for d in weeks if (window := shop.last("product_effect", d)) and window.covered >= least)
    return next(seen, weeks[-1])


def without_effect(shop: Snapshot, least: int) -> pl.LazyFrame:
    """Rows of `effect` of products that are still there and that in at least `least` covered days nobody saw, opened or asked about.

    A cell that is missing is not zero: such a product is not told.
    """
    nothing = [pl.col(c) == 0 for c in ("search_exposures", "shop_exposures", "shop_clicks", "inquiries", "orders_submitted")]
    rows = effect(shop, stretch(shop, least)).join(current(shop), on="product_id")
    return rows.filter(*nothing, pl.col("had_chat").not_(), pl.col("covered_days") >= least)


def weekly(shop: Snapshot, days: int, *columns: str) -> pl.LazyFrame:
    """product_id, period_start, period_end, length in days and the columns: one row per product and tile of the window."""
    window = shop.last("product_effect", days)
    rows = window.rows if window else shop.scan("product_effect")
    length = (pl.col("period_end") - pl.col("period_start") + pl.duration(days=1)).dt.total_days()
    return rows.select("product_id", "period_start", "period_end", length.alias("length"), *columns)
