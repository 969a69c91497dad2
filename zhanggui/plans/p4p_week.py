"""The week of 外贸直通车 beside the week before: what was spent, what it brought, why that moved, by plan and by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl

from zhanggui.estimates.comparison import Comparison, compare
from zhanggui.estimates.decomposition import step_parts
from zhanggui.estimates.parts import moved_parts
from zhanggui.facts import Snapshot, whole_sum
from zhanggui.facts.snapshot import Tile
from zhanggui.measures.by_week import by_week
from zhanggui.measures.series import WEEK, Series, series, with_rows

SUMS = ("exposures", "clicks", "cost", "inquiries")
#: Figure → what it is divided by ("" for a sum).
FIGURES: Mapping[str, tuple[str, str]] = {
    "cost": ("cost", ""),
    "exposures": ("exposures", ""),
    "clicks": ("clicks", ""),
    "inquiries": ("inquiries", ""),
    "ctr": ("clicks", "exposures"),
    "cpc": ("cost", "clicks"),
    "cost_per_inquiry": ("cost", "inquiries"),
}
#: The one that reaches furthest is read, of equals the account's own; the others add up to the same money.
SOURCES = ("p4p_account", "p4p_plan", "p4p_keyword")
NAMED, CHANCE, WEEKS = 5, 0.05, 9
LARGE = 0.005  # of the figure: smaller words are put together when it is asked which have moved by themselves


@dataclass(frozen=True)
class Figure:
    """One figure of both weeks; None where a cell is missing or there is nothing to divide by. `against` tells its noise."""

    column: str
    now: float | None
    before: float | None
    against: Comparison | None


@dataclass(frozen=True)
class Steps:
    """What the widest level and each rate below it add to the change of `column`; they add up to it."""

    column: str
    change: float
    parts: Mapping[str, float]


@dataclass(frozen=True)
class Line:
    """A plan or word in both weeks, by column; a plan that one week's report does not list had nothing there."""

    name: str
    now: Mapping[str, float | None]
    before: Mapping[str, float | None]
    itself: bool = False

    def change(self, column: str) -> float | None:
        now, before = self.now[column], self.before[column]
        return None if now is None or before is None else now - before


@dataclass(frozen=True)
class Week:
    """`table`: the report that the figures are of, with data for `covered` of the week's days. `before` None: the week before is not there. `movers`: column → words that moved
    furthest, those that moved by themselves marked."""

    table: str
    now: Tile
    covered: int
    before: Tile | None
    figures: tuple[Figure, ...]
    steps: tuple[Steps, ...]
    plans: tuple[Line, ...]
    movers: Mapping[str, tuple[Line, ...]]


def days_of(week: Tile) -> int:
    return (week[1] - week[0]).days + 1


def p4p_week(shop: Snapshot) -> Week | None:
    """None without any report of P4P."""
    reaches = {name: day for name in SOURCES if (day := shop.newest(name))}
    table = max(reaches, key=reaches.__getitem__, default=None)
    one = series(shop, table, WEEK) if table else None
    if table is None or one is None:
        return None
    told = with_rows(one, _sums(shop, table, ()).collect())
    now = told.window.start, told.window.end
    before = (told.earlier[0][0], told.earlier[-1][1]) if told.earlier else None
    return Week(
        table,
        now,
        told.window.covered,
        before,
        tuple(_figure(told, column, *parts) for column, parts in FIGURES.items()),
        _steps(told) if before else (),
        _lines(shop, "p4p_plan" if shop.has("p4p_plan") else "p4p_keyword", "plan", now, before),
        _movers(shop, now, before) if before else {},
    )


def _sums(shop: Snapshot, table: str, by: Sequence[str]) -> pl.LazyFrame:
    columns = [whole_sum(c).cast(pl.Float64) for c in SUMS]
    return shop.scan(table).group_by("period_start", "period_end", *by).agg(columns)


def _figure(one: Series, column: str, part: str, whole: str) -> Figure:
    def value(tiles: Sequence[Tile]) -> tuple[float | None, float | None, float | None]:
        top, bottom = one.sum(tiles, part), one.sum(tiles, whole) if whole else 1
        known = None if top is None or not bottom else float(top) / float(bottom)
        return known, None if top is None else float(top), None if bottom is None else float(bottom)

    now, top, bottom = value(one.tiles)
    before, old_top, old_bottom = value(one.earlier)
    against = None
    if None not in (top, bottom, old_top, old_bottom):
        events = _steps_of(one, part)
        trials = _steps_of(one, whole) if whole else None
        if column == "cost_per_inquiry":  # inquiries are the events, and money what they are counted on
            turned = compare((bottom, top), (old_bottom, old_top), trials, events)  # type: ignore[arg-type]
            against = _inverted(turned, now, before)
        else:
            against = compare((top, bottom), (old_top, old_bottom), events, trials)  # type: ignore[arg-type]
    return Figure(column, now, before, against)


def _steps_of(one: Series, column: str) -> list[float]:
    return [np.nan if v is None else float(v) for v in one.of_steps(column)]


def _inverted(told: Comparison | None, now: float | None, before: float | None) -> Comparison | None:
    """The comparison of the reciprocals."""
    if told is None or now is None or before is None:
        return None
    low, high = told.low, told.high
    return Comparison(now, before, now / before, 1 / high if high else None, 1 / low if low else None)


def _steps(one: Series) -> tuple[Steps, ...]:
    """Money through clicks and their price; inquiries through exposures, clicks and those who ask."""
    found = []
    for chain in (("clicks", "cost"), ("exposures", "clicks", "inquiries")):
        then, now = ([one.sum(tiles, c) for c in chain] for tiles in (one.earlier, one.tiles))
        if None in then or None in now:
            continue
        parts = step_parts([float(v) for v in then if v is not None], [float(v) for v in now if v is not None])
        if parts is not None:
            change = float(now[-1] or 0) - float(then[-1] or 0)
            names = (chain[0], *(f"{low}/{high}" for high, low in pairwise(chain)))
            found.append(Steps(chain[-1], change, dict(zip(names, parts, strict=True))))
    return tuple(found)


def _lines(shop: Snapshot, table: str, by: str, now: Tile, before: Tile | None) -> tuple[Line, ...]:
    """Those of most money now first; those without a name are left out, as are weeks that the table does not cover."""
    if not shop.has(table):
        return ()
    told: dict[str, list[dict[str, float | None]]] = {}
    spans = [now, *([before] if before else [])]
    for place, (start, end) in enumerate(spans):
        window = shop.window(table, start, end)
        if not window.complete:
            return ()
        rows = window.sums(by).select(by, *(pl.col(c).cast(pl.Float64) for c in SUMS)).collect()
        for row in rows.iter_rows(named=True):
            name = row.pop(by)
            if name is not None:
                told.setdefault(name, [dict.fromkeys(SUMS, 0.0) for _ in spans])[place] = row
    lines = [Line(name, weeks[0], weeks[1] if before else dict.fromkeys(SUMS)) for name, weeks in told.items()]
    return tuple(sorted(lines, key=lambda x: (-(x.now["cost"] or 0), x.name)))


def _movers(shop: Snapshot, now: Tile, before: Tile | None) -> Mapping[str, tuple[Line, ...]]:
    lines = _lines(shop, "p4p_keyword", "word", now, before)
    found = {}
    for column in ("cost", "inquiries"):
        itself = _by_themselves(shop, column, now[1])
        moved = [x for x in lines if x.change(column)]
        ranked = sorted(moved, key=lambda x: (-abs(x.change(column) or 0), x.name))[:NAMED]
        found[column] = tuple(Line(x.name, x.now, x.before, x.name in itself) for x in ranked)
    return found


def _by_themselves(shop: Snapshot, column: str, end: date) -> set[str]:
    """Words that fell or rose in the newest week beyond their own noise and otherwise than the rest."""
    found = by_week(shop, "p4p_keyword", "word", (column,), WEEKS, LARGE)
    if found is None or not found.ends or found.ends[-1] != end:
        return set()
    many = len(found.names)
    parts = [p for rise in (False, True) for p in moved_parts(found.counts, rise=rise)]
    return {found.names[p.place] for p in parts if p.place < many and p.p * many <= CHANCE}
