"""Workbooks hold real numbers and dates, and no cell of them is ever a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from zhanggui.documents.excel import Sheet, csv_text, workbook

RISKY = ["=1+1", "+49", "-3 pairs", "@home", "\t=1", "\r=1"]


def read_back(sheet, title="表"):
    book = openpyxl.load_workbook(io.BytesIO(workbook({title: sheet})))
    return book.worksheets[0]


def test_numbers_and_days_are_numbers_and_days():
    kinds = ["count", "number", "rate", "money", "day", "flag", "text"]
    row = [3, 1.5, 0.0162, Decimal("12.50"), date(2026, 9, 19), True, "Loafers"]
    page = read_back(Sheet([f"列{k}" for k in kinds], [row], kinds))
    assert [c.value for c in page[1]] == [f"列{k}" for k in kinds]
    values = [c.value.date() if c.is_date else c.value for c in page[2]]
    assert values == [3, 1.5, 0.0162, 12.5, date(2026, 9, 19), "Y", "Loafers"]
    assert [c.number_format for c in page[2]][2:5] == ["0.00%", "#,##0.00", "yyyy-mm-dd"]


def test_notes_stand_below_the_rows_out_of_reach_of_filters():
    page = read_back(Sheet(["a"], [["x"], ["y"]], ["text"], ("=one", "two")))
    assert [row[0] for row in page.iter_rows(values_only=True)] == ["a", "x", "y", None, "=one", "two"]
    assert page.auto_filter.ref == "A1:A3"


@pytest.mark.parametrize("text", [*RISKY[:4], "http://example.com", "0012", '=HYPERLINK("http://x")'])
def test_text_stays_text_whatever_it_looks_like(text):
    cell = read_back(Sheet(["a"], [[text]], ["text"]))["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_missing_is_an_empty_cell_and_zero_is_zero():
    page = read_back(Sheet(["a", "b"], [[None, 0]], ["count", "count"]))
    assert [c.value for c in page[2]] == [None, 0]


def test_the_header_stays_in_sight_and_can_be_filtered():
    page = read_back(Sheet(["a", "b"], [[1, 2], [3, 4]], ["count", "count"]))
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:B3")


def test_a_sheet_without_rows_is_a_header():
    assert [[c.value for c in row] for row in read_back(Sheet(["a", "b"], [], ["text", "text"])).rows] == [["a", "b"]]


def test_a_title_that_excel_does_not_allow_is_mended():
    assert read_back(Sheet(["a"], [], ["text"]), "a/b:c" + "x" * 40).title == "a_b_c" + "x" * 26


@pytest.mark.parametrize("text", RISKY)
def test_in_csv_an_apostrophe_goes_before_what_excel_would_take_for_a_formula(text):
    (row,) = list(csv.reader(io.StringIO(csv_text([text], []).removeprefix("\ufeff"), newline="")))
    assert row == ["'" + text]


def test_csv_is_told_to_excel_as_utf_8_and_keeps_numbers_and_gaps():
    assert csv_text(["甲", "b"], [[None, -3], ["x,y", Decimal("1.50")]]) == '\ufeff甲,b\r\n,-3\r\n"x,y",1.50\r\n'
