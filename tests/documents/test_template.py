"""The Excel file of a register comes back as the register, with the very values that went out."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from zhanggui.desk.edits import texts
from zhanggui.documents.template import exact, template
from zhanggui.intake import read
from zhanggui.tables import TABLES

DAY = date(2026, 11, 23)
REGISTERS = [t for t in TABLES.values() if t.kind == "register"]
ODD = {
    "text": ["=1+1", "@SUM(A1)", "+x", "-x", "'x", "a\nb", "07", "2026", "x" * 300],
    "id": ["1600000000000123456", "007", "=1", "A-1", "1600000000001", "x", "y", "z", "0"],
    "count": [0, 7, -3, 10**15, 1, 2, 3, 4, 5],
    "number": [0.1 + 0.2, 1e-7, 12.5, 1 / 3, 0.0, -1.5, 1e12, 2.0, 3.0],
    "rate": [0.0162, 1.0, 0.0, 1 / 3, 0.5, 0.25, 0.1 + 0.2, 2.0, 0.999],
    "money": [Decimal(n).quantize(Decimal("0.0001")) for n in ("12.5", "0", "12345678901234.5678", "-1", "0.0001", "3", "4", "5", "6")],
    "day": [date(2026, 1, n) for n in range(1, 10)],
    "moment": [datetime(2026, 1, n, 13, 5) for n in range(1, 10)],
    "flag": [True, False, True, None, None, True, False, True, True],
}  # fmt: skip


@pytest.mark.parametrize("table", REGISTERS, ids=lambda t: t.name)
def test_it_comes_back_as_it_went_out(table):
    """Every register, nine odd rows; keys differ from row to row."""
    rows = [{n: ODD[c.kind][(i + at) % 9] for at, (n, c) in enumerate(table.columns.items())} for i in range(9)]
    rows = [row | {"removed": None} for row in rows]
    reading = read(template(table, rows), "list.xlsx", on=DAY)
    assert [p.code for p in reading.problems] == []
    part = reading.parts[0]
    assert (part.table.name, part.as_of, set(part.headers)) == (table.name, DAY, set(table.columns))
    assert part.rejected.to_dicts() == []
    assert [texts(table, r) for r in part.rows.iter_rows(named=True)] == [texts(table, r) for r in rows]


@pytest.mark.parametrize("table", REGISTERS, ids=lambda t: t.name)
def test_an_empty_one_is_a_form(table):
    data = template(table)
    reading = read(data, "list.xlsx", on=DAY)
    assert [(p.code, p.level) for p in reading.problems] == [("no_rows", "note")]
    sheet = load_workbook(io.BytesIO(data)).active
    choices = {n for n, c in table.columns.items() if (c.options and len(",".join(c.options)) <= 255) or c.kind == "flag"}
    assert len(sheet.data_validations.dataValidation) == len(choices)
    assert [c.comment is not None for c in sheet[1]] == [True] * len(table.columns)


def test_no_cell_is_a_formula_and_ids_are_text():
    table = TABLES["product_cost"]
    row = {
        "product_id": "1600000000000123456",
        "unit_cost": Decimal("12.5000"),
        "currency": "CNY",
        "note": "=cmd()",
        "removed": None,
    }
    sheet = load_workbook(io.BytesIO(template(table, [row]))).active
    assert [(c.value, c.data_type) for c in sheet[2]][:4] == [
        ("1600000000000123456", "s"), (12.5, "n"), ("CNY", "s"), ("=cmd()", "s"),
    ]  # fmt: skip
    assert sheet.column_dimensions["A"].number_format == "@" or sheet["A2"].number_format == "@"


def test_a_number_that_excel_would_round_is_text():
    assert [exact(v) for v in (0.1 + 0.2, 0.5, Decimal("12345678901234.5678"), True, None, "1")] == [
        False,
        True,
        False,
        False,
        False,
        False,
    ]
