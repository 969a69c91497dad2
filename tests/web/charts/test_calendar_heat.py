"""Calendars: a missing day is an empty cell, a day of zero is the lightest shade."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zhanggui.web import charts

FIRST = date(2026, 9, 1)


def calendar(*values):
    return charts.CalendarHeat(title="", days={FIRST + timedelta(n): v for n, v in enumerate(values) if v != "absent"})


def test_missing_days_have_no_cell():
    one = calendar(0, None, "absent", 9)
    assert one.option["series"][0]["data"] == [{"value": ["2026-09-01", 0], "row": 0}, {"value": ["2026-09-04", 9], "row": 3}]
    assert one.table.rows == [["1 Sep 2026", "0"], ["2 Sep 2026", "—"], ["3 Sep 2026", "—"], ["4 Sep 2026", "9"]]
    assert one.notes == ["2 days missing, left empty; missing is not zero."]
    assert one.key[-1].label == "missing"


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        ((0, 24), [0, 5, 10, 15, 20]),
        ((0, 3), [0, 1, 2, 3]),
        ((0, 0), [0]),
        ((7, 7), [0, 2, 4, 6]),
        ((-4, 6), [-4, -2, 0, 2, 4, 6]),
        ((190, 258), [0, 50, 100, 150, 200, 250]),
        ((0, 12), [0, 5, 10]),
    ],
)
def test_shades_go_up_in_round_steps(values, edges):
    one = calendar(*values)
    assert one.edges == edges
    assert len(one.option["visualMap"]["pieces"]) == len(edges)


def test_no_day_and_more_than_a_year_are_refused():
    with pytest.raises(ValueError, match="needs a day"):
        calendar()
    with pytest.raises(ValueError, match="do not fit"):
        calendar(*range(372))


def test_marks_stand_as_numbers_on_their_days_and_others_are_left_out():
    marks = [(5, "a later day"), (1, "festival"), (0, "task"), (1, "import")]
    one = charts.CalendarHeat(
        title="", days={FIRST: 1, FIRST + timedelta(2): 3}, marks=[charts.Mark(FIRST + timedelta(n), w) for n, w in marks]
    )
    assert one.listed == ["1 Sep 2026 · task", "2 Sep 2026 · festival; import"]
    numbers = one.option["series"][1]["data"]
    assert [(d["value"][0], d["label"]["formatter"]) for d in numbers] == [("2026-09-01", "1"), ("2026-09-02", "2")]
    assert one.option["visualMap"]["seriesIndex"] == 0
