"""Maps: discs by area, and nothing dropped in silence."""

from __future__ import annotations

from zhanggui.web import charts

PLACES = [("Kenya", None), ("美国", 400), ("Atlantis", 7), ("Germany", 100), ("Réunion", 3), ("Japan", 0)]


def test_discs_have_the_area_of_their_figure_and_everything_else_is_said():
    one = charts.CountryMap(title="", places=[charts.Place(*p) for p in PLACES], unit=charts.PEOPLE, label="Visitors")
    data = one.option["series"][0]["data"]
    assert [(d["name"], d["value"][2], d["symbolSize"], d["row"]) for d in data] == [
        ("United States", 400, 44.0, 0),
        ("Germany", 100, 22.0, 1),
    ]
    assert one.table.rows == [
        ["United States", "400"], ["Germany", "100"], ["Atlantis", "7"], ["Réunion", "3"], ["Japan", "0"], ["Kenya", "—"],
    ]  # fmt: skip
    assert one.notes == [
        "Names not known, not on the map: Atlantis.",
        "No place on the map: Réunion.",
        "Figure missing: Kenya.",
    ]


def test_marked_countries_have_a_colour_and_a_word_of_their_own():
    places = [charts.Place("Germany", 100, True), charts.Place("Kenya", 10)]
    one = charts.CountryMap(title="", places=places, marks=("target country", "other country"))
    assert [d.get("itemStyle") for d in one.option["series"][0]["data"]] == [None, {"color": "--chart-2"}]
    assert one.table.rows == [["Germany", "100", "target country"], ["Kenya", "10", "other country"]]
    assert [k.label for k in one.key] == ["target country", "other country"]
