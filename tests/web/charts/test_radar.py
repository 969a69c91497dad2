"""Radars: a missing value takes its spoke out of the drawing, since the middle would read as the lowest."""

from __future__ import annotations

import pytest

from zhanggui.web import charts

SPOKES = [charts.Spoke(name, -2, 2) for name in "abcd"]


def test_a_spoke_with_a_missing_value_is_left_out_and_said():
    one = charts.Radar(
        title="", spokes=SPOKES, lines=[charts.Line("us", [1, None, 0, -1]), charts.Line("peers", [0] * 4, dashed=True)]
    )
    assert [s["name"] for s in one.option["radar"]["indicator"]] == ["a", "c", "d"]
    assert [d["value"] for d in one.option["series"][0]["data"]] == [[1, 0, -1], [0, 0, 0]]
    assert one.table.rows == [["a", "1", "0"], ["b", "—", "0"], ["c", "0", "0"], ["d", "-1", "0"]]
    assert one.notes == ["Figures missing, not on the chart: b."]
    assert one.drawn is True


def test_two_spokes_are_no_radar():
    assert charts.Radar(title="", spokes=SPOKES, lines=[charts.Line("us", [1, None, None, 1])]).drawn is False


def test_lines_of_another_length_are_refused():
    with pytest.raises(ValueError, match="as many values as spokes"):
        charts.Radar(title="", spokes=SPOKES, lines=[charts.Line("us", [1])])


def test_a_value_beyond_the_edge_stands_at_it_and_is_said():
    one = charts.Radar(title="", spokes=SPOKES, lines=[charts.Line("us", [9, 0, 0, -1])])
    assert one.option["series"][0]["data"][0]["value"] == [2, 0, 0, -1]
    assert one.table.rows[0] == ["a", "9"]
    assert one.notes == ["Beyond the edge, drawn at it: a."]


def test_long_names_take_two_lines():
    names = ["Trade Assurance orders", "店铺访问人数", "Clicks"]
    one = charts.Radar(title="", spokes=[charts.Spoke(n, 0, 1) for n in names], lines=[charts.Line("us", [1, 1, 1])])
    assert [s["name"] for s in one.option["radar"]["indicator"]] == ["Trade Assurance\norders", "店铺访\n问人数", "Clicks"]
    assert [row[0] for row in one.table.rows] == names
