"""The keyword reports of a shop by day and word, as the fit of bid curves takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.estimates.bid_curves import WordDays, share_on
from zhanggui.facts import Snapshot

Floats = NDArray[np.float64]
Key = tuple[str, str, str]

KEY = ("plan", "ad_group", "word")
SUMS = ("exposures", "clicks", "cost", "inquiries")
NEWEST = ("star", "average_bid", "heat", "floor_bid")
STILL_THERE = 7  # a word without a row in so many of the newest days is taken to be no longer in the account


@dataclass(frozen=True)
class ShopDays:
    """`keys`: plan, ad group, word. `now`: their newest bids (0 is off); `last`: the newest above 0. `clicks_seen`, `days_seen`: per
    word, what the reports hold of it. `reports`: the days that no longer change."""

    keys: list[Key]
    reports: WordDays
    now: Floats
    last: Floats
    clicks_seen: NDArray[np.int64]
    days_seen: NDArray[np.int64]


def shop_days(shop: Snapshot, days: int, unsettled: int, least_days: int, day_hours: float) -> ShopDays | str:
    """The newest `days` days up to the snapshot's; else what is missing, by code: "keyword_report" (none), "daily_rows" (only longer
    periods), "days" (fewer than `least_days` that no longer change), "bids" (the report names none).

    `unsettled`: newest days of the report that are still revised and therefore left out. `day_hours`: hours a day that the shop wants
    to be on; a day that was shorter ran out of money. Rows of one word and day that differ only in their occurrence are added up.
    """
    if not shop.has("p4p_keyword"):
        return "keyword_report"
    rows = _rows(shop, days)
    if rows.is_empty():
        return "daily_rows"
    if rows["bid"].drop_nulls().is_empty():
        return "bids"
    newest: date = rows["day"].max()  # type: ignore[assignment]
    bids = rows.drop_nulls("bid").sort("day").group_by(KEY, maintain_order=True)
    words = bids.agg(
        pl.col("bid").last().alias("now"),
        pl.col("bid").filter(pl.col("bid") > 0).last().alias("last"),
        pl.col("day").max().alias("seen"),
        *[pl.col(c).drop_nulls().last() for c in NEWEST],
    ).filter(pl.col("seen") > newest - timedelta(days=STILL_THERE), pl.col("last") > 0)
    words = words.sort(KEY).with_row_index("row")
    settled = rows.filter(pl.col("day") <= newest - timedelta(days=unsettled)).join(words.select(*KEY, "row"), on=KEY)
    dates = settled["day"].unique().sort().to_list()
    if len(dates) < least_days:
        return "days"
    at = {day: i for i, day in enumerate(dates)}
    day, word = np.array([at[d] for d in settled["day"]]), settled["row"].to_numpy()

    def grid(column: str) -> Floats:
        found = np.full((len(dates), len(words)), np.nan)
        found[day, word] = settled[column].cast(pl.Float64).fill_null(np.nan).to_numpy()
        return found

    def told(column: str) -> Floats:
        return words[column].cast(pl.Float64).fill_null(np.nan).to_numpy()

    by_hour = _by_hour(shop, dates)
    whole = share_on(np.full((len(dates), 1), day_hours), by_hour)
    groups = {g: i for i, g in enumerate(words.select(KEY[:2]).unique(maintain_order=True).iter_rows())}
    clicks = grid("clicks")
    reports = WordDays(
        bid=grid("bid"),
        exposures=grid("exposures"),
        clicks=clicks,
        cost=grid("cost"),
        leads=None if settled["inquiries"].null_count() == len(settled) else grid("inquiries"),
        on=np.minimum(share_on(grid("hours"), by_hour) / whole, 1.0),
        weekday=np.array([d.weekday() for d in dates]),
        age=np.array([(shop.day - d).days for d in dates], float),
        star=told("star"),
        average_bid=told("average_bid"),
        heat=told("heat"),
        floor=told("floor_bid"),
        group=np.array([groups[g] for g in words.select(KEY[:2]).iter_rows()]),
    )
    return ShopDays(
        list(words.select(KEY).iter_rows()),
        reports,
        told("now"),
        told("last"),
        np.nansum(clicks, axis=0).astype(np.int64),
        np.isfinite(clicks).sum(0),
    )


def _rows(shop: Snapshot, days: int) -> pl.DataFrame:
    """One row per plan, group, word and day, of reports by day."""
    newest = shop.newest("p4p_keyword")
    single = pl.col("period_start") == pl.col("period_end")
    rows = shop.scan("p4p_keyword").filter(single, pl.col("period_end") > newest - pl.duration(days=days))
    rows = rows.with_columns(pl.col("plan", "ad_group").fill_null(""), pl.col("period_end").alias("day"))
    return (
        rows.group_by(*KEY, "day")
        .agg(
            *[pl.when(pl.col(c).count() > 0).then(pl.col(c).cast(pl.Float64).sum()).alias(c) for c in SUMS],
            *[pl.col(c).cast(pl.Float64).max() for c in ("bid", "hours", *NEWEST)],
        )
        .collect()
    )


def _by_hour(shop: Snapshot, dates: list[date]) -> Floats | None:
    """Exposures of all plans, days × 24; None where the report by hour is not there by day."""
    if not shop.has("p4p_hour"):
        return None
    single = pl.col("period_start") == pl.col("period_end")
    hour = pl.col("hour").str.extract(r"(\d{1,2})").cast(pl.Int64, strict=False)
    rows = shop.scan("p4p_hour").filter(single, pl.col("period_end").is_in(dates)).select("period_end", hour, "exposures")
    found = np.zeros((len(dates), 24))
    at = {day: i for i, day in enumerate(dates)}
    for day, of_day, exposures in rows.drop_nulls().collect().iter_rows():
        if of_day < 24:
            found[at[day], of_day] += exposures
    return found if found.any() else None
