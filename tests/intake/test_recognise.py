"""Which report is this, where is its header, which period does it cover?"""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.files import DAY, TITLE, codes, taken, text
from zhanggui.intake import parse_period
from zhanggui.tables import TABLES, Table
from zhanggui.tables.columns import Count, Text

WEEK = (date(2026, 9, 13), date(2026, 9, 19))
HEADER = ["产品ID", "产品名称", "搜索曝光次数", "搜索点击次数", "全店点击次数"]
ROW = ["1600000000001", "Loafers", "120", "3", "9"]
LISTED = ["产品ID", "产品名称", "类目"]


@pytest.mark.parametrize("above", [0, 5, 19, 39])
def test_the_header_is_found_wherever_it_stands(above):
    titles = [[TITLE], *[[""]] * 18, *[["数据说明"]] * 20][:above]
    reading = taken(text([*titles, HEADER, ROW]), period=WEEK)
    assert [(p.table.name, p.header_line, p.rows.height) for p in reading.parts] == [("product_effect", above + 1, 1)]


def test_a_header_below_line_40_is_not_looked_for():
    assert codes(taken(text([*[["数据说明"]] * 40, HEADER, ROW]), period=WEEK)) == ["nothing_known"]


def test_a_word_of_the_data_is_no_header():
    reading = taken(text([[TITLE], HEADER, ROW, ["产品ID", "产品名称", "1", "1", "1"]]))
    assert reading.parts[0].header_line == 2


@pytest.mark.parametrize(
    "header",
    [
        ["订单编号(Order Number)", "订单创建时间(Order Create Time)", "商品名称(Product Name)", "数量(Quantity)"],
        ["订单编号（Order Number）", "订单创建时间（Order Create Time）", "商品名称（Product Name）", "数量（Quantity）"],
        ["Order Number", "Order Create Time", "Product Name", "Quantity"],
        ["订单编号 ", "　订单创建时间", " 商品名称\t", "数 量"],
        ["ＯＲＤＥＲ　ＮＵＭＢＥＲ", "order create time", "PRODUCT NAME", "quantity"],
    ],
)
def test_headers_are_known_in_either_language_and_any_width(header):
    reading = taken(text([header, ["26001", "2026-09-14 10:00:00", "Loafers", "3"]]))
    assert reading.parts[0].rows.select("order_no", "created", "product_name", "quantity").rows() == [
        ("26001", date(2026, 9, 14), "Loafers", 3)
    ]


def test_what_the_file_called_each_column_is_kept_without_the_spaces_around_it():
    reading = taken(text([[TITLE], [h + " " for h in HEADER], ROW]))
    assert list(reading.parts[0].headers.values()) == HEADER


def test_an_unknown_column_is_a_note_and_the_rest_is_read():
    reading = taken(text([[TITLE], [*HEADER, "新指标"], [*ROW, "7"]]))
    assert [(p.code, p.level, p.column) for p in reading.problems] == [("unknown_column", "note", "新指标")]
    assert (reading.ok, reading.parts[0].rows.height) == (True, 1)


def test_a_column_that_stands_twice_is_read_once_and_the_second_one_noted():
    reading = taken(text([[TITLE], [*HEADER, "搜索曝光次数"], [*ROW, "999"]]))
    assert (codes(reading), reading.parts[0].rows["search_exposures"].to_list()) == (["unknown_column"], [120])


def test_columns_that_the_file_lacks_are_missing_and_not_zero():
    rows = taken(text([[TITLE], HEADER, ROW])).parts[0].rows
    assert rows.select("inquiries", "lead_people_90d").rows() == [(None, None)]


def test_the_nearest_report_and_the_columns_it_lacks_are_named():
    problem = taken(text([["词", "点击量", "点击率"], ["a", "1", "1%"]])).problems[0]
    assert (problem.code, problem.nearest, problem.value) == (
        "not_recognised",
        "引流关键词 Traffic keywords",
        "曝光量, Top10平均曝光",
    )


def test_a_table_that_a_person_names_is_taken():
    named = {"table": "product_effect", "period": WEEK}
    assert [p.table.name for p in taken(text([LISTED, ["1", "Loafers", "Shoes"]]), **named).parts] == ["product_effect"]


def test_a_file_that_is_like_two_reports_asks_which():
    columns = {"a": Text(zh="甲", en="A", required=True), "b": Count(zh="乙", en="B")}
    twins = {
        name: Table(name=name, zh=name, en=name, kind="report", time="state", grain="", key=("a",), columns=columns)
        for name in ("one", "other")
    }
    reading = taken(text([["甲", "乙"], ["x", "1"]]), tables=twins)
    assert [(p.code, p.value) for p in reading.problems] == [("ambiguous", "one, other")]
    assert [p.table.name for p in taken(text([["甲", "乙"], ["x", "1"]]), tables=twins, table="other").parts] == ["other"]


@pytest.mark.parametrize("name", list(TABLES))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_is_recognised_by_its_own_labels(name, lang):
    header = [TABLES[name].label(c, lang) for c in TABLES[name].columns]
    row = ["2026-09-14" if c.kind in ("day", "moment") else "1" for c in TABLES[name].columns.values()]
    reading = taken(text([header, row]), period=WEEK)
    assert [(p.table.name, list(p.headers), p.rows.height) for p in reading.parts] == [(name, list(TABLES[name].columns), 1)]


@pytest.mark.parametrize(
    "spelling",
    [
        "2026-09-13~2026-09-19",
        "统计周期：2026-09-13 ～ 2026-09-19",
        "2026/09/13—2026/09/19",
        "2026.9.13-2026.9.19",
        "2026年9月13日至2026年9月19日",
        "2026-09-13 to 2026-09-19",
        "2026-09-13 00:00:00 ~ 2026-09-19 23:59:59",
        "product_20260913_20260919.xls",
        "product_20260913-20260919 (1).xls",
        "word 260913-260919.xls",
    ],
)
def test_the_platform_s_spellings_of_a_period_are_known(spelling):
    assert parse_period(spelling) == WEEK


@pytest.mark.parametrize(
    "spelling", ["", "2026-09-13", "2026-02-30~2026-03-01", "report_20260920_121212.xlsx", "1600123456789-20260919", "1-2"]
)
def test_what_is_no_period_is_none(spelling):
    assert parse_period(spelling) is None


def test_the_title_says_the_period():
    assert taken(text([[TITLE], HEADER, ROW]), "x_20200101_20200107.csv").parts[0].period == WEEK


def test_without_a_title_the_name_of_the_file_says_it():
    assert taken(text([HEADER, ROW]), "产品_20260913_20260919.csv").parts[0].period == WEEK


def test_what_the_file_says_comes_before_a_person():
    asked = (date(2026, 9, 6), date(2026, 9, 12))
    reading = taken(text([[TITLE], HEADER, ROW]), period=asked)
    assert (reading.parts[0].period, codes(reading)) == ((date(2026, 9, 13), date(2026, 9, 19)), ["period_differs"])


def test_what_a_person_says_holds_where_the_file_is_silent():
    asked = (date(2026, 9, 6), date(2026, 9, 12))
    reading = taken(text([HEADER, ROW]), period=asked)
    assert (reading.parts[0].period, reading.options["period"]) == (asked, ["2026-09-06", "2026-09-12"])


def test_a_period_to_come_is_refused():
    reading = taken(text([["2062-09-13~2062-09-19"], HEADER, ROW]))
    assert (codes(reading), reading.ok) == (["period_in_future"], False)


def test_a_report_without_period_asks_for_it():
    reading = taken(text([HEADER, ROW]))
    assert (codes(reading), reading.parts, reading.ok) == (["period_unknown"], [], False)


def test_a_period_that_ends_before_it_starts_is_refused():
    reading = taken(text([["2026-09-19~2026-09-13"], HEADER, ROW]))
    assert [(p.code, p.value) for p in reading.problems] == [("period_reversed", "2026-09-19~2026-09-13")]


def test_a_report_with_a_day_column_needs_no_period():
    header = ["日期", "关键词", "点击量", "花费", "推广计划"]
    days = [["2026-09-13", "a", "1", "2.5", "P"], ["2026-09-14", "a", "1", "2.5", "P"], ["", "a", "1", "2.5", "P"]]
    part = taken(text([header, *days])).parts[0]
    assert part.rows.select("period_start", "period_end").rows() == [(date(2026, 9, d), date(2026, 9, d)) for d in (13, 14)]
    assert [(p.code, p.line, p.column) for p in part.problems("f")] == [("required_missing", 4, "日期")]


@pytest.mark.parametrize(
    ("titles", "name", "day"),
    [
        ([["导出时间 2026-09-18"]], "x.csv", date(2026, 9, 18)),
        ([], "catalogue-2026-09-17.csv", date(2026, 9, 17)),
        ([["2026-02-31"]], "catalogue.csv", DAY),
        ([], "catalogue.csv", DAY),
    ],
)
def test_a_list_is_dated_by_its_title_its_name_or_the_day_it_was_read(titles, name, day):
    part = taken(text([*titles, LISTED, ["1", "Loafers", "Shoes"]]), name).parts[0]
    assert (part.as_of, part.rows["as_of"].to_list()) == (day, [day])


def test_a_first_row_is_not_taken_for_a_second_line_of_the_header():
    columns = TABLES["supplier"].columns
    header = [c.zh for c in columns.values()]
    rows = [
        [
            "类型" if name == "supplier" else "1" if c.dtype.is_numeric() else "" if c.kind != "text" else "B"
            for name, c in columns.items()
        ]
    ]
    reading = taken(text([header, *rows]))
    assert [(p.header_line, p.rows["supplier"].to_list()) for p in reading.parts] == [(1, ["类型"])]
