"""A rate of few trials: the simulated truth is found again, and the shrunk rate beats the raw one."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates import Spread, fit_spread
from zhanggui.estimates.spread import EVEN, missing_events


def shop(seed, a, mean, items=400):
    """True rates, trials and events of a shop whose rates are Gamma(a) with this mean."""
    dice = np.random.default_rng(seed)
    rates = dice.gamma(a, mean / a, items)
    trials = dice.integers(20, 2000, items)
    return rates, trials, dice.poisson(rates * trials)


@pytest.mark.parametrize(("a", "mean"), [(0.5, 0.01), (1.0, 0.02), (3.0, 0.02), (8.0, 0.05)])
def test_the_truth_of_a_simulated_shop_is_found_again(a, mean):
    fits = [fit_spread(events, trials) for _, trials, events in (shop(seed, a, mean) for seed in range(20))]
    assert np.median([f.a for f in fits]) == pytest.approx(a, rel=0.15)
    assert np.mean([f.typical for f in fits]) == pytest.approx(mean, rel=0.05)


@pytest.mark.parametrize("seed", range(5))
def test_the_shrunk_rate_is_nearer_to_the_truth_than_the_raw_rate_and_than_the_mean(seed):
    rates, trials, events = shop(seed, 2.0, 0.01)
    fit = fit_spread(events, trials)
    shrunk, raw, mean = (((guess - rates) ** 2).sum() for guess in (fit.rate(events, trials), events / trials, fit.typical))
    assert (shrunk < 0.9 * raw, shrunk < 0.9 * mean) == (True, True)


def test_eight_of_ten_true_rates_lie_in_the_interval_of_80_percent():
    inside = []
    for seed in range(20):
        rates, trials, events = shop(seed, 2.0, 0.02)
        low, high = fit_spread(events, trials).interval(events, trials)
        inside.append(((low <= rates) & (rates <= high)).mean())
    assert np.mean(inside) == pytest.approx(0.80, abs=0.04)


def test_a_shop_whose_items_do_not_differ_has_one_rate():
    dice = np.random.default_rng(1)
    trials = dice.integers(100, 1000, 300)
    fit = fit_spread(dice.poisson(0.05 * trials), trials)
    low, high = fit.interval(0, 0)
    assert fit.a > 50
    assert high / low < 1.5


def test_few_trials_leave_an_item_near_the_typical_rate_and_many_let_it_speak():
    fit = Spread(a=2, b=100, items=10, events=20, trials=1000)
    assert fit.rate(0, 0) == fit.typical == 0.02
    assert fit.rate([0, 0, 0], [1, 100, 10_000]).round(5).tolist() == [0.0198, 0.01, 0.0002]


def test_the_chance_of_so_few_events_is_that_of_the_negative_binomial():
    from scipy.stats import nbinom

    fit = Spread(a=1.7, b=80, items=10, events=20, trials=1000)
    events, trials = np.arange(6), np.array([1, 10, 50, 200, 400, 1000])
    assert fit.chance_of_at_most(events, trials) == pytest.approx(nbinom.cdf(events, 1.7, 80 / (80 + trials)))


@pytest.mark.parametrize(("events", "trials", "n"), [(5, 500, 200), (18, 1500, 300), (200, 10_000, 100)])
def test_the_chance_of_none_is_that_of_a_simulation_in_which_the_typical_rate_is_only_known_from_its_events(events, trials, n):
    fit = Spread(a=1, b=1, items=10, events=events, trials=trials)
    dice = np.random.default_rng(4)
    typical = dice.gamma(events, 1 / trials, 400_000)
    simulated = (dice.poisson(typical * n) == 0).mean()
    assert float(fit.chance_of_none(n)) == pytest.approx(simulated, abs=0.003)


def test_after_the_trials_that_are_said_to_tell_the_chance_of_none_is_the_limit():
    fit = Spread(a=1, b=1, items=10, events=18, trials=1500)
    assert float(fit.chance_of_none(fit.trials_until_none_tells(0.01))) == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("events", "trials"),
    [([], []), ([4, 0, 0], [100, 100, 100]), ([9, 9], [100, 100]), ([9, 9, 9], [100, 100, 0])],
)
def test_with_fewer_than_five_events_or_three_items_there_is_no_typical_rate(events, trials):
    assert fit_spread(events, trials) is None


def test_what_is_missing_to_a_typical_rate_is_said_in_events():
    assert [missing_events(e) for e in ([], [1, 0], [4, 0.5], [9], [2, float("nan")])] == [5, 4, 1, 1, 3]


def test_items_without_trials_say_nothing():
    with_idle = fit_spread([3, 2, 4, 0, 0], [100, 100, 100, 0, 0])
    assert with_idle == fit_spread([3, 2, 4], [100, 100, 100])
    assert with_idle.a <= EVEN * 1.01


def test_the_order_of_the_items_changes_no_digit():
    dice = np.random.default_rng(5)
    n = dice.integers(1, 5000, 200)
    x = dice.poisson(n * 0.01 * dice.gamma(3, 1 / 3, 200))
    told = {fit_spread(x[order], n[order]) for order in (dice.permutation(200) for _ in range(20))}
    assert len(told) == 1
