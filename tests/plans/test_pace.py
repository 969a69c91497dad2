"""A goal against what has come."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from zhanggui.facts import Window
from zhanggui.measures.series import Series, span
from zhanggui.plans.pace import Pace, paces
from zhanggui.tables import TABLES

DAY = timedelta(days=1)
TODAY = date(2026, 11, 21)


def orders(first: date, last: date, daily) -> Series:
    """Days of orders, `daily(day)` a day."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    periods = tuple((d, d) for d in days)
    weeks = [tuple((d, d) for d in days[i : i + 7]) for i in range(len(days) % 7, len(days), 7)]
    window = Window(TABLES["order_lines"], first, last, periods, pl.LazyFrame())
    rows = {(d, d): {"orders": daily(d)} for d in days}
    return Series(window, periods, (), tuple(((w[0][0], w[-1][1]), w) for w in weeks[-52:]), periods, rows, True)


def goal(value, figure="订单数", **given) -> pl.DataFrame:
    row = {"year": 2026, "quarter": None, "month": None, "figure": figure, "value": float(value), "unit": None}
    row |= dict.fromkeys(("product_line", "country", "buyer_class", "person")) | given
    return pl.DataFrame([row], infer_schema_length=None)


def one(frame, **told) -> Pace:
    (found,) = paces(frame, TODAY, told)
    return found


def test_the_days_of_year_quarter_and_month():
    assert span(2026, None, None) == (date(2026, 1, 1), date(2026, 12, 31))
    assert span(2026, 4, None) == (date(2026, 10, 1), date(2026, 12, 31))
    assert span(2028, 1, 2) == (date(2028, 2, 1), date(2028, 2, 29))
    assert span(2026, None, 12) == (date(2026, 12, 1), date(2026, 12, 31))
    assert [span(2026, 5, None), span(2026, None, 13), span(0, None, None)] == [None] * 3


def test_done_over_what_should_have_come_by_the_days_with_data():
    found = one(goal(60, month=11), order_lines=orders(date(2026, 11, 1), date(2026, 11, 20), lambda d: 3))
    assert (found.done, found.known, found.gone, found.days) == (60, 20, 21, 30)
    assert (found.expected, found.pace, found.seasonal) == (pytest.approx(40), pytest.approx(1.5), False)
    assert found.weekly == 0


def test_last_year_s_course_is_taken_where_all_its_days_are_there():
    """Last November brought nothing before the 12th, so that little is no lag."""
    year = orders(date(2025, 10, 1), TODAY, lambda d: 10 if d.month == 11 and d.day >= 14 and d.year == 2025 else 1)
    found = one(goal(300, month=11), order_lines=year)
    start = date(2026, 11, 1) - timedelta(weeks=52)
    last = [1 if d.day < 14 or d.month != 11 else 10 for d in (start + n * DAY for n in range(30))]
    assert (found.seasonal, found.expected) == (True, pytest.approx(300 * sum(last[:21]) / sum(last)))


def test_the_forecast_has_an_interval_and_says_whether_it_holds_the_goal():
    steady = orders(date(2026, 1, 1), TODAY, lambda d: 3)
    assert [one(goal(v), order_lines=steady).reach for v in (500, 1095, 2000)] == ["yes", "open", "no"]
    likely, low, high = one(goal(1095), order_lines=steady).forecast
    assert low < likely < high
    assert likely == pytest.approx(3 * 365)
    assert one(goal(50, month=11), order_lines=orders(date(2026, 11, 10), TODAY, lambda d: 3)).forecast is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"figure": "访客"}, "people"),
        ({"figure": "毛利率"}, "rate"),
        ({"country": "Spain"}, "part"),
        ({"unit": "CNY"}, "unit"),
        ({"figure": "曝光"}, "no_data"),
    ],
)
def test_what_has_no_pace_says_why(given, why):
    found = one(goal(10, **given), order_lines=orders(date(2026, 1, 1), TODAY, lambda d: 3))
    assert (found.why, found.done, found.pace) == (why, None, None)


def test_goals_that_are_not_running_are_left_out():
    assert paces(goal(10, year=2025), TODAY, {}) == []
    assert paces(goal(10, month=3), TODAY, {}) == []
