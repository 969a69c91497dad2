"""Funnels: a rate only within one scope."""

from __future__ import annotations

from zhanggui.web import charts

STEPS = [
    charts.Step("Exposures", 1000, scope="search"),
    charts.Step("Clicks", 20, scope="search", peers=0.03),
    charts.Step("Shop clicks", 50, scope="shop"),
    charts.Step("Inquiries", None, scope="shop"),
    charts.Step("Orders", 2, scope="shop"),
]


def test_rates_do_not_mix_scopes_and_need_both_figures():
    one = charts.Funnel(title="", steps=STEPS)
    assert one.rates == [None, 0.02, None, None, None]
    assert one.table.head == ["Step", "Count", "Of the step before", "Peers", "Counts what"]
    assert one.table.rows[1:4] == [
        ["Clicks", "20", "2.00%", "3.00%", "search"],
        ["Shop clicks", "50", "—", "—", "shop"],
        ["Inquiries", "—", "—", "—", "shop"],
    ]
    assert one.notes == [
        "Percentages are of the step before.",
        "“Clicks” and “Shop clicks” count different things: no rate between them.",
    ]


def test_bars_start_at_zero_and_a_missing_one_is_no_bar():
    option = charts.Funnel(title="", steps=STEPS).option
    assert option["series"][0]["data"] == [
        {"value": 1000, "label": {"formatter": "1,000"}, "itemStyle": {"color": "--chart-1"}},
        {"value": 20, "label": {"formatter": "20 · 2.00%"}, "itemStyle": {"color": "--chart-1"}},
        {"value": 50, "label": {"formatter": "50"}, "itemStyle": {"color": "--chart-2"}},
        {"value": None, "label": {"formatter": "—"}, "itemStyle": {"color": "--chart-2"}},
        {"value": 2, "label": {"formatter": "2"}, "itemStyle": {"color": "--chart-2"}},
    ]
    assert option["yAxis"]["data"] == ["Exposures", "Clicks", "Shop clicks", "Inquiries —", "Orders"]
    assert "min" not in option["xAxis"]


def test_nothing_of_nothing_is_no_rate():
    assert charts.Funnel(title="", steps=[charts.Step("a", 0), charts.Step("b", 0)]).rates == [None, None]
