"""The keyword reports of a shop by day and word, as the fit of bid curves takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.estimates.bid_curves import WordDays
from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures.ads import BID_KEY, BidKey
from zhanggui.plans.bid_hours import shares_on

Floats = NDArray[np.float64]

SUMS = ("exposures", "clicks", "cost", "inquiries")
NEWEST = ("star", "average_bid", "heat", "floor_bid")
STILL_THERE = 7  # a word without a row in so many of the newest days is taken to be no longer in the account


@dataclass(frozen=True)
class Reading:
    """Settings of how the reports are read, in days. `days`: newest that are looked at. `unsettled`: newest of these that are left out,
    for the platform may still revise them; no source says how long it does. `least_days`: with fewer than this there is no plan. `late`:
    until a report is there, the rulebook's `data_lag_days`; one that is more than `stale` later than that is too old to plan from."""

    days: int = 60
    unsettled: int = 2
    least_days: int = 3
    late: int = 0
    stale: int = 3


@dataclass(frozen=True)
class ShopDays:
    """`keys`: plan, ad group, word. `now`: their bids (0 is off); `last`: the newest above 0. `clicks_seen`, `days_seen`: per word, what
    the fit of its curve has of it. `reports`: the days that no longer change. `elsewhere`: by plan, money a day that words cost of which no
    bid is known."""

    keys: list[BidKey]
    reports: WordDays
    now: Floats
    last: Floats
    clicks_seen: NDArray[np.int64]
    days_seen: NDArray[np.int64]
    elsewhere: dict[str, float]


def shop_days(
    shop: Snapshot, read: Reading, budget: float | None = None, in_force: Mapping[BidKey, float] | None = None
) -> ShopDays | str:
    """The newest days of the keyword report; else what is missing, by code: "keyword_report" (none), "daily_rows" (only longer periods),
    "fresh_rows" (none of these days), "days" (too few that no longer change), "bids" (the report names none of late), "exposures" (it has
    none), "hours" (too few days whose length is known: the others spent their money, and nothing tells how soon).

    `budget`: money a day. `in_force`: bids of now by plan, ad group and word, 0 is off, where they are known better than from the report,
    which is days old and has no row of a word that is off: such words stay as long as the days looked at tell of them. A word that is
    not among them and was in none of the newest seven days is taken to be no longer in the account. Rows of one word and day that differ
    only in their occurrence are added up; a sum of which a part is not told is not told.
    """
    if not shop.has("p4p_keyword"):
        return "keyword_report"
    rows = _rows(shop, read.days)
    if rows.is_empty():
        return "daily_rows"
    newest: date = rows["day"].max()  # type: ignore[assignment]
    if (shop.day - newest).days > read.late + read.stale:
        return "fresh_rows"
    if rows["bid"].drop_nulls().is_empty():
        return "bids"
    if rows["exposures"].drop_nulls().is_empty():
        return "exposures"
    words = _words(rows, newest, in_force or {})
    if words.is_empty():
        return "bids"
    settled = rows.filter(pl.col("day") <= newest - timedelta(days=read.unsettled))
    dates = settled["day"].unique().sort().to_list()
    if len(dates) < read.least_days:
        return "days"
    inside = settled.join(words.select(*BID_KEY, "row"), on=BID_KEY)
    at = {day: i for i, day in enumerate(dates)}
    day, word = np.array([at[d] for d in inside["day"]], int), inside["row"].to_numpy()

    def grid(column: str) -> Floats:
        found = np.full((len(dates), len(words)), np.nan)
        found[day, word] = inside[column].cast(pl.Float64).fill_null(np.nan).to_numpy()
        return found

    def told(column: str) -> Floats:
        return words[column].cast(pl.Float64).fill_null(np.nan).to_numpy()

    lately = settled.filter(pl.col("day") > dates[-1] - timedelta(days=STILL_THERE))
    left_out = lately.join(words.select(BID_KEY), on=BID_KEY, how="anti")
    cost = pl.col("cost").sum() / lately["day"].n_unique()
    elsewhere = dict(left_out.group_by("plan").agg(cost).filter(pl.col("cost") > 0).sort("plan").iter_rows())
    total = np.array(settled.group_by("day").agg(pl.col("cost").sum()).sort("day")["cost"].to_list(), float)
    on = shares_on(shop, dates, grid("hours"), total[:, None], budget)
    groups = {g: i for i, g in enumerate(words.select(BID_KEY[:2]).unique(maintain_order=True).iter_rows())}
    reports = WordDays(
        bid=grid("bid"),
        exposures=grid("exposures"),
        clicks=grid("clicks"),
        cost=grid("cost"),
        leads=None if inside["inquiries"].null_count() == len(inside) else grid("inquiries"),
        on=on,
        weekday=np.array([d.weekday() for d in dates]),
        age=np.array([(shop.day - d).days for d in dates], float),
        star=told("star"),
        average_bid=told("average_bid"),
        heat=told("heat"),
        floor=told("floor_bid"),
        group=np.array([groups[g] for g in words.select(BID_KEY[:2]).iter_rows()], int),
    )
    fitted = reports.fitted & np.isfinite(reports.clicks)
    lasting = (reports.fitted & np.isfinite(on)).any(1).sum()
    if lasting < min(read.least_days, reports.fitted.any(1).sum()):
        return "hours"
    return ShopDays(
        list(words.select(BID_KEY).iter_rows()),
        reports,
        told("now"),
        told("last"),
        np.where(fitted, reports.clicks, 0).sum(0).astype(np.int64),
        fitted.sum(0),
        elsewhere,
    )


def _words(rows: pl.DataFrame, newest: date, in_force: Mapping[BidKey, float]) -> pl.DataFrame:
    """The words that a plan may bid on, with their bid of now and the newest that was not 0."""
    names = list(BID_KEY)
    force = pl.DataFrame(
        [(*key, float(bid)) for key, bid in in_force.items()],
        schema={**dict.fromkeys(names, pl.String), "force": pl.Float64},
        orient="row",
    )
    words = rows.drop_nulls("bid").sort("day").group_by(BID_KEY, maintain_order=True)
    told = words.agg(
        pl.col("bid").last().alias("now"),
        pl.col("bid").filter(pl.col("bid") > 0).last().alias("last"),
        pl.col("day").max().alias("seen"),
        *[pl.col(c).drop_nulls().last() for c in NEWEST],
    ).join(force, on=names, how="left")
    there = (pl.col("seen") > newest - timedelta(days=STILL_THERE)) | pl.col("force").is_not_null()
    told = told.with_columns(pl.coalesce("force", "now").alias("now"))
    told = told.with_columns(pl.when(pl.col("now") > 0).then("now").otherwise("last").alias("last"))
    return told.filter(there, pl.col("last") > 0).sort(BID_KEY).with_row_index("row")


def _rows(shop: Snapshot, days: int) -> pl.DataFrame:
    """One row per plan, group, word and day, of reports by day."""
    single = shop.scan("p4p_keyword").filter(pl.col("period_start") == pl.col("period_end"))
    rows = single.filter(pl.col("period_end") > pl.col("period_end").max() - pl.duration(days=days))
    rows = rows.with_columns(pl.col("plan", "ad_group").fill_null(""), pl.col("period_end").alias("day"))
    return (
        rows.group_by(*BID_KEY, "day")
        .agg(
            *[whole_sum(c).cast(pl.Float64) for c in SUMS],
            *[pl.col(c).cast(pl.Float64).max() for c in ("bid", "hours", *NEWEST)],
        )
        .collect()
        .sort(*BID_KEY, "day")
    )
