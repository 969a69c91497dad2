"""The interval holds its level for counts, rates and money; a real move is seen; what is too little says so."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates.comparison import behind, compare

SERIES, WEEKS = 2000, 26


def poisson(dice, mean):
    return dice.poisson(mean)


def over_dispersed(dice, mean):
    """Variance four times the mean."""
    return dice.negative_binomial(mean / 3, 1 / 4)


def last(periods, events, trials=None):
    """The newest periods against as many before them."""
    n = np.ones(len(events)) / periods if trials is None else np.asarray(trials)
    new, old = slice(-periods, None), slice(-2 * periods, -periods)
    sums = [(float(np.sum(events[w])), float(n[w].sum())) for w in (new, old)]
    return compare(*sums, events, trials)


@pytest.mark.parametrize("periods", [1, 4])
@pytest.mark.parametrize("noise", [poisson, over_dispersed])
def test_no_more_than_one_in_ten_is_told_as_moved_where_nothing_has(noise, periods):
    dice = np.random.default_rng(11)
    series = noise(dice, np.full((SERIES, WEEKS), 40.0))
    assert np.mean([last(periods, row).moved for row in series]) <= 0.125


def test_the_plain_rule_of_twenty_percent_calls_noise_a_change_far_more_often():
    dice = np.random.default_rng(12)
    series = over_dispersed(dice, np.full((SERIES, WEEKS), 40.0))
    plain = np.mean(np.abs(series[:, -1] / series[:, -2] - 1) > 0.2)
    assert plain > 4 * np.mean([last(1, row).moved for row in series])


def test_a_fall_to_a_third_is_seen_and_a_slow_trend_does_not_hide_it():
    dice = np.random.default_rng(13)
    means = np.linspace(60, 180, WEEKS) * np.ones((500, 1))
    means[:, -4:] /= 3
    told = [last(4, row) for row in dice.poisson(means)]
    assert np.mean([c.moved and c.high < 1 for c in told]) >= 0.95


@pytest.mark.parametrize("scale", [0.01, 1, 5000])
def test_the_unit_of_money_does_not_matter(scale):
    amounts = np.random.default_rng(14).gamma(4, 25_000, WEEKS)
    one, other = last(4, amounts), last(4, amounts * scale)
    assert (one.ratio, one.low, one.high) == pytest.approx((other.ratio, other.low, other.high))


def test_rates_are_compared_by_their_own_trials():
    dice = np.random.default_rng(15)
    trials = dice.integers(2000, 9000, (SERIES, WEEKS))
    told = [last(4, dice.binomial(n, 0.01), n) for n in trials]
    assert np.mean([c.moved for c in told]) <= 0.125
    found = last(1, [10, 10, 10, 10, 10, 30], [1000, 1000, 1000, 1000, 1000, 1500])
    assert (found.newest, found.before, found.ratio) == pytest.approx((0.02, 0.01, 2.0))


def test_a_missing_week_is_left_out_of_the_noise_and_is_no_zero():
    weeks = [40.0, 44, 38, 41, 43, 39, 42, 40]
    whole, holed = compare((40, 1), (42, 1), weeks), compare((40, 1), (42, 1), [*weeks[:4], None, *weeks[4:]])
    assert 0.9 < whole.low / holed.low < 1.1


def test_too_few_periods_have_no_interval_and_nothing_before_no_comparison():
    two = compare((20, 1), (10, 1), [10, 20])
    assert (two.ratio, two.low, two.moved) == (2, None, None)
    assert [compare((4, 1), (0, 1), [0, 4]), compare((1, 0), (1, 1), []), compare((1, 1), (1, 0), [])] == [None] * 3


def test_a_fall_to_nothing_is_a_fall_unless_there_was_little():
    assert [compare((0, 1), (n, 1), [n] * 8 + [0]).moved for n in (2, 60)] == [False, True]
    assert compare((0, 1), (60, 1), [60] * 8 + [0]).ratio == 0


def test_behind_the_peers_only_beyond_one_s_own_noise():
    trials = np.full(12, 10_000)
    steady = np.array([100, 104, 97, 99, 102, 100, 98, 101, 103, 99, 100, 100])
    assert behind(steady, trials, 0.02).high < 1
    assert behind(steady, trials, 0.0101).moved is False
    assert behind(steady[:2], trials[:2], 0.02).moved is None
    assert [behind([], [], 0.02), behind([3], [0], 0.02), behind([3], [10], 0)] == [None] * 3
