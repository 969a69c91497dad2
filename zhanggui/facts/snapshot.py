"""What was known of the days up to a day, and windows of whole periods in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from zhanggui.facts.kept import KEPT
from zhanggui.facts.manifest import ImportRecord
from zhanggui.tables import TABLES, Table

Tile = tuple[date, date]

MOST_DAYS = 36_600  # a century: no window is longer


def whole_sum(column: str) -> pl.Expr:
    """The sum of a column; missing where any cell of it is, and where there is no row."""
    return pl.when((pl.len() > 0) & (pl.col(column).null_count() == 0)).then(pl.col(column).sum()).alias(column)


@dataclass(frozen=True)
class Window:
    """Rows of a stretch of days. `tiles` are the periods used; together they cover `covered` of `days` days, without overlap."""

    table: Table
    start: date
    end: date
    tiles: tuple[Tile, ...]
    rows: pl.LazyFrame

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def covered(self) -> int:
        return sum((end - start).days + 1 for start, end in self.tiles)

    @property
    def complete(self) -> bool:
        return self.covered == self.days

    def sums(self, *by: str) -> pl.LazyFrame:
        """Additive columns added up per `by`. A cell that is missing in some tile makes the sum missing, never smaller."""
        columns = [whole_sum(c) for c in self.table.additive]
        return self.rows.group_by(by).agg(columns) if by else self.rows.select(columns)


@dataclass(frozen=True)
class Snapshot:
    """One consistent state of a shop's facts, seen on `day`: nothing dated later is in it."""

    day: date
    frames: Mapping[str, pl.LazyFrame]
    tables: Mapping[str, Table] = None  # type: ignore[assignment]
    imports: tuple[ImportRecord, ...] = ()
    _seen: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)  # a snapshot never changes

    def __post_init__(self) -> None:
        if self.tables is None:
            object.__setattr__(self, "tables", TABLES)

    def has(self, table: str) -> bool:
        """Whether there is any row of the table up to the day."""
        return self.newest(table) is not None

    def scan(self, table: str) -> pl.LazyFrame:
        """All rows dated up to the day. Of a state table, the newest row of each key."""
        declared = self.tables[table]
        frame = self.frames.get(table, pl.LazyFrame(schema=declared.schema))
        seen = frame.filter(declared.dated <= self.day)
        if declared.time == "state":
            seen = seen.sort("as_of", "_import")
            # without a key the table is about the shop itself: one row
            seen = seen.unique(subset=list(declared.key), keep="last", maintain_order=True) if declared.key else seen.tail(1)
        if declared.kind == "register":
            seen = seen.filter(~pl.col("removed").fill_null(False))
        return seen

    def once(self, name: Hashable, make: Callable[[], pl.LazyFrame]) -> pl.LazyFrame:
        """What `make` gives, worked out when it is first asked for under this name, and kept while there is room."""
        mark = self._seen.setdefault(("mark", ""), object())
        return KEPT.frame((mark, name), make).lazy()

    def newest(self, table: str) -> date | None:
        """The day up to which the table's data reach."""
        if table not in self.frames:
            return None
        if ("newest", table) not in self._seen:
            clock = self.tables[table].dated
            self._seen["newest", table] = self.frames[table].filter(clock <= self.day).select(clock.max()).collect().item()
        found: date | None = self._seen["newest", table]
        return found

    def _first(self, table: str) -> date | None:
        """The day of the oldest row: before it nothing is known."""
        if ("first", table) not in self._seen:
            clock = self.tables[table].dated
            self._seen["first", table] = self.scan(table).select(clock.min()).collect().item()
        found: date | None = self._seen["first", table]
        return found

    def periods(self, table: str) -> list[Tile]:
        """The periods that files have brought, oldest first."""
        if ("periods", table) not in self._seen:
            rows = self.scan(table).select("period_start", "period_end").unique().sort("period_end", "period_start").collect()
            self._seen["periods", table] = list(rows.iter_rows())
        return list(self._seen["periods", table])

    def window(self, table: str, start: date, end: date) -> Window:
        """The rows of the days `start`..`end`: for a period table the tiles that cover most of them, and which do not overlap."""
        declared = self.tables[table]
        rows = self.scan(table)
        if declared.time != "period":
            last = self.newest(table)
            seen = rows.filter(declared.dated.is_between(start, end))
            first = self._first(table)
            known: tuple[Tile, ...] = ()
            if first and last and first <= end and last >= start:
                known = ((max(start, first), min(end, last)),)
            return Window(declared, start, end, known, seen)
        tiles = choose_tiles([p for p in self.periods(table) if start <= p[0] and p[1] <= end])
        keys = pl.LazyFrame(
            {"period_start": [t[0] for t in tiles], "period_end": [t[1] for t in tiles]}, schema=declared.time_columns
        )
        return Window(declared, start, end, tuple(tiles), rows.join(keys, on=["period_start", "period_end"], how="semi"))

    def last(self, table: str, days: int) -> Window | None:
        """The newest window of `days` days; None without data.

        It ends where the data end. Should the newest period not fit in (30 days where 28 are asked for), it ends at the newest
        period that does, if at least half of it is covered; else it is that newest period alone, and as long as that.
        """
        newest = self.newest(table)
        if newest is None:
            return None
        days = min(days, MOST_DAYS)
        if self.tables[table].time != "period":
            return self.window(table, newest - timedelta(days=days - 1), newest)
        for end in sorted({p[1] for p in self.periods(table) if (newest - p[1]).days < days}, reverse=True):
            window = self.window(table, end - timedelta(days=days - 1), end)
            if window.tiles and window.tiles[-1][1] == end and (end == newest or window.covered * 2 >= days):
                return window
        return self.window(table, max(p[0] for p in self.periods(table) if p[1] == newest), newest)


def choose_tiles(periods: list[Tile]) -> list[Tile]:
    """Of overlapping periods, those that cover the most days without overlap; among equals the fewest (a week before its days)."""
    ordered = sorted(set(periods), key=lambda p: (p[1], p[0]))
    best: list[tuple[int, int, list[Tile]]] = [(0, 0, [])]
    for i, (start, end) in enumerate(ordered):
        before = next((j for j in range(i, 0, -1) if ordered[j - 1][1] < start), 0)
        covered, count, tiles = best[before]
        taken = (covered + (end - start).days + 1, count - 1, [*tiles, (start, end)])
        best.append(max(best[i], taken, key=lambda t: (t[0], t[1])))
    return best[-1][2]
