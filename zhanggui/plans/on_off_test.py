"""On-off tests of a shop: drawn plans of the register, what was counted and spent in each cell, and how long a new one must run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import polars as pl

from zhanggui.estimates.on_off import DAILY, Effect, Floats, Schedule, days_needed, effect, over_usual, power, schedule
from zhanggui.facts import Snapshot
from zhanggui.measures.countries import codes
from zhanggui.measures.known_days import known_days
from zhanggui.measures.measure import DEFAULT_DAYS

HOURS, REGIONS, SHOP = "时段", "地域", "整天"
#: Unit → the parts of its week, and what of each cell is left uncounted (hours of a window, days of a part).
PARTS = {HOURS: DAILY, REGIONS: (4, 3), SHOP: (4, 3)}
GUARD = 1
#: Unit → the P4P report of its cost.
REPORTS = {HOURS: "p4p_hour", REGIONS: "p4p_target", SHOP: "p4p_account"}
#: What is counted → its table, the column of its time, the units that it can be told by, and what P4P claims of it ("": nothing
#: that is counted alike; visitors of a day are no clicks).
OUTCOMES = {
    "询盘": ("inquiry", "created", (HOURS, REGIONS, SHOP), "inquiries"),
    "访问": ("visitor", "came", (REGIONS, SHOP), ""),
}
REGION_KINDS = ("地域", "13")
PAST_WEEKS = 12
SPEND_WEEKS = 4  # before the start, in which a cell's usual spend is looked up
MOVED = 1.25  # times the usual spend of a cell
MOST_WEEKS = 52
BETWEEN = " | "

State = Literal["ahead", "running", "waiting", "done"]


@dataclass(frozen=True)
class Trial:
    """One plan of the register. `units`: windows of hours as `06-11`, or countries; () for the whole shop."""

    name: str
    unit: str
    units: tuple[str, ...]
    outcome: str
    since: date
    weeks: int
    seed: int
    hoped: float = 1.0
    verdict: str = ""

    @property
    def last(self) -> date:
        return self.since + timedelta(days=7 * self.weeks - 1)

    @property
    def plan(self) -> Schedule:
        return schedule(self.units or (SHOP,), self.weeks, self.seed, PARTS[self.unit], GUARD)

    def days(self) -> list[tuple[date, list[bool]]]:
        """Each day with what is on."""
        plan, parts = self.plan, _parts(PARTS[self.unit])
        return [(self.since + timedelta(days=i), plan.on[i // 7, parts[i % 7][0]].tolist()) for i in range(7 * self.weeks)]


@dataclass(frozen=True)
class Result:
    """A plan and what has come of it. `reported`: what P4P's own report claims for the cells that were on, None unless it is known of
    all; `spent_off`: of how many cells that were to be off the report shows spend (None: no daily report); `spent`: in the cells that
    were judged, on and off; `over_usual`: how many times as much as in the four weeks before was spent in those that were on;
    `power`: how often such a test finds what was hoped for."""

    trial: Trial
    state: State
    effect: Effect | None
    reported: float | None
    spent_off: int | None
    off_cells: int
    spent: tuple[float, float] | None
    over_usual: float | None
    power: float | None

    @property
    def kept(self) -> bool | None:
        """Whether less than half as much was spent where P4P was to be off; None where the spend is not known."""
        return None if self.spent is None else 2 * self.spent[1] < self.spent[0]

    @property
    def moved(self) -> bool:
        """Whether clearly more than usual was spent where it was on: a budget that binds went there."""
        return self.over_usual is not None and self.over_usual > MOVED


def trials(shop: Snapshot) -> tuple[tuple[Trial, ...], tuple[str, ...]]:
    """The plans of the register, the newest first, and the names of those that are no plan (an odd number of weeks, units that overlap)."""
    if not shop.has("on_off_test"):
        return (), ()
    found, wrong = [], []
    for row in shop.scan("on_off_test").sort("since", "test", descending=[True, False]).collect().iter_rows(named=True):
        trial = _trial(row)
        if trial:
            found.append(trial)
        else:
            wrong.append(row["test"])
    return tuple(found), tuple(wrong)


def _trial(row: dict[str, Any]) -> Trial | None:
    units = tuple(u.strip() for u in (row["units"] or "").split("|") if u.strip()) if row["unit"] != SHOP else ()
    whole = row["unit"] in PARTS and row["outcome"] in OUTCOMES and row["unit"] in OUTCOMES[row["outcome"]][2]
    if not whole or not 2 <= (row["weeks"] or 0) <= MOST_WEEKS or row["weeks"] % 2:
        return None
    if row["unit"] != SHOP and (not units or len(set(units)) < len(units)):
        return None
    if row["unit"] == REGIONS and len(set(codes(units).values())) < len(units):
        return None
    if row["unit"] == HOURS and not _hours(units):
        return None
    hoped = (row["hoped"] or 100) / 100
    return Trial(
        row["test"], row["unit"], units, row["outcome"], row["since"], row["weeks"], row["seed"], hoped, row["verdict"] or ""
    )


def windows(many: int) -> tuple[str, ...]:
    """The day in so many windows of equal length."""
    each = 24 // many
    return tuple(f"{each * i:02d}-{each * (i + 1) - 1:02d}" for i in range(many))


def _hours(units: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Hour of the day → unit and place in its window; {} where the windows are none or overlap."""
    found: dict[int, tuple[int, int]] = {}
    for at, unit in enumerate(units):
        ends = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", unit)
        if ends is None or not int(ends[1]) + GUARD <= int(ends[2]) <= 23:
            return {}
        for hour in range(int(ends[1]), int(ends[2]) + 1):
            if hour in found:
                return {}
            found[hour] = at, hour - int(ends[1])
    return found


def _parts(parts: Sequence[int]) -> list[tuple[int, int]]:
    """Day of the week of the plan → its part and its place there."""
    return [(part, place) for part, days in enumerate(parts) for place in range(days)]


# ---- what was counted


def _placed(rows: pl.LazyFrame, unit: str, units: Sequence[str], place: pl.Expr) -> pl.DataFrame:
    """`day`, `at` (the unit) and `n`, added up; hours of the guard and other units are left out. `place` tells the hour or country."""
    if unit == SHOP:
        marked = rows.with_columns(pl.lit(0).alias("at"))
    elif unit == HOURS:
        hours = {hour: at for hour, (at, inside) in _hours(units).items() if inside >= GUARD}
        marked = rows.with_columns(place.cast(pl.Int64).replace_strict(hours, default=None, return_dtype=pl.Int64).alias("at"))
    else:
        named = rows.with_columns(place.alias("place")).collect()
        wanted = {code: at for at, code in enumerate(codes(units).values())}
        known = {name: wanted.get(code) for name, code in codes(named["place"].unique().to_list()).items()}
        at = pl.col("place").replace_strict(known, default=None, return_dtype=pl.Int64).alias("at")
        marked = named.lazy().with_columns(at) if known else named.lazy().with_columns(pl.lit(None, pl.Int64).alias("at"))
    return marked.filter(pl.col("at").is_not_null()).group_by("day", "at").agg(pl.col("n").sum()).collect()


def _cells(counted: pl.DataFrame, days: set[date], trial: Trial) -> Floats:
    """(weeks, parts, units); NaN where one of the days that count is not known."""
    parts, shape = _parts(PARTS[trial.unit]), (trial.weeks, len(PARTS[trial.unit]), max(len(trial.units), 1))
    several = len(PARTS[trial.unit]) < 7
    found = np.zeros(shape)
    for i in range(7 * trial.weeks):
        part, place = parts[i % 7]
        if not (several and place < GUARD) and trial.since + timedelta(days=i) not in days:
            found[i // 7, part] = np.nan
    for day, at, n in counted.select("day", "at", "n").iter_rows():
        i = (day - trial.since).days
        if 0 <= i < 7 * trial.weeks and not (several and parts[i % 7][1] < GUARD):
            found[i // 7, parts[i % 7][0], at] += float(n)
    return found


def counted(shop: Snapshot, trial: Trial) -> Floats:
    """What each cell of the plan counted; days that no file brought are not known."""
    table, time, _, _ = OUTCOMES[trial.outcome]
    rows = shop.scan(table).with_columns(pl.col(time).dt.date().alias("day"), pl.lit(1).alias("n"))
    place = pl.col(time).dt.hour() if trial.unit == HOURS else pl.col("country")
    return _cells(_placed(rows, trial.unit, trial.units, place), known_days(shop, table), trial)


def paid(shop: Snapshot, trial: Trial, column: str) -> Floats | None:
    """A figure of the P4P report in each cell; None where the report of this unit is not there day by day."""
    table = REPORTS[trial.unit]
    rows = _paid(shop.scan(table), trial.unit).filter(pl.col("period_start") == pl.col("period_end"))
    rows = rows.with_columns(pl.col("period_end").alias("day"), pl.col(column).cast(pl.Float64).alias("n"))
    days = set(rows.select("day").unique().collect()["day"].to_list())
    if not days or rows.select(pl.col("n").is_null().any()).collect().item():
        return None
    return _cells(_placed(rows, trial.unit, trial.units, _place(trial.unit)), days, trial)


def _paid(rows: pl.LazyFrame, unit: str) -> pl.LazyFrame:
    return rows.filter(pl.col("kind").is_in(REGION_KINDS)) if unit == REGIONS else rows


def _place(unit: str) -> pl.Expr:
    return pl.col("hour").str.extract(r"^\s*([0-9]{1,2})", 1) if unit == HOURS else pl.col("target")


def result(shop: Snapshot, trial: Trial) -> Result:
    """A plan is read once, when it is over and its last day is known, or a person has judged it: its interval does not hold for a
    look on the way, nor for one at each day that comes in."""
    table, _, _, claim = OUTCOMES[trial.outcome]
    figures = counted(shop, trial) if shop.has(table) else None
    over = trial.last < shop.day
    whole = over and (bool(trial.verdict) or trial.last in known_days(shop, table))
    state: State = "ahead" if shop.day < trial.since else "running" if not over else "waiting"
    spent = paid(shop, trial, "cost") if shop.has(REPORTS[trial.unit]) else None
    on = trial.plan.on
    told = effect(figures, trial.plan, spent) if whole and figures is not None else None
    judged = on & told.counted if told else on
    claims = paid(shop, trial, claim) if told and claim and spent is not None else None
    before = replace(trial, since=trial.since - timedelta(days=7 * SPEND_WEEKS), weeks=SPEND_WEEKS)
    usual = paid(shop, before, "cost") if told and spent is not None else None
    both = (float(spent[judged].sum()), float(spent[~on & told.counted].sum())) if told and spent is not None else None
    outlook = outlook_of(shop, trial.unit, trial.units, trial.outcome, trial.hoped, before=trial.since)
    return Result(
        trial=trial,
        state="done" if told else state,
        effect=told,
        reported=float(claims[judged].sum()) if claims is not None and np.isfinite(claims[judged]).all() else None,
        spent_off=int((spent[~on] > 0).sum()) if spent is not None else None,
        off_cells=int(np.isfinite(spent[~on]).sum()) if spent is not None else int((~on).sum()),
        spent=both if both and np.isfinite(both).all() else None,
        over_usual=over_usual(spent, usual, judged) if spent is not None and usual is not None else None,
        power=outlook.power(trial.weeks),
    )


# ---- before the start


@dataclass(frozen=True, eq=False)
class Outlook:
    """What a test of these units would meet. `claimed`: what P4P's reports say that it brings to a cell; `usual`: what a cell counts in
    all; `hoped`: the part of the `base` that the test is to tell from nothing; `weeks` of `past` that are known whole; `days` the test
    must run (None: more than a year, or not known); `missing`: tables that are not there yet."""

    unit: str
    units: tuple[str, ...]
    outcome: str
    hoped: float
    claimed: float | None
    usual: float | None
    past: Floats
    days: int | None
    missing: tuple[str, ...]

    @property
    def weeks(self) -> int:
        return int(np.isfinite(self.past).all(axis=(1, 2)).sum())

    def power(self, weeks: int, hoped: float | None = None) -> float | None:
        """How often a test of so many weeks tells the part of the claim from nothing."""
        if not self.base:
            return None
        return power((self.hoped if hoped is None else hoped) * self.base, self.past, weeks)

    @property
    def base(self) -> float | None:
        """The claim; all that a cell usually counts, where the reports claim nothing that is counted alike."""
        return self.claimed if OUTCOMES[self.outcome][3] else self.usual


def outlook_of(
    shop: Snapshot, unit: str, units: tuple[str, ...], outcome: str, hoped: float, before: date | None = None
) -> Outlook:
    """From the shop's own weeks before a day (the newest day known, if none is given)."""
    table, _, _, claim = OUTCOMES[outcome]
    report = REPORTS[unit]
    missing = tuple(t for t in (table, report) if not shop.has(t))
    none = np.full((0, len(PARTS[unit]), max(len(units), 1)), np.nan)
    if missing:
        return Outlook(unit, units, outcome, hoped, None, None, none, None, missing)
    newest = max(known_days(shop, table), default=shop.day) + timedelta(days=1)
    end = min(before or date.max, newest)  # the day after the last one that counts
    past = Trial("", unit, units, outcome, end - timedelta(days=7 * PAST_WEEKS), PAST_WEEKS, 0)
    figures = counted(shop, past)
    claimed = _claimed(shop, unit, units, claim, before) if claim else None
    usual = float(np.nanmean(figures)) if np.isfinite(figures).any() else None
    look = Outlook(unit, units, outcome, hoped, claimed, usual, figures, None, ())
    return replace(look, days=days_needed(hoped * look.base, figures) if look.base else None)


def _claimed(shop: Snapshot, unit: str, units: tuple[str, ...], column: str, before: date | None) -> float | None:
    """What the P4P report claims for a cell, in the mean of four weeks before a day."""
    report = REPORTS[unit]
    last = before - timedelta(days=1) if before else None
    window = shop.window(report, last - timedelta(days=DEFAULT_DAYS - 1), last) if last else shop.last(report, DEFAULT_DAYS)
    if window is None or not window.covered:
        return None
    rows = _paid(window.rows, unit).with_columns(pl.col("period_end").alias("day"), pl.col(column).alias("n"))
    if rows.select(pl.col("n").is_null().any()).collect().item():
        return None
    whole = float(_placed(rows, unit, units, _place(unit))["n"].sum())
    parts = PARTS[unit]
    counting = 7 if len(parts) == 7 else 7 - GUARD * len(parts)  # days of a week that count
    return whole / window.covered * counting / len(parts) / max(len(units), 1)


def regions(shop: Snapshot, many: int) -> tuple[str, ...]:
    """The countries that P4P spends most on, dearest first."""
    window = shop.last("p4p_target", DEFAULT_DAYS)
    if window is None:
        return ()
    rows = _paid(window.rows, REGIONS).group_by("target").agg(pl.col("cost").sum()).filter(pl.col("cost") > 0)
    names = rows.sort("cost", "target", descending=[True, False]).collect()["target"].to_list()
    once: dict[str, str] = {}
    for name, code in codes(names).items():
        once.setdefault(code, name)
    return tuple(once.values())[:many]
