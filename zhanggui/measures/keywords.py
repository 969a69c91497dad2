"""Which words bring the shop its exposures, and which of them its titles carry."""

from __future__ import annotations

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import products
from zhanggui.measures.measure import DEFAULT_DAYS, Formula, measure, summed
from zhanggui.measures.text import tokens

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
            *[pl.when(pl.col(c).null_count() == 0).then(pl.col(c).sum()).alias(c) for c in sums],
            *[pl.col(c).last() for c in NEWEST],
            pl.col("exposures").last().alias("exposures_newest"),
            (pl.col("period_end").last() == newest).alias("in_newest"),
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


def coverage(shop: Snapshot, words: pl.LazyFrame) -> pl.LazyFrame:
    """`words` with `titles`: how many product titles hold every word of it, in any order."""
    wanted = words.select("word").unique().with_columns(tokens(pl.col("word")).alias("token"))
    wanted = wanted.with_columns(pl.col("token").list.len().alias("_need"))
    hits = (
        wanted.explode("token")
        .join(products.title_words(shop), on="token")
        .group_by("word", "product_id")
        .agg(pl.len().alias("_have"), pl.col("_need").first())
        .filter(pl.col("_have") == pl.col("_need"))
        .group_by("word")
        .agg(pl.len().alias("titles"))
    )
    return words.join(hits, on="word", how="left").with_columns(pl.col("titles").fill_null(0).cast(pl.Int64))
