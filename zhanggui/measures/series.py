"""A figure of the whole shop, period by period: the window, the window before it, and equal steps back in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from zhanggui.facts import Snapshot, Window
from zhanggui.facts.snapshot import Tile, choose_tiles

WEEK = 7
YEAR = 371  # 53 weeks: a year's weeks and the one that straddles its edge
DAY = timedelta(days=1)

Value = int | float | Decimal | None


@dataclass(frozen=True)
class Series:
    """The rows of one table, one for each period (or day), with additive figures of the whole shop.

    `tiles` is the newest window, `earlier` the periods of as many days right before it: empty where these are not all there.
    `periods` reach back two years, so that a year can be laid beside the one before. `steps` go back one year, from the window's end in weeks (or in periods, where these are longer), oldest first; a step that the data do
    not cover wholly has no tiles. `quiet`: a day without a row is a day without events, for tables of events.
    """

    window: Window
    tiles: tuple[Tile, ...]
    earlier: tuple[Tile, ...]
    steps: tuple[tuple[Tile, tuple[Tile, ...]], ...]
    periods: tuple[Tile, ...]
    rows: Mapping[Tile, Mapping[str, Any]] = field(default_factory=dict)
    quiet: bool = False

    def sum(self, tiles: Sequence[Tile], column: str) -> Value:
        """The column over some periods; None where a cell is missing, or where there is no period."""
        if not tiles:
            return None
        absent = {column: 0} if self.quiet else {}
        values = [self.rows.get(tile, absent).get(column) for tile in tiles]
        known = [v for v in values if v is not None]
        return sum(known) if len(known) == len(values) else None

    def of_steps(self, column: str) -> list[Value]:
        """The column step by step; None where the data do not cover a step."""
        return [self.sum(tiles, column) for _, tiles in self.steps]

    def counted(self, column: str, start: date, end: date) -> tuple[Value, int]:
        """What came from `start` to `end`, and in how many days with data; (None, 0) where nothing is known of them."""
        inside = choose_tiles([p for p in self.periods if start <= p[0] and p[1] <= end])
        value = self.sum(inside, column)
        return (None, 0) if value is None else (value, sum(map(_length, inside)))

    @property
    def newest(self) -> tuple[Tile, ...]:
        """The newest period alone: what people are told of."""
        return self.tiles[-1:]

    @property
    def before_newest(self) -> tuple[Tile, ...]:
        """The period right before the newest, if it is as long."""
        if not self.tiles:
            return ()
        start, end = self.tiles[-1]
        wanted = (start - (end - start) - DAY, start - DAY)
        return (wanted,) if wanted in self.rows else ()


def series(shop: Snapshot, table: str, days: int) -> Series | None:
    """The periods of a table without their figures, which `with_rows` adds. None without data."""
    window = shop.last(table, days)
    if window is None:
        return None
    if shop.tables[table].time != "period":
        known = shop.window(table, window.end - timedelta(days=2 * YEAR - 1), window.end).tiles
        periods = _days(known)
        tiles, length = tuple(p for p in periods if p[0] >= window.start), WEEK
    else:
        periods = [p for p in shop.periods(table) if p[1] > window.end - timedelta(days=2 * YEAR)]
        tiles, length = window.tiles, max(WEEK, _length(window.tiles[-1]))
    return Series(
        window,
        tiles,
        _earlier(periods, tiles),
        _steps(periods, window.end, length),
        tuple(periods),
        quiet=shop.tables[table].time != "period",
    )


def with_rows(found: Series, rows: pl.DataFrame) -> Series:
    """`rows` have period_start and period_end, or day, and one row for each."""
    start, end = (
        ("day", "day") if "day" in rows.columns and "period_start" not in rows.columns else ("period_start", "period_end")
    )
    told = {(row[start], row[end]): row for row in rows.iter_rows(named=True)}
    return replace(found, rows=told)


def _length(tile: Tile) -> int:
    return (tile[1] - tile[0]).days + 1


def _days(known: Sequence[Tile]) -> list[Tile]:
    return [(day, day) for start, end in known for n in range(_length((start, end))) for day in [start + n * DAY]]


def _earlier(periods: Sequence[Tile], tiles: Sequence[Tile]) -> tuple[Tile, ...]:
    """The periods of the days right before, as many as `tiles` hold without a hole; else none."""
    if not tiles:
        return ()
    start, days = tiles[0][0], sum(map(_length, tiles))
    if (tiles[-1][1] - start).days + 1 != days:
        return ()
    return _within(periods, start - days * DAY, start - DAY)


def _within(periods: Sequence[Tile], start: date, end: date) -> tuple[Tile, ...]:
    """The periods that tile these days without a hole; else none."""
    chosen = choose_tiles([p for p in periods if start <= p[0] and p[1] <= end])
    return tuple(chosen) if sum(map(_length, chosen)) == (end - start).days + 1 else ()


def _steps(periods: Sequence[Tile], end: date, length: int) -> tuple[tuple[Tile, tuple[Tile, ...]], ...]:
    first, found = max(min(p[0] for p in periods), end - timedelta(days=YEAR - 1)), []
    inside: dict[int, list[Tile]] = {}
    for period in periods:
        back = (end - period[1]).days // length
        if period[1] <= end and (end - period[0]).days // length == back:
            inside.setdefault(back, []).append(period)
    for back in range(((end - first).days + 1) // length):
        step = (end - ((back + 1) * length - 1) * DAY, end - back * length * DAY)
        found.append((step, _within(inside.get(back, []), *step)))
    return tuple(reversed(found))


def span(year: int, quarter: int | None, month: int | None) -> tuple[date, date] | None:
    """The days of a year, quarter or month; None for what is none."""
    if not 1 <= year <= 9998 or not 1 <= (quarter or 1) <= 4 or not 1 <= (month or 1) <= 12:
        return None
    first = month or (3 * quarter - 2 if quarter else 1)
    after = first + (1 if month else 3 if quarter else 12)
    return date(year, first, 1), date(year + (after > 12), (after - 1) % 12 + 1, 1) - DAY
