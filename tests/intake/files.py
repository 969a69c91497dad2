"""The same cells as any kind of file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
import xlwt

from zhanggui.intake import Reading, read

Rows = Sequence[Sequence[Any]]

TITLE = "统计周期：2026-09-13~2026-09-19"
DAY = date(2026, 9, 21)


def xls(rows: Rows, name: str = "Sheet1", hidden: bool = False) -> bytes:
    book = xlwt.Workbook()
    if hidden:
        book.add_sheet("front").write(0, 0, "说明")
    sheet = book.add_sheet(name)
    sheet.visibility = int(hidden)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            style = [xlwt.easyxf(num_format_str="YYYY-MM-DD")] if isinstance(value, date) else []
            if value is not None:
                sheet.write(r, c, value, *style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsx(rows: Rows, name: str = "Sheet1", hidden: bool = False) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    if hidden:
        book.add_worksheet("front").write_string(0, 0, "说明")
    sheet = book.add_worksheet(name)
    if hidden:
        sheet.hide()
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(r, c, value, day)
            elif value is not None:
                sheet.write(r, c, value)
    book.close()
    return buffer.getvalue()


def text(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(
        [["" if v is None else v for v in row] for row in rows]
    )
    return buffer.getvalue().encode(encoding)


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def taken(data: bytes, name: str = "export.csv", **answers: Any) -> Reading:
    """The file as intake reads it on the test day."""
    return read(data, name, on=answers.pop("on", DAY), **answers)


def codes(reading: Reading) -> list[str]:
    """Codes of the file's problems and of its rejected cells."""
    return [p.code for p in reading.problems] + [p.code for part in reading.parts for p in part.problems("f")]
