"""Spend to the end of a month: the arithmetic, and how often the truth is inside."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates.spend_pace import spend_forecast


def test_even_weeks_go_on_evenly():
    value, low, high = spend_forecast(300, 20, [70, 70, 70, 70, 70, 70])
    assert (value, low < 500 < high) == (pytest.approx(500), True)


def test_only_the_last_four_weeks_tell_the_pace():
    assert spend_forecast(0, 28, [9000, 100, 100, 100, 100])[0] == pytest.approx(400)


@pytest.mark.parametrize("weeks", [[], [70] * 4, [0] * 8, [70, 70, float("nan"), 70, 70]])
def test_too_few_weeks_or_no_spend_give_none(weeks):
    assert spend_forecast(0, 20, weeks) is None


def test_the_range_holds_the_truth_about_nine_times_in_ten():
    rng = np.random.default_rng(11)
    inside = 0
    for _ in range(1000):
        days = rng.gamma(4, 25, 12 * 7 + 20)  # a day costs 100 on average, give or take 50
        weeks = days[:84].reshape(12, 7).sum(axis=1)
        _, low, high = spend_forecast(0, 20, weeks)
        inside += low <= days[84:].sum() <= high
    assert 820 <= inside <= 960


@pytest.mark.parametrize(("left", "least"), [(14, 860), (60, 840), (240, 740)])
def test_a_pace_that_wanders_is_still_mostly_inside(left, least):
    """3 % a week, told from half a year; a range of weeks' noise alone holds 520 of 1000 after 240 days."""
    rng, weeks = np.random.default_rng(2), left // 7
    inside = 0
    for _ in range(1000):
        level = 1000 * np.exp(np.cumsum(rng.normal(0, 0.03, 26 + weeks)))
        spent = rng.gamma(100, level / 100)
        done = spent[:26].sum()
        _, low, high = spend_forecast(done, 7 * weeks, spent[:26])
        inside += low <= done + spent[26:].sum() <= high
    assert inside >= least
