"""A simulated shop whose true rates are known: the shrunk order finds more of the best than the raw one."""

from __future__ import annotations

import numpy as np

from zhanggui.estimates.shrink import shrunk

SHOPS, ITEMS = 40, 300


def _shop(seed: int):
    rng = np.random.default_rng([seed, 9])
    true = rng.gamma(6.0, 0.05 / 6, ITEMS)
    clicks = np.maximum(1, rng.lognormal(3.5, 1.5, ITEMS)).astype(int)
    return true, clicks, rng.poisson(true * clicks)


def _mean_true(true, by) -> float:
    """The true rate of the fifth that an order puts first."""
    return float(true[np.argsort(-by, kind="stable")[: ITEMS // 5]].mean())


def test_the_shrunk_order_beats_the_raw_one() -> None:
    """Mean true rate of the chosen fifth: higher than by raw rates in four shops of five, and on average far beyond chance."""
    gains = []
    for seed in range(SHOPS):
        true, clicks, leads = _shop(seed)
        found = shrunk(leads, clicks)
        assert found is not None
        gains.append(_mean_true(true, found.rate) / _mean_true(true, leads / clicks) - 1)
    assert np.mean(np.array(gains) > 0) >= 0.8
    assert np.mean(gains) > 0.02
    assert np.mean(gains) > 5 * np.std(gains) / SHOPS**0.5


def test_the_shrunk_rates_are_nearer_to_the_truth_and_the_intervals_hold_it() -> None:
    inside, raw_error, error = [], [], []
    for seed in range(SHOPS):
        true, clicks, leads = _shop(seed)
        found = shrunk(leads, clicks)
        assert found is not None
        inside.append(np.mean((found.low <= true) & (true <= found.high)))
        raw_error.append(np.mean((leads / clicks - true) ** 2))
        error.append(np.mean((found.rate - true) ** 2))
    assert 0.76 < np.mean(inside) < 0.84
    assert np.mean(error) < 0.5 * np.mean(raw_error)


def test_an_item_without_trials_has_the_typical_rate() -> None:
    found = shrunk([5, 3, 2, 0], [100, 80, 60, 0])
    assert found is not None
    assert (found.rate[3], found.weight[3]) == (found.typical, 0)
    assert shrunk([1, 1, 0], [10, 10, 10]) is None
