"""One table for every list: search, chips, filters, sort, columns, pages, totals that respect additivity, Excel of what is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import polars as pl
from django.http import QueryDict

from zhanggui.documents.excel import FORMATS, Sheet
from zhanggui.web import filters, words
from zhanggui.web.columns import Cell, Chip, Choice, Column, Row, choose, moved
from zhanggui.web.page import changed, said_in, whole
from zhanggui.web.words import said

SIZES = (50, 100)
WINDOWS = (7, 28, 90, 365)
THIN = 30  # a rate of fewer cases than this is shown greyed

#: What an address may say of a list, beside the filters of its columns; anything else is no part of a view.
SAID = ("q", "f", "sort", "dir", "size", "days", "cols")


@dataclass
class Table:
    """A list over a frame. `name`: the column that names a row, `note` what stands under it; `key` tells rows apart.

    `offered`: every column that the reader may be shown, `usual` those shown unless others are asked for. `only`: the keys to
    which the rows are narrowed. `into`: the currency that money is wanted in. `apart`: columns whose values may not be added up together. `address(row, column)` gives a
    figure's address; row None asks for the total's.
    """

    asked: QueryDict
    frame: pl.DataFrame
    offered: Sequence[Column]
    usual: tuple[str, ...]
    name: Column
    key: Sequence[str]
    search: Sequence[str]
    chips: Sequence[Chip]
    first_sort: str
    address: Callable[[dict[str, Any] | None, str], str]
    figure_url: str
    row_url: str = ""
    into: str = ""
    note: str = ""
    apart: Sequence[str] = ()
    only: Sequence[dict[str, str | None]] | None = None
    columns: list[Column] = field(init=False)
    seen: pl.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        asked = self.asked
        self.all = {c.name: c for c in (self.name, *self.offered)}
        self.columns = choose([c for c in self.offered if c.name != self.name.name], self.usual, asked.get("cols"))
        self.text = said_in(asked, "q").strip()[:200]
        usual_sort = self.first_sort if self.first_sort in self.all else self.columns[0].name
        sort, way, size = said_in(asked, "sort"), said_in(asked, "dir"), whole(said_in(asked, "size"))
        self.sort = sort if sort in self.all else usual_sort
        self.up = way == "up" if way in ("up", "down") else not self.all[self.sort].falls
        self.size = size if size in SIZES else SIZES[0]
        offered = [chip for chip in self.chips if chip.needs <= set(self.all)]
        on = [c for c in asked.getlist("f") if c in {chip.name for chip in offered}]
        self.switches = [self._chip(chip, on) for chip in offered]
        self.filters, self.troubles = filters.read(asked, list(self.all.values()))
        self.seen = self._narrowed()
        self.pages = max(1, -(-self.seen.height // self.size))
        self.number = min(max(1, whole(said_in(asked, "page")) or 1), self.pages)

    def _narrowed(self) -> pl.DataFrame:
        frame = self.frame
        if self.only is not None:
            frame = self.these(self.only, frame)
        if self.text:
            hits = [pl.col(c).str.to_lowercase().str.contains(self.text.lower(), literal=True) for c in self.search]
            frame = frame.filter(pl.any_horizontal(hits))
        tests = [*[chip.test for chip in self.switches if chip.on], *[one.test for one in self.filters]]
        frame = frame.filter(*tests) if tests else frame
        order = [self.sort, *(k for k in self.key if k != self.sort)]
        return frame.sort(order, descending=[not self.up, *(False for _ in order[1:])], nulls_last=True)

    def _chip(self, chip: Chip, on: list[str]) -> Chip:
        rest = [c for c in on if c != chip.name] if chip.name in on else [*on, chip.name]
        return replace(chip, on=chip.name in on, href=self.link(f=rest or None))

    # ---- addresses

    def link(self, **changes: Any) -> str:
        """The same list otherwise; the page starts at 1 again unless it is named."""
        return changed(self.asked, **{"page": None, "format": None} | changes)

    @property
    def cleared(self) -> str:
        """The list without search, chips and filters."""
        gone = [n for n in self.asked if n.partition(".")[0] in filters.ASKS]
        return self.link(q=None, f=None, task=None, **dict.fromkeys(gone))

    @property
    def spoken(self) -> str:
        """What a view keeps of the address: neither its page nor what it was opened by."""
        kept = [n for n in self.asked if n in SAID or n.partition(".")[0] in filters.ASKS]
        return urlencode([(n, self.asked.getlist(n)) for n in sorted(kept)], doseq=True)

    def sort_link(self, column: Column) -> str:
        up = not self.up if column.name == self.sort else not column.falls
        return self.link(sort=column.name, dir="up" if up else "down")

    def mark(self, column: Column) -> str:
        """For `aria-sort`."""
        return ("ascending" if self.up else "descending") if column.name == self.sort else ""

    def choices(self) -> list[Choice]:
        """Every column of the form: those shown first, in their order, each with what moving it would make of the columns."""
        shown = [c.name for c in self.columns]
        order = [Choice(c, True, *(",".join(moved(shown, c.name, s)) for s in (-1, 1))) for c in self.columns]
        rest = [c for c in self.offered if c.name not in shown and c.name != self.name.name]
        return [*order, *(Choice(c, False) for c in rest)]

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.filters or self.only is not None) or any(chip.on for chip in self.switches)

    # ---- rows

    def tokens(self, rows: pl.DataFrame) -> list[dict[str, str | None]]:
        """The key of each row as text; an empty part is None."""
        return list(rows.select(pl.col(k).cast(pl.String) for k in self.key).iter_rows(named=True))

    def these(self, keys: Sequence[dict[str, str | None]], frame: pl.DataFrame | None = None) -> pl.DataFrame:
        """The rows of these keys, in their order; of those that are seen, unless another frame is given."""
        rows = self.seen if frame is None else frame
        wanted = pl.DataFrame([{k: key.get(k) for k in self.key} for key in keys], schema=dict.fromkeys(self.key, pl.String))
        texts = [pl.col(k).cast(pl.String) for k in self.key]
        return rows.join(wanted, left_on=texts, right_on=list(self.key), how="semi", nulls_equal=True, maintain_order="left")

    def parse(self, token: str) -> dict[str, str | None]:
        """A row's key from its token."""
        told = dict(parse_qsl(token))
        return {k: told.get(k) for k in self.key}

    @property
    def rows(self) -> list[Row]:
        page = self.seen.slice((self.number - 1) * self.size, self.size)
        made = []
        for row, key in zip(page.iter_rows(named=True), self.tokens(page), strict=True):
            token = urlencode({k: v for k, v in key.items() if v is not None})
            href = f"{self.row_url}?{token}&days={self.asked.get('days', '')}" if self.row_url else ""
            cells = [self._cell(c, row) for c in self.columns]
            made.append(Row(words.figure(row[self.name.name], self.name.kind), self._note(row), cells, token, href))
        return made

    def _note(self, row: dict[str, Any]) -> str:
        value = row[self.note] if self.note else None
        if self.note != "occurrence":
            return words.figure(value, "text") if value is not None else ""
        return said(f"第 {value} 次出现", f"occurrence {value}") if value and value > 1 else ""

    def _cell(self, column: Column, row: dict[str, Any]) -> Cell:
        value = row[column.name]
        if value is None:
            return Cell("—", None, hint=column.missing or said("这一期没有这个数", "not in the report"))
        base = row.get(column.of[1]) if column.of else None
        thin = column.kind == "rate" and base is not None and base < THIN
        hint = said(f"样本少：只有 {base} 次", f"small sample: {base} only") if thin else ""
        unit = ""
        if column.kind == "money":
            unit = "" if self.currency(column) else row[f"{column.name}:in"] or ""
            hint = self._rate(row[f"{column.name}:in"], row[f"{column.name}:on"])
        href = self._href(row, column.name) if column.figure else ""
        return Cell(words.figure(value, column.kind, unit), value, href, hint, thin)

    def _rate(self, code: str | None, day: Any) -> str:
        """How an amount came into its currency."""
        if day is not None:
            return said(f"按 {words.day(day)} 的汇率折算", f"by the exchange rate of {words.day(day)}")
        if self.into and code != self.into:
            return said("原币：没有那一天可用的汇率", "as reported: no exchange rate for that day")
        return ""

    def _href(self, row: dict[str, Any] | None, column: str) -> str:
        address = self.address(row, column)
        return f"{self.figure_url}?{urlencode({'address': address})}" if address else ""

    def currency(self, column: Column) -> str:
        """The one currency of the column's amounts that are seen; "" where there are several, or one is not known."""
        told = self.seen.filter(pl.col(column.name).is_not_null())[f"{column.name}:in"].unique()
        return str(told[0]) if told.len() == 1 and told[0] else ""

    def label(self, column: Column) -> str:
        """The column's heading: money says its currency there if it has but one."""
        one = self.currency(column) if column.kind == "money" else ""
        return f"{column.label} {one}" if one else column.label

    @property
    def unconverted(self) -> bool:
        """Whether money is wanted in a currency for which some amount that is seen has no rate."""
        money = [c.name for c in self.columns if c.kind == "money"] if self.into else []
        return any(self.seen.filter(pl.col(c).is_not_null(), pl.col(f"{c}:in").ne_missing(self.into)).height for c in money)

    # ---- totals and Excel

    @property
    def totals(self) -> list[Cell]:
        """Over all rows that are seen, on whatever page. What may not be added up says why it is empty."""
        mixed = next((c for c in self.apart if self.seen[c].n_unique() > 1), "")
        return [self._total(c, self.all[mixed].label if mixed else "") for c in self.columns]

    def _total(self, column: Column, mixed: str) -> Cell:
        if column.total == "people":
            hint = said("人数不能相加：同一位买家会看多个产品", "people are not added up: one buyer may see several products")
            return Cell("—", None, hint=hint)
        if column.total == "none" or not self.seen.height:
            return Cell("", None)
        if mixed:
            hint = said(
                f"有几种{mixed}，不能相加；先筛选到一种", f"several kinds ({mixed}) are not added up; filter to one first"
            )
            return Cell("—", None, hint=hint)
        money = column.kind == "money"
        if money and not self.currency(column) and self.seen[column.name].drop_nulls().len():
            return Cell("—", None, hint=said("币种不同，不能相加", "several currencies are not added up"))
        if column.total == "rate" and column.of:
            part, base = (self.seen[c].sum() if not self.seen[c].null_count() else None for c in column.of)
            value = float(part) / float(base) if part is not None and base else None
            hint = said("由合计重新计算，不是平均", "made anew from the totals, not an average")
            return Cell(words.figure(value, column.kind), value, hint=hint)
        values = self.seen[column.name]
        if values.null_count():
            return Cell("—", None, hint=said("有的行没有这个数，合计不完整", "some rows have no value, so there is no total"))
        plain = not self.narrowed and not (money and self.seen[f"{column.name}:on"].drop_nulls().len())
        href = self._href(None, column.name) if plain and column.figure else ""
        return Cell(words.figure(values.sum(), column.kind), values.sum(), href)

    def sheet(self, rows: pl.DataFrame | None = None) -> Sheet:
        """All the rows that are seen (or these), in their order, in the columns that are seen, with numbers as numbers.

        Amounts of several currencies get a column that names the currency of each.
        """
        columns = [self.name, *self.columns]
        noted = [self.note] if self.note and self.note not in {c.name for c in columns} else []
        told: list[tuple[str, str, str]] = []  # header, kind, column of the frame
        for column in columns:
            told.append(
                (self.label(column), column.kind if column.kind in FORMATS or column.kind == "flag" else "text", column.name)
            )
            if column.kind == "money" and not self.currency(column):
                told.append((said(f"{column.label} 币种", f"{column.label}, currency"), "text", f"{column.name}:in"))
        told += [(self.all[n].label if n in self.all else n, "text", n) for n in noted]
        frame = self.seen if rows is None else rows
        lines = [list(row) for row in frame.select(pl.col(n).alias(str(i)) for i, (_, _, n) in enumerate(told)).iter_rows()]
        return Sheet([h for h, _, _ in told], lines, [k for _, k, _ in told])
