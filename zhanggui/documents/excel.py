"""Excel workbooks: real numbers and dates, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

FORMATS = {
    "count": "#,##0",
    "number": "#,##0.##",
    "rate": "0.00%",
    "money": "#,##0.00",
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
}
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """A sheet: headers, rows, and per column one of text, count, number, rate, money, day, moment, flag. `notes`: lines below the rows, which
    neither filters nor sorting reach."""

    headers: list[str]
    rows: list[list[Any]]
    kinds: list[str]
    notes: tuple[str, ...] = ()


def workbook(sheets: dict[str, Sheet]) -> bytes:
    """An .xlsx with a frozen header row, filters, and widths that fit."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {kind: book.add_format({"num_format": f}) for kind, f in FORMATS.items()}
    for title, sheet in sheets.items():
        page = book.add_worksheet(_title(title))
        page.freeze_panes(1, 1)
        for c, header in enumerate(sheet.headers):
            page.write_string(0, c, header, bold)
        widths = [len(h) * 1.6 + 2 for h in sheet.headers]
        for r, row in enumerate(sheet.rows, start=1):
            for c, (value, kind) in enumerate(zip(row, sheet.kinds, strict=True)):
                _cell(page, r, c, value, formats.get(kind))
                widths[c] = max(widths[c], min(60, len(str(value)) * 1.1 + 2))
        for r, note in enumerate(sheet.notes, start=len(sheet.rows) + 2):
            page.write_string(r, 0, note)
        for c, width in enumerate(widths):
            page.set_column(c, c, min(width, 60))
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.headers) - 1)
    book.close()
    return buffer.getvalue()


def _title(text: str) -> str:
    return "".join("_" if c in "[]:*?/\\" else c for c in text)[:31] or "-"


def _cell(page: Any, r: int, c: int, value: Any, form: Any) -> None:
    if value is None:
        return  # missing is an empty cell, never a zero
    if isinstance(value, bool):
        page.write_string(r, c, "Y" if value else "N")
    elif isinstance(value, int | float | Decimal):
        page.write_number(r, c, value, form)
    elif isinstance(value, date):
        page.write_datetime(r, c, value, form)
    else:
        page.write_string(r, c, str(value))


def csv_text(headers: list[str], rows: list[list[Any]]) -> str:
    """CSV that Excel opens as UTF-8 and in which no text starts a formula (an apostrophe goes before it)."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_safe(h) for h in headers])
    writer.writerows([[_safe(v) for v in row] for row in rows])
    return out.getvalue()


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return "" if value is None else value
