"""How long the words were on, day by day: from whatever the reports tell of it, else unknown."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.estimates.bid_curves import share_on
from zhanggui.facts import Snapshot
from zhanggui.measures.time_zones import hour_of

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEARLY = 0.97  # of a budget: a day that cost as much ran out of money, but for the price of a click
BEYOND = 1.25  # of a budget: no last click costs so much that a day ends there, its budget was another one
OFTEN = 1 / 3  # of the days at one and the same highest cost: that was the budget of then


def shares_on(shop: Snapshot, dates: list[date], hours: Floats, cost: Floats, budget: float | None) -> Floats:
    """Share of a whole day's demand that fell into the time that each word was on, days × words; NaN where nothing tells.

    `hours`: those of the keyword report; where it has none, the account's, else up to the last hour in which anything was shown (by the
    report by hour), else the usual day, unless the day's money was spent: then its length is not known. `budget`: money a day, for days of
    whose budget the account's report says nothing. The usual day is the middle one of those whose money lasted.
    """
    account = account_days(shop, dates)
    spent = np.where(np.isfinite(account["cost"]), account["cost"], np.nansum(cost, axis=1))
    out = ran_out(spent, day_limits(spent, account["budget"], budget))
    by_hour = _by_hour(shop, dates)
    ends = account["hours"]
    if by_hour is not None:
        last = np.where(by_hour.any(1), 23.0 - np.argmax(by_hour[:, ::-1] > 0, axis=1), np.nan)
        latest = np.nanmax(last)
        whole = (last == latest) | (np.isfinite(account["budget"]) & ~out)
        ends = np.where(np.isfinite(ends), ends, np.where(whole, latest + 1, last + 0.5))
    told = np.where(np.isfinite(hours), hours, ends[:, None])
    longest = np.max(np.nan_to_num(told), axis=1, initial=0.0)
    lasted = longest[(longest > 0) & ~out]
    usual = float(np.median(lasted)) if len(lasted) else 24.0
    told = np.where(np.isfinite(told), told, np.where(out[:, None], np.nan, usual))
    further = np.full((1, hours.shape[1]), usual)  # a day as long as usual, with nothing seen
    seen = None if by_hour is None else np.vstack([by_hour, np.zeros((1, 24))])
    share = share_on(np.vstack([np.nan_to_num(told), further]), seen)
    return np.where(np.isfinite(told), np.minimum(share[:-1] / share[-1], 1.0), np.nan)


def ran_out(spent: Floats, limits: Floats) -> Flags:
    """Days whose money was spent. `limits`: what `day_limits` gives."""
    return np.asarray((spent > 0) & (spent >= NEARLY * limits))


def day_limits(spent: Floats, budgets: Floats, budget: float | None) -> Floats:
    """What each day could cost: its budget where the account's report says it; else the budget given, or the most that a day cost
    where many days cost as much; infinite where nothing tells. A budget that the day went well beyond was not in force then."""
    most = float(spent.max(initial=0.0))
    top = spent >= NEARLY * most
    same = top.mean() >= OFTEN and top.sum() > 2 if len(top) else False
    guess = np.where(same & top, spent, np.inf)
    said = np.isfinite(budgets)
    held = np.where(said, budgets, np.inf if budget is None else budget)
    then = spent <= BEYOND * held
    return np.where(said & then, held, np.minimum(guess, np.where(then, held, np.inf)))


def account_days(shop: Snapshot, dates: list[date]) -> dict[str, Floats]:
    """Cost, budget and hours of the account by day; NaN where its report does not say."""
    names = ("cost", "budget", "hours")
    found = {name: np.full(len(dates), np.nan) for name in names}
    if not shop.has("p4p_account"):
        return found
    at = {day: i for i, day in enumerate(dates)}
    single = pl.col("period_start") == pl.col("period_end")
    rows = shop.scan("p4p_account").filter(single, pl.col("period_end").is_in(dates))
    for day, *figures in rows.select("period_end", *(pl.col(n).cast(pl.Float64) for n in names)).collect().iter_rows():
        for name, figure in zip(names, figures, strict=True):
            if figure is not None:
                found[name][at[day]] = figure
    return found


def _by_hour(shop: Snapshot, dates: list[date]) -> Floats | None:
    """Exposures of all plans, days × 24; None where the report by hour is not there by day."""
    if not shop.has("p4p_hour"):
        return None
    single = pl.col("period_start") == pl.col("period_end")
    rows = shop.scan("p4p_hour").filter(single, pl.col("period_end").is_in(dates)).select("period_end", "hour", "exposures")
    found = np.zeros((len(dates), 24))
    at = {day: i for i, day in enumerate(dates)}
    for day, text, exposures in rows.drop_nulls().collect().iter_rows():
        if (hour := hour_of(text)) is not None:
            found[at[day], hour] += exposures
    return found if found.any() else None
