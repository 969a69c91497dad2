"""One grid for every register: rows of cells as texts, from the list as it is and from what a person has typed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import polars as pl
from django.core.exceptions import BadRequest
from django.http import HttpRequest

from zhanggui.desk.edits import Conflict, Listing, Outcome, Row, Trouble, typed_text
from zhanggui.tables import Table
from zhanggui.tables.columns import Column, Day, Flag, Id, Moment, Text
from zhanggui.web import words
from zhanggui.web.page import query, whole
from zhanggui.web.words import said

ROWS, BLANK = 100, 5
MOST_FIELDS = 900  # Django takes 1,000 fields of a form

#: What is wrong with a cell, shorter than the reader says it of a file.
WRONG = {
    "required_missing": ("必填", "needed"),
    "not_a_number": ("应为数字", "should be a number"),
    "not_a_whole_number": ("应为整数", "should be a whole number"),
    "not_a_day": ("应为日期，如 2026-09-19", "should be a date, like 2026-09-19"),
    "not_a_flag": ("应为 Y 或 N", "should be Y or N"),
    "digits_lost": ("科学计数丢了末几位，请填完整编号", "the last digits are lost; write the id in full"),
}


@dataclass(frozen=True)
class Line:
    """A row of the page. `seen` is None for a new row; `shown` stands in its cells; `notes`: column → what is said of the cell."""

    line: int
    seen: Mapping[str, str] | None
    shown: Mapping[str, str]
    removed: bool = False
    notes: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass
class Grid:
    """The rows of a register that the address asks for: found, sorted, a page of them."""

    request: HttpRequest
    listing: Listing
    found: pl.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        asked, table = self.request.GET, self.table
        self.text = asked.get("q", "").strip()[:200]
        self.sort = asked["sort"] if asked.get("sort") in self.columns else ""
        self.down = asked.get("dir") == "down"
        frame = self.listing.frame
        if self.text:
            cells = [pl.col(n).cast(pl.String).str.to_lowercase() for n in self.columns]
            frame = frame.filter(pl.any_horizontal(c.str.contains(self.text.lower(), literal=True) for c in cells))
        order = [*([self.sort] if self.sort else []), *(k for k in table.key if k != self.sort)]
        if order:
            frame = frame.sort(order, descending=[self.down and n == self.sort for n in order], nulls_last=True)
        self.found = frame
        self.size = min(ROWS, MOST_FIELDS // (len(self.columns) + 1) - BLANK)
        self.pages = max(1, -(-frame.height // self.size))
        self.number = min(max(1, whole(asked.get("page", "")) or 1), self.pages)

    @property
    def table(self) -> Table:
        return self.listing.table

    @property
    def columns(self) -> dict[str, Column]:
        return self.listing.columns

    @property
    def adds(self) -> bool:
        """Whether there are blank rows to fill."""
        return self.listing.sight.adds_to(self.table)

    def link(self, **changes: Any) -> str:
        return query(self.request, **{"page": None, "format": None} | changes)

    def sort_link(self, name: str) -> str:
        return self.link(sort=name, dir="down" if name == self.sort and not self.down else None)

    def mark(self, name: str) -> str:
        """For `aria-sort`."""
        return ("descending" if self.down else "ascending") if name == self.sort else ""

    def lines(self) -> list[Line]:
        """The rows of the page as they are, then blank ones to add."""
        first = (self.number - 1) * self.size
        cells = [self.listing.texts(row) for row in self.found.slice(first, self.size).iter_rows(named=True)]
        made = [Line(n, row, row) for n, row in enumerate(cells, start=first + 1)]
        return made + self.blank(max(self.found.height, first + len(cells)) + 1)

    def blank(self, first: int) -> list[Line]:
        return [Line(n, None, dict.fromkeys(self.columns, "")) for n in range(first, first + BLANK)] if self.adds else []

    def typed(self, rows: list[Row], outcome: Outcome) -> list[Line]:
        """The rows of a page that could not be saved as a whole: what is done as it is now, the rest as typed, with what is said."""
        notes = told(self.table, outcome)
        key = self.table.key
        made = []
        for row in rows:
            if row.line in outcome.done and (row.removed or row.seen is None):
                continue
            seen = row.seen or {}
            mine = {n: c for n, c in row.now.items() if typed_text(c) != typed_text(seen.get(n, ""))}  # a form sends all cells
            have = self.listing.find(tuple(seen.get(k, "") for k in key)) if row.seen else None
            if row.line in outcome.done:
                now = {**seen, **row.now}
                have = have or self.listing.find(tuple(now.get(k, "") for k in key)) or {}
                made.append(Line(row.line, have, have))
            elif row.seen is None or have is None:
                made.append(Line(row.line, None, {**seen, **row.now}, False, notes.get(row.line, {})))
            else:
                made.append(Line(row.line, have, {**have, **mine}, row.removed, notes.get(row.line, {})))
        made.sort(key=lambda line: (line.seen is None, line.line))
        return made + self.blank(max([self.found.height, *(row.line for row in rows)]) + 1)


def told(table: Table, outcome: Outcome) -> dict[int, dict[str, list[str]]]:
    """Line → column → sentences."""
    notes: dict[int, dict[str, list[str]]] = {}
    for one in outcome.said:
        sentence = wrong(table, one) if isinstance(one, Trouble) else contested(one)
        notes.setdefault(one.line, {}).setdefault(one.column, []).append(sentence)
    return notes


def wrong(table: Table, trouble: Trouble) -> str:
    """What is wrong with a cell."""
    problem = trouble.problem
    if problem.code in WRONG:
        return said(*WRONG[problem.code])
    if problem.code in ("same_key", "same_row"):
        return said(f"与第 {problem.other} 行重复", f"the same as row {problem.other}")
    return replace(problem, column=table.label(trouble.column, words.lang()) if trouble.column else "").says(words.lang())


def who(by: str) -> str:
    """The person behind an import."""
    return said("命令行", "the command line") if by == "cli" else by or said("有人", "somebody")


def contested(conflict: Conflict) -> str:
    """Who else has changed the cell, to what, and what saving again will do."""
    person = who(conflict.by)
    at = words.moment(datetime.fromisoformat(conflict.at)) if conflict.at else ""
    if conflict.exists:
        return said(
            f"名单里已有「{conflict.theirs}」，请直接改那一行", f"“{conflict.theirs}” is on the list already; change that row"
        )
    if conflict.theirs is None:
        return said(
            f"{person} 已删除这一行（{at}）；再保存会重新加上", f"{person} removed this row ({at}); saving again puts it back"
        )
    theirs = conflict.theirs or said("空", "empty")
    return said(
        f"{person} 已改为「{theirs}」（{at}）；再保存即用您的", f"{person} made it “{theirs}” ({at}); saving again takes yours"
    )


def kind_of(column: Column) -> str:
    """Which field a cell is edited in: choice, long (several lines), or plain."""
    if isinstance(column, Flag):
        return "choice"
    return "long" if isinstance(column, Text) and not isinstance(column, Id) and not column.options else "plain"


def figures(column: Column) -> bool:
    """Whether the cells stand to the right."""
    return column.kind in ("count", "number", "rate", "money")


def hint(column: Column) -> str:
    return "2026-09-19" if isinstance(column, Day) else "2026-09-19 14:30" if isinstance(column, Moment) else ""


def reading(column: Column, text: str) -> str:
    """A cell's text where it is read and not typed: a day in words."""
    kind = datetime if isinstance(column, Moment) else date if isinstance(column, Day) else None
    try:
        return words.figure(kind.fromisoformat(text), column.kind) if kind else text
    except ValueError:  # empty, or an address that no page made
        return text


def rows_of(request: HttpRequest, table: Table) -> list[Row]:
    """The page as it was sent: `seen` is what it showed, `cells` (from the script) or fields like `12.note` what is there now."""
    try:
        seen = json.loads(request.POST.get("seen") or "[]")
        cells = json.loads(request.POST["cells"]) if request.POST.get("cells") else dict(request.POST.items())
        shown = {int(line): {str(c): str(v) for c, v in held.items()} for line, held in seen}
        now: dict[int, dict[str, str]] = {line: {} for line in shown}
        for name, cell in cells.items():
            if (match := re.fullmatch(r"([0-9]{1,9})\.([a-z][a-z0-9_]*)", name)) and match[2] in table.columns:
                now.setdefault(int(match[1]), {})[match[2]] = str(cell)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise BadRequest("not a page of a register") from None
    return [Row(n, shown.get(n), _without_flag(c), c.get("removed") == "Y") for n, c in now.items()]


def _without_flag(cells: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in cells.items() if name != "removed"}
