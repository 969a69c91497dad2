"""The Excel file of a bid sheet: it reads back as it went out, and whatever a person does to it is told by row, column and value."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.documents import bid_file
from zhanggui.documents.bid_file import Brought, Typed
from zhanggui.tables.problems import Problem

KEYS = [("A", "g", "canvas shoe"), ("A", "g", "=cmd|' /C calc'!A0"), ("B", "", "canvas shoe"), ("B", "", "+shoe")]
HIGHEST = Decimal("99999.99")
HEADER = ["推广计划", "推广组", "关键词", "新出价", "采用"]


def row(key: tuple[str, str, str], after: str, taken: bool = True) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(bid_file.COLUMNS)
    return (
        told
        | dict(zip(("plan", "ad_group", "word"), key, strict=True))
        | {"after": Decimal(after), "taken": taken, "before": Decimal("1.2345")}
    )


def read(data: bytes, name: str = "bids.xlsx", **more: Any) -> Brought:
    told: dict[str, Any] = {"keys": KEYS, "columns": [], "pk": 7, "version": 3, "highest": HIGHEST, "over": True}
    return bid_file.read(data, name, **told | more)


def lines(*rows: list[Any], header: list[str] = HEADER) -> bytes:
    return ("\n".join(",".join(str(c) for c in r) for r in (header, *rows)) + "\n").encode()


def wrong(brought: Brought) -> list[tuple[str, int, str, str]]:
    assert brought.rows == ()
    return [(p.code, p.line, p.column, p.value) for p in brought.problems]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_comes_back_as_it_went_out(lang):
    rows = [row(k, f"1.{n}5", n != 1) for n, k in enumerate(KEYS)]
    brought = read(bid_file.written(rows, bid_file.usual(lang), "出价单", 7, 3))
    assert brought == Brought(tuple(Typed(n + 2, k, Decimal(f"1.{n}5"), n != 1, False) for n, k in enumerate(KEYS)))


@settings(deadline=None, max_examples=40)
@given(st.decimals(0, "99999.99", places=2))
def test_every_bid_survives_excel(value):
    brought = read(bid_file.written([row(KEYS[0], str(value))], bid_file.usual("zh"), "出价单", 7, 3))
    assert [one.after for one in brought.rows] == [value]


def test_no_word_is_a_formula():
    """What begins like a formula goes out as text, and comes back as the same text."""
    data = bid_file.written([row(k, "1") for k in KEYS], bid_file.usual("zh"), "出价单", 7, 3)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert [one.key for one in read(data).rows] == KEYS


def test_own_columns_go_out_and_come_back():
    own = [("after", "Max. CPC"), ("word", "Keyword"), ("plan", "Campaign name"), ("ad_group", "Group")]
    data = bid_file.written([row(KEYS[0], "2.5")], own, "Bid sheet", 7, 3)
    assert read(data, columns=own) == Brought((Typed(2, KEYS[0], Decimal("2.50"), None, False),), (), 3)


def test_a_header_of_the_shops_own_counts_before_a_usual_one():
    own = [("before", "新出价"), ("after", "出价"), ("word", "关键词"), ("plan", "推广计划"), ("ad_group", "推广组")]
    brought = read(
        lines(["A", "g", "canvas shoe", "1.1", "1.2"], header=["推广计划", "推广组", "关键词", "新出价", "出价"]),
        "a.csv",
        columns=own,
    )
    assert [one.after for one in brought.rows] == [Decimal("1.20")]


def test_a_formula_of_the_persons_own_is_taken_by_its_value_and_rounded():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("出价单 7 v3")
    page.write_row(0, 0, HEADER)
    page.write_row(1, 0, KEYS[0])
    page.write_formula(1, 3, "=1.22*1.1", None, 1.342)
    page.write_row(2, 0, KEYS[3])
    page.write_formula(2, 3, "=1/0", None, "#DIV/0!")
    book.close()
    brought = read(out.getvalue())
    assert wrong(brought) in ([("bid_empty", 3, "新出价", "")], [("bid_not_a_number", 3, "新出价", "#DIV/0!")])
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, HEADER)
    page.write_row(1, 0, KEYS[0])
    page.write_formula(1, 3, "=1.22*1.1", None, 1.342)
    page.write_row(2, 0, KEYS[3])
    page.write_number(2, 3, 0.1 + 0.2)
    book.close()
    assert [(one.after, one.rounded) for one in read(out.getvalue()).rows] == [
        (Decimal("1.34"), True),
        (Decimal("0.30"), False),
    ]


def test_trouble_is_told_by_row_column_and_value():
    brought = read(
        lines(
            ["A", "g", "canvas shoe", "1.2"],
            ["A", "g", "canvas shoe", "1.3"],
            ["A", "g", "canvass shoe", "1.2"],
            ["B", "", "+shoe", "dear", "maybe"],
            ["B", "", "canvas shoe", "-1"],
            ["A", "g", "", "1"],
        ),
        "a.csv",
    )
    assert wrong(brought) == [
        ("bid_same_word", 3, "关键词", "canvas shoe"),
        ("bid_unknown_word", 4, "关键词", "canvass shoe · A · g"),
        ("bid_not_a_tick", 5, "采用", "maybe"),
        ("bid_not_a_number", 5, "新出价", "dear"),
        ("bid_out_of_range", 6, "新出价", "-1"),
        ("bid_no_word", 7, "关键词", ""),
    ]
    assert next(p.says("en") for p in brought.problems) == "“canvas shoe” stands on line 2 too. Keep one of the two."


@pytest.mark.parametrize("text", ["1.2.3", "1,20", "=1+1", "1e3", "١٢x", "NaN", "inf", "12元", "9" * 30, "1 2", "0.004"])
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        bid_file.bid(text)


@pytest.mark.parametrize(
    ("text", "value", "rounded"),
    [("1", "1.00", False), (" ¥1.255 ", "1.26", True), ("1,234.5", "1234.50", False), (".5", "0.50", False), ("0.30000000000000004", "0.30", False), ("100000", "100000.00", False)],
)  # fmt: skip
def test_what_is_a_number(text, value, rounded):
    assert bid_file.bid(text) == (Decimal(value), rounded)


def test_a_word_of_two_plans_needs_its_plan():
    brought = read(lines(["canvas shoe", "1"], ["+shoe", "2"], header=["关键词", "新出价"]), "a.csv")
    assert wrong(brought) == [("bid_which_plan", 2, "关键词", "canvas shoe")]
    assert read(lines(["+shoe", "2"], header=["关键词", "新出价"]), "a.csv").rows == (
        Typed(2, KEYS[3], Decimal("2.00"), None, False),
    )


def test_a_word_that_is_left_out_needs_no_bid():
    brought = read(lines(["B", "", "+shoe", "", "N"]), "a.csv")
    assert brought == Brought((Typed(2, KEYS[3], None, False, False),), (), 3)
    assert wrong(read(lines(["B", "", "+shoe", "", "Y"]), "a.csv")) == [("bid_empty", 2, "新出价", "")]


def test_titles_above_the_header_and_blank_rows_are_passed_over():
    data = b"Our bids,,\n,,\n" + lines(["B", "", "+shoe", "2"], ["", "", "", ""])
    assert read(data, "a.csv").rows == (Typed(4, KEYS[3], Decimal("2.00"), None, False),)


def test_a_file_without_the_columns():
    assert wrong(read(lines(["+shoe", "2"], header=["关键词", "出价"]), "a.csv")) == [("bid_no_column", 1, "新出价", "")]
    assert wrong(read(lines(["+shoe", "2"], header=["词", "新出价"]), "a.csv")) == [("bid_no_column", 1, "关键词", "")]
    own = [("after", "Max. CPC"), ("word", "Keyword")]
    assert wrong(read(lines(["x", "2"], header=["Keyword", "b"]), "a.csv", columns=own)) == [
        ("bid_no_column", 1, "Max. CPC", "")
    ]


def test_a_file_of_another_sheet_or_an_older_version():
    data = bid_file.written([row(KEYS[0], "2.5")], bid_file.usual("en"), "Bid sheet", 7, 3)
    assert read(data, pk=8).problems == (Problem("bid_other_sheet", value="7", limit="8"),)
    assert len(read(data, over=False).rows) == 1
    assert read(data, version=4, over=False).problems == (Problem("bid_old_file", value="3", limit="4"),)
    assert len(read(data, version=4, over=True).rows) == 1


@pytest.mark.parametrize("title", ["出价单 7 v2 (2)", "出价单 7 v2  (13) "])
def test_a_copy_of_a_tab_is_of_its_version(title):
    def named(title: str) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out)
        page = book.add_worksheet(title)
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, [*KEYS[0], 1.5, "Y"])
        book.close()
        return out.getvalue()

    assert read(named(title), over=False).problems == (Problem("bid_old_file", value="2", limit="3"),)
    assert len(read(named(title), version=2, over=False).rows) == 1
    assert read(named("Sheet1"), over=False).problems == (Problem("bid_no_version", value="Sheet1"),)
    assert wrong(read(lines([*KEYS[0], "1.5", "Y"]), "bids.csv", over=False))[0][0] == "bid_no_version"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"<html></html>", "html_as_excel"),
        (b"PK\x03\x04broken", "unreadable"),
        (b"\x00\x01\x02", "not_text"),
    ],
)
def test_what_is_no_table(data, code):
    assert [p.code for p in read(data).problems] == [code]


def test_a_file_that_is_too_large():
    assert [p.code for p in read(b"x" * (bid_file.MAX_BYTES + 1)).problems] == ["too_large"]


def test_blanks_around_a_word_do_not_matter():
    brought = read(lines(["A", "g", "pad", "1.5", "Y"]), "a.csv", keys=[(" A", "g ", " pad ")])
    assert [one.key for one in brought.rows] == [(" A", "g ", " pad ")]


def test_campaign_and_group_go_out_where_the_word_alone_does_not_tell():
    own = [("word", "Keyword"), ("after", "Bid"), ("plan", "P")]
    assert bid_file.telling(KEYS, own, "en") == [*own, ("ad_group", "Ad group")]
    assert bid_file.telling(KEYS[:2], own, "en") == own
    keys = [("A", "g", "pad"), ("A", "h", "pad")]
    columns = bid_file.telling(keys, own[:2], "zh")
    data = bid_file.written([row(k, "1") for k in keys], columns, "出价单", 7, 3)
    assert [one.key for one in read(data, keys=keys, columns=own[:2]).rows] == keys
