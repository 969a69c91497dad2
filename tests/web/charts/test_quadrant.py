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


def test_a_thin_point_is_grey_and_in_no_corner():
    one = charts.Quadrant(
        title="",
        x=charts.Axis("Clicks", 10),
        y=charts.Axis("Inquiries per click", 0.01, charts.RATE),
        points=[charts.Point("sure", 20, 0.02), charts.Point("early", 20, 0.05, thin=True)],
        corners=("keep", "show", "watch", "improve"),
    )
    assert one.corner(one.points[1]) is None
    grey = one.option["series"][0]
    assert [p["name"] for p in grey["data"]] == ["early"]
    assert grey["itemStyle"]["color"] == "--chart-soft"
    assert [row[-1] for row in one.table.rows] == ["keep", "too early to judge"]
    assert [k.label for k in one.key] == ["top right · keep 1", "top left · show 0", "bottom left · watch 0",
                                          "bottom right · improve 0", "too early to judge 1"]  # fmt: skip
    assert one.notes == ["Clicks is high from 10.", "Inquiries per click is high from 1.00%."]
