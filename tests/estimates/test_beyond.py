"""Against the textbook's exact comparison of two rates, and against chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, poisson_means_test

from zhanggui.estimates.beyond import apart


def test_two_parts_are_the_exact_conditional_test():
    told = apart([11, 3], [500, 700])
    share = binomtest(11, 14, 500 / 1200, alternative="greater")
    assert told.above[0] == pytest.approx(2 * share.pvalue)
    low, high = binomtest(11, 14, 500 / 1200).proportion_ci(0.9)
    assert (told.low[0], told.high[0]) == pytest.approx((low / (1 - low) * 1.4, high / (1 - high) * 1.4))
    assert told.ratio[0] == pytest.approx(11 / 500 / (3 / 700))
    assert told.expected[0] == pytest.approx(500 * 3 / 700)


def test_it_is_no_bolder_than_the_test_of_two_poisson_means():
    for x, y in ((8, 2), (15, 6), (30, 20)):
        assert apart([x, y], [1, 1]).above[0] / 2 >= poisson_means_test(x, 1, y, 1, alternative="greater").pvalue - 1e-9


def test_a_silent_part():
    told = apart([0, 10, 10], [100, 100, 100])
    assert told.below[0] == pytest.approx(3 * (2 / 3) ** 20)
    assert (told.low[0], told.ratio[0], told.above[0]) == (0, 0, 1)


def test_all_events_in_one_part():
    told = apart([6, 0], [100, 100])
    assert (told.ratio[0], told.high[0], told.below[0]) == (np.inf, np.inf, 1)
    assert told.above[0] == pytest.approx(2 / 2**6)


def test_parts_that_are_alike_are_seldom_told_apart():
    """A plain look at each of 24 hours at 1 % would cry wolf in a fifth of the shops."""
    rng = np.random.default_rng(5)
    clicks = rng.integers(20, 200, (1000, 24))
    told = [apart(rng.poisson(0.03 * row), row) for row in clicks]
    alarms = sum((one.above <= 0.01).any() for one in told), sum((one.below <= 0.01).any() for one in told)
    plain = sum((one.above / 24 <= 0.01).any() for one in told)
    assert (max(alarms) <= 15, plain >= 80) == (True, True)


def test_a_part_twice_as_good_is_covered_by_its_range():
    rng = np.random.default_rng(6)
    inside = 0
    for _ in range(1000):
        told = apart(rng.poisson([0.06 * 800, 0.03 * 4000]), [800, 4000])
        inside += told.low[0] <= 2 <= told.high[0]
    assert 890 <= inside <= 960
