"""A fall is told beyond the noise, and noise is not told as a fall."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates import change
from zhanggui.estimates.change import FEWEST_PERIODS

WEEKS, SERIES = 9, 2000


def poisson(dice, mean):
    return dice.poisson(mean)


def over_dispersed(dice, mean):
    """Variance four times the mean."""
    return dice.negative_binomial(mean / 3, 1 / 4)


@pytest.mark.parametrize("mean", [3, 30, 300])
@pytest.mark.parametrize("noise", [poisson, over_dispersed])
def test_noise_is_seldom_told_as_a_fall(noise, mean):
    dice = np.random.default_rng(5)
    series = noise(dice, np.full((SERIES, WEEKS), float(mean)))
    p = [moved.p for row in series if (moved := change(row))]
    assert np.mean(np.array(p) <= 0.01) <= 0.015


@pytest.mark.parametrize("weeks_ago", [1, 2])
@pytest.mark.parametrize("noise", [poisson, over_dispersed])
def test_a_fall_to_35_percent_is_told_whether_it_is_one_week_old_or_two(noise, weeks_ago):
    dice = np.random.default_rng(6)
    means = np.full((500, WEEKS), 300.0)
    means[:, -weeks_ago:] *= 0.35
    moved = [change(row) for row in noise(dice, means)]
    assert np.mean([m.p <= 0.01 for m in moved]) >= 0.95
    assert np.mean([m.periods == weeks_ago for m in moved]) >= 0.8


def test_the_interval_of_the_ratio_holds_the_true_ratio_nine_times_of_ten():
    dice = np.random.default_rng(7)
    means = np.full((SERIES, WEEKS), 100.0)
    means[:, -1] *= 0.5
    moved = [m for row in dice.poisson(means) if (m := change(row)) and m.periods == 1]
    assert np.mean([m.low <= 0.5 <= m.high for m in moved]) == pytest.approx(0.93, abs=0.05)


def test_the_figures_of_a_fall_are_means_a_period():
    moved = change([100, 102, 98, 100, 100, 40])
    assert (moved.newest, moved.before, moved.ratio, moved.periods) == (40, 100, 0.4, 1)
    assert moved.low < 0.4 < moved.high
    two = change([100, 102, 98, 100, 100, 40, 36])
    assert (two.newest, two.before, two.periods) == (38, 100, 2)


def test_a_week_that_has_come_back_is_no_fall_of_two_weeks():
    assert change([100, 102, 98, 100, 100, 20, 99]).p > 0.1
    assert change([100, 102, 98, 100, 100, 20, 50]).periods == 2


def test_a_rise_is_no_fall():
    assert change([10, 10, 10, 10, 50, 50]).p == 1.0


def test_a_fall_to_nothing_has_an_interval():
    moved = change([50, 50, 50, 50, 50, 0])
    assert (moved.ratio, moved.low > 0, moved.high < 0.5) == (0, True, True)


@pytest.mark.parametrize(
    "counts", [[], [9] * (FEWEST_PERIODS - 1), [9, None, 9, 9, 9, 9], [9, 9, 9, 9, float("nan")], [0, 0, 0, 0, 3, 0]]
)
def test_too_few_periods_a_missing_one_or_no_events_give_no_verdict(counts):
    assert change(counts) is None
