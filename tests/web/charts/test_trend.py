"""Trends: gaps stay gaps, one panel for each unit, marks on their own days."""

from __future__ import annotations

from datetime import date

import pytest

from zhanggui.web import charts

DAYS = [date(2026, 9, d) for d in (1, 2, 3, 4)]


def trend(*values, **more):
    return charts.Trend(title="Up", days=DAYS, lines=[charts.Line("Clicks", values)], **more)


def test_a_missing_day_is_a_gap_and_never_zero():
    one = trend(3, None, 0, 5)
    series = one.option["series"][0]
    assert series["data"] == [["2026-09-01", 3], ["2026-09-02", None], ["2026-09-03", 0], ["2026-09-04", 5]]
    assert series["connectNulls"] is False
    assert one.table.rows == [["1 Sep 2026", "3"], ["2 Sep 2026", "—"], ["3 Sep 2026", "0"], ["4 Sep 2026", "5"]]
    assert one.notes == ["Clicks: 1 missing, left open on the chart; missing is not zero."]
    assert one.summary == "Clicks from 3 to 5, lowest 0, highest 5."


def test_a_long_line_shows_a_sign_only_where_a_day_stands_alone():
    days = [date(2026, 1, 1).replace(month=1 + n // 28, day=1 + n % 28) for n in range(84)]
    values = [None if n in (9, 11) else n for n in range(84)]
    data = charts.Trend(title="", days=days, lines=[charts.Line("x", values)]).option["series"][0]["data"]
    assert [i for i, point in enumerate(data) if not isinstance(point, dict)] == [10]


def test_a_period_stands_at_its_middle_and_is_named_whole():
    one = charts.Trend(title="", days=[(date(2026, 9, 13), date(2026, 9, 19))], lines=[charts.Line("x", [1])])
    assert one.option["series"][0]["data"] == [["2026-09-16", 1]]
    assert one.table.rows == [["13 Sep 2026 – 19 Sep 2026", "1"]]


def test_each_unit_has_its_own_panel():
    lines = [
        charts.Line("Clicks", [1] * 4),
        charts.Line("Rate", [0.1] * 4, charts.RATE),
        charts.Line("Peers", [2] * 4, dashed=True),
    ]
    one = charts.Trend(title="", days=DAYS, lines=lines)
    assert [(s["xAxisIndex"], s["yAxisIndex"], s["lineStyle"]["type"]) for s in one.option["series"]] == [
        (0, 0, "solid"), (1, 1, "solid"), (0, 0, "dashed"),
    ]  # fmt: skip
    assert [axis["axisLabel"]["formatter"] for axis in one.option["yAxis"]] == ["@count", "@percent"]
    assert one.size == "panels-2"


def test_marks_stand_on_their_days_and_are_told_below():
    marks = [
        charts.Mark(date(2026, 9, 3), "New price"),
        charts.Mark(date(2026, 9, 2), "{b} festival"),
        charts.Mark(date(2026, 10, 1), "Holiday"),
    ]
    one = trend(1, 2, 3, 4, marks=marks)
    assert one.option["series"][0]["markLine"]["data"] == [
        {"xAxis": "2026-09-02", "label": {"formatter": "1"}},
        {"xAxis": "2026-09-03", "label": {"formatter": "2"}},
    ]
    assert one.listed == [
        "2 Sep 2026 · {b} festival",
        "3 Sep 2026 · New price",
        "1 Oct 2026 · Holiday (outside the days drawn)",
    ]


def test_nothing_known_is_not_drawn():
    assert trend(None, None, None, None).drawn is False


def test_lines_of_another_length_and_too_many_units_are_refused():
    with pytest.raises(ValueError, match="as many values as days"):
        trend(1, 2)
    with pytest.raises(ValueError, match="one to 3 units"):
        charts.Trend(title="", days=DAYS, lines=[charts.Line(str(n), [1] * 4, charts.Unit(word=str(n))) for n in range(4)])
