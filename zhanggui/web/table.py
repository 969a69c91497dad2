"""One table for every list: search, chips, sort, pages, totals that respect additivity, Excel of what is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest

from zhanggui.documents.excel import Sheet
from zhanggui.web import words
from zhanggui.web.page import query, whole
from zhanggui.web.words import said

SIZES = (50, 100)
WINDOWS = (7, 28, 90)
THIN = 30  # a rate of fewer cases than this is shown greyed


@dataclass(frozen=True)
class Column:
    """One column. `total`: sum, rate (made anew from `of`), people (never summed), or none. `figure`: it opens to its origins."""

    name: str
    label: str
    kind: str
    total: str = "none"
    of: tuple[str, str] | None = None
    unit: str = ""
    missing: str = ""
    figure: bool = True

    @property
    def numeric(self) -> bool:
        return self.kind in ("count", "number", "rate", "money")


@dataclass(frozen=True)
class Chip:
    """A filter that is on or off."""

    name: str
    label: str
    test: pl.Expr
    on: bool = False
    href: str = ""


@dataclass(frozen=True)
class Cell:
    """A value as it is read, where it comes from, and what is to be known about it."""

    text: str
    value: Any
    href: str = ""
    hint: str = ""
    thin: bool = False


@dataclass(frozen=True)
class Row:
    name: str
    note: str
    cells: list[Cell]


@dataclass
class Table:
    """A list over a frame. `name`: the column that names a row, `note` what stands under it; `key` tells rows apart.

    `address(row, column)` gives a figure's address; row None asks for the total's.
    """

    request: HttpRequest
    frame: pl.DataFrame
    columns: Sequence[Column]
    name: Column
    key: Sequence[str]
    search: Sequence[str]
    chips: Sequence[Chip]
    first_sort: str
    address: Callable[[dict[str, Any] | None, str], str]
    figure_url: str
    note: Callable[[dict[str, Any]], str] = lambda row: ""
    seen: pl.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        asked = self.request.GET
        self.text = asked.get("q", "").strip()[:200]
        known = {c.name for c in (*self.columns, self.name)}
        self.sort = asked["sort"] if asked.get("sort") in known else self.first_sort
        numeric = any(c.name == self.sort and c.numeric for c in self.columns)
        self.up = asked["dir"] == "up" if asked.get("dir") in ("up", "down") else not numeric
        self.size = int(asked["size"]) if asked.get("size", "") in map(str, SIZES) else SIZES[0]
        on = [c for c in asked.getlist("f") if c in {chip.name for chip in self.chips}]
        self.filters = [self._chip(chip, on) for chip in self.chips]
        frame = self.frame
        if self.text:
            hits = [pl.col(c).str.to_lowercase().str.contains(self.text.lower(), literal=True) for c in self.search]
            frame = frame.filter(pl.any_horizontal(hits))
        for chip in self.filters:
            if chip.on:
                frame = frame.filter(chip.test)
        order = [self.sort, *(k for k in self.key if k != self.sort)]
        self.seen = frame.sort(order, descending=[not self.up, *(False for _ in order[1:])], nulls_last=True)
        number = asked.get("page", "")
        self.pages = max(1, -(-self.seen.height // self.size))
        self.number = min(max(1, whole(number) or 1), self.pages)

    def _chip(self, chip: Chip, on: list[str]) -> Chip:
        rest = [c for c in on if c != chip.name] if chip.name in on else [*on, chip.name]
        return Chip(chip.name, chip.label, chip.test, chip.name in on, self.link(f=rest or None))

    def link(self, **changes: Any) -> str:
        """The same list otherwise; the page starts at 1 again unless it is named."""
        return query(self.request, **{"page": None, "format": None} | changes)

    def sort_link(self, column: Column) -> str:
        up = not self.up if column.name == self.sort else not column.numeric
        return self.link(sort=column.name, dir="up" if up else "down")

    def mark(self, column: Column) -> str:
        """For `aria-sort`."""
        return ("ascending" if self.up else "descending") if column.name == self.sort else ""

    @property
    def narrowed(self) -> bool:
        return bool(self.text) or any(chip.on for chip in self.filters)

    @property
    def rows(self) -> list[Row]:
        page = self.seen.slice((self.number - 1) * self.size, self.size)
        return [
            Row(str(row[self.name.name] or "—"), self.note(row), [self._cell(c, row) for c in self.columns])
            for row in page.iter_rows(named=True)
        ]

    def _cell(self, column: Column, row: dict[str, Any]) -> Cell:
        value = row[column.name]
        if value is None:
            return Cell("—", None, hint=column.missing or said("这一期没有这个数", "not in the report"))
        whole = row.get(column.of[1]) if column.of else None
        thin = column.kind == "rate" and whole is not None and whole < THIN
        hint = said(f"样本少：只有 {whole} 次", f"small sample: {whole} only") if thin else ""
        href = self._href(row, column.name) if column.figure else ""
        return Cell(words.figure(value, column.kind, ""), value, href, hint, thin)

    def _href(self, row: dict[str, Any] | None, column: str) -> str:
        return f"{self.figure_url}?{urlencode({'address': self.address(row, column)})}"

    @property
    def totals(self) -> list[Cell]:
        """Over all rows that are seen, on whatever page. What may not be added up says why it is empty."""
        return [self._total(c) for c in self.columns]

    def _total(self, column: Column) -> Cell:
        if column.total == "sum" and self.seen.height:
            values = self.seen[column.name]
            if values.null_count():
                return Cell(
                    "—", None, hint=said("有的行没有这个数，合计不完整", "some rows have no value, so there is no total")
                )
            href = "" if self.narrowed else self._href(None, column.name)
            return Cell(words.figure(values.sum(), column.kind), values.sum(), href)
        if column.total == "rate" and column.of:
            part, whole = (self.seen[c].sum() if not self.seen[c].null_count() else None for c in column.of)
            value = float(part) / float(whole) if part is not None and whole else None
            hint = said("由合计重新计算，不是平均", "made anew from the totals, not an average")
            return Cell(words.figure(value, column.kind), value, hint=hint)
        if column.total == "people":
            hint = said("人数不能相加：同一位买家会看多个产品", "people are not added up: one buyer may see several products")
            return Cell("—", None, hint=hint)
        return Cell("", None)

    def sheet(self) -> Sheet:
        """All the rows that are seen, in their order, with their numbers as numbers."""
        columns = [self.name, *self.columns]
        extra = [k for k in self.key if k not in {c.name for c in columns}]
        headers = [*[c.label for c in columns], *extra]
        kinds = [
            *[c.kind if c.kind in ("count", "number", "rate", "money", "day", "flag") else "text" for c in columns],
            *("text" for _ in extra),
        ]
        names = [*[c.name for c in columns], *extra]
        rows = [[row[n] for n in names] for row in self.seen.select(names).iter_rows(named=True)]
        return Sheet(headers, rows, kinds)
