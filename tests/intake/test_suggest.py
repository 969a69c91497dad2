"""What is suggested for files that were not recognised: header, table, columns, units, order of days."""

from __future__ import annotations

import polars as pl
import pytest

from tests.intake.shapes import SHAPES, Shape
from zhanggui.intake import HeaderMap, fingerprint
from zhanggui.intake.cells import Sheet
from zhanggui.intake.likeness import likeness, meanings
from zhanggui.intake.sheets import read_sheets
from zhanggui.intake.suggest import Head, find_head, rank, suggest, title_of, try_out
from zhanggui.tables import TABLES


def sheet_of(text: str | bytes) -> Sheet:
    (sheet,), problems = read_sheets(text if isinstance(text, bytes) else text.encode(), "x.csv")
    assert problems == []
    return sheet


def head_of(text: str | bytes) -> Head:
    head = find_head(sheet_of(text))
    assert head is not None
    return head


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_the_answer_reads_every_row_and_leaves_the_totals_out(shape: Shape) -> None:
    sheet, head = sheet_of(shape.data), head_of(shape.data)
    assert {h for h in shape.columns.values() if h not in head.labels} == set()
    trial = try_out(sheet, head, HeaderMap(shape.table, shape.columns, shape.scale, shape.constants, shape.orders))  # type: ignore[arg-type]
    assert (trial.rows, trial.of, trial.rejected.height) == (shape.rows, shape.rows, 0)


def test_nine_of_ten_tables_come_first_and_four_of_five_columns_are_right() -> None:
    first = right = wanted = 0
    for shape in SHAPES:
        sheet, head = sheet_of(shape.data), head_of(shape.data)
        found = rank(head, title=title_of(sheet, head, shape.name))
        first += found[0].table == shape.table
        answer = suggest(head, TABLES[shape.table]).answer.columns
        right += sum(answer.get(name) == header for name, header in shape.columns.items())
        wanted += len(shape.columns)
    assert len(SHAPES) == 10
    assert first >= 9
    assert right / wanted >= 0.8


def test_a_header_below_titles_and_meta_lines() -> None:
    head = head_of("订单导出,,\n店铺：A,导出人：B,\n\n单号,客户,金额\n1001,Kim,20.5\n1002,Lee,31\n")
    assert (head.row, head.labels) == (3, ("单号", "客户", "金额"))
    assert head.samples[2].to_list() == ["20.5", "31"]


def test_a_header_of_two_lines_where_the_lower_leaves_blanks_or_repeats_itself() -> None:
    merged = head_of("货号,搜索,,询盘\n,曝光,点击,\n1601,20,3,1\n")
    assert (merged.row, merged.labels) == (1, ("货号", "搜索曝光", "搜索点击", "询盘"))
    twice = head_of("全店,,推广,\n曝光,点击,曝光,点击\n20,3,5,1\n")
    assert twice.labels == ("全店曝光", "全店点击", "推广曝光", "推广点击")
    assert fingerprint(twice.said) == twice.fingerprint


def test_two_columns_of_one_name_are_told_apart() -> None:
    assert head_of("日期,金额,金额\n2026-01-01,1,2\n").labels == ("日期", "金额", "金额 2")


def test_a_sheet_of_figures_only_has_no_header() -> None:
    assert find_head(sheet_of("1,2\n3,4\n")) is None


def test_the_cells_of_totals_rows_and_signs_for_none_are_no_sample() -> None:
    assert head_of("货号,件数\nA-1,3\nA-2,-\n合计,3\n").samples[1].to_list() == ["3"]


@pytest.mark.parametrize(
    ("header", "label", "at_least", "at_most"),
    [
        ("点击率", "点击率", 1, 1),
        ("點擊率", "点击率", 1, 1),
        ("日期/Date", "日期", 0.95, 1),
        ("Qty", "数量", 0.9, 0.95),
        ("InvoiceNo", "订单编号", 0.9, 0.95),
        ("花费(元)", "消耗", 0.9, 0.95),
        ("Visitors", "邮箱", 0, 0.3),
        ("点击量", "点击率", 0, 0.6),
    ],
)
def test_how_much_labels_are_alike(header: str, label: str, at_least: float, at_most: float) -> None:
    assert at_least <= likeness(header, label) <= at_most


def test_the_longest_term_counts() -> None:
    assert meanings("搜索词") == {"搜索词"}
    assert meanings("average cost per click") == meanings("平均点击花费")
    assert meanings("enquiries") == meanings("询盘")


def test_a_unit_in_brackets_is_taken_and_one_told_by_the_values_is_only_offered() -> None:
    named = suggest(head_of("推广词,展现,点击,消耗(分)\nlamp,10,2,480\n"), TABLES["p4p_keyword"])
    assert named.answer.scale == {"cost": 0.01}
    told = suggest(head_of("词语,展现,点击,CTR\nlamp,10,2,3.75\n"), TABLES["keyword_effect"])
    assert (told.answer.scale, told.matches["CTR"].offered) == ({}, 0.01)
    sure = suggest(head_of("词语,展现,点击,CTR\nlamp,10,2,3.75%\n"), TABLES["keyword_effect"])
    assert sure.matches["CTR"].offered == 1


def test_the_order_of_days_comes_from_another_column_or_is_asked_for() -> None:
    told = suggest(head_of("PO No.,Vendor,PO date,ETA\nP1,A,07/13/2026,08/01/2026\n"), TABLES["purchase_order"]).matches
    assert (told["PO date"].order, told["ETA"].order, told["ETA"].ask) == ("", "mdy", False)
    asked = suggest(head_of("PO No.,Vendor,PO date\nP1,A,07/08/2026\n"), TABLES["purchase_order"]).matches
    assert (asked["PO date"].order, asked["PO date"].ask) == ("", True)


def test_the_currency_of_the_brackets_is_offered_as_a_constant_and_what_lacks_is_named() -> None:
    found = suggest(head_of("货号,进货成本(人民币)\n1601,3.2\n"), TABLES["product_cost"])
    assert (found.constants, found.missing) == ({"currency": "CNY"}, ())
    bare = suggest(head_of("货号,进货成本\n1601,3.2\n"), TABLES["product_cost"])
    assert (bare.constants, bare.missing) == ({}, ("currency",))


def test_cells_that_do_not_suit_a_column_speak_against_it() -> None:
    good = suggest(head_of("Customer,Mail\nKim,kim@a.example\n"), TABLES["order_lines"]).matches
    bad = suggest(head_of("Customer,Mail\nKim,12\n"), TABLES["order_lines"]).matches
    assert good["Mail"].column == "email"
    assert "Mail" not in bad


def test_an_email_column_is_known_by_its_cells() -> None:
    found = suggest(head_of("Customer,Reach\nKim,kim@a.example\nLee,lee@b.example\n"), TABLES["order_lines"]).matches
    assert (found["Reach"].column, found["Reach"].why) == ("email", "values")


def test_a_trial_names_line_column_value_and_reason() -> None:
    text = "货号,成本\n1601,3.2\n1602,dear\n"
    trial = try_out(
        sheet_of(text),
        head_of(text),
        HeaderMap("product_cost", {"product_id": "货号", "unit_cost": "成本"}, constants={"currency": "CNY"}),
    )
    assert (trial.rows, trial.of) == (1, 2)
    assert trial.rejected.select("line", "column", "value", "code").rows() == [(3, "单件成本", "dear", "not_a_number")]
    assert trial.rejected.schema["line"] == pl.Int32
