"""Sankey diagrams: no circles, no sums of people."""

from __future__ import annotations

import pytest

from zhanggui.web import charts

FLOWS = [charts.Flow("Search", "Product", 30), charts.Flow("Search", "Home", 10), charts.Flow("Home", "Product", None)]


def test_bands_and_table():
    one = charts.Sankey(title="", flows=FLOWS, label="Visits")
    series = one.option["series"][0]
    assert [n["name"] for n in series["data"]] == ["Search", "Product", "Home"]
    assert series["links"] == [
        {"source": "Search", "target": "Product", "value": 30, "row": 0},
        {"source": "Search", "target": "Home", "value": 10, "row": 1},
    ]
    assert one.table.rows == [
        ["Search", "Product", "30", "75.00%"],
        ["Search", "Home", "10", "25.00%"],
        ["Home", "Product", "—", "—"],
    ]
    assert one.notes == ["Figures missing, not on the chart: Home → Product."]


def test_people_are_not_added_up_to_shares():
    assert charts.Sankey(title="", flows=FLOWS, unit=charts.PEOPLE).table.head == ["From", "To", "Figure"]


def test_a_circle_is_named():
    with pytest.raises(ValueError, match="run in a circle: (Home → Product → Home|Product → Home → Product)"):
        charts.Sankey(title="", flows=[charts.Flow("Home", "Product", 1), charts.Flow("Product", "Home", 1)])
