"""Which words bring the shop its exposures, and which of them its titles carry."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Protocol

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures import products
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure, summed
from zhanggui.measures.shared import shared
from zhanggui.measures.text import tokens
from zhanggui.rulebook import LISTS

KEY = ("word", "occurrence")
NEWEST = ("top10_exposures", "top10_clicks", "index", "seller_index")


@measure(
    "keywords.effect",
    "keyword_effect",
    KEY,
    **summed("exposures", "clicks", "p4p_exposures", "p4p_clicks"),
    **{c: Formula((c,), "newest") for c in NEWEST},
    ctr=Formula(("clicks", "exposures"), "ratio"),
)
def effect(shop: Snapshot, days: int = DEFAULT_DAYS) -> pl.LazyFrame:
    """One row per word over the last `days` days.

    Own counts are summed over the tiles. The platform's indices and the Top 10 averages are those of the newest period
    (`in_newest` false: the word is not in it, they are older). A word that a week's list leaves out is not zero that week:
    `covered_days` are the days in which it was listed.
    """
    window = shop.last("keyword_effect", days)
    rows = window.rows if window else shop.scan("keyword_effect")
    newest = window.tiles[-1][1] if window and window.tiles else None
    sums = ("exposures", "clicks", "p4p_exposures", "p4p_clicks")
    return (
        rows.sort("period_end")
        .group_by(KEY)
        .agg(
            *[whole_sum(c) for c in sums],
            *[pl.col(c).last() for c in NEWEST],
            pl.col("exposures").last().alias("exposures_newest"),
            (pl.col("period_end").last() == pl.lit(newest, pl.Date)).alias("in_newest"),
            (pl.col("period_end") - pl.col("period_start") + pl.duration(days=1)).dt.total_days().sum().alias("covered_days"),
        )
        .with_columns(products.ratio("clicks", "exposures").alias("ctr"))
    )


def weekly(shop: Snapshot, days: int) -> pl.LazyFrame:
    """word, occurrence, period_end, length in days, exposures, clicks: one row per tile in which the word was listed."""
    window = shop.last("keyword_effect", days)
    rows = window.rows if window else shop.scan("keyword_effect")
    length = (pl.col("period_end") - pl.col("period_start") + pl.duration(days=1)).dt.total_days()
    return rows.select(*KEY, "period_end", length.alias("length"), "exposures", "clicks")


def newest_list(shop: Snapshot) -> pl.LazyFrame:
    """The rows of the newest period's list; of periods that end together, the longest (a week rather than its last day)."""
    start, end = max(shop.periods("keyword_effect"), key=lambda p: (p[1], -p[0].toordinal()))
    return shop.scan("keyword_effect").filter(pl.col("period_start") == start, pl.col("period_end") == end)


def coverage(shop: Snapshot, words: pl.LazyFrame) -> pl.LazyFrame:
    """`words` with `titles`: how many product titles hold every word of it, in any order.

    Each token is the set of the titles that hold it, as the bits of one number: 20,000 words over 5,000 titles are so many
    intersections, where a join would make tens of millions of pairs.
    """
    listed = words.collect()
    holding: dict[str, int] = {}
    number: dict[str, int] = {}
    for product, token in products.title_words(shop).select("product_id", "token").collect().iter_rows():
        holding[token] = holding.get(token, 0) | 1 << number.setdefault(product, len(number))
    wanted = listed.select("word").unique().select("word", tokens(pl.col("word")).alias("tokens"))
    titles = [_held(holding, told).bit_count() for told in wanted["tokens"].to_list()]
    counted = wanted.select("word", pl.Series("titles", titles, pl.Int64))
    return listed.join(counted, on="word", how="left", maintain_order="left").lazy()


def _held(holding: dict[str, int], wanted: Sequence[str]) -> int:
    """The titles that hold every token; none where there is no token."""
    first, *rest = wanted or ("",)
    return reduce(lambda held, token: held & holding.get(token, 0), rest, holding.get(first, 0))


def brands(own: Sequence[str] = ()) -> list[str]:
    """Brand names that are not the shop's own, lower case."""
    mine = {b.lower() for b in own}
    return [b for b in LISTS["brands"].names if b not in mine]


def _brand_in(text: pl.Expr, own: Sequence[str]) -> pl.Expr:
    """The first brand that stands in a text as whole words; null if none does."""
    names = "|".join(sorted(brands(own), key=len, reverse=True))
    if not names:
        return pl.lit(None, pl.String)
    return text.str.to_lowercase().str.extract(rf"(?:^|[^\p{{L}}\p{{N}}])({names})(?:$|[^\p{{L}}\p{{N}}])")


def with_brand(words: pl.LazyFrame, own: Sequence[str] = ()) -> pl.LazyFrame:
    """`words` with `brand`: the brand in it that is not the shop's own, or null."""
    return words.with_columns(_brand_in(pl.col("word"), own).alias("brand"))


def titles_with_brand(shop: Snapshot, own: Sequence[str] = ()) -> pl.LazyFrame:
    """brand, brand_titles: how many product titles carry each brand."""
    named = products.titles(shop).select(_brand_in(pl.col("product_name"), own).alias("brand"))
    return named.drop_nulls().group_by("brand").agg(pl.len().cast(pl.Int64).alias("brand_titles"))


class Thresholds(Protocol):
    days: int
    min_index: float
    max_sellers: float


def opportunities(shop: Snapshot, wanted: Thresholds) -> pl.LazyFrame:
    """Words of the newest list with index ≥ `min_index` and seller index ≤ `max_sellers`, no brand in them, with `titles`.

    Heat over sellers > 1.5, the rule of the textbooks, holds for 386 of the 500 words of a real export: it does not separate.
    """
    return _opportunities(shop, wanted.days, wanted.min_index, wanted.max_sellers)


@shared
def _opportunities(shop: Snapshot, days: int, min_index: float, max_sellers: float) -> pl.LazyFrame:
    listed = with_brand(effect(shop, days)).filter(
        pl.col("in_newest"),
        pl.col("brand").is_null(),
        pl.col("index") >= min_index,
        pl.col("seller_index") <= max_sellers,
    )
    columns = (*KEY, "index", "seller_index", "exposures", "exposures_newest", "top10_exposures", "titles")
    return coverage(shop, listed).select(columns).sort("index", "word", "occurrence", descending=[True, False, False])
