"""Which report is this, where is its header, which period does it cover? Told from the content, not from the file's name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from zhanggui.intake.cells import Sheet
from zhanggui.intake.clean import Order
from zhanggui.tables import Problem, Table
from zhanggui.tables.columns import factor

HEADER_WITHIN = 40  # lines; the platform's own files have it on line 6
BELOW = 3  # a two-line header or a repeated one
DAY = r"(?<!\d)(20\d{2})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?!\d)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
PERIOD = re.compile(rf"{DAY}\s*(?:~|～|—|–|至|到|_|-|to)\s*{DAY}")
SHORT_PERIOD = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})[-_~](\d{2})(\d{2})(\d{2})(?!\d)")
ONE_DAY = re.compile(DAY)

Period = tuple[date, date]


@dataclass(frozen=True)
class HeaderMap:
    """A person's answer for one header set: which table it is, and under which header each of its columns stands.

    `scale`: factor of columns that come in another unit. `constants`: what every row says in a column that the file lacks.
    `orders`: whether a column of days writes day or month first, `dmy` or `mdy`, where its own cells may not tell.
    """

    table: str
    columns: Mapping[str, str]
    scale: Mapping[str, float] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=dict)


@dataclass(frozen=True)
class Recognition:
    """`columns` maps the table's column names to the sheet's columns (`c0` …); `header` is the row index of the header, `headers`
    what it says up to its last filled cell.

    `scale` is the factor of columns whose header names another unit; `constants` what a person said of columns that are not there.
    `mapped` is the fingerprint of the header where a `HeaderMap` was used.
    """

    table: Table
    header: int
    columns: Mapping[str, str]
    headers: tuple[str, ...]
    scale: Mapping[str, float] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, Order] = field(default_factory=dict)
    mapped: str = ""

    @property
    def unknown(self) -> tuple[str, ...]:
        used = set(self.columns.values())
        return tuple(h for i, h in enumerate(self.headers) if h and f"c{i}" not in used)


Labels = Mapping[str, tuple[tuple[str, float], ...]]


@lru_cache(1)
def _simplified() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@lru_cache(65536)
def plain(text: str | None) -> str:
    """A label without what exports vary in: width, case, white space, kind of brackets, traditional characters."""
    text = unicodedata.normalize("NFKC", text or "").lower()
    text = re.sub(r"[\s\u200b\ufeff]+", "", text)
    return text if text.isascii() else simplified(text)


def simplified(text: str) -> str:
    """Text with its traditional characters simplified."""
    return _simplified()(text)


def fingerprint(headers: Sequence[str | None]) -> str:
    """What a header set is known by: its labels in any order."""
    labels = sorted(filter(None, (plain(h) for h in headers)))
    return hashlib.sha256("\n".join(labels).encode()).hexdigest()[:32]


def _forms(label: str) -> tuple[str, ...]:
    """A header and, for `中文(English)`, either half of it."""
    whole = plain(label)
    head, opened, tail = whole.removesuffix(")").rpartition("(")  # no pattern: a cell may be very long
    if opened and whole.endswith(")") and tail and tail.isascii() and not head.isascii():
        return (whole, head, tail)
    return (whole,) if whole else ()


@lru_cache(1024)
def labels(table: Table) -> Labels:
    """Plain label → the columns known under it, with the factor to their unit. The two ends of a range share a label."""
    known: dict[str, tuple[tuple[str, float], ...]] = {}
    for name, column in table.columns.items():
        scaled = {plain(h): f for h, f in column.scaled.items()}
        for header in dict.fromkeys(plain(h) for h in column.headers):
            others = known.get(header, ())
            if not others or (column.end and all(table.columns[o].end for o, _ in others)):
                known[header] = (*others, (name, scaled.get(header, 1.0)))
    return known


@lru_cache(16)
def _carriers(tables: tuple[Table, ...]) -> Mapping[str, frozenset[Table]]:
    """Plain label → the tables that know it."""
    found: dict[str, set[Table]] = {}
    for table in tables:
        for label in labels(table):
            found.setdefault(label, set()).add(table)
    return {label: frozenset(known) for label, known in found.items()}


def _candidates(header: Header, tables: tuple[Table, ...]) -> list[Table]:
    """The tables that know at least one of a header's labels, in their own order."""
    carriers = _carriers(tables)
    found: set[Table] = set()
    for _, forms in header:
        for form in forms:
            found |= carriers.get(form, frozenset()) | carriers.get(re.sub(r"\([^()]+\)$", "", form), frozenset())
    return [t for t in tables if t in found]


def _known(table: Table, known: Labels, form: str) -> tuple[tuple[str, float], ...]:
    """The columns of a header's form; a unit in its brackets is understood (`花费(分)`)."""
    if form in known:
        return known[form]
    if match := re.fullmatch(r"(.+)\(([^()]+)\)", form):
        found = tuple((n, f * (factor(table.columns[n], match[2]) or 0)) for n, f in known.get(match[1], ()))
        if found and all(f for _, f in found):
            return found
    return ()


def match_header(table: Table, cells: Sequence[tuple[str, ...]], known: Labels) -> tuple[dict[str, str], dict[str, float]]:
    """Column name → sheet column, and the factors that are not 1, for one row's cells (all forms of each) taken as a header."""
    columns: dict[str, str] = {}
    scale: dict[str, float] = {}
    for i, forms in enumerate(cells):
        for form in forms:
            if names := _known(table, known, form):
                for name, times in names:
                    if name not in columns:
                        columns[name] = f"c{i}"
                        if times != 1:
                            scale[name] = times
                break
    return columns, scale


Header = list[tuple[str, tuple[str, ...]]]  # what each cell says, and the forms under which it is looked for


def one_line(cells: Sequence[str | None]) -> Header:
    return [((c or "").strip(), _forms(c) if c else ()) for c in cells]


def two_lines(above: Sequence[str | None], below: Sequence[str | None]) -> Header:
    """A header of two lines: `搜索` merged over `曝光次数` and `点击次数`. A cell is known by both, the lower, or the upper."""
    upper = ""
    header: Header = []
    for head, cell in zip(above, below, strict=True):
        upper, tail = (head or "").strip() or upper, (cell or "").strip()
        forms = (*_forms(upper + tail), *_forms(tail), *_forms(upper)) if upper and tail else _forms(tail or upper)
        header.append((upper + tail if (head or "").strip() or tail else "", forms))
    return header


def labels_of(header: Header) -> tuple[str, ...]:
    """The labels up to the last that is not empty."""
    labels = [label for label, _ in header]
    while labels and not labels[-1]:
        labels.pop()
    return tuple(labels)


def apart(said: Sequence[str]) -> tuple[str, ...]:
    """Labels of which no two are alike: the second 金额 is called `金额 2`."""
    times: Counter[str] = Counter()
    told = []
    for label in said:
        times[plain(label)] += 1
        told.append(f"{label} {times[plain(label)]}" if label and times[plain(label)] > 1 else label)
    return tuple(told)


def recognise(
    sheet: Sheet,
    tables: Mapping[str, Table],
    file: str,
    only: str | None = None,
    maps: Mapping[str, HeaderMap] | None = None,
) -> tuple[Recognition | None, list[Problem]]:
    """The table whose labels a row near the top carries best; a problem that names the nearest one if none fits.

    A header set that a person has mapped before (`maps`, by fingerprint) is what that person said.
    """
    rows = list(sheet.cells.head(HEADER_WITHIN).iter_rows())
    if maps and (found := _mapped(rows, tables, maps)):
        return found, []
    asked = (tables[only],) if only else tuple(tables.values())
    best: list[tuple[tuple[float, float], Recognition]] = []
    nearest: tuple[int, Table, list[str]] | None = None
    for index, cells in enumerate(rows):
        filled = [c for c in cells if c and c.strip()]
        if not filled:
            continue
        if best and index > best[-1][1].header + BELOW:
            break  # below a header stand its rows
        ways = [(one_line(cells), False)]
        if index and sum(bool(c and c.strip()) for c in rows[index - 1]) > 1:
            ways.append((two_lines(rows[index - 1], cells), True))
        for way, joined in ways:
            for table in _candidates(way, asked):
                known = labels(table)
                if joined and not any(len(forms) > 1 and _known(table, known, forms[0]) for _, forms in way):
                    continue  # a row of figures below a header is no second line of it
                columns, scale = match_header(table, [forms for _, forms in way], known)
                lacking = [n for n in (table.required if only else table.recognised_by) if n not in columns]
                if columns and (nearest is None or len(columns) > nearest[0]):
                    nearest = (len(columns), table, lacking)
                above = max((score[0] for score, found in best if found.header == index - 1), default=0)
                if lacking or len(columns) < min(2, len(table.columns)) or (joined and len(columns) <= above):
                    continue  # a line that is a header by itself has no second one that adds nothing
                score = (float(len(columns)), len(columns) / len(filled))
                best.append((score, Recognition(table, index, columns, labels_of(way), scale)))
    if best:
        top = max(score for score, _ in best)
        winners = [r for score, r in best if score == top]
        if len({w.table.name for w in winners}) > 1:
            names = ", ".join(sorted(w.table.name for w in winners))
            return None, [Problem("ambiguous", file=file, sheet=sheet.place, value=names)]
        return winners[0], []
    if nearest is None:
        return None, [Problem("nothing_known", file=file, sheet=sheet.place)]
    _, table, lacking = nearest
    value = ", ".join(table.columns[n].zh for n in lacking) or "—"
    return None, [Problem("not_recognised", file=file, sheet=sheet.place, nearest=f"{table.zh} {table.en}", value=value)]


def _mapped(
    rows: Sequence[Sequence[str | None]], tables: Mapping[str, Table], maps: Mapping[str, HeaderMap]
) -> Recognition | None:
    """The header that a person has mapped, if one of the first rows, or one with the row above it, is it."""
    for index, cells in enumerate(rows):
        ways = [one_line(cells)] + ([two_lines(rows[index - 1], cells)] if index else [])
        for said in map(labels_of, ways):
            known = fingerprint(said)
            answer = maps.get(known)
            if answer is None or answer.table not in tables:
                continue
            table = tables[answer.table]
            place = {plain(label): i for i, label in enumerate(apart(said)) if label}
            found = {n: place[plain(h)] for n, h in answer.columns.items() if n in table.columns and plain(h) in place}
            columns = {n: f"c{i}" for n, i in sorted(found.items(), key=lambda pair: pair[1])}
            constants = {n: v for n, v in answer.constants.items() if n in table.columns}
            return Recognition(table, index, columns, said, dict(answer.scale), constants, dict(answer.orders), known)
    return None


def parse_period(text: str) -> Period | None:
    """`2026-09-13~2026-09-19` in any of the platform's spellings; None if there is none or a day does not exist."""
    if match := PERIOD.search(text):
        parts = [int(g) for g in match.groups() if g]
    elif match := SHORT_PERIOD.search(text):
        parts = [int(g) for g in match.groups()]
        parts[0] += 2000
        parts[3] += 2000
    else:
        return None
    try:
        return date(*parts[:3]), date(*parts[3:])
    except ValueError:
        return None


def find_period(sheet: Sheet, header: int, file: str) -> Period | None:
    """From the title above the header, else from the file's name."""
    for cells in sheet.cells.head(header).iter_rows():
        for cell in cells:
            if cell and (period := parse_period(cell)):
                return period
    return parse_period(sheet.member) or parse_period(file)


def find_day(sheet: Sheet, header: int, file: str) -> date | None:
    """The day as of which a list was exported: from the title or the file's name."""
    titles = [c for cells in sheet.cells.head(header).iter_rows() for c in cells if c]
    for text in (*titles, sheet.member, file):
        if period := parse_period(text):
            return period[1]
        if match := ONE_DAY.search(text):
            try:
                return date(*(int(g) for g in match.groups() if g))
            except ValueError:
                continue
    return None
