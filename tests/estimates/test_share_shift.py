"""The interval covers a known effect, whatever the market does meanwhile; the plain before and after does not."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates.share_shift import share_shift


def drawn(seed: int, effect: float, market: float, rate: float, days: int = 14, unrest: float = 0.15):
    """Daily counts (own before, after), (others before, after): a market that changes, weekdays, and each its own daily unrest."""
    dice = np.random.default_rng(seed)
    week = np.array([1.1, 1.1, 1.0, 1.0, 0.9, 0.7, 0.8])[np.arange(days) % 7]

    def side(level: float) -> np.ndarray:
        return dice.poisson(level * week * dice.gamma(1 / unrest**2, unrest**2, days))

    return (side(rate), side(rate * market * effect)), (side(3 * rate), side(3 * rate * market))


@pytest.mark.parametrize(("effect", "market", "rate"), [(1.0, 0.7, 40), (1.3, 0.8, 40), (0.8, 1.5, 8), (1.2, 1.0, 4)])
def test_covers_the_truth_whatever_the_market_does(effect, market, rate):
    runs = [share_shift(*drawn(seed, effect, market, rate)) for seed in range(400)]
    covered = np.mean([s is not None and s.low is not None and s.low <= effect <= s.high for s in runs])
    assert 0.86 <= covered <= 0.95
    assert np.median([s.ratio for s in runs if s]) == pytest.approx(effect, rel=0.05)


def test_before_and_after_alone_takes_the_market_for_the_effect():
    """With no effect in a market that falls by a fifth, the plain ratio lies far off in nearly every run."""
    fooled = honest = 0
    for seed in range(200):
        own, others = drawn(seed, 1.0, 0.8, 40)
        told = share_shift(own, others)
        assert told
        assert told.low is not None
        assert told.high is not None
        plain = own[1].sum() / own[0].sum()
        fooled += not told.low <= plain / 1.0 <= told.high
        honest += told.low <= 1 <= told.high
    assert honest >= 172
    assert fooled >= 100


def test_by_hand():
    """Weeks of steady days: 10 → 12 a day where the others went 20 → 16: without the change it would have been 8."""
    told = share_shift((np.full(7, 10), np.full(14, 12)), (np.full(7, 20), np.full(14, 16)))
    assert told
    assert (told.before, told.after, told.without, told.ratio) == (10, 12, pytest.approx(8), pytest.approx(1.5))
    half = 1.7291 * np.sqrt(1 / 70 + 1 / 140 + 1 / 168 + 1 / 224)  # t, 19 degrees, 95 %
    assert (told.low, told.high) == (pytest.approx(1.5 * np.exp(-half), rel=1e-4), pytest.approx(1.5 * np.exp(half), rel=1e-4))


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ((np.ones(6), np.ones(7)), (np.ones(6), np.ones(7))),
        ((np.ones(7), np.ones(7)), (np.zeros(7), np.ones(7))),
        ((np.ones(7), np.ones(7)), (np.ones(7), np.zeros(7))),
        ((np.zeros(7), np.ones(7)), (np.ones(7), np.ones(7))),
    ],
)
def test_nothing_to_go_by(own, others):
    assert share_shift(own, others) is None


def test_none_at_all_after_the_change_has_no_interval():
    told = share_shift((np.ones(7), np.zeros(7)), (np.ones(7), np.ones(7)))
    assert told
    assert (told.ratio, told.low, told.high) == (0, None, None)
