"""Rates of words in groups: nearer to the truth than raw rates, than one rate for all, and than one layer; with intervals that hold."""

import numpy as np
import pytest

from zhanggui.estimates.pooled import pooled_rates
from zhanggui.estimates.shrink import shrunk


def drawn(seed, between=0.5, shape=6.0, words=150, groups=10):
    dice = np.random.default_rng(seed)
    group = dice.integers(0, groups, words)
    rate = 0.05 * np.exp(dice.normal(0, between, groups))[group] * dice.gamma(shape, 1 / shape, words)
    trials = np.round(dice.lognormal(2.5, 1.2, words))
    return group, rate, trials, dice.poisson(rate * trials).astype(float)


def error(found, rate):
    return float(np.abs(found - rate).mean())


def test_nearer_to_the_truth_than_raw_rates_one_rate_and_one_layer():
    ours, raw, one, layer = [], [], [], []
    for seed in range(30):
        group, rate, trials, events = drawn(seed)
        ours.append(error(pooled_rates(events, trials, group, 0.03).mean, rate))
        raw.append(error(events / np.maximum(trials, 1), rate))
        one.append(error(np.full(len(rate), events.sum() / trials.sum()), rate))
        layer.append(error(shrunk(events, trials).rate, rate))
    assert np.mean(ours) < 0.93 * np.mean(layer) < 0.93 * np.mean(one)
    assert np.mean(ours) < 0.5 * np.mean(raw)


def test_intervals_cover():
    """Of the middle 80 % by draws, about 80 % hold the truth."""
    inside = []
    for seed in range(30):
        group, rate, trials, events = drawn(seed)
        draws = pooled_rates(events, trials, group, 0.03).draws(200, np.random.default_rng(seed))
        low, high = np.quantile(draws, (0.1, 0.9), axis=0)
        inside.append(np.mean((low <= rate) & (rate <= high)))
    assert 0.75 <= np.mean(inside) <= 0.86


def test_a_word_with_most_of_the_clicks_does_not_speak_for_all():
    """One word of 5,000 clicks at 1 % beside groups at 10 %: a group never seen is taken to be nearer to the groups than to the word."""
    group = np.repeat(np.arange(6), 5)
    trials = np.where(group == 5, 0.0, 40.0)
    events = np.where(group == 5, 0.0, 4.0)
    trials[0], events[0] = 5000, 50
    found = pooled_rates(events, trials, group, 0.03)
    assert events.sum() / trials.sum() < 0.03
    assert np.all(found.mean[group == 5] > 0.05)
    assert found.mean[0] == pytest.approx(0.01, rel=0.1)


def test_a_group_never_seen_is_less_sure_than_one_that_was():
    group = np.repeat([0, 1, 2], 10)
    trials = np.where(group == 2, 0.0, 50.0)
    draws = pooled_rates(np.where(group == 2, 0.0, 3.0), trials, group, 0.03).draws(400, np.random.default_rng(1))
    of_group = [draws[:, group == g].mean(1).std() for g in (0, 2)]
    assert of_group[1] > 2 * of_group[0]


def test_nothing_seen_is_the_typical_rate():
    found = pooled_rates(np.zeros(4), np.zeros(4), np.array([0, 0, 1, 1]), 0.03)
    assert found.mean == pytest.approx(0.03)


def test_the_level_of_all_is_that_of_their_sums_and_its_uncertainty_is_common():
    """Six events in six hundred trials of sixty items: neither the typical rate, nor known to a tenth."""
    inside, said = [], []
    for seed in range(40):
        dice = np.random.default_rng(seed)
        rate, trials = 0.01 * dice.gamma(5, 1 / 5, 60), np.round(dice.lognormal(2, 0.8, 60))
        found = pooled_rates(dice.poisson(rate * trials).astype(float), trials, dice.integers(0, 6, 60), 0.03)
        low, high = np.quantile((found.draws(200, dice) * trials).sum(1), (0.1, 0.9))
        inside.append(low <= (rate * trials).sum() <= high)
        said.append((found.mean * trials).sum() / (rate * trials).sum())
    assert 0.7 <= np.mean(inside) <= 0.92
    assert np.mean(said) < 1.3
