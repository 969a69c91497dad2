"""A sheet that was not recognised: where its header is, which table it may be, and under which header each column may stand.

A suggestion only: nothing is read by it until a person has said yes (`HeaderMap`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from zhanggui.intake.cells import Sheet
from zhanggui.intake.clean import TOTALS, YEAR_LAST, Cleaner, Order, convert, order_of, tidy
from zhanggui.intake.likeness import BRACKETS, likeness
from zhanggui.intake.recognise import HEADER_WITHIN, HeaderMap, apart, fingerprint, labels_of, one_line, plain, two_lines
from zhanggui.tables import TABLES, Table
from zhanggui.tables.columns import Column, Count, Day, Flag, Id, Moment, Money, Number, Rate, factor

SAMPLE = 200  # rows that are looked at
TRIED = 2000  # rows that are tried before a mapping is kept
ENOUGH = 0.4  # below it nothing is suggested

VALUE = r"^[-+]?[$¥￥€£]?\s?[\d.,]+\s?%?$|^\d{4}[-/.年]\d{1,2}|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|^\S+@\S+\.\S+$|^https?://"
PATTERNS = {
    "percent": r"^[-+]?[\d.,]+\s?%$",
    "id": r"^[A-Z0-9][A-Z0-9._/#-]{2,}$|^\w*\d[\w./#-]*$",
    "decimal": r"^[-+]?\d+[.,]\d{1,4}$",
    "email": r"^\S+@\S+\.\S+$",
    "url": r"^(https?://|www\.)\S+$",
}
KINDS: tuple[type[Column], ...] = (Flag, Day, Moment, Count, Rate, Money, Number)
CURRENCIES = {
    "CNY": "cny rmb 元 人民币 ¥",
    "USD": "usd 美元 us$ $",
    "EUR": "eur 欧元 €",
    "GBP": "gbp 英镑 £",
    "CAD": "cad 加元",
}


@dataclass(frozen=True)
class Head:
    """The header of a sheet: the row it ends on, what it says, and the first cells below it."""

    row: int
    said: tuple[str, ...]
    cells: pl.DataFrame

    @property
    def labels(self) -> tuple[str, ...]:
        """What each column is called; "" for one without a header. No two are alike."""
        return apart(self.said)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.said)

    @cached_property
    def samples(self) -> dict[int, pl.Series]:
        """The cells of each column that has a header, without those that say "none"."""
        return {
            i: self.cells[f"c{i}"].drop_nulls() if f"c{i}" in self.cells.columns else pl.Series([], dtype=pl.String)
            for i, label in enumerate(self.labels)
            if label
        }

    @cached_property
    def shares(self) -> dict[int, dict[str, float]]:
        """Column → which share of its cells reads as each kind of value, or looks like it. A column without cells is left out."""
        found: dict[int, dict[str, float]] = {}
        for i, cells in self.samples.items():
            if n := cells.len():
                cell = pl.col(cells.name)
                reads = [
                    convert(k(zh="列", en="column"), cell, order="dmy")[0].is_not_null().sum().alias(k.__name__) for k in KINDS
                ]
                looks = [cell.str.contains(p).sum().alias(name) for name, p in PATTERNS.items()]
                counts = cells.to_frame().select(*reads, *looks).row(0, named=True)
                found[i] = {name: count / n for name, count in counts.items()}
        return found


@dataclass(frozen=True)
class Match:
    """A header and the column that it may be. `score` 0 to 1; `why`: label, words, or values.

    `scale` is the factor that the header itself names; `offered` one that only the values speak for. `order` is that of days which
    the cells don't tell; `ask` says that nothing tells it.
    """

    column: str
    score: float
    why: str
    scale: float = 1.0
    offered: float = 1.0
    order: Order = ""
    ask: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A table that a sheet may be: `matches` by header, `constants` that headers speak for, `missing` required columns."""

    table: str
    score: float
    matches: Mapping[str, Match] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def answer(self) -> HeaderMap:
        """The suggestion as it stands."""
        columns = {m.column: label for label, m in self.matches.items()}
        scale = {m.column: m.scale for m in self.matches.values() if m.scale != 1}
        orders = {m.column: m.order for m in self.matches.values() if m.order}
        return HeaderMap(self.table, columns, scale, dict(self.constants), orders)


def _texts(cells: Sequence[str | None]) -> set[str]:
    return {c.strip() for c in cells if c and c.strip() and not re.match(VALUE, c.strip())}


def _values(cells: Sequence[str | None]) -> int:
    return sum(bool(c and re.match(VALUE, c.strip())) for c in cells)


def find_head(sheet: Sheet) -> Head | None:
    """The row of most different texts and fewest values; with the row above or below it where the two are one header."""
    rows = list(sheet.cells.head(HEADER_WITHIN).iter_rows())
    strength = [len(_texts(r)) - 2 * _values(r) for r in rows]
    if not rows or max(strength) < 1:
        return None
    at = next(i for i, s in enumerate(strength) if s >= 0.8 * max(strength))
    said = labels_of(one_line(rows[at]))
    if at + 1 < len(rows) and _second(rows[at], rows[at + 1]):
        at, said = at + 1, labels_of(two_lines(rows[at], rows[at + 1]))
    elif at and _first(rows[at - 1], rows[at]):
        said = labels_of(two_lines(rows[at - 1], rows[at]))
    below = sheet.cells[at + 1 : at + 1 + SAMPLE].with_columns(tidy(pl.all()))
    below = below.filter(pl.any_horizontal(pl.all().is_not_null()))
    if below.width:
        below = below.filter(~pl.coalesce(pl.all()).str.to_lowercase().str.strip_chars(":：").is_in(TOTALS).fill_null(False))
    return Head(at, said, below)


def _second(above: Sequence[str | None], below: Sequence[str | None]) -> bool:
    """Whether `below` is a header's second line: only texts, and some where the line above is merged."""
    under = [i for i, c in enumerate(below) if c and c.strip()]
    return len(under) > 1 and not _values(below) and any(not (above[i] or "").strip() for i in under)


def _first(above: Sequence[str | None], below: Sequence[str | None]) -> bool:
    """Whether `above` groups the headers of `below`: several texts, where the line below leaves blanks or says the same twice."""
    told = [c.strip() if c else "" for c in below]
    last = max((i for i, c in enumerate(told) if c), default=-1)
    open_ = len(set(told[: last + 1])) <= last or "" in told[: last + 1]
    return open_ and len(_texts(above)) > 1 and not _values(above) and not any(re.search(r"[:：]", t) for t in _texts(above))


def fit(name: str, column: Column, shares: Mapping[str, float] | None, cells: pl.Series) -> float:
    """0 to 1: how well the cells suit the column. 0.5 where there are none."""
    if not shares:
        return 0.5
    number, day = shares["Number"], shares["Day"]
    if isinstance(column, Day | Moment):
        return day
    if isinstance(column, Flag):
        return shares["Flag"]
    if isinstance(column, Count):
        return shares["Count"]
    if isinstance(column, Rate):
        return shares["Rate"]
    if isinstance(column, Money | Number):
        return number
    if isinstance(column, Id):
        return max(0.3, shares["id"]) if shares["decimal"] < 0.5 and day < 0.5 else 0.1
    if column.options:
        return float(cells.is_in(column.options).mean() or 0)  # type: ignore[arg-type]
    if "email" in name:
        return shares["email"]
    return 1 - 0.8 * max(number, day, shares["email"] if "email" not in name else 0, shares["url"] * 0.5)


def _score(name: str, column: Column, label: str, shares: Mapping[str, float] | None, cells: pl.Series) -> tuple[float, str]:
    alike = max(likeness(label, known) for known in column.headers)
    if alike >= ENOUGH:
        return alike * (0.3 + 0.7 * fit(name, column, shares, cells)), "label" if alike == 1 else "words"
    telling = bool(shares) and ("email" in name or bool(column.options))
    return (0.6, "values") if telling and fit(name, column, shares, cells) > 0.8 else (0.0, "")


def suggest(head: Head, table: Table, title: str = "") -> Suggestion:
    """Each header's best column, one to one over the whole sheet, and what the table still lacks."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    labels = [(i, label) for i, label in enumerate(head.labels) if label]
    columns = [(n, c) for n, c in table.columns.items() if n != "removed"]
    scored = [[_score(n, c, label, head.shares.get(i), head.samples[i]) for n, c in columns] for i, label in labels]
    matches: dict[str, Match] = {}
    if scored and columns:
        # A required column goes first among equals.
        grid = np.array(
            [[s + 0.02 * (c.required and s > 0) for (s, _), (_, c) in zip(row, columns, strict=True)] for row in scored]
        )
        for a, b in zip(*linear_sum_assignment(grid, maximize=True), strict=True):
            score, why = scored[a][b]
            if score >= ENOUGH:
                (i, label), (name, column) = labels[a], columns[b]
                matches[label] = _match(head, i, label, name, column, score, why)
    found = {m.column: m for m in matches.values()}
    constants = {n: c for n in ("currency",) if n in table.columns and n not in found and (c := _currency(head))}
    missing = tuple(n for n in table.required if n not in found and n not in constants)
    covered = sum(m.score for m in matches.values()) / max(1, len(labels))
    wanted = table.recognised_by or tuple(n for n in table.key if n in table.columns) or tuple(found)
    has = [found[n].score if n in found else 0.5 * (n in constants) for n in wanted]
    called = max((likeness(title, t) for t in (table.zh, table.en)), default=0.0) if title else 0.0
    score = 0.55 * covered + 0.35 * (sum(has) / len(has) if has else 0.0) + 0.1 * called
    return Suggestion(table.name, score, matches, constants, missing)


def _match(head: Head, i: int, label: str, name: str, column: Column, score: float, why: str) -> Match:
    cells, scale, offered = head.samples[i], named_factor(column, label), 1.0
    if isinstance(column, Rate) and scale == 1 and cells.len() and head.shares[i]["percent"] == 0:
        numbers = cells.to_frame("x").select(convert(column, pl.col("x"))[0])["x"].drop_nulls()
        offered = 0.01 if numbers.len() and float(numbers.max()) > 1 else 1.0  # type: ignore[arg-type]
    order, ask = _order(head, i) if isinstance(column, Day | Moment) else ("", False)
    return Match(name, round(score, 3), why, scale, offered, order, ask)


def named_factor(column: Column, label: str) -> float:
    """The factor that a header's own words ask for, `消耗(分)`; 1 where they ask for none."""
    scaled = {plain(h): f for h, f in column.scaled.items()}
    if plain(label) in scaled:
        return scaled[plain(label)]
    units = [u for pair in BRACKETS.findall(plain(label)) for u in pair if u]
    return next((f for u in units if (f := factor(column, u))), 1.0)


def _order(head: Head, i: int) -> tuple[Order, bool]:
    """Day or month first, told by the sheet's other days where the column does not tell; True where nothing tells."""
    cells = head.samples[i]
    open_ = cells.str.contains(YEAR_LAST).any() and not order_of(cells)
    if not open_:
        return "", False
    others = {order_of(cells) for j, cells in head.samples.items() if j != i} - {""}
    return (others.pop(), False) if len(others) == 1 else ("", True)


def _currency(head: Head) -> str:
    """The one currency that the headers' brackets name."""
    inside = {u for label in head.labels for pair in BRACKETS.findall(plain(label)) for u in pair}
    named = {code for code, words in CURRENCIES.items() if inside & set(words.split(" "))}
    return named.pop() if len(named) == 1 else ""


def rank(head: Head, tables: Mapping[str, Table] = TABLES, title: str = "") -> list[Suggestion]:
    """Every table that the sheet may be, likeliest first."""
    found = [suggest(head, table, title) for table in tables.values()]
    return sorted((s for s in found if s.matches), key=lambda s: (-s.score, s.table))


def title_of(sheet: Sheet, head: Head, file: str) -> str:
    """What the sheet calls itself: the first text above its header, else its own name, else the file's."""
    above = (c.strip() for cells in sheet.cells.head(head.row).iter_rows() for c in cells if c and c.strip())
    return re.sub(r"[\d\W_]*\d{4}.*", "", next(above, "") or sheet.name or file.rsplit(".", 1)[0])


@dataclass(frozen=True)
class Trial:
    """What an answer would read of the first rows: how many of them, and the rejected cells (line, column, value, code)."""

    rows: int
    of: int
    rejected: pl.DataFrame


def try_out(sheet: Sheet, head: Head, answer: HeaderMap, tables: Mapping[str, Table] = TABLES) -> Trial:
    """Read the first rows as the answer says. Rows that repeat a key are only told apart when the whole file is read."""
    place = {label: i for i, label in enumerate(head.labels) if label}
    found = sorted((place[h], n) for n, h in answer.columns.items())
    cleaner = Cleaner(
        tables[answer.table],
        {n: f"c{i}" for i, n in found},
        len(head.said),
        answer.scale,
        answer.constants,
        dict(answer.orders),
    )
    below = slice(head.row + 1, head.row + 1 + TRIED)
    cleaner.take(sheet.cells[below], sheet.lines[below])
    rows, rejected = cleaner.finish()
    bad = rejected.filter(pl.col("code") != "totals_row")
    return Trial(rows.height, rows.height + bad["line"].n_unique(), bad)
