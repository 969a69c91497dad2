"""The agenda as an Excel file: three sheets, one row per finding, in either language."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from tests.measures.shop import shop
from zhanggui.documents.agenda import agenda_workbook
from zhanggui.plans import agenda, check_up


@pytest.fixture
def plan(tmp_path):
    shop(tmp_path)
    return agenda(check_up(tmp_path, "alice-shoes", date(2026, 10, 21)).outcomes)


@pytest.mark.parametrize(
    ("lang", "sheets"), [("zh", ["今日", "还不够判断", "等数据"]), ("en", ["Today", "Not enough yet", "Waiting"])]
)
def test_every_finding_has_a_row_and_every_check_that_waits_too(plan, lang, sheets):
    book = openpyxl.load_workbook(io.BytesIO(agenda_workbook(plan, lang)))
    assert book.sheetnames == sheets
    wanted = [[f for a in actions for f in a.findings] for actions in (plan.actions, plan.early)] + [plan.waiting]
    assert [page.max_row - 1 for page in book.worksheets] == [len(w) for w in wanted]
    assert book.worksheets[0]["B2"].value == plan.actions[0].check.code
    texts = [str(c.value) for page in book.worksheets for row in page.iter_rows() for c in row if c.value is not None]
    assert [t for t in texts if "None" in t or "nan" in t.split()] == []


def test_numbers_of_the_agenda_are_numbers(plan):
    page = openpyxl.load_workbook(io.BytesIO(agenda_workbook(plan, "en"))).worksheets[0]
    assert {type(page.cell(2, c).value) for c in (1, 9)} == {int}
    assert page.cell(2, 7).value is None


def test_the_agenda_of_an_empty_shop_is_three_headers():
    book = openpyxl.load_workbook(io.BytesIO(agenda_workbook(agenda([]), "zh")))
    assert [page.max_row for page in book.worksheets] == [1, 1, 1]
