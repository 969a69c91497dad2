"""What a rate is at least: published limits, and how many trials until it is sure."""

from __future__ import annotations

import pytest

from zhanggui.estimates.rates import least_rate, trials_until


@pytest.mark.parametrize(("events", "trials", "low"), [(0, 10, 0.0), (1, 10, 0.00512), (5, 10, 0.22244), (10, 10, 0.74113)])
def test_clopper_pearson_at_95_percent(events, trials, low):
    """One-sided 95 %: the lower ends of the tabulated 90 % intervals."""
    assert least_rate(events, trials, 0.95) == pytest.approx(low, abs=1e-5)


def test_trials_until_a_rate_is_sure():
    needed = trials_until(0.1, 0.05, 0.9)
    assert needed == 52
    assert least_rate(round(0.1 * 60), 60, 0.9) >= 0.05 > least_rate(4, 40, 0.9)
    assert trials_until(0.05, 0.05, 0.9) == float("inf")
