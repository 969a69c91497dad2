"""What edits of a register amount to: weighed against the list as it is now, and read as a file would be.

What a person edits are texts, as a cell of a file holds them. The changed rows become a CSV file like any other: one reader, one
validation, one undo.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from zhanggui.desk.access import EVERYTHING, Forbidden, Sight
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Shop
from zhanggui.facts import ImportRecord
from zhanggui.intake import Reading, read
from zhanggui.tables import Problem, Table
from zhanggui.tables.columns import Column, Rate
from zhanggui.tables.table import REMOVED

Texts = Mapping[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row as a person left it. `seen`: what the page showed, None for a new row; `now`: what is to be there, cell by cell.

    `line` is the number under which the person sees the row; what is said about it comes back under it.
    """

    line: int
    seen: Texts | None
    now: Texts
    removed: bool = False


@dataclass(frozen=True)
class Conflict:
    """A cell that somebody else has changed since the page was made. `theirs` is None where they have removed the row.

    `exists`: a row was to be added whose key is on the list already; `theirs` is that key.
    """

    line: int
    column: str
    yours: str
    theirs: str | None
    by: str
    at: str
    exists: bool = False


@dataclass(frozen=True)
class Trouble:
    """A cell that cannot be read; `column` is its name, "" for the row as a whole."""

    line: int
    column: str
    problem: Problem


@dataclass(frozen=True)
class Outcome:
    """What a save did, or would do. `written`: rows; `done`: lines of which nothing is left to do; `reads`: how cells are read."""

    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[Trouble, ...] = ()
    done: frozenset[int] = frozenset()
    reads: Mapping[int, Texts] = field(default_factory=dict)
    written: int = 0
    number: int | None = None

    @property
    def said(self) -> tuple[Trouble | Conflict, ...]:
        """All that stands against cells."""
        return (*self.problems, *self.conflicts)

    @property
    def clean(self) -> bool:
        return not self.said


def columns(table: Table) -> dict[str, Column]:
    """The columns that a person fills."""
    return {name: column for name, column in table.columns.items() if column is not REMOVED}


def text(value: Any, column: Column) -> str:
    """A stored value as a cell that reads back to the very same value; "" is missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        share = isinstance(column, Rate)
        written = f"{Decimal(repr(value) if isinstance(value, float) else value) * (100 if share else 1):f}"
        return (written.rstrip("0").rstrip(".") if "." in written else written) + ("%" if share else "")
    return str(value)


def texts(table: Table, row: Mapping[str, Any]) -> dict[str, str]:
    return {name: text(row[name], column) for name, column in columns(table).items()}


def typed_text(written: str) -> str:
    """A cell as a browser sends it: line ends of one kind, and nothing that no file can hold."""
    lines = written.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return lines.encode("utf-8", "replace").decode()


@dataclass(frozen=True)
class Listing:
    """A register as it is now, as far as `sight` goes. `swaps` names the state of the shop's facts from which it was read."""

    table: Table
    frame: pl.DataFrame
    stored: pl.LazyFrame
    swaps: int
    imports: tuple[ImportRecord, ...]
    sight: Sight = EVERYTHING

    @property
    def columns(self) -> dict[str, Column]:
        """The columns that are shown."""
        return {name: column for name, column in columns(self.table).items() if name not in self.sight.hidden}

    def texts(self, row: Mapping[str, Any]) -> dict[str, str]:
        """A row as it is shown."""
        return {name: text(row[name], column) for name, column in self.columns.items()}

    @cached_property
    def _places(self) -> dict[Key, int]:
        return {key: i for i, key in enumerate(keys_of(self.table, self.frame))}

    def find(self, key: Key) -> dict[str, str] | None:
        at = self._places.get(key)
        return None if at is None else self.texts(self.frame.row(at, named=True))

    def origin(self, key: Key) -> tuple[str, str]:
        """Who brought the row's present state, and when."""
        at = self._places.get(key)
        return ("", "") if at is None else self._said(self.frame["_import"][at])

    def remover(self, key: Key) -> tuple[str, str]:
        """Who took the row off the list, and when; nobody where it went with an import that was undone."""
        gone = self.stored.filter(pl.col("removed")).sort("as_of", "_import").collect()
        number = next(
            (n for k, n in reversed(list(zip(keys_of(self.table, gone), gone["_import"], strict=True))) if k == key), None
        )
        return self._said(number)

    def _said(self, number: int | None) -> tuple[str, str]:
        return next(((r.by, r.at) for r in self.imports if r.id == number), ("", ""))


def keys_of(table: Table, rows: pl.DataFrame) -> list[Key]:
    """The keys of rows, as texts."""
    kinds = [table.columns[k] for k in table.key]
    return [tuple(text(v, c) for v, c in zip(key, kinds, strict=True)) for key in rows.select(table.key).iter_rows()]


def within(rows: pl.LazyFrame, table: Table, sight: Sight) -> pl.LazyFrame:
    """The rows that are shown."""
    if sight.only is None:
        return rows
    return rows.filter(pl.col(table.seller) == sight.only if sight.only else pl.lit(False))


def listing(shop: Shop, table: Table, sight: Sight = EVERYTHING) -> Listing:
    """The register of today: the rows that are shown, with every column, since hidden ones are left out where cells become texts."""
    facts, day = facts_of(shop), platform_today()
    manifest = facts.manifest()  # before the rows: should it be older than they are, the put will say so
    seen = facts.snapshot(day)
    stored = seen.frames.get(table.name, pl.LazyFrame(schema=table.schema)).filter(table.dated <= day)
    rows = within(seen.scan(table.name), table, sight).collect()
    return Listing(table, rows, stored, manifest.swaps, manifest.imports, sight)


@dataclass(frozen=True)
class _Wanted:
    line: int
    key: Key | None
    cells: dict[str, str]
    removed: bool = False


@dataclass(frozen=True)
class Plan:
    """What a save would do, the file it would put, and the state of the facts for which that holds."""

    outcome: Outcome
    data: bytes = b""
    reading: Reading | None = None
    swaps: int = 0


def _key(table: Table, cells: Texts) -> Key:
    return tuple(cells.get(k, "") for k in table.key)


def _weigh(now: Listing, row: Row) -> tuple[_Wanted | None, list[Conflict]]:
    """What is wanted of a row, as far as nobody else has changed the same cells."""
    table = now.table
    cells = {name: typed_text(row.now[name]) for name in columns(table) if name in row.now}
    if row.seen is None:
        blank = row.removed or not any(c.strip() for c in cells.values())
        return None if blank else _Wanted(row.line, None, cells), []
    seen = {name: typed_text(row.seen.get(name, "")) for name in columns(table)}
    changed = {name: cell for name, cell in cells.items() if cell != seen[name]}
    if not changed and not row.removed:
        return None, []
    key = _key(table, seen)
    have = now.find(key)
    by, at = now.origin(key)
    if have is None:
        by, at = now.remover(key)
        return None, [] if row.removed else [
            Conflict(row.line, next(iter(changed)), next(iter(changed.values())), None, by, at)
        ]
    asked = dict.fromkeys(columns(table), "") if row.removed else changed
    theirs = [n for n, c in asked.items() if typed_text(have[n]) not in (seen[n], *(() if row.removed else (c,)))]
    conflicts = [Conflict(row.line, n, "" if row.removed else asked[n], have[n], by, at) for n in theirs]
    if row.removed:
        return None if conflicts else _Wanted(row.line, key, have, True), conflicts
    mine = {n: c for n, c in changed.items() if n not in theirs}
    return _Wanted(row.line, key, have | mine) if mine else None, conflicts


def _read(
    table: Table, entries: Sequence[tuple[int, Texts, bool]], day: date
) -> tuple[bytes, Reading, dict[int, dict[str, str]], list[Trouble]]:
    """The file of these rows, and what the reader makes of it: typed texts by line, and the cells it cannot read."""
    labels = [REMOVED.zh, *(c.zh for c in columns(table).values())]
    # The reader takes as delimiter what is most frequent; commas in the title keep a note full of semicolons from being it.
    body = io.StringIO()
    writer = csv.writer(body, lineterminator="\n")
    writer.writerow(labels)
    writer.writerow([""] * len(labels))  # else a first row could be taken for the second line of the header
    starts: dict[int, int] = {}
    line = 4
    for number, cells, removed in entries:
        starts[line] = number
        cut = [cells.get(n, "") for n in columns(table)]
        writer.writerow(["Y" if removed else "N", *cut])
        line += 1 + sum(c.count("\n") for c in cut)
    told = body.getvalue()
    commas = "," * (max(told[:65536].count(c) for c in ";\t") + 1)
    data = f'"{day},{table.zh}{commas}"\n{told}'.encode()
    reading = read(data, file_name(table, day), on=day, table=table.name)
    if not reading.parts:
        return data, reading, {}, [Trouble(0, "", p) for p in reading.problems if p.level == "error"]
    part = reading.parts[0]
    typed = {starts[row["_line"]]: texts(table, row) for row in part.rows.iter_rows(named=True)}
    names = {c.zh: n for n, c in columns(table).items()}
    problems = []
    for p in part.problems(""):
        column = names.get(p.column, table.key[0] if table.key else "")
        problems.append(Trouble(starts[p.line], column, replace(p, line=starts[p.line], other=starts.get(p.other, 0))))
    return data, reading, typed, problems


def file_name(table: Table, day: date) -> str:
    return f"名单-{table.zh}-{day}.csv"


def _within(now: Listing, sight: Sight, row: Row) -> Row:
    """An edit without the cells that the person is not shown. `Forbidden` for a row that is not theirs to edit in this way."""
    shown = {n for n in columns(now.table) if n not in sight.hidden}
    seen = None if row.seen is None else {n: typed_text(c) for n, c in row.seen.items() if n in shown}
    cells = {n: c for n, c in row.now.items() if n in shown}
    blank = row.seen is None and not any(c.strip() for c in cells.values())
    if (row.removed and sight.hidden) or (row.seen is None and not blank and not sight.adds_to(now.table)):
        raise Forbidden("edit_register")
    if sight.only is not None and not blank:
        have = now.find(_key(now.table, seen)) if seen is not None else None
        if not sight.shows({now.table.seller: sight.only} | (have or {}), now.table):
            raise Forbidden("edit_register")
        cells = cells | {now.table.seller: cells.get(now.table.seller, "").strip() or sight.only}
    return replace(row, seen=seen, now=cells)


def planned(shop: Shop, table: Table, rows: Sequence[Row], sight: Sight = EVERYTHING) -> Plan:
    """Edits weighed against the register as it is, read as a file would be; the file holds the rows that can be saved.

    `sight` is what the person is shown: hidden cells of a row stay as they are, and rows stay those of its salesperson.
    """
    now, day = listing(shop, table), platform_today()
    rows = [_within(now, sight, row) for row in rows]
    weighed = [(row, *_weigh(now, row)) for row in rows]
    conflicts = [c for _, _, found in weighed for c in found]
    wanted = {w.line: w for _, w, _ in weighed if w}
    done = {row.line for row, w, found in weighed if w is None and not found}
    _, _, typed, problems = _read(table, [(w.line, w.cells, False) for w in wanted.values() if not w.removed], day)
    if any(not t.line for t in problems):
        return Plan(Outcome(tuple(conflicts), tuple(problems), frozenset(done)))
    strange = {n: c[table.seller] for n, c in typed.items() if not sight.shows(c, table)}
    for n, name in strange.items():
        problems.append(Trouble(n, table.seller, Problem("other_seller", line=n, value=name, limit=sight.only or "")))
        del typed[n]
    reads = {n: {c: t for c, t in cells.items() if t != wanted[n].cells.get(c, "").strip()} for n, cells in typed.items()}
    good = {n: w for n, w in wanted.items() if w.removed or n in typed}
    keys = {n: _key(table, cells) for n, cells in typed.items()}
    same = {n for n, w in good.items() if not w.removed and w.key in (None, keys[n]) and now.find(keys[n]) == typed[n]}
    good = {n: w for n, w in good.items() if n not in same}
    while True:
        left = {w.key for n, w in good.items() if w.removed or keys[n] != w.key}
        taken = {keys[n]: n for n, w in good.items() if not w.removed and keys[n] != w.key}
        again = {n: k for k, n in taken.items() if k not in left and now.find(k) is not None}
        if not again:
            break
        for n, k in again.items():
            named = " + ".join(filter(None, k))
            conflicts.append(Conflict(n, table.key[0] if table.key else "", named, named, *now.origin(k), exists=True))
            del good[n]
    gone = [(n, now.find(w.key) or {}, True) for n, w in good.items() if w.key in left - set(taken) and w.key is not None]
    entries = gone + [(n, typed[n], False) for n, w in good.items() if not w.removed]
    settled = frozenset((done | same) - {c.line for c in conflicts})
    outcome = Outcome(tuple(conflicts), tuple(problems), settled, reads)
    if not entries:
        return Plan(outcome)
    data, reading, came, refused = _read(table, entries, day)
    kept = good.keys() & came.keys() - {t.line for t in refused}
    reading = replace(reading, options=reading.options | {"grid": True})
    outcome = replace(
        outcome, problems=(*problems, *refused), done=settled | kept - {c.line for c in conflicts}, written=len(kept)
    )
    return Plan(outcome, data, reading, now.swaps)
