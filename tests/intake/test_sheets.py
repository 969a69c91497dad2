"""Any file → cells: the same cells as any kind of file, and files that are broken, hostile or no table at all."""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import date

import pytest

from tests.intake.files import TITLE, archive, codes, taken, text, xls, xlsx
from zhanggui.intake import sheets as reader
from zhanggui.intake import text as delimited

HEADER = ["产品ID", "产品名称", "是否橱窗", "搜索曝光次数", "搜索点击率", "RTS线上实收GMV"]
ROWS = [
    ["1600000000001", "Men's loafers, black", "Y", "1,204", "1.62%", "12.50"],
    ["1600000000002", '8" boots é', "N", "0", "-", "-"],
    ["1600000000003", "=1+1", "N", "7", "14.29%", "0.1"],
]
CELLS = [[TITLE], [], *[[None]] * 3, HEADER, *ROWS]
FILES = {
    "xls": xls(CELLS),
    "xlsx": xlsx(CELLS),
    "csv": text(CELLS),
    "csv with a mark": text(CELLS, "utf-8-sig"),
    "csv in utf-16": text(CELLS, "utf-16"),
    "csv with semicolons": text(CELLS, delimiter=";"),
    "tsv": text(CELLS, delimiter="\t"),
    "zip of csv": archive({"产品/effect.csv": text(CELLS), "__MACOSX/._effect.csv": b"\x00\x01", ".DS_Store": b"\x00"}),
    "zip of xls": archive({"effect.xls": xls(CELLS)}),
}


@pytest.mark.parametrize("kind", list(FILES))
def test_the_same_cells_give_the_same_rows_as_any_kind_of_file(kind):
    assert codes(taken(FILES[kind])) == []
    assert taken(FILES[kind]).parts[0].rows.equals(taken(FILES["csv"]).parts[0].rows)


def test_a_file_in_gb18030_is_read():
    cells = [[TITLE], HEADER, ["1600000000001", "男士 乐福鞋 €", "Y", "5", "1%", "1"]]
    read = [taken(text(cells, encoding)).parts[0].rows for encoding in ("gb18030", "utf-8")]
    assert read[0].equals(read[1])


@pytest.mark.parametrize("make", [xls, xlsx])
def test_numbers_and_dates_that_excel_holds_as_such_are_read_as_what_they_are(make):
    orders = ["订单编号", "订单创建时间", "商品名称", "数量", "单价"]
    as_cells = taken(make([orders, [261234567890123, date(2026, 9, 14), "Loafers", 15, 19.99]]), "o.xlsx")
    as_text = taken(text([orders, ["261234567890123", "2026-09-14", "Loafers", "15", "19.99"]]))
    assert as_cells.parts[0].rows.equals(as_text.parts[0].rows)


@pytest.mark.parametrize("make", [xls, xlsx, text])
def test_lines_are_counted_as_a_spreadsheet_shows_them_even_below_empty_ones(make):
    reading = taken(make([[], [], [], [TITLE], [], ["", *HEADER], ["", *ROWS[0]], [], ["", *ROWS[1]]]), "x")
    assert (reading.parts[0].header_line, reading.parts[0].rows["_line"].to_list()) == (6, [7, 9])


def test_lines_are_counted_as_an_editor_shows_them_even_after_a_cell_of_two_lines():
    cells = [["统计周期：\n2026-09-13~2026-09-19"], HEADER, ["1", "two\nlines", "Y", "5", "", ""], ["2", "x", "Y", "?", "", ""]]
    part = taken(text(cells)).parts[0]
    assert (part.header_line, part.rows["_line"].to_list(), part.rejected["line"].to_list()) == (3, [4], [6])


def test_every_sheet_of_a_workbook_is_read_and_notes_are_no_trouble():
    book = archive({"a.csv": text(CELLS), "b.csv": text([["词", "曝光量", "Top10平均曝光"], ["loafers", "3", "9"]])})
    reading = taken(book, period=(date(2026, 9, 13), date(2026, 9, 19)))
    assert [(p.table.name, p.sheet) for p in reading.parts] == [("product_effect", "a.csv"), ("keyword_effect", "b.csv")]


def test_a_file_of_a_zip_that_is_no_report_is_named():
    reading = taken(archive({"a.csv": text(CELLS), "b.csv": b"x,y\n1,2\n"}))
    assert [(p.code, p.sheet, p.level) for p in reading.problems] == [("nothing_known", "b.csv", "error")]


@pytest.mark.parametrize("make", [xls, xlsx])
def test_a_hidden_sheet_is_not_read_and_that_is_said(make):
    reading = taken(make(CELLS, "Data", hidden=True), "x")
    assert [(p.code, p.sheet) for p in reading.problems] == [("hidden_sheet", "Data"), ("nothing_known", "front")]


def test_a_workbook_that_lies_about_its_size_is_read_whole():
    members = zipfile.ZipFile(io.BytesIO(xlsx(CELLS)))
    lying = {m: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', members.read(m)) for m in members.namelist()}
    assert lying["xl/worksheets/sheet1.xml"].count(b'<dimension ref="A1"/>') == 1
    assert taken(archive(lying)).parts[0].rows.equals(taken(FILES["csv"]).parts[0].rows)


def test_a_header_without_rows_is_said():
    reading = taken(text([[TITLE], HEADER]))
    assert [(p.code, p.level, p.column) for p in reading.problems] == [("no_rows", "note", "产品分析")]


NOISE = random.Random(7)
BAD = {
    "nothing": (b"", "empty_file"),
    "blank": (b" \r\n\t\n", "empty_file"),
    "a mark and nothing": ("\ufeff".encode(), "empty_file"),
    "an empty workbook": (xlsx([]), "empty_file"),
    "an empty old workbook": (xls([]), "empty_file"),
    "half an xls": (FILES["xls"][: len(FILES["xls"]) // 2], "unreadable"),
    "half an xlsx": (FILES["xlsx"][: len(FILES["xlsx"]) // 2], "unreadable"),
    "the head of an xls": (FILES["xls"][:600], "unreadable"),
    "a web page": (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "html_as_excel"),
    "a web page with a mark": ("\ufeff\r\n<!DOCTYPE html><html></html>".encode(), "html_as_excel"),
    "xml": (b'<?xml version="1.0"?><Workbook/>', "html_as_excel"),
    "noise": (NOISE.randbytes(5000), "not_text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture_name"),
    "a late bad byte": (text([[TITLE], HEADER, *[["1", "乐福鞋", "Y", "5", "", ""]] * 3], "gb18030") + b"\xff\n", "encoding"),
    "half a character of UTF-16": (text(CELLS, "utf-16")[:-1], "encoding"),
    "a column too many": ((",".join(f"c{i}" for i in range(2000)) + "\n").encode(), "too_large"),
    "a cell of a megabyte": (b'a,b\n"' + b"x" * 2**20, "unreadable"),
    "a zip of nothing": (archive({}), "not_text"),
    "a zip in a zip": (archive({"inner.zip": archive({"a.csv": text(CELLS)})}), "not_text"),
    "a zip of noise": (archive({"a.csv": NOISE.randbytes(5000)}), "not_text"),
    "a zip of too many": (archive({f"{i}.csv": b"a" for i in range(501)}), "zip_bomb"),
    "another table": (b"name,age\nBob,40\n", "not_recognised"),
}


@pytest.mark.parametrize("kind", list(BAD))
def test_a_bad_file_is_a_problem_and_never_an_exception(kind):
    data, code = BAD[kind]
    reading = taken(data, "export.xls")
    assert ([p.code for p in reading.problems], reading.parts, reading.ok) == ([code], [], False)


def test_the_line_of_the_bad_byte_is_named():
    assert taken(BAD["a late bad byte"][0]).problems[0].line == 6


def test_a_zip_that_unpacks_to_very_much_is_not_opened():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb, bomb.open("a.csv", "w") as member:
        for _ in range(200):
            member.write(bytes(2**20))
    assert [(p.code, p.value) for p in taken(buffer.getvalue()).problems] == [("zip_bomb", "200 MB, 1 files")]


def test_a_file_above_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "MAX_FILE_BYTES", 100)
    assert codes(taken(text(CELLS))) == ["too_large"]


def test_a_list_above_the_limit_of_rows_is_refused(monkeypatch):
    monkeypatch.setattr(delimited, "MAX_ROWS", 5)
    assert codes(taken(text(CELLS))) == ["too_large"]


def test_a_workbook_that_is_too_wide_is_refused():
    reading = taken(xlsx([[f"c{i}" for i in range(1001)]]))
    assert codes(reading) == ["too_large"]


@pytest.mark.parametrize("kind", ["xlsx", "zip of csv", "zip of xls"])
def test_a_zip_with_changed_bytes_never_raises(kind):
    noise = random.Random(3)
    for _ in range(40):
        data = bytearray(FILES[kind])
        for _ in range(noise.choice([1, 5, 40])):
            data[noise.randrange(4, len(data))] = noise.randrange(256)
        assert isinstance(taken(bytes(data)).ok, bool)


@pytest.mark.parametrize("kind", ["xls", "xlsx", "zip of csv", "csv in utf-16"])
def test_a_file_that_is_cut_off_anywhere_never_raises(kind):
    data = FILES[kind]
    for end in range(1, len(data), max(1, len(data) // 60)):
        assert isinstance(taken(data[:end]).ok, bool)


@pytest.mark.parametrize("make", [xls, xlsx, text])
def test_text_that_looks_like_a_formula_stays_text(make):
    texts = ["=1+1", "+49 170", "-3 pairs", "@home", '=HYPERLINK("http://x")']
    rows = taken(make([[TITLE], HEADER, *[[str(i), t, "Y", "1", "1%", "1"] for i, t in enumerate(texts)]]), "x").parts[0].rows
    assert rows["product_name"].to_list() == texts


def test_an_xls_that_claims_more_rows_than_a_sheet_has_is_refused_before_it_is_read():
    from tests.intake.files import xls

    data = bytearray(xls([["产品ID", "产品名称"], ["1", "A"]]))
    at = data.find(b"\x00\x02\x0e\x00")
    data[at + 8 : at + 12], data[at + 14 : at + 16] = b"\xff" * 4, b"\xff" * 2
    sheets, problems = reader.read_sheets(bytes(data), "broken.xls")
    assert (sheets, [p.code for p in problems]) == ([], ["unreadable"])
