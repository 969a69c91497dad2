"""Pareto charts: shares of the known whole, the rest in one bar."""

from __future__ import annotations

import pytest

from zhanggui.web import charts


def test_the_largest_come_first_and_the_rest_is_one_bar():
    one = charts.Pareto(title="", items=[("a", 10), ("b", 50), ("c", None), ("d", 30), ("e", 6), ("f", 4)], most=3)
    assert one.option["yAxis"]["data"] == ["b", "d", "a", "2 others"]
    assert one.option["series"][0]["data"] == [50, 30, 10, 10]
    assert one.option["series"][1]["data"] == [[0.5, 0], [0.8, 1], [0.9, 2], [1.0, 3]]
    assert one.table.rows == [
        ["b", "50", "50.00%", "50.00%"], ["d", "30", "30.00%", "80.00%"], ["a", "10", "10.00%", "90.00%"],
        ["2 others", "10", "10.00%", "100.00%"], ["c", "—", "—", "—"],
    ]  # fmt: skip
    assert one.notes == ["Figures missing, not in the whole: c."]
    assert one.summary == "The largest is b, 50; the first 1 make half of the whole."


def test_people_and_values_below_zero_are_refused():
    with pytest.raises(ValueError, match="people are never summed"):
        charts.Pareto(title="", items=[("a", 1)], unit=charts.PEOPLE)
    with pytest.raises(ValueError, match="below zero"):
        charts.Pareto(title="", items=[("a", -1)])


def test_a_whole_of_zero_has_no_shares():
    one = charts.Pareto(title="", items=[("a", 0)])
    assert (one.drawn, one.table.rows) == (False, [["a", "0", "—", "—"]])
