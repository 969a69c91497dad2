"""A sheet with one column per word becomes long rows."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.intake.files import text
from zhanggui.intake import read
from zhanggui.intake.cells import Sheet
from zhanggui.intake.sheets import read_sheets
from zhanggui.intake.wide import unfold
from zhanggui.tables import TABLES


def sheet(rows: list[list[str]]) -> Sheet:
    return read_sheets(text(rows), "multiTimeline.csv")[0][0]


def test_every_word_of_every_week_is_a_row_with_its_line() -> None:
    long = unfold(
        sheet(
            [
                ["Category: All categories", "", ""],
                ["Week", "loafers: (Worldwide)", "boots, men: (United States)"],
                ["2026-09-06", "45", "<1"],
                ["2026-09-13", "", "100"],
            ]
        )
    )
    assert long is not None
    table = TABLES["search_trend"]
    assert long.cells.row(0) == tuple(table.columns[c].zh for c in ("week", "word", "region", "heat", "below_one"))
    assert long.cells.rows()[1:] == [
        ("2026-09-06", "loafers", "Worldwide", "45", "N"),
        ("2026-09-06", "boots, men", "United States", "0", "Y"),
        ("2026-09-13", "loafers", "Worldwide", None, "N"),
        ("2026-09-13", "boots, men", "United States", "100", "N"),
    ]
    assert long.lines.to_list() == [2, 3, 3, 4, 4]


def test_a_month_is_named_by_its_first_day_and_the_chinese_page_is_read() -> None:
    long = unfold(sheet([["月", "乐福鞋：（全球）"], ["2026-09", "45"]]))
    assert long is not None
    assert long.cells.row(1) == ("2026-09-01", "乐福鞋", "全球", "45", "N")


def test_long_rows_are_a_table_of_search_trends() -> None:
    from zhanggui.intake.clean import Cleaner
    from zhanggui.intake.recognise import recognise

    long = unfold(sheet([["Day", "loafers: (US)", "isPartial"], ["2026-09-06", "45", "false"]]))
    assert long is not None
    found, _ = recognise(long, TABLES, "multiTimeline.csv")
    assert found is not None
    cleaner = Cleaner(found.table, found.columns, len(found.headers))
    cleaner.take(long.cells[1:], long.lines[1:])
    rows, rejected = cleaner.finish()
    assert (found.table.name, rejected.height) == ("search_trend", 0)
    assert rows.select("week", "word", "region", "heat", "below_one").rows() == [
        (date(2026, 9, 6), "loafers", "US", 45.0, False)
    ]


@pytest.mark.parametrize(
    "rows",
    [[["Week", "loafers"], ["2026-09-06", "45"]], [["词", "loafers: (US)"], ["x", "45"]], [["产品ID", "产品名称"], ["1", "A"]]],
)
def test_any_other_sheet_is_left_alone(rows: list[list[str]]) -> None:
    assert unfold(sheet(rows)) is None
    assert unfold(Sheet("", pl.DataFrame(), pl.Series("line", [], dtype=pl.Int32))) is None


def test_one_word_in_two_columns_counts_once() -> None:
    told = b"Week,loafers: (US),loafers: (US),pumps: (US)\n2026-08-30,5,6,1\n2026-09-06,7,7,2\n"
    part = read(told, "multiTimeline.csv", on=date(2026, 9, 30)).parts[0]
    assert part.rows.sort("_line", "word").select("_line", "word", "heat").rows() == [
        (2, "loafers", 5.0),
        (2, "pumps", 1.0),
        (3, "loafers", 7.0),
        (3, "pumps", 2.0),
    ]
    assert part.rejected.select("line", "code", "other").rows() == [(2, "same_key", 2), (3, "same_row", 3)]
