"""Where the money of 外贸直通车 goes: words by spend with what they bring, and the hours of the day beside those of the markets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from zhanggui.estimates import shrunk
from zhanggui.estimates.spread import fit_spread
from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures import ads
from zhanggui.measures.ad_hours import SUMS, by_open, markets
from zhanggui.measures.text import folded
from zhanggui.measures.time_zones import open_hours, spans

A_PART, B_PART = 0.8, 0.95  # of the money: the usual cuts of an ABC list
FIRST = "优先推广"


@dataclass(frozen=True)
class Spent:
    """One paid word. `share` of all spend, `running` with those before it, `grade` "A", "B" or "C". `expected`: inquiries that its clicks
    would bring at the usual rate; `none`: chance of none, told where it has none; `rate` with its middle 80 %, drawn towards the
    usual one. What is not known is None."""

    word: str
    cost: float
    share: float
    running: float
    grade: str
    clicks: int
    inquiries: int | None
    expected: float | None
    none: float | None
    rate: tuple[float, float, float] | None
    star: float | None
    bid: float | None
    average_bid: float | None


@dataclass(frozen=True)
class Spend:
    """Words by spend, of `days` days with data. `silent`: money on words without an inquiry; `typical`: inquiries per click."""

    words: tuple[Spent, ...]
    cost: float
    silent: float | None
    typical: float | None
    days: int

    def count(self, grade: str) -> int:
        return sum(w.grade == grade for w in self.words)


def spend(shop: Snapshot, days: int) -> Spend | None:
    """None without the keyword report."""
    window = shop.last("p4p_keyword", days)
    if window is None:
        return None
    newest = ads.bids(shop, days).sort("cost", "plan", "ad_group", descending=[True, False, False])
    rows = (
        ads.words(shop, days)
        .filter(pl.col("cost") > 0, pl.col("clicks").is_not_null())
        .join(newest.group_by("word").agg(pl.col("star", "bid", "average_bid").first().cast(pl.Float64)), on="word", how="left")
        .with_columns(pl.col("cost").cast(pl.Float64))
        .sort("cost", "word", descending=[True, False])
        .collect()
    )
    known = rows.filter(pl.col("inquiries").is_not_null())
    spread, rates = fit_spread(known["inquiries"], known["clicks"]), shrunk(known["inquiries"], known["clicks"])
    told = {}
    if spread is not None and rates is not None:
        none = spread.chance_of_none(known["clicks"])
        told = {w: (float(rates.rate[i]), float(rates.low[i]), float(rates.high[i]), float(none[i])) for i, w in enumerate(known["word"])}  # fmt: skip
    whole, before, words = float(rows["cost"].sum()), 0.0, []
    for row in rows.iter_rows(named=True):
        grade = "A" if before < A_PART * whole else "B" if before < B_PART * whole else "C"
        before += row["cost"]
        own = told.get(row["word"])
        words.append(
            Spent(
                row["word"], row["cost"], row["cost"] / whole, before / whole, grade, row["clicks"], row["inquiries"],
                spread.typical * row["clicks"] if spread else None,
                own[3] if own and not row["inquiries"] else None,
                own[:3] if own else None,
                row["star"], row["bid"], row["average_bid"],
            )
        )  # fmt: skip
    silent = sum(w.cost for w in words if w.inquiries == 0) if known.height == rows.height else None
    return Spend(tuple(words), whole, silent, spread.typical if spread else None, window.covered)


def daily_first(shop: Snapshot, told: Spend) -> tuple[tuple[str, Spent | None], ...]:
    """Words that somebody has marked as 优先推广, each with its figures; None for one that has cost nothing in the window."""
    marked = shop.scan("marked_word").filter(pl.col("mark") == FIRST).select("word").unique("word").sort("word")
    both = marked.select("word", folded(pl.col("word")).alias("same")).collect()
    names = pl.DataFrame({"word": [w.word for w in told.words]}, schema={"word": pl.String})
    spelt = names.select(folded(pl.col("word")).alias("same"))["same"].to_list()
    known = dict(zip(reversed(spelt), reversed(told.words), strict=True))  # of two spellings the dearer
    return tuple((word, known.get(same)) for word, same in both.iter_rows())


@dataclass(frozen=True)
class Hour:
    """One hour of the platform's day. `open`: a target market is at work, by the clocks of the window's end."""

    hour: int
    cost: float | None
    clicks: int | None
    inquiries: int | None
    open: bool


@dataclass(frozen=True)
class Hours:
    """`hours`: all 24, with the spend of `days` days. `open`: the stretches in which a target market is at work; `countries`: those that
    are known, `unknown`: names of the register whose clock is not known. `outside`: part of the spend in the other hours, each period by
    its own clocks."""

    hours: tuple[Hour, ...]
    days: int
    open: str
    countries: tuple[str, ...]
    unknown: tuple[str, ...]
    outside: float | None


def hours(shop: Snapshot, days: int, opens: int, closes: int) -> Hours | None:
    """None without the hour report. `countries` are codes; they work from `opens` to `closes` o'clock by their own clocks."""
    window = shop.last("p4p_hour", days)
    if window is None:
        return None
    known, unknown = markets(shop)
    wanted = open_hours(known, window.end, opens, closes)
    told = by_open(shop, days, known, opens, closes)
    summed = [whole_sum(c) for c in SUMS]
    counted = {row["hour"]: row for row in told.group_by("hour").agg(summed).iter_rows(named=True)}
    rows = tuple(_hour(hour, counted.get(hour, {}), hour in wanted) for hour in range(24))
    cost, closed = (float(part["cost"].sum()) for part in (told, told.filter(~pl.col("open"))))
    outside = closed / cost if cost and wanted else None
    return Hours(rows, window.covered, spans(wanted), tuple(known), unknown, outside)


def _hour(hour: int, row: Mapping[str, float | None], is_open: bool) -> Hour:
    cost, clicks, asked = (row.get(c) for c in SUMS)
    return Hour(hour, cost, None if clicks is None else int(clicks), None if asked is None else int(asked), is_open)
