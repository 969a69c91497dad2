"""The newest day of 外贸直通车 hour by hour beside a usual one: whether its money lasts, and how much all bids are off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.facts import Snapshot
from zhanggui.measures.time_zones import hour_of
from zhanggui.plans.bid_budget import CENT, Budget, day_budget
from zhanggui.plans.bid_day import Steering
from zhanggui.plans.bid_hours import BEYOND, NEARLY, Flags, Floats, account_days, day_limits, ran_out
from zhanggui.plans.bid_plan import Reading
from zhanggui.plans.pacing import HOURS, begun, hour_shares, passed, share_gone

FIGURES = ("cost", "exposures", "clicks")


@dataclass(frozen=True)
class PaceHour:
    """One hour of the platform's clock. Money in the account's currency; what the report does not say is None.

    `share`: part (0–1) of a usual day's spending; `expected`: of the budget; `due`: that and all before. `so_far`, `left`: at its end.
    `factor`: for all bids from its end on, against those of the morning; 1 is as is; None where the day is over, its money gone, or
    what it shows may be chance.
    """

    hour: int
    share: float
    expected: float
    due: float
    spent: float | None = None
    so_far: float | None = None
    left: float | None = None
    factor: float | None = None


@dataclass(frozen=True)
class DayPace:
    """A day against its budget. `today`: it is not over. `until`: the hour (0–24) up to which it is told. `gone`: the hour in which its
    money ran out sooner than is usual; `beyond`: it cost more than the budget and went on, so that its own was another one; `lasted`:
    usual days that it is held against.

    `factor`: for all bids against those of the morning: for the rest of an open day, else for the next one; 1 is as is; None where
    what the day shows may be chance, or too little is told. Within the dead band and the daily change of `Steering`.
    """

    day: date
    today: bool
    budget: Budget
    hours: tuple[PaceHour, ...]
    until: int
    gone: int | None
    beyond: bool
    lasted: int
    factor: float | None

    @property
    def over(self) -> bool:
        """Whether the day's story is told: to its end, or to that of its money."""
        return self.gone is not None or self.until == HOURS

    @property
    def told(self) -> PaceHour | None:
        """The last hour of the story."""
        last = self.until if self.gone is None else self.gone + 1
        return self.hours[last - 1] if last else None


@dataclass(frozen=True)
class Waits:
    """What a pace waits for, by code: "hour_report" (none), "daily_rows" (only longer periods), "hours" (no hour is understood: `seen`
    is an example of what stands there), "cost", "exposures" or "clicks" (the report has none), "budget" (nothing says one), "no_money"
    (the register says that nothing may be spent), "days" (too few days whose money lasted: `lasted`, beside those on which it was
    `spent` early)."""

    code: str
    lasted: int = 0
    spent: int = 0
    seen: str = ""


def day_pace(shop: Snapshot, steering: Steering | None = None, *, register: bool = True) -> DayPace | Waits:
    """The newest single day of the hour report of which an hour is over. `register`: whether the list of budgets may be looked at.

    Each hour is one step of `pacing`, at what it would have cost at the bids that pacing had by then: those of the morning stayed, and
    walked as they are they would be corrected for the same trouble again every hour. For the next day the whole day is one step.
    """
    if not shop.has("p4p_hour"):
        return Waits("hour_report")
    rows = _rows(shop)
    if rows.is_empty():
        return Waits("daily_rows")
    if not rows["at"].count():
        return Waits("hours", seen=next((str(text) for text in rows["hour"] if text), ""))
    told = _grid(rows)
    if told.dates[-1] == shop.day and not told.until(np.inf, today=True):
        told = told.before  # today has only begun
    if silent := next((name for name in FIGURES if not (np.isfinite(told.of(name)) & told.there).any()), None):
        return Waits(silent)
    day, account = told.dates[-1], account_days(shop, told.dates)
    held = day_budget(shop, register=register)
    if np.isfinite(account["budget"][-1]):
        held = Budget(_cents(account["budget"][-1]), "account", day)
    if held is None:
        return Waits("budget")
    if held.amount <= 0:
        return Waits("no_money")
    sums = np.append(told.cost[:-1].sum(1), np.nansum(told.cost[-1]))
    spent = np.where(np.isfinite(account["cost"]), account["cost"], sums)
    known = np.isfinite(spent)
    limits, out = np.full(len(spent), np.inf), np.zeros(len(spent), bool)
    limits[known] = day_limits(spent[known], account["budget"][known], float(held.amount))
    out[known] = ran_out(spent[known], limits[known])
    out &= ~(_went_on(told.cost, limits) | (told.cost[:, -1] > 0))  # money that is there before midnight has lasted
    if out[-1] and limits[-1] < float(held.amount):
        held = Budget(_cents(limits[-1]), "same", day)
    ended = told.ended(shop.day - timedelta(days=1), account["cost"])
    usual = told.complete & ended & ~out
    usual[-1] = False
    if usual.sum() < Reading().least_days:
        return Waits("days", int(usual.sum()), int(out[:-1].sum()))
    paid, volume, clicks = (told.of(name)[usual].sum(0) for name in FIGURES)
    if silent := next((n for n, of in zip(FIGURES, (paid, volume, clicks), strict=True) if not of.sum() > 0), None):
        return Waits(silent)
    shares = hour_shares(volume.tolist(), paid.tolist(), float(clicks.sum()))
    today = day == shop.day
    budget, whole = float(held.amount), bool(ended[-1])
    cost = told.cost[-1][: told.until(np.inf, today, whole) + today]
    cost = cost[np.isfinite(cost)]
    went_on = _went_on(np.pad(cost, (0, HOURS - len(cost)))[None], np.array([budget])).item()
    beyond = bool(went_on or cost.sum() > BEYOND * budget)
    if not beyond:
        cost = told.cost[-1][: told.until(NEARLY * budget, today, whole)]
    price = float(paid.sum() / clicks.sum())
    return _paced(day, today, held, shares, cost, price, int(usual.sum()), steering or Steering(), beyond)


def _went_on(cost: Floats, limits: Floats) -> Flags:
    """Days × 24 hours that spent on after they reached the limit: beyond the hour after, in which late clicks may still be counted."""
    so_far = np.cumsum(np.nan_to_num(cost), axis=1)
    reached = so_far >= limits[:, None]
    late = np.minimum(np.argmax(reached, axis=1) + 1, HOURS - 1)
    after = so_far[:, -1] - so_far[np.arange(len(cost)), late]
    return np.asarray(reached[:, -1] & (after > (1 - NEARLY) * limits))


def _cents(amount: float) -> Decimal:
    return Decimal(float(amount)).quantize(CENT)


@dataclass(frozen=True)
class _Grid:
    """Single days of late, oldest first, over all plans. `there`: days × 24, whether the hour has a row. Figures, days × 24: NaN where a
    cell is missing, 0 where there is no row."""

    dates: list[date]
    there: Flags
    cost: Floats
    exposures: Floats
    clicks: Floats

    def of(self, name: str) -> Floats:
        found: Floats = getattr(self, name)
        return found

    @property
    def before(self) -> _Grid:
        """The same without the newest day; as it is where there is no other."""
        if len(self.dates) == 1:
            return self
        return _Grid(self.dates[:-1], self.there[:-1], self.cost[:-1], self.exposures[:-1], self.clicks[:-1])

    @property
    def last(self) -> NDArray[np.int64]:
        """The last hour of each day that has a row."""
        return HOURS - 1 - np.argmax(self.there[:, ::-1], axis=1)

    @property
    def complete(self) -> Flags:
        """Days without a missing cell."""
        return np.asarray(np.isfinite(self.cost + self.exposures + self.clicks).all(1))

    def ended(self, yesterday: date, paid: Floats) -> Flags:
        """Days told to their end: as far as any day is, or older than yesterday, or at the cost that the account's report says (`paid`).

        Not those that cost less than it says; and the newest only if an older day ended as early: reports made at noon agree at noon.
        """
        cost = np.nan_to_num(self.cost).sum(1)
        older = np.array([day < yesterday for day in self.dates]) & ~(cost < NEARLY * paid)
        early = self.last[:-1][older[:-1]].min(initial=HOURS)
        agrees = np.abs(cost - paid) <= (1 - NEARLY) * paid
        return np.asarray((self.last == self.last.max()) | ((older | agrees) & (self.last >= early)))

    def until(self, limit: float, today: bool, ended: bool = False) -> int:
        """Up to which hour the cost of the newest day is told. Of a day that is not over the last hour may not be over either, unless the
        money is gone: `limit` is that from which on there is none left to spend. `ended`: whether nothing came after its last row."""
        missing = np.append(np.isnan(self.cost[-1]), True)
        end = int(np.argmax(missing))
        if self.cost[-1][:end].sum() >= limit:
            return end
        if today:
            busy = np.flatnonzero(np.nan_to_num(self.cost[-1]) + np.nan_to_num(self.exposures[-1]) > 0)
            return min(end, int(busy[-1]) if len(busy) else 0)
        return min(end, HOURS if ended else int(self.last[-1]) + 1)


def _rows(shop: Snapshot) -> pl.DataFrame:
    """The hour report's rows of single days of late, with the hour understood (`at`) or missing."""
    single = shop.scan("p4p_hour").filter(pl.col("period_start") == pl.col("period_end"))
    late = single.filter(pl.col("period_end") > pl.col("period_end").max() - timedelta(days=Reading().days))
    rows = late.select("period_end", "hour", *FIGURES).collect()
    return rows.with_columns(pl.Series("at", [hour_of(text) for text in rows["hour"]], pl.Int64))


def _grid(rows: pl.DataFrame) -> _Grid:
    rows = rows.drop_nulls("at")
    sums = [pl.when(pl.col(c).null_count() == 0).then(pl.col(c).sum().cast(pl.Float64)).alias(c) for c in FIGURES]
    rows = rows.group_by("period_end", "at").agg(sums)
    dates = rows["period_end"].unique().sort().to_list()
    place = {day: i for i, day in enumerate(dates)}
    at = [place[d] for d in rows["period_end"]], rows["at"].to_list()
    there = np.zeros((len(dates), HOURS), bool)
    there[at] = True
    found = {name: np.zeros((len(dates), HOURS)) for name in FIGURES}
    for name, grid in found.items():
        grid[at] = rows[name].fill_null(np.nan).to_numpy()
    return _Grid(dates, there, **found)


def _paced(
    day: date,
    today: bool,
    held: Budget,
    shares: tuple[float, ...],
    cost: Floats,
    price: float,
    lasted: int,
    steering: Steering,
    beyond: bool,
) -> DayPace:
    """`cost`: of the hours that are told; `price`: what a click usually costs."""
    budget, until = float(held.amount), len(cost)
    now, so_far, due, gone = begun(1.0, budget), 0.0, 0.0, None
    hours = []
    for hour, share in enumerate(shares):
        due += share * budget
        one = PaceHour(hour, share, share * budget, due)
        if hour < until:
            so_far += float(cost[hour])
            now = passed(now, min(float(cost[hour]) / now.price, max(now.left, 0.0)), share_gone(shares, hour + 1))
            empty = so_far >= NEARLY * budget
            if empty and not beyond and gone is None and so_far > (1 + steering.dead_band) * due:
                gone = hour
            rest = not empty and hour + 1 < HOURS
            factor = _factor(1 / now.price, so_far, due, price, steering) if rest else None
            one = replace(one, spent=float(cost[hour]), so_far=so_far, left=budget - so_far, factor=factor)
        hours.append(one)
    told = DayPace(day, today, held, tuple(hours), until, gone, beyond, lasted, None)
    last = told.told
    if last is None or last.so_far is None or (not told.over and not today):
        return told
    if not told.over and not beyond:
        return replace(told, factor=last.factor)
    paid = last.so_far if beyond else min(last.so_far, budget)
    whole = passed(begun(1.0, budget), paid, share_gone(shares, last.hour + 1))
    return replace(told, factor=_factor(1 / whole.price, last.so_far, last.due, price, steering))


def _factor(factor: float, spent: float, due: float, price: float, steering: Steering) -> float | None:
    """As it may be told: 1 within the dead band, no further than bids may change a day; None where clicks that come one by one, at
    the usual price, would often have cost so much or so little by chance."""
    from scipy.special import gammainc, gammaincc

    if abs(factor - 1) <= steering.dead_band:
        return 1.0
    n, usual = spent / price, due / price
    chance = gammainc(n, usual) if n > usual else gammaincc(n + 1, usual)
    if chance > 1 - steering.sure:
        return None
    return float(np.clip(factor, 1 - steering.change, 1 + steering.change))
