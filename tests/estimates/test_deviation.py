"""Noise is measured in rows of one size, and wild rows are drawn in."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates.deviation import weighted_deviations


def standard(real: np.ndarray, expected: np.ndarray) -> np.ndarray:
    weight, score = weighted_deviations(real, expected)
    return score / np.sqrt(weight)


@pytest.mark.parametrize("mean", [0.3, 3, 300])
@pytest.mark.parametrize("over", [1.0, 4.0])
def test_the_noise_of_counts_is_one(mean, over):
    """Counts with `over` times Poisson's variance; sums over 50 rows, so that small counts are told too."""
    dice = np.random.default_rng(1)
    truth = mean * dice.lognormal(0, 0.5, 20_000)
    real = dice.poisson(truth) if over == 1 else dice.negative_binomial(truth / (over - 1), 1 / over)
    weight, score = weighted_deviations(real.astype(float), truth)
    sums = score.reshape(-1, 50).sum(1) / np.sqrt(weight.reshape(-1, 50).sum(1))
    assert 0.6 < sums.std() < 1.1


@pytest.mark.parametrize("noise", [0.01, 0.1])
def test_the_noise_of_forecasts_is_one_where_the_figure_is_borne_and_less_below(noise):
    dice = np.random.default_rng(2)
    truth = np.exp(dice.uniform(0, 10, 5000))
    z = standard(truth * dice.normal(1, noise, 5000), truth)
    assert z[truth > 1000].std() == pytest.approx(1, abs=0.06)
    assert z[truth < 20].std() < 1


def test_a_part_that_moved_does_not_widen_the_noise():
    dice = np.random.default_rng(3)
    truth = np.exp(dice.uniform(3, 10, 4000))
    real = truth * dice.normal(1, 0.05, 4000)
    real[:800] *= 0.5
    assert np.median(standard(real, truth)[:800]) < -6


def test_wild_rows_on_both_sides_are_drawn_in_and_on_one_side_are_not():
    dice = np.random.default_rng(4)
    truth = np.full(4000, 1000.0)
    real = truth * dice.normal(1, 0.01, 4000)
    both, one = real.copy(), real.copy()
    both[:40] *= np.tile([0.5, 1.5], 20)
    one[:20] *= 0.5
    assert np.abs(standard(both, truth)).max() < 5
    assert np.abs(standard(one, truth)).max() > 10


def test_real_and_expected_may_change_places():
    dice = np.random.default_rng(5)
    a, b = (dice.poisson(50, 500).astype(float) for _ in range(2))
    (w, s), (v, t) = weighted_deviations(a, b), weighted_deviations(b, a)
    assert w == pytest.approx(v)
    assert s == pytest.approx(-t)
