"""A published table, the error rates that are promised, and how much is missing."""

from __future__ import annotations

import numpy as np
import pytest

from zhanggui.estimates.two_rates import two_rates


def test_fisher_s_own_table():
    """The lady tasting tea: three of four right has a two-sided chance of 34/70."""
    assert two_rates((3, 1), (4, 4), 0.5).chance == pytest.approx(34 / 70)


def test_of_equal_variants_at_most_one_in_twenty_is_called_better():
    rng = np.random.default_rng(3)
    called = sum(two_rates(tuple(rng.binomial(2000, 0.03, 2).tolist()), (2000, 2000), 0.2).chance <= 0.05 for _ in range(400))
    assert called / 400 <= 0.06


def test_with_what_it_asks_for_a_difference_is_found_about_four_times_in_five():
    needs = two_rates((30, 30), (1000, 1000), 0.3).needs + 1000
    rng = np.random.default_rng(4)
    pairs = [(int(rng.binomial(needs, 0.03 * 0.85)), int(rng.binomial(needs, 0.03 * 1.15))) for _ in range(400)]
    found = sum(two_rates(p, (needs, needs), 0.3).chance <= 0.05 for p in pairs)
    assert 0.72 <= found / 400 <= 0.86


def test_enough_is_none_missing_and_no_click_is_no_error():
    assert two_rates((3000, 3100), (100_000, 100_000), 0.2).needs == 0
    assert two_rates((0, 0), (100, 100), 0.2).needs > 0
