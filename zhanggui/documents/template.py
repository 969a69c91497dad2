"""The Excel file of a register: its header, its choices, and the rows of today if they are wanted. It comes back as an import.

No day stands in the sheet or should stand in the file's name: the list holds from the day on which it is brought back.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from zhanggui.desk.edits import text
from zhanggui.documents.excel import FORMATS
from zhanggui.tables import Table
from zhanggui.tables.columns import Column, Flag, Rate

SPARE_ROWS = 1000  # below the last row, made ready for more
LONGEST_CHOICE = 255  # characters that Excel lets a list of choices have
HINTS = {"day": "2026-09-19", "moment": "2026-09-19 14:30", "rate": "1.62%", "flag": "Y / N"}


def header(column: Column) -> str:
    """`中文(English)`, as the back office's own bilingual files have it; Chinese alone where the English could be misread."""
    return f"{column.zh}({column.en})" if column.en.isascii() and not set("()") & set(column.en) else column.zh


def template(table: Table, rows: Iterable[dict[str, Any]] = (), hidden: frozenset[str] = frozenset()) -> bytes:
    """An .xlsx that reads back as the register. Ids and texts are text, so that no digit is lost and nothing is a formula.

    `hidden` columns are left out.
    """
    import xlsxwriter

    held = list(rows)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    page = book.add_worksheet(table.zh[:31])
    page.freeze_panes(1, 1)
    plain = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    heads = {True: book.add_format(plain | {"bg_color": "#E3F0EE"}), False: book.add_format(plain)}
    formats = {kind: book.add_format({"num_format": f}) for kind, f in FORMATS.items()}
    formats["moment"] = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    as_text = book.add_format({"num_format": "@"})
    columns = {name: column for name, column in table.columns.items() if name not in hidden}
    for c, (name, column) in enumerate(columns.items()):
        page.write_string(0, c, header(column), heads[column.required])
        page.write_comment(0, c, note(column), {"x_scale": 2})
        form = formats.get(column.kind, as_text)
        page.set_column(c, c, max(12, min(40, len(column.zh) * 2 + 4)), form)
        choices = ["Y", "N"] if isinstance(column, Flag) else [o for o in column.options if "," not in o]
        if choices and len(",".join(choices)) <= LONGEST_CHOICE:
            rule = {"validate": "list", "source": choices, "show_error": isinstance(column, Flag)}
            page.data_validation(1, c, len(held) + SPARE_ROWS, c, rule)
        for r, row in enumerate(held, start=1):
            value = row[name]
            if value is None:
                continue
            if exact(value):
                page.write_number(r, c, value, form)
            elif isinstance(value, date):
                page.write_datetime(r, c, value, form)
            else:
                page.write_string(r, c, text(value, column), form)
    book.close()
    return buffer.getvalue()


def exact(value: Any) -> bool:
    """A number that a cell holds (sixteen digits) and the reader takes whole (nine decimals); any other goes out as text."""
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        return False
    return Decimal(f"{float(value):.16G}") == Decimal(f"{float(value):.9f}") == Decimal(str(value))


def note(column: Column) -> str:
    """What a cell of the column may hold, in both languages."""
    said = [f"{column.zh} · {column.en}", "必填 · needed" if column.required else "可以留空 · may be left empty"]
    if column.unit and not isinstance(column, Rate):
        said.append(column.unit)
    if column.kind in HINTS:
        said.append(HINTS[column.kind])
    if column.options:
        said.append(" / ".join(column.options))
    return "\n".join(said)
