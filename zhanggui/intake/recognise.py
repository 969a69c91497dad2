"""Which report is this, where is its header, which period does it cover? Told from the content, not from the file's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from zhanggui.intake.sheets import Sheet
from zhanggui.tables import Problem, Table

HEADER_WITHIN = 40  # lines; the platform's own files have it on line 6
BELOW = 3  # a two-line header or a repeated one
DAY = r"(?<!\d)(20\d{2})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?!\d)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
PERIOD = re.compile(rf"{DAY}\s*(?:~|～|—|–|至|到|_|-|to)\s*{DAY}")
SHORT_PERIOD = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})[-_~](\d{2})(\d{2})(\d{2})(?!\d)")
ONE_DAY = re.compile(DAY)

Period = tuple[date, date]


@dataclass(frozen=True)
class Recognition:
    """`columns` maps the table's column names to the sheet's columns (`c0` …); `header` is the row index of the header."""

    table: Table
    header: int
    columns: Mapping[str, str]
    unknown: tuple[str, ...]


@lru_cache(8192)
def plain(text: str | None) -> str:
    """A label without what exports vary in: width, case, white space, kind of brackets."""
    text = unicodedata.normalize("NFKC", text or "").lower()
    return re.sub(r"[\s​﻿]+", "", text)


def _forms(label: str) -> set[str]:
    """A header and, for `中文(English)`, either half of it."""
    whole = plain(label)
    forms = {whole}
    if match := re.fullmatch(r"(.*[^\x00-\x7f].*)\(([\x00-\x7f]+)\)", whole):
        forms |= {match[1], match[2]}
    return forms - {""}


def labels(table: Table) -> dict[str, str]:
    """Plain label → column name, for every header under which a column of the table is known."""
    known: dict[str, str] = {}
    for name, column in table.columns.items():
        for header in column.headers:
            known.setdefault(plain(header), name)
    return known


def match_header(cells: Sequence[tuple[str, set[str]]], known: Mapping[str, str]) -> dict[str, str]:
    """Column name → sheet column, for one row's cells (plain form and all forms) taken as a header."""
    columns: dict[str, str] = {}
    for i, (whole, forms) in enumerate(cells):
        name = known.get(whole) or next((known[f] for f in forms if f in known), None)
        if name and name not in columns:
            columns[name] = f"c{i}"
    return columns


def recognise(
    sheet: Sheet, tables: Mapping[str, Table], file: str, only: str | None = None
) -> tuple[Recognition | None, list[Problem]]:
    """The table whose labels a row near the top carries best; a problem that names the nearest one if none fits."""
    candidates = [(t, labels(t)) for t in ([tables[only]] if only else tables.values())]
    best: list[tuple[tuple[float, float], Recognition]] = []
    nearest: tuple[int, Table, list[str]] | None = None
    for index, cells in enumerate(sheet.cells.head(HEADER_WITHIN).iter_rows()):
        filled = [c for c in cells if c and c.strip()]
        if not filled:
            continue
        if best and index > best[-1][1].header + BELOW:
            break  # below a header stand its rows
        plainly = [(plain(c), _forms(c)) if c else ("", set[str]()) for c in cells]
        for table, known in candidates:
            columns = match_header(plainly, known)
            lacking = [n for n in (table.required if only else table.recognised_by) if n not in columns]
            if columns and (nearest is None or len(columns) > nearest[0]):
                nearest = (len(columns), table, lacking)
            if lacking or len(columns) < min(2, len(table.columns)):
                continue
            used = set(columns.values())
            unknown = tuple(str(c).strip() for i, c in enumerate(cells) if c and c.strip() and f"c{i}" not in used)
            score = (float(len(columns)), len(columns) / len(filled))
            best.append((score, Recognition(table, index, columns, unknown)))
    if best:
        top = max(score for score, _ in best)
        winners = [r for score, r in best if score == top]
        if len({w.table.name for w in winners}) > 1:
            names = ", ".join(sorted(w.table.name for w in winners))
            return None, [Problem("ambiguous", file=file, sheet=sheet.place, value=names)]
        return winners[0], []
    if nearest is None:
        return None, [Problem("not_recognised", file=file, sheet=sheet.place, nearest="—", value="—")]
    _, table, lacking = nearest
    value = ", ".join(table.columns[n].zh for n in lacking) or "—"
    return None, [Problem("not_recognised", file=file, sheet=sheet.place, nearest=f"{table.zh} {table.en}", value=value)]


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
