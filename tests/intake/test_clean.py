"""Text cells → typed columns; what cannot be read rejects its row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from tests.intake.files import TITLE, taken, text
from zhanggui.intake import text as delimited
from zhanggui.intake.clean import convert
from zhanggui.tables.columns import Count, Moment

EFFECT = [
    "产品ID",
    "产品名称",
    "是否橱窗",
    "搜索曝光次数",
    "搜索点击率",
    "访问人数",
    "RTS线上实收GMV",
    "全店点击次数",
]


def part(*rows, header=EFFECT):
    return taken(text([[TITLE], header, *rows])).parts[0]


def cell(column, value):
    """What one cell becomes, or the code of what is wrong with it."""
    row = dict.fromkeys(EFFECT, "") | {"产品ID": "1600000000001", "产品名称": "Loafers"} | {column: value}
    read = part([row[h] for h in EFFECT])
    if problems := read.problems("f"):
        return problems[0].code
    named = {header: name for name, header in read.headers.items()}
    return read.rows[named[column]].item()


def order(column, value):
    header = ["订单编号", "订单创建时间", "商品名称", column]
    read = taken(text([header, ["26001", "2026-09-14", "Loafers", value]])).parts[0]
    if problems := read.problems("f"):
        return problems[0].code
    named = {label: name for name, label in read.headers.items()}
    return read.rows[named[column]].item()


@pytest.mark.parametrize(
    ("column", "value", "becomes"),
    [
        ("搜索曝光次数", "1,234", 1234),
        ("搜索曝光次数", "12,345,678", 12345678),
        ("搜索曝光次数", "１，２３４", 1234),
        ("搜索曝光次数", "1 234", 1234),
        ("搜索曝光次数", "15.0", 15),
        ("搜索曝光次数", "　15\u00a0", 15),
        ("搜索曝光次数", "0", 0),
        ("搜索曝光次数", "15.5", "not_a_whole_number"),
        ("搜索曝光次数", "12,5", "not_a_whole_number"),
        ("搜索曝光次数", "5%", "not_a_whole_number"),
        ("搜索曝光次数", "many", "not_a_whole_number"),
        ("搜索曝光次数", "99999999999999999999", "not_a_whole_number"),
        ("搜索点击率", "1.62%", 0.0162),
        ("搜索点击率", "1.62％", 0.0162),
        ("搜索点击率", "1,62%", 0.0162),
        ("搜索点击率", "100%", 1.0),
        ("搜索点击率", "0.0162", 0.0162),
        ("搜索点击率", "nan", "not_a_number"),
        ("搜索点击率", "inf", "not_a_number"),
        ("搜索点击率", "1.62%%", "not_a_number"),
        ("RTS线上实收GMV", "US $1,234.50", Decimal("1234.5000")),
        ("RTS线上实收GMV", "US$12.5", Decimal("12.5000")),
        ("RTS线上实收GMV", "USD 12.5", Decimal("12.5000")),
        ("RTS线上实收GMV", "¥12.5", Decimal("12.5000")),
        ("RTS线上实收GMV", "12.5元", Decimal("12.5000")),
        ("RTS线上实收GMV", "1.234,56", Decimal("1234.5600")),
        ("RTS线上实收GMV", "12,5", Decimal("12.5000")),
        ("RTS线上实收GMV", "0.1", Decimal("0.1000")),
        ("RTS线上实收GMV", "twelve", "not_a_number"),
        ("是否橱窗", "Y", True),
        ("是否橱窗", "n", False),
        ("是否橱窗", "是", True),
        ("是否橱窗", "否", False),
        ("是否橱窗", "perhaps", "not_a_flag"),
        ("产品ID", " 1600123456789 ", "1600123456789"),
        ("产品ID", "0012", "0012"),
        ("产品ID", "1600123456789.0", "1600123456789"),
        ("产品ID", "1.60012E+12", "digits_lost"),
        ("产品ID", "1e12", "digits_lost"),
        ("产品ID", "-", "required_missing"),
        ("产品名称", "=1+1", "=1+1"),
        ("产品名称", "  Men's  shoes ", "Men's  shoes"),
    ],
)
def test_a_cell_becomes(column, value, becomes):
    assert cell(column, value) == becomes


@pytest.mark.parametrize("sign", ["", "-", "--", "—", "N/A", "暂无数据", "　", " - "])
def test_a_sign_for_none_is_missing_and_not_zero(sign):
    assert [cell(c, sign) for c in ("搜索曝光次数", "搜索点击率", "是否橱窗", "RTS线上实收GMV")] == [None] * 4


@pytest.mark.parametrize(
    "spelling",
    [
        "2026-09-05",
        "2026-9-5",
        "2026/09/05",
        "2026.9.5",
        "2026年9月5日",
        "20260905",
        "2026-09-05 23:59:59",
        "2026-09-05T10:00",
    ],
)
def test_a_day_is_read_in_any_of_its_spellings(spelling):
    assert order("实际发货时间", spelling) == date(2026, 9, 5)


@pytest.mark.parametrize("spelling", ["2026-02-30", "2026-13-01", "05/09/2026", "2026-09-051", "46270", "soon"])
def test_what_is_no_day_rejects_the_row(spelling):
    assert order("实际发货时间", spelling) == "not_a_day"


@pytest.mark.parametrize("word", ["合计", "总计：", "Total", "GRAND TOTAL:"])
def test_a_totals_row_is_not_data(word):
    read = part(["1", "A", "Y", "5", "", "", "", "2"], [word, "", "", "5", "", "", "", "2"])
    assert read.rows["product_id"].to_list() == ["1"]
    assert [(p.code, p.level, p.line, p.value) for p in read.problems("f")] == [("totals_row", "note", 4, word)]
    assert read.rejected_rows == 0


def test_a_line_without_content_is_no_row():
    read = part(["", "", "", "", "", "", "", ""], ["1", "A", "Y", "5", "", "", "", "2"], ["-", " ", "", "", "", "", "", "--"])
    assert (read.rows["_line"].to_list(), read.problems("f")) == ([4], [])


def test_one_bad_cell_leaves_out_its_whole_row_and_says_where():
    read = part(["1", "A", "Y", "5", "", "", "", "2"], ["2", "B", "Y", "x", "1%", "3", "?", "2"])
    assert read.rows["product_id"].to_list() == ["1"]
    assert [(p.code, p.level, p.line, p.column, p.value) for p in read.problems("f")] == [
        ("not_a_number", "row", 4, "RTS线上实收GMV", "?"),
        ("not_a_whole_number", "row", 4, "搜索曝光次数", "x"),
    ]
    assert read.rejected_rows == 1


def test_a_cell_of_an_unknown_column_cannot_reject_a_row():
    read = taken(text([[TITLE], ["产品ID", "搜索曝光次数", "新指标"], ["1", "5", "??"]])).parts[0]
    assert (read.rows.height, read.problems("f")) == (1, [])


def test_a_row_with_more_cells_than_the_header_is_left_out_since_its_columns_have_shifted():
    header = ["产品ID", "新指标", "搜索曝光次数"]
    read = taken(text([[TITLE], header, ["1", "", "5"], ["2", "", "5", "7", ""], ["3", "", "5", "", ""]])).parts[0]
    assert read.rows["product_id"].to_list() == ["1", "3"]
    assert [(p.code, p.line, p.value, p.limit) for p in read.problems("f")] == [("row_too_long", 4, "4", "3")]


ORDERS = ["订单编号", "订单创建时间", "商品名称", "数量"]


def days_of(days, size, monkeypatch):
    """The days of an order list that is read in blocks of so many rows, and the lines that were left out."""
    monkeypatch.setattr(delimited, "HEAD_ROWS", size)
    read = taken(text([ORDERS, *([str(i), day, "Loafers", "1"] for i, day in enumerate(days))])).parts[0]
    found = read.rows.sort("_line").get_column("created").dt.strftime("%m-%d").to_list()
    return found, read.rejected["line"].to_list()


@pytest.mark.parametrize("size", [2, 4, 200])
def test_a_day_far_below_tells_how_the_first_ones_are_read(size, monkeypatch):
    days = ["03/09/2026", "04/09/2026", "05/05/2026", "06/09/2026", "13/09/2026", "07/09/2026"]
    assert days_of(days, size, monkeypatch) == (["09-03", "09-04", "05-05", "09-06", "09-13", "09-07"], [])


@pytest.mark.parametrize("size", [2, 4, 200])
def test_where_the_days_of_a_list_contradict_each_other_no_doubtful_one_is_guessed(size, monkeypatch):
    days = ["13/09/2026", "03/09/2026", "2026-09-04", "05/09/2026", "09/14/2026"]
    assert days_of(days, size, monkeypatch) == (["09-13", "09-04", "09-14"], [3, 5])


def test_a_doubtful_day_on_a_line_that_is_too_long_is_left_out_once():
    rows = [["1", "03/09/2026", "Loafers", "1", "x"], ["2", "13/09/2026", "Loafers", "1"]]
    read = taken(text([ORDERS, *rows])).parts[0]
    assert (read.rows["_line"].to_list(), read.rejected.select("line", "code").rows()) == ([3], [(2, "row_too_long")])


def test_a_doubtful_day_on_a_line_that_is_cut_off_is_left_out():
    data = text([ORDERS, ["1", "13/09/2026", "Loafers", "1"]]) + b"2,03/09/2026,Loaf"
    read = taken(data).parts[0]
    assert (read.rows["_line"].to_list(), read.rejected.select("line", "code").rows()) == ([2], [(3, "cut_off")])


@pytest.mark.parametrize(
    ("told", "hour"), [("下午 3:05", 15), ("下午3:05:10", 15), ("上午 12:30", 0), ("上午 9:10", 9), ("15:05", 15)]
)
def test_the_chinese_halves_of_a_day_are_told_apart(told, hour):
    typed = pl.DataFrame({"x": [f"2026/9/13 {told}"]}).select(convert(Moment(zh="时间", en="Moment"), pl.col("x"))[0])
    assert typed.item().hour == hour


@pytest.mark.parametrize(
    ("value", "found"),
    [("1 204", 1204), ("1 204 500", 1204500), ("12 34", "not_a_whole_number"), ("1 2", "not_a_whole_number")],
)
def test_two_numbers_in_a_cell_are_not_made_one(value, found):
    assert cell("搜索曝光次数", value) == found


@pytest.mark.parametrize(
    ("value", "found"), [("0,123", "0.123"), ("0,5", "0.5"), ("-0,125", "-0.125"), ("1,204", "1204"), ("1.204,5", "1204.5")]
)
def test_no_thousands_follow_a_nought(value, found):
    assert cell("RTS线上实收GMV", value) == Decimal(found)


@pytest.mark.parametrize(("value", "found"), [("12.0", "12"), ("v1.0", "v1.0"), ("SKU-2.0", "SKU-2.0")])
def test_only_a_number_loses_the_decimals_that_excel_has_given_it(value, found):
    assert cell("产品ID", value) == found


@pytest.mark.parametrize("value", ["inf", "nan", "1e300"])
def test_a_count_in_another_unit_that_is_no_number_is_a_problem(value):
    typed = pl.DataFrame({"x": [value]}).select(convert(Count(zh="数", en="Count"), pl.col("x"), scale=100.0)[0])
    assert typed.item() is None
