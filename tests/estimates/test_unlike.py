"""Rates of a few items when their spread is not known: alike where they are, covered where they are not."""

import numpy as np
import pytest

from zhanggui.estimates import shrunk
from zhanggui.estimates.unlike import unlike


def test_too_little_is_no_rate():
    assert unlike([2, 2], [50, 50]) is None
    assert unlike([9, 0], [50, 0]) is None
    assert unlike([9, 9], [50, 50]) is not None


def test_few_trials_stay_at_the_rate_of_all_and_many_speak_for_themselves():
    told = unlike([0, 1, 100, 400], [3, 3, 4000, 4000])
    assert told
    usual = 501 / 8006
    assert told.mean[2:] == pytest.approx([0.025, 0.1], rel=0.03)
    assert usual * 0.5 < told.mean[0] < told.mean[1] < usual * 2.5
    assert told.alike < 1e-6


def test_equal_items_are_taken_to_be_alike():
    told = unlike([50, 51, 49, 50], [1000] * 4)
    assert told
    assert told.alike > 0.7
    assert told.mean == pytest.approx([0.05] * 4, rel=0.01)


def test_draws_have_the_mean_and_the_same_dice_give_the_same():
    told = unlike([2, 9, 30], [100, 100, 400])
    assert told
    drawn = told.draws(20_000, np.random.default_rng(1))
    assert drawn.mean(0) == pytest.approx(told.mean, rel=0.02)
    assert np.array_equal(drawn, told.draws(20_000, np.random.default_rng(1)))


@pytest.mark.parametrize("spread", [0.0, 0.3, 0.8])
def test_eight_in_ten_rates_lie_in_the_middle_eighty_per_cent(spread):
    """Of 300 drawn shops with eight items each; of equal items more: that they are is thought possible beforehand."""
    dice, inside = np.random.default_rng(5), []
    for _ in range(300):
        rate, trials = 0.04 * np.exp(dice.normal(0, spread, 8) - spread**2 / 2), dice.integers(20, 1500, 8)
        told = unlike(dice.poisson(rate * trials), trials)
        assert told
        low, high = np.quantile(told.draws(200, dice), (0.1, 0.9), axis=0)
        inside.append((low <= rate) & (rate <= high))
    assert 0.7 < np.mean(inside) < (0.95 if spread == 0 else 0.9)


def test_it_is_less_sure_than_the_likeliest_spread_alone():
    events, trials = [4, 5, 6, 5], [100, 100, 100, 100]
    told, alone = unlike(events, trials), shrunk(events, trials)
    assert told
    assert alone
    low, high = np.quantile(told.draws(4000, np.random.default_rng(1)), (0.1, 0.9), axis=0)
    assert np.all(high - low > alone.high - alone.low)
