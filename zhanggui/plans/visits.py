"""Visits as the files tell them: day by day, and on which way visitors came to ask or not. Pure functions of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from zhanggui.facts import Snapshot

YEAR = 364
FEWEST_DAYS = 7
#: Table → its figures that tell of traffic, in the order in which they are preferred; "" counts its rows.
DAILY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("shop_overview", ("visits", "visitors", "shop_exposures", "search_exposures")),
    ("shop_conversion", ("visits",)),
    ("visitor", ("",)),
    ("p4p_account", ("exposures",)),
)
#: Looked at so many pages: from, to (None: no end).
PAGES: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 3), (4, None))


@dataclass(frozen=True)
class Daily:
    """A figure of each day for which a file stands, of at most a year; `column` "" is the number of visitors."""

    table: str
    column: str
    days: dict[date, float | None]


def daily(shop: Snapshot) -> Daily | None:
    """The first figure of traffic that files give day by day; None where none does."""
    for table, columns in DAILY:
        newest = shop.newest(table)
        if newest is None:
            continue
        since = newest - timedelta(days=YEAR - 1)
        rows = shop.scan(table).filter(shop.tables[table].dated >= since)
        if shop.tables[table].time == "event":
            counted = rows.group_by(pl.col(shop.tables[table].clock).alias("day")).agg(pl.len().alias("")).collect()
        else:
            single = rows.filter(pl.col("period_start") == pl.col("period_end"))
            counted = single.select(pl.col("period_end").alias("day"), *columns).unique("day", keep="last").collect()
        for column in columns:
            days = {day: None if value is None else float(value) for day, value in counted.select("day", column).iter_rows()}
            if sum(v is not None for v in days.values()) >= FEWEST_DAYS:
                return Daily(table, column, dict(sorted(days.items())))
    return None


@dataclass(frozen=True)
class Step:
    """How many visits went from one place to the next. Places are named by `entry:…`, `pages:…` and `asked:…`."""

    source: str
    target: str
    visits: int


@dataclass(frozen=True)
class Paths:
    """`steps` of all visits between two days; `asked`: pages → visits, and those of them that ended in an inquiry or a chat."""

    start: date
    end: date
    steps: tuple[Step, ...]
    asked: dict[str, tuple[int, int]]


def paths(shop: Snapshot, days: int) -> Paths | None:
    """The ways of the visitors of the last days. A visitor counts once for each day; None without a visitor's page."""
    window = shop.last("visitor", days)
    if window is None:
        return None
    pages: Any = pl.when(pl.col("views").is_null()).then(pl.lit("pages:unknown"))
    for low, high in PAGES:
        inside = pl.col("views") >= low if high is None else pl.col("views").is_between(low, high)
        pages = pages.when(inside).then(pl.lit(f"pages:{low}-{high or ''}"))
    inquired, chatted = pl.col("inquired"), pl.col("chatted")
    asked = (
        pl.when(inquired & chatted).then(pl.lit("asked:both"))
        .when(inquired).then(pl.lit("asked:inquiry"))
        .when(chatted).then(pl.lit("asked:chat"))
        .when(inquired.not_() & chatted.not_()).then(pl.lit("asked:none"))
        .otherwise(pl.lit("asked:unknown"))
    )  # fmt: skip
    entry = pl.when(pl.col("entry_words").is_null()).then(pl.lit("entry:none")).otherwise(pl.lit("entry:word"))
    rows = window.rows.select(
        entry.alias("entry"), pages.otherwise(pl.lit("pages:unknown")).alias("pages"), asked.alias("asked")
    )
    counted = rows.group_by("entry", "pages", "asked").len().sort("entry", "pages", "asked").collect()
    if counted.is_empty():
        return None
    steps = [
        Step(source, target, count)
        for pair in (("entry", "pages"), ("pages", "asked"))
        for source, target, count in counted.group_by(pair).agg(pl.col("len").sum()).sort(pair).iter_rows()
    ]
    told = counted.filter(pl.col("asked") != "asked:unknown").group_by("pages").agg(
        pl.col("len").sum().alias("all"), pl.col("len").filter(pl.col("asked") != "asked:none").sum().alias("asked")
    )  # fmt: skip
    by_pages = {name: (whole, some) for name, whole, some in told.sort("pages").iter_rows()}
    return Paths(window.start, window.end, tuple(steps), by_pages)
