"""A day by the hour: running sums, gaps where nothing is told, and the columns beside them in the table."""

from __future__ import annotations

import pytest

from zhanggui.web import charts

MONEY = charts.Unit("money", "USD")
DUE = charts.Line("Due", [float(h) for h in range(1, 25)], MONEY, dashed=True)
SPENT = charts.Line("Spent", [2.0, 0.0, *[None] * 22], MONEY)


def test_an_hour_that_is_not_told_is_a_gap_and_nothing_is_zero():
    one = charts.Clock("Fast", [DUE, SPENT], [("Bids", ["↓", *[""] * 23])])
    due, spent = one.option["series"]
    assert (spent["data"][:3], spent["connectNulls"], due["lineStyle"]["type"]) == ([2.0, 0.0, None], False, "dashed")
    assert (one.option["xAxis"]["data"][0], one.option["xAxis"]["data"][-1]) == ("01:00", "24:00")
    assert one.table.head == ["Until", "Due (USD)", "Spent (USD)", "Bids"]
    assert one.table.rows[0] == ["01:00", "1.00", "2.00", "↓"]
    assert one.table.rows[2] == ["03:00", "3.00", "—", ""]
    assert one.notes == []  # the day is not over
    assert one.summary == "Due by 24:00: 24.00 USD. Spent by 02:00: 0.00 USD."


@pytest.mark.parametrize(
    ("lines", "beside", "trouble"),
    [
        ([charts.Line("Short", [1.0])], [], "24 values"),
        ([DUE], [("Bids", ["x"])], "24 texts"),
        ([DUE, charts.Line("Clicks", [1] * 24)], [], "one unit"),
        ([], [], "one unit"),
    ],
)
def test_a_day_has_24_hours_and_one_unit(lines, beside, trouble):
    with pytest.raises(ValueError, match=trouble):
        charts.Clock("", lines, beside)


def test_nothing_known_is_not_drawn():
    one = charts.Clock("", [charts.Line("Spent", [None] * 24)])
    assert (one.drawn, one.summary) == (False, "Spent: no figures.")


def test_a_hole_is_told():
    one = charts.Clock("", [charts.Line("Spent", [1, None, None, 4, *[None] * 20])])
    assert one.notes == ["Spent: 2 missing, left open on the chart; missing is not zero."]
