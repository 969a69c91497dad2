"""What a rate is at least: published limits, and how many trials until it is sure."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates.rates import least_rate, rate_range, trials_until


@pytest.mark.parametrize(("events", "trials", "low"), [(0, 10, 0.0), (1, 10, 0.00512), (5, 10, 0.22244), (10, 10, 0.74113)])
def test_clopper_pearson_at_95_percent(events, trials, low):
    """One-sided 95 %: the lower ends of the tabulated 90 % intervals."""
    assert least_rate(events, trials, 0.95) == pytest.approx(low, abs=1e-5)


def test_trials_until_a_rate_is_sure():
    def told(events, trials):
        return least_rate(events, trials, 0.9) >= 0.05

    assert trials_until(told, 0.1, 1) == trials_until(told, 0.1, 40) == 52
    assert least_rate(round(0.1 * 60), 60, 0.9) >= 0.05 > least_rate(4, 40, 0.9)
    assert trials_until(told, 0.05, 20) == float("inf")
    assert trials_until(told, 0.0501, 10_000) == pytest.approx(0.05 * 0.95 * (1.2816 / 0.0001) ** 2, rel=0.01)


def test_the_range_of_a_share_holds_it_four_times_in_five():
    rng = np.random.default_rng(3)
    inside = 0
    for clicks in rng.binomial(400, 0.03, 1000):
        _, low, high = rate_range(int(clicks), 400)
        inside += low <= 0.03 <= high
    assert 740 <= inside <= 860
