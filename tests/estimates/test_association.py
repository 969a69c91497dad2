"""Do two figures go together? Shuffled ones must not."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, kstest

from zhanggui.estimates import among_best, goes_with, more_than

DICE = np.random.default_rng


def test_shuffled_figures_go_together_no_more_often_than_their_p_says():
    dice = DICE(2)
    clicks, inquiries = dice.poisson(30, 365), dice.poisson(0.3, 365)
    p = np.array([goes_with(clicks, dice.permutation(inquiries)) for _ in range(2000)])
    assert (p <= 0.001).mean() <= 0.005
    assert kstest(p, "uniform").pvalue > 0.001


def test_figures_that_rise_together_are_told_and_those_that_fall_are_not():
    x = np.arange(20)
    assert goes_with(x, x**2) < 1e-10
    assert goes_with(x, -x) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([], []),
        (range(9), range(9)),
        ([1] * 20, range(20)),
        (range(20), [0] * 20),
        ([*range(9), *[float("nan")] * 11], range(20)),
    ],
)
def test_too_little_to_compare_claims_nothing(x, y):
    assert goes_with(list(x), list(y)) == 1.0


def test_a_row_with_a_missing_figure_is_left_out():
    x, gap = list(range(15)), float("nan")
    assert goes_with([*x, gap, 99], [*x, 99, gap]) == goes_with(x, x)


@pytest.mark.parametrize("times", [0.5, 1.0, 3.0])
def test_more_than_is_the_binomial_test_of_two_counts(times):
    larger, smaller = (g.ravel() for g in np.meshgrid(np.arange(40), np.arange(12)))
    exact = binom.sf(larger - 1, larger + smaller, times / (1 + times))
    assert more_than(larger, smaller, times) == pytest.approx(exact, abs=1e-12)


def test_members_among_the_best_are_told_by_the_binomial_test():
    others = np.arange(100)
    members = [95, 96, 97, 98, 5]
    assert among_best(members, others) == pytest.approx(binom.sf(3, 5, 0.1))
    assert among_best([1, 2, 3], others) == 1.0
    assert among_best([95, 96, 97], others) == pytest.approx(0.001)


@pytest.mark.parametrize(("members", "others"), [([9, 9], range(50)), ([99, 99, 99], range(9)), ([], [])])
def test_too_few_members_or_others_claim_nothing(members, others):
    assert among_best(members, list(others)) == 1.0


def test_members_drawn_at_random_are_seldom_among_the_best():
    dice = DICE(3)
    clicks = dice.negative_binomial(1, 0.05, 365)
    p = []
    for _ in range(2000):
        mixed = dice.permutation(clicks)
        p.append(among_best(mixed[:40], mixed[40:]))
    assert (np.array(p) <= 0.001).mean() <= 0.005


def test_others_that_are_mostly_zero_do_not_make_every_click_the_best():
    assert among_best([1, 1, 1, 1], [0] * 50 + [1] * 50) == 1.0
    assert among_best([1, 1, 1, 1], [0] * 95 + [1] * 5) == pytest.approx(0.1**4)
