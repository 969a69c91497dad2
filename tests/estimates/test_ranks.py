"""Against a published figure, by its level on simulated shops, and by what it refuses to say."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates.ranks import FEWEST, enough, together


def test_against_the_definition_of_the_coefficient():
    """ρ of ten pairs without ties is 1 − 6·Σd² ÷ (n³ − n): Σd² = 194 in the textbook's example of IQ and hours of television."""
    iq = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]
    found = together(iq, hours)
    assert found.rho == pytest.approx(1 - 6 * 194 / 990)
    assert (found.verdict, found.n) == ("unknown", 10)


@pytest.mark.parametrize("rho", [0.0, 0.4, 0.7])
def test_its_interval_holds_its_level(rho):
    """Normal pairs: the rank correlation behind ρ is 6/π·asin(ρ/2)."""
    rng, truth, held, cases = np.random.default_rng(3), 6 / np.pi * np.arcsin(rho / 2), 0, 2000
    for _ in range(cases):
        x = rng.standard_normal(40)
        found = together(x, rho * x + (1 - rho**2) ** 0.5 * rng.standard_normal(40))
        assert found.low is not None
        assert found.high is not None
        held += found.low <= truth <= found.high
    assert abs(held / cases - 0.95) < 0.02


def test_stars_that_are_equal_in_many_shops_do_not_feign_a_relation():
    rng, seen, cases = np.random.default_rng(4), 0, 2000
    for _ in range(cases):
        seen += together(rng.integers(0, 6, 40), rng.lognormal(3, 2, 40)).verdict in ("more", "less")
    assert seen / cases < 0.07


def test_so_many_shops_show_a_relation_that_matters_in_four_cases_of_five():
    rng, rho, seen, cases = np.random.default_rng(5), 2 * np.sin(0.5 * np.pi / 6), 0, 2000
    for _ in range(cases):
        x = rng.standard_normal(enough())
        seen += together(x, rho * x + (1 - rho**2) ** 0.5 * rng.standard_normal(enough())).verdict == "more"
    assert abs(seen / cases - 0.8) < 0.04


def test_none_is_said_of_enough_shops_only():
    x = np.arange(enough() + enough() % 2)
    flat = np.where(x % 2, x, -x)
    assert together(x, flat).verdict == "none"
    assert (together(x[:12], flat[:12]).verdict, together(x[:12], flat[:12]).needs) == ("unknown", enough() - 12)


def test_what_cannot_be_judged():
    same = together([3.0] * 40, range(40))
    few = together(range(FEWEST - 1), range(FEWEST - 1))
    assert [(t.rho, t.verdict) for t in (same, few)] == [(None, "unknown")] * 2
    assert together([1.0, None, 3.0, *range(10)], [1.0, 2.0, np.nan, *range(10)]).n == 11
