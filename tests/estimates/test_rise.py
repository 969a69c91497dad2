"""A rise is told where there is one, and a thousand steady items give hardly any."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates.rise import rise


def test_a_worked_example() -> None:
    """Ten a period six times, then 10 and 30: one period old. Exact: P(Bin(90, 1/7) ≥ 30) = 0.0000007…, doubled at the most."""
    found = rise([[10, 11, 9, 10, 10, 10, 10, 30]])
    assert (found.periods[0], found.before[0], found.newest[0]) == (1, 10, 30)
    assert found.p[0] < 0.01
    assert rise([[10, 11, 9, 10, 10, 10, 10, 12]]).p[0] > 0.2


def test_a_rise_of_two_periods_is_told_as_that() -> None:
    found = rise([[10, 11, 9, 10, 10, 10, 28, 30]])
    assert (found.periods[0], found.newest[0]) == (2, 29)


def test_what_all_others_rose_is_no_rise_of_its_own() -> None:
    counts = [[100, 104, 96, 100, 102, 98, 100, 160]]
    assert rise(counts).p[0] < 0.01
    assert rise(counts, (1.6, 1.3)).p[0] > 0.2


def test_steady_items_keep_the_level_and_a_plain_threshold_does_not() -> None:
    """20,000 items of 0.5 to 50 a period, over-dispersed as weeks are: of 0.5 % about a hundred may be told, not thousands."""
    rng = np.random.default_rng(5)
    means = rng.uniform(0.5, 50, 20_000)[:, None]
    counts = rng.poisson(means * rng.gamma(30, 1 / 30, (20_000, 13)))
    past = counts[:, :-2].mean(axis=1)
    plain = ((counts[:, -1] > 1.5 * past) & (counts[:, -1] >= 5)).sum()
    assert (rise(counts).p <= 0.005).sum() <= 130
    assert plain > 1000


def test_a_doubling_is_seen() -> None:
    rng = np.random.default_rng(6)
    counts = rng.poisson(60, (500, 13))
    counts[:, -2:] = rng.poisson(120, (500, 2))
    assert (rise(counts).p * 500 <= 0.01).mean() > 0.75


def test_too_few_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 8 periods"):
        rise([[1, 2, 3]])
