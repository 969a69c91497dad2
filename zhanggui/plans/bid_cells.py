"""Hours, regions and labels of 外贸直通车: where bids should be multiplied, so that the money of now brings more leads.

No report has words by hour or region, so the choice is not one of cells of words but of multipliers on top of the words' bids. Each axis
(hours, regions, labels) is planned apart: they describe the same clicks and are never added up. Of each cell of an axis is known what it
cost and brought lately; what a multiplier does to its clicks and cost is taken from the curves of all words, and may in each cell be
stronger or weaker (`SLOPES`). Lead rates are those of `unlike`: drawn to that of all cells by as much as the cells look alike.

The plan only moves money. A multiple-choice knapsack within what the axis costs now gives each cell a level; those that are not
better than now, for the price of money, in most of what is possible stay and go together from then on, near now, and it is chosen anew.
`others` is what these are multiplied by, so that the money is spent as before. Then the whole is held against bids as they are, in all
that is possible: where it is not better in most, there is no plan. A cell with fewer clicks than an inquiry usually takes stays, however
lucky it was. Hours: on as now, or off, for no report or guide says that an hour can carry a premium. Regions and labels: nobody says
that the platform lets them be off, so they are not. Premiums that stand now are in no report: everything is relative to now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.estimates.spread import FEWEST_EVENTS, missing_events
from zhanggui.estimates.unlike import Unlike, unlike
from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures import ads
from zhanggui.measures.ads import BidKey
from zhanggui.measures.time_zones import hour_of
from zhanggui.plans.bid_axis import DRAWS, HIGHEST, LOWEST, Axis, hours_off, levels
from zhanggui.plans.bid_day import Steering
from zhanggui.plans.bid_days import Reading
from zhanggui.plans.bid_plan import BidSettings, Range
from zhanggui.plans.bid_response import Response, bid_response

Floats = NDArray[np.float64]

#: Axis → the report that it is in.
AXES = {"hour": "p4p_hour", "region": "p4p_target", "label": "p4p_target"}
LEAST = 1  # inquiry that a cell's clicks would bring at the usual rate: with fewer, however lucky, it stays
KINDS = {"region": "地域", "label": "人群"}
#: What an axis may wait for, in the order in which it is looked for.
MISSING = (
    "report", "fresh_rows", "settled", "clicks", "cost", "leads", "hours", "cells", "clicked", "gaps", "few_leads", "spend", "curves",
)  # fmt: skip
#: Columns that a day is of no use without, and what is missing where no day has one.
COLUMNS = {"clicks": "clicks", "cost": "cost", "inquiries": "leads"}


@dataclass(frozen=True)
class Cell:
    """An hour, region or label with what the report says of it (None: not said). `spelled`: how, where in several ways. `rate`: leads per
    click. `times`: what its bids are multiplied by, all bids and its own premium together: 1 as now, but for what all bids are
    multiplied by; 0 off. `leads_change`, `cost_change`: a day, of a cell that does not stay."""

    name: str
    clicks: int | None
    cost: float | None
    inquiries: int | None
    spelled: tuple[str, ...] = ()
    rate: Range | None = None
    times: float = 1.0
    leads_change: Range | None = None
    cost_change: Range | None = None


@dataclass(frozen=True)
class CellPlan:
    """One axis. `day`: the last of the `days` days that are looked at, of which `covered` have data; figures open with both, where they
    are `traced`: else the measure has other periods, those of both reports together, or days that lack a column.

    `missing`: what it waits for, by code; "curves" with `curves`, the code of the bid plan. `leads_needed`, where there are too few.
    Else `proposed` says whether there is a plan; where there is none, `why`: "alike" (no cell is surely better off with another bid),
    "no_gain" (cells are, the whole is not expected to be) or "unsure" (it is, in too little of what is possible). `better`: in how much
    of what is possible the whole is better; `sure`: in how much it must be. `others`: what all bids are multiplied by for the same money.
    `money`, `leads`: a day now; `spent`: a day by then, below `money` only where bids may not rise further on one day; `gain`: leads a
    day more. `gap`: how far these are below the bound of the linear programme, which would also move cells that are not sure.
    """

    axis: str
    cells: tuple[Cell, ...] = ()
    day: date | None = None
    days: int = 0
    covered: int = 0
    traced: bool = True
    missing: tuple[str, ...] = ()
    curves: str = ""
    leads_needed: float = 0
    why: str = ""
    better: float = 0
    sure: float = 0
    others: float = 1
    money: float = 0
    spent: float = 0
    leads: float = 0
    gain: Range | None = None
    gap: float = 0

    @property
    def proposed(self) -> bool:
        return self.gain is not None

    def premium(self, cell: Cell) -> float:
        """What the cell's own premium is multiplied by once all bids are multiplied by `others`."""
        return cell.times / self.others if cell.times != 1 else 1.0


def bid_cells(
    shop: Snapshot, settings: BidSettings | None = None, in_force: Mapping[BidKey, float] | None = None
) -> dict[str, CellPlan]:
    """The plan of each of `AXES`, money in the currency of the reports. `in_force`: see `bid_plan`."""
    settings = settings or BidSettings()
    told = {axis: _told(shop, axis, settings.reading) for axis in AXES}
    if all(one.missing for one in told.values()):
        return told
    response = bid_response(shop, settings, in_force)
    if isinstance(response, str):
        return {
            a: one if one.missing else replace(_with_rates(one), missing=("curves",), curves=response)
            for a, one in told.items()
        }
    return {a: one if one.missing else cell_plan(one, response, settings.steering, settings.seed) for a, one in told.items()}


def _told(shop: Snapshot, axis: str, read: Reading) -> CellPlan:
    """What the report says of the cells: of the settled days, those before the newest `unsettled`."""
    table, days = AXES[axis], read.days - read.unsettled
    mine = _only(shop, table, pl.col("kind") == KINDS[axis]) if axis in KINDS else shop
    newest = mine.newest(table)
    if newest is None:
        return CellPlan(axis, missing=("report",))
    if (shop.day - newest).days > read.late + read.stale:
        return CellPlan(axis, missing=("fresh_rows",))
    day = newest - timedelta(days=read.unsettled)
    settled, measured = (replace(s, day=day, _seen={}).last(table, days) for s in (mine, shop))
    if settled is None or measured is None:
        return CellPlan(axis, missing=("settled",))
    used, lacking = _whole_days(replace(mine, day=day, frames={table: settled.rows}, _seen={}), table)
    rows, name = (ads.by_hour(used, days), "hour") if axis == "hour" else (ads.by_target(used, days), "target")
    tiles = used.periods(table)
    one = CellPlan(
        axis,
        _cells(rows.sort(name).select(name, "clicks", "cost", "inquiries").collect(), axis),
        day,
        days,
        sum((end - start).days + 1 for start, end in tiles),
        traced=set(tiles) == set(measured.tiles) & set(mine.periods(table)),
    )
    return replace(one, missing=(lacking,)) if lacking else _lacking(one)


def _only(shop: Snapshot, table: str, rows: pl.Expr) -> Snapshot:
    return replace(shop, frames={**shop.frames, table: shop.scan(table).filter(rows)}, _seen={})


def _whole_days(shop: Snapshot, table: str) -> tuple[Snapshot, str]:
    """Without the periods that lack a column; where none has one, all of them, and what is missing."""
    whole = shop
    for column, code in COLUMNS.items():
        whole = _only(whole, table, pl.col(column).is_not_null().any().over("period_start", "period_end"))
        if not whole.has(table):
            return shop, code
    return whole, ""


def _lacking(one: CellPlan) -> CellPlan:
    """With what is missing, of a report that has all columns."""
    known = [c for c in one.cells if _known(c)]
    if one.axis == "hour" and not one.cells:
        return replace(one, missing=("hours",))
    if len(one.cells) < 2:
        return replace(one, missing=("cells",))
    if sum(c.clicks != 0 for c in one.cells) < 2:
        return replace(one, missing=("clicked",))
    if len(known) < 2:
        return replace(one, missing=("gaps",))
    asked = [c.inquiries or 0 for c in known]
    if sum(asked) < FEWEST_EVENTS:
        return replace(one, missing=("few_leads",), leads_needed=missing_events(asked))
    return one if sum(c.cost or 0 for c in known) > 0 else replace(one, missing=("spend",))


def _cells(rows: pl.DataFrame, axis: str) -> tuple[Cell, ...]:
    """One for each hour, region or label: several spellings of an hour are added, and a row without an hour is none."""
    name, *figures = rows.columns
    same = [hour_of(n) for n in rows[name]] if axis == "hour" else list(range(rows.height))
    told = rows.with_columns(pl.Series("same", same, pl.Int64)).drop_nulls("same")
    told = told.group_by("same", maintain_order=True).agg(pl.col(name), *[whole_sum(c) for c in figures])
    return tuple(
        Cell(names[0], clicks, None if cost is None else float(cost), asked, tuple(names) if len(names) > 1 else ())
        for _, names, clicks, cost, asked in told.iter_rows()
    )


def _known(cell: Cell) -> bool:
    """Of which all is said that a plan needs, that anybody clicked, and that was not refunded more than it cost."""
    return cell.cost is not None and cell.cost >= 0 and cell.inquiries is not None and bool(cell.clicks)


def _rates(told: CellPlan) -> Unlike:
    known = [c for c in told.cells if _known(c)]
    rates = unlike([c.inquiries or 0 for c in known], [c.clicks or 0 for c in known])
    assert rates, "an axis of which nothing is missing has leads"
    return rates


def _with_rates(told: CellPlan, seed: int = 0) -> CellPlan:
    """With lead rates, where there is nothing else to say."""
    rates = _rates(told)
    return _named(told, rates.mean, rates.draws(DRAWS, np.random.default_rng(seed)))


def _named(told: CellPlan, mean: Floats, drawn: Floats, **columns: list[object]) -> CellPlan:
    found, at = [], 0
    for cell in told.cells:
        if _known(cell):
            more = {name: values[at] for name, values in columns.items()}
            cell = replace(cell, rate=_range(float(mean[at]), drawn[:, at]), **more)  # type: ignore[arg-type]
            at += 1
        found.append(cell)
    return replace(told, cells=tuple(found))


def _range(value: float, drawn: Floats) -> Range:
    low, high = np.quantile(drawn, (0.1, 0.9))
    return Range(float(value), float(min(low, value)), float(max(high, value)))


def cell_plan(told: CellPlan, response: Response, steering: Steering, seed: int = 0) -> CellPlan:
    """The plan of an axis of which nothing is missing."""
    rates = _rates(told)
    known = [c for c in told.cells if _known(c)]
    clicks, cost = np.array([c.clicks for c in known], float), np.array([c.cost for c in known], float)
    axis = Axis(clicks, cost, told.covered, rates, response, np.random.default_rng([seed, list(AXES).index(told.axis)]))
    low, high = max(LOWEST, 1 - steering.change), min(HIGHEST, 1 + steering.change)
    now = axis.value.sum(1)
    one = replace(told, money=float(cost.sum()) / told.covered, leads=float(now[0]), sure=steering.sure)
    enough = clicks * sum(c.inquiries or 0 for c in known) >= LEAST * clicks.sum()
    if told.axis == "hour":
        times, bound = hours_off(axis, high)
        free = ~(enough & (times != 1) & (axis.surely(times) >= steering.sure))
    else:
        free = np.zeros(len(known), bool)
        times, bound = levels(axis, low, high, steering.dead_band, free)
        while (stays := free | ~enough | (times == 1) | (axis.surely(times) < steering.sure)).sum() > free.sum():
            free = stays
            times, _ = levels(axis, low, high, steering.dead_band, free)
    times = np.where(free, 1.0, times)
    others, leads, spent = axis.others(times, free, low, high)
    gain = leads - now
    better = float((gain[1:] > 0).mean())
    if free.all() or better < steering.sure or gain[0] <= 0:
        why = "alike" if free.all() else "no_gain" if gain[0] <= 0 else "unsure"
        stays = _named(one, axis.rates, axis.rates_drawn)
        return replace(stays, why=why, better=0.0 if free.all() else better)
    leads_of = axis.value * (axis.at(axis.many, times) - 1)
    cost_of = axis.cost * (axis.at(axis.paid, times) - 1)
    named = _named(
        one,
        axis.rates,
        axis.rates_drawn,
        times=[float(t) for t in times],
        leads_change=[_range(x[0], x[1:]) if t != 1 else None for x, t in zip(leads_of.T, times, strict=True)],
        cost_change=[_range(x[0], x[1:]) if t != 1 else None for x, t in zip(cost_of.T, times, strict=True)],
    )
    gap = max(0.0, 1 - float(leads[0]) / bound) if bound > 0 else 0.0
    named = replace(named, spent=one.money * float(spent[0] / axis.cost[0].sum()))
    return replace(named, better=better, others=float(others[0]), gain=_range(float(gain[0]), gain[1:]), gap=gap)
