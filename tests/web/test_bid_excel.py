"""The Excel file of a bid sheet through the pages: out, changed by hand, back; trouble told by row, column and value."""

from __future__ import annotations

import html
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.desk.bids import key
from tests.web.bid_pages import NASTY, PLAN, at, lines, said, text_of
from zhanggui.desk import bidding


def taken_out(browser, cast, sheet) -> openpyxl.Workbook:
    answer = browser.get(at(cast, "bid_sheet_excel", sheet.pk))
    assert answer["Content-Disposition"].startswith(f'attachment; filename="shop-a-bids-{sheet.pk}-')
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def brought_back(browser, cast, sheet, book, **more):
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("bids.xlsx", out.getvalue())
    return browser.post(at(cast, "bid_sheet_bring", sheet.pk), {"file": file} | more, follow=True)


def test_the_file_comes_back_changed_by_hand(paid, sheet, as_):
    bob = as_(paid.bob)
    book = taken_out(bob, paid, sheet)
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][:6] == ("推广计划", "推广组", "关键词", "原出价", "新出价", "采用")
    assert [r[:6] for r in rows[1:]] == [
        ("Plan A", "Group 1", "canvas shoe 1", 1.2345, 1.5, "Y"),
        ("Plan A", "Group 1", "canvas shoe 2", 0.8, 0.6, "Y"),
        ("Plan A", "Group 1", "canvas shoe 3", 3.1, 0, "Y"),
        (NASTY[0], "", NASTY[2], 2, 2.2, "Y"),
    ]
    assert said(brought_back(bob, paid, sheet, book)) == ["没有改动，没有保存。"]
    book.active["E2"], book.active["F3"], book.active["E5"] = 1.455, "N", 2.25
    book.active.delete_rows(4)
    assert said(brought_back(bob, paid, sheet, book)) == [
        "已保存 3 个词。1 个出价四舍五入到了分。文件里没有的 1 个词保持原样。"
    ]
    assert lines(sheet) == {
        "canvas shoe 1": ("1.2345", "1.4600", True),
        "canvas shoe 2": ("0.8000", "0.6000", False),
        "canvas shoe 3": ("3.1000", "0.0000", True),
        NASTY[2]: ("2.0000", "2.2500", True),
    }
    older = brought_back(bob, paid, sheet, book)
    assert "导出这个文件之后，出价单又改过" in text_of(older)
    assert said(brought_back(bob, paid, sheet, book, over="1"))[0][:3] == "没有改"


def test_a_file_with_any_trouble_changes_nothing(paid, sheet, as_):
    bob = as_(paid.bob)
    book = taken_out(bob, paid, sheet)
    before = lines(sheet)
    book.active["E2"], book.active["E3"], book.active["C4"] = 1.9, "<b>dear</b>", "no such word"
    answer = brought_back(bob, paid, sheet, book)
    table = answer.content.decode().split('class="troubles"')[1].split("</table>")[0]
    cells = [[html.unescape(c) for c in re.findall(r"<td[^>]*>(.*?)</td>", row)][:3] for row in table.split("<tr>")[2:]]
    assert cells == [["3", "新出价", "<b>dear</b>"], ["4", "关键词", "no such word · Plan A · Group 1"]]
    assert "<b>dear" not in table
    assert lines(sheet) == before


def test_an_approved_sheet_takes_no_file_and_gives_what_is_to_be_entered(paid, sheet, as_):
    alice = as_(paid.alice)
    book = taken_out(alice, paid, sheet)
    bidding.edit(sheet, [bidding.Wish(key(1), Decimal("1.5"), False)])
    sheet.refresh_from_db()
    bidding.approve(sheet, version=sheet.version)
    assert said(brought_back(alice, paid, sheet, book)) == ["只有草稿能改。"]
    assert [r[2] for r in taken_out(alice, paid, sheet).active.iter_rows(min_row=2, values_only=True)] == [
        k[2] for k in list(PLAN)[1:]
    ]
    assert said(alice.post(at(paid, "bid_sheet_bring", sheet.pk), follow=True)) == ["只有草稿能改。"]


def test_columns_are_renamed_ordered_and_left_out(paid, sheet, as_):
    bob = as_(paid.bob)
    form = {
        "at.word": "2",
        "header.word": "Keyword text",
        "at.after": "1",
        "header.after": "Max CPC",
        "at.plan": "3",
        "header.plan": "",
    }
    assert said(bob.post(at(paid, "bid_columns"), form, follow=True)) == ["已保存。"]
    book = taken_out(bob, paid, sheet)
    assert next(book.active.iter_rows(values_only=True)) == ("Max CPC", "Keyword text", "推广计划")
    book.active["A2"] = 1.7
    assert said(brought_back(bob, paid, sheet, book)) == ["已保存 1 个词。"]
    assert lines(sheet)["canvas shoe 1"][1] == "1.7000"
    bob.post(at(paid, "bid_columns"), {"usual": "1"})
    paid.shop.refresh_from_db()
    assert paid.shop.bid_columns == []


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"at.word": "1"}, "文件里必须有「新出价」"),
        ({"at.word": "x", "at.after": "2"}, "次序请写整数"),
        ({"at.word": "1", "at.after": "2", "header.word": "A", "header.after": "a"}, "两列不能同名"),
    ],
)
def test_columns_that_could_not_be_read_back(paid, as_, form, says):
    answer = as_(paid.bob).post(at(paid, "bid_columns"), form)
    assert answer.status_code == 400
    assert says in text_of(answer)


def test_a_file_that_names_no_version_does_not_undo_what_came_later(paid, sheet, as_):
    bob, text = as_(paid.bob), ("推广计划,推广组,关键词,新出价\n" + ",".join(key(1)) + ",1.45\n").encode()
    bidding.edit(sheet, [bidding.Wish(key(1), Decimal("0.10"), True)], person=paid.alice)
    address = at(paid, "bid_sheet_bring", sheet.pk)
    answer = bob.post(address, {"file": SimpleUploadedFile("old.csv", text)}, follow=True)
    assert "文件没有说是出价单的第几版" in text_of(answer)
    assert lines(sheet)["canvas shoe 1"][1] == "0.1000"
    bob.post(address, {"file": SimpleUploadedFile("old.csv", text), "over": "1"})
    assert lines(sheet)["canvas shoe 1"][1] == "1.4500"
