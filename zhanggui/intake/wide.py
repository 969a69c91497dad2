"""A sheet with one column per word → long rows, as tables want them. The shape of a Google Trends download."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from zhanggui.intake.cells import Sheet
from zhanggui.tables import TABLES

FIRST = ("day", "week", "month", "天", "日", "周", "月", "日期", "月份")
WORD = re.compile(r"(.+?)\s*[:：]\s*[(（](.+)[)）]")
MONTH = re.compile(r"\d{4}-\d{2}")
WITHIN = 10  # lines in which the header stands
COLUMNS = ("week", "word", "region", "heat", "below_one")


def _words(header: Sequence[str | None]) -> dict[int, tuple[str, str]]:
    """Position → word and region, if the line is such a header."""
    if (header[0] or "").strip().lower() not in FIRST:
        return {}
    matches = {i: WORD.fullmatch((cell or "").strip()) for i, cell in enumerate(header)}
    return {i: (match[1], match[2]) for i, match in matches.items() if match}


def unfold(sheet: Sheet) -> Sheet | None:
    """`Week, loafers: (Worldwide), …` → a row per week and word, under the labels of the table of search trends.

    A month is named by its first day. `<1` is more than nothing: 0 with a mark. Each row keeps the line of its file. None for any
    other sheet.
    """
    found = [(at, words) for at, cells in enumerate(sheet.cells.head(WITHIN).iter_rows()) if (words := _words(cells))]
    if not found:
        return None
    at, words = found[0]
    labels = [TABLES["search_trend"].columns[c].zh for c in COLUMNS]
    rows: list[tuple[str | None, ...]] = [tuple(labels)]
    lines = [int(sheet.lines[at])]
    cells_of_all, lines_of_all = sheet.whole()
    for cells, line in zip(cells_of_all[at + 1 :].iter_rows(), lines_of_all[at + 1 :], strict=True):
        week = (cells[0] or "").strip()
        if not week:
            continue
        for i, (word, region) in words.items():
            heat = (cells[i] or "").strip()
            below = heat.startswith("<")
            day = f"{week}-01" if MONTH.fullmatch(week) else week
            rows.append((day, word, region, "0" if below else heat or None, "Y" if below else "N"))
            lines.append(int(line))
    long = pl.DataFrame(rows, schema={f"c{i}": pl.String for i in range(len(COLUMNS))}, orient="row")
    cut = sheet.tail is not None and sheet.tail <= max(words)  # the file stops within its last line
    return Sheet(sheet.name, long, pl.Series("line", lines, dtype=pl.Int32), sheet.member, tail=0 if cut else None)
