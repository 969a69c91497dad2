"""The interval holds what it promises, at unequal distances too, where a naive one does not."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from zhanggui.estimates.drift import FEWEST_LOOKS, ahead

START = date(2026, 1, 5)


def at(*days: int) -> list[date]:
    return [START + timedelta(days=n) for n in days]


def walk(rng: Random, days: list[int], drift: float, noise: float) -> list[float]:
    found = [rng.uniform(40, 80)]
    for before, after in pairwise(days):
        found.append(found[-1] + drift * (after - before) + rng.gauss(0, noise * (after - before) ** 0.5))
    return found


def covered(days: list[int], cases: int = 3000) -> tuple[float, float]:
    """Shares of cases in which the interval holds the truth: ours, and last value ± 1.645 × the spread of all looks' moves."""
    rng, ours, naive = Random(5), 0, 0
    for _ in range(cases):
        values = walk(rng, days, rng.uniform(-0.3, 0.3), 1.0)
        told = ahead(at(*days[:-1]), values[:-1], at(days[-1])[0])
        assert told
        ours += told.low <= values[-1] <= told.high
        moves = [b - a for a, b in pairwise(values[:-1])]
        spread = (sum((m - sum(moves) / len(moves)) ** 2 for m in moves) / (len(moves) - 1)) ** 0.5
        naive += abs(values[-1] - values[-2]) <= 1.645 * spread
    return ours / cases, naive / cases


@pytest.mark.parametrize("days", [[0, 30, 61, 91, 110], [0, 7, 14, 21, 28, 35, 42, 66], [0, 1, 2, 60, 61, 90, 95, 130]])
def test_it_holds_its_level(days):
    ours, naive = covered(days)
    assert abs(ours - 0.9) < 0.02
    assert naive < ours - 0.05


def test_by_hand():
    """Moves 2, 4, 3 over 10 days each: drift 0.3 a day, residuals −1, 1, 0, variance (0.1 + 0.1) ÷ 2 = 0.1 a day."""
    told = ahead(at(0, 10, 20, 30), [10, 12, 16, 19], at(40)[0])
    assert told is not None
    assert told.value == pytest.approx(22)
    wide = 2.919986 * (0.1 * (10 + 100 / 30)) ** 0.5
    assert (told.low, told.high, told.looks) == (pytest.approx(22 - wide), pytest.approx(22 + wide), 4)


def test_too_few_looks_say_nothing():
    assert ahead(at(*range(FEWEST_LOOKS - 1)), [1.0] * (FEWEST_LOOKS - 1), at(9)[0]) is None


def test_a_figure_that_stands_still_stays_where_it_is():
    told = ahead(at(0, 1, 2, 3), [5, 5, 5, 5], at(30)[0])
    assert told is not None
    assert (told.value, told.low, told.high) == (5, 5, 5)
