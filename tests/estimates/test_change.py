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


def test_a_rise_is_told_as_a_fall_is():
    counts = [100, 104, 97, 101, 99, 103, 98, 100, 160]
    rise, fall = change(counts, rise=True), change(counts)
    assert (rise.newest, rise.before, rise.periods) == (160, fall.before, 1)
    assert rise.p < 0.001 < 0.9 < fall.p
    assert change([2 * m - c for c, m in zip(counts, [100] * 9, strict=True)]).p < 0.01
    assert change([100] * 7 + [160, 100], rise=True).p > 0.4  # it has come back


def test_noise_is_borrowed_from_series_of_its_kind():
    """Few periods that happen to be quiet tell less when the others are wild, and wild ones more when the others are quiet."""
    counts = [100, 101, 99, 100, 80]
    alone, beside_wild = change(counts), change(counts, (9.0, 20.0))
    assert alone.p < beside_wild.p
    assert beside_wild.low < alone.low < alone.high < beside_wild.high
    wild = [60, 140, 80, 120, 30]
    assert change(wild, (1.0, 40.0)).p < change(wild).p
