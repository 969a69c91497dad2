"""Figures as they are written, and what a chart concludes from few days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zhanggui.plans.visits import Daily
from zhanggui.web import traffic_charts, words

SUNDAY = date(2026, 9, 13)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.00004, "0.00004"), (-0.00001, "-0.00001"), (0.0001, "0.0001"), (0.012345, "0.0123"), (0.5, "0.50"), (0, "0"), (None, "—"),
    ],
)  # fmt: skip
def test_a_small_figure_is_not_zero(value, written):
    assert words.figure(value, "number") == written


@pytest.mark.parametrize(("days", "told"), [(7, 0), (13, 0), (14, 1)])
def test_weekends_are_set_beside_weekdays_from_four_of_each_on(days, told):
    known = {SUNDAY + timedelta(days=n): 10.0 for n in range(days)}
    one = traffic_charts.calendar(Daily("visitor", "", known), [])
    assert one.title.count("周末") + one.title.count("weekend") == told
