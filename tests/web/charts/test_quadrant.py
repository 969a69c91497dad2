"""Quadrants: where a thing belongs, and what cannot be placed."""

from __future__ import annotations

from zhanggui.web import charts


def test_the_split_itself_is_high_and_what_lacks_a_figure_is_said():
    points = [("edge", 10, 5), ("low", 9, 4), ("right", 11, 4), ("top", 9, 5), ("none", 3, None)]
    one = charts.Quadrant(
        title="",
        x=charts.Axis("Exposures", 10, why="the median"),
        y=charts.Axis("Clicks", 5),
        points=[charts.Point(*p) for p in points],
        corners=("keep", "show", "watch", "improve"),
    )
    assert [row[-1] for row in one.table.rows] == ["keep", "watch", "improve", "show", "—"]
    assert [[(p["name"], p["value"], p["row"]) for p in s["data"]] for s in one.option["series"]] == [
        [("edge", [10, 5], 0)], [("top", [9, 5], 3)], [("low", [9, 4], 1)], [("right", [11, 4], 2)],
    ]  # fmt: skip
    assert len({s["symbol"] for s in one.option["series"]}) == 4
    assert one.notes == [
        "Exposures is high from 10, the median.",
        "Clicks is high from 5.",
        "Figures missing, not on the chart: none.",
    ]
