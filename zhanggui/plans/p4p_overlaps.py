"""Words of 外贸直通车 that bring as many clicks by themselves: what may be paid for twice."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from zhanggui.facts import Snapshot, Window, whole_sum

SUMS = ("exposures", "clicks", "p4p_exposures", "p4p_clicks", "top10_exposures")


@dataclass(frozen=True)
class Overlap:
    """A word that is paid for and also brings clicks of its own. `natural` and `paid` are clicks, `shown` natural exposures;
    `top10` the Top 10's average exposures; `cost` of the same word and days in P4P; both None where the reports do not say."""

    word: str
    natural: int
    paid: int
    shown: int
    top10: float | None
    cost: float | None

    @property
    def strong(self) -> bool:
        """Whether its natural exposures reach those of the Top 10."""
        return self.top10 is not None and self.shown >= self.top10


def overlaps(shop: Snapshot, days: int = 28, most: int = 30) -> tuple[Overlap, ...]:
    """Words whose natural clicks are at least their paid ones: what might have come without paying. Nothing says how much of it:
    only a test with the word off can. Most money first; a word listed twice under one spelling, or whose figures are missing in a
    period, is left out."""
    window = shop.last("keyword_effect", days)
    if window is None:
        return ()
    sums = window.rows.group_by("word", "occurrence").agg(whole_sum(c) for c in SUMS)
    alone = sums.filter(pl.len().over("word") == 1)
    free = pl.col("clicks") - pl.col("p4p_clicks")
    told = (
        alone.filter(pl.col("p4p_clicks") > 0, free >= pl.col("p4p_clicks"), pl.col("exposures") >= pl.col("p4p_exposures"))
        .join(_costs(shop, window), on="word", how="left")
        .select(
            "word",
            free.alias("natural"),
            pl.col("p4p_clicks").alias("paid"),
            (pl.col("exposures") - pl.col("p4p_exposures")).alias("shown"),
            "top10_exposures",
            "cost",
        )
        .sort("cost", "paid", "word", descending=[True, True, False], nulls_last=True)
        .head(most)
        .collect()
    )
    return tuple(Overlap(*row) for row in told.iter_rows())


def _costs(shop: Snapshot, window: Window) -> pl.LazyFrame:
    """word, cost over just the periods of `window`; no rows where the word report does not cover one of them."""
    parts = [shop.window("p4p_keyword", *tile) for tile in window.tiles]
    covered = all(part.complete for part in parts)
    rows = pl.concat([part.rows for part in parts]) if parts and covered else shop.scan("p4p_keyword").clear()
    return rows.group_by("word").agg(whole_sum("cost")).with_columns(pl.col("cost").cast(pl.Float64))
