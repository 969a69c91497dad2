"""The parts add up, whatever the numbers; they turn their signs with time; a published way of reckoning gives the same."""

from __future__ import annotations

from itertools import permutations
from math import factorial, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.estimates.decomposition import factor_parts, log_mean, step_parts

FACTOR = st.floats(1e-4, 1e6)
PAIRS = st.lists(st.tuples(FACTOR, FACTOR), min_size=1, max_size=6)
ZERO_TOO = st.lists(st.tuples(st.just(0.0) | FACTOR, st.just(0.0) | FACTOR), min_size=1, max_size=5)
LEVELS = st.lists(st.integers(0, 10**7), min_size=3, max_size=5).map(lambda xs: sorted(xs, reverse=True))
BEFORE, AFTER = (100_000, 0.010, 0.04, 0.12, 3200), (112_000, 0.0085, 0.044, 0.12, 3100)


def shapley(before, after):
    """The parts by another way: the mean over all orders in which the factors could have changed one after another."""
    parts = [0.0] * len(before)
    for order in permutations(range(len(before))):
        now = list(before)
        for i in order:
            old = prod(now)
            now[i] = after[i]
            parts[i] += prod(now) - old
    return [p / factorial(len(before)) for p in parts]


def near(change, *levels):
    """Within 1e-9 of the larger level."""
    return pytest.approx(change, abs=1e-9 * max(1.0, *levels))


def test_the_known_vector():
    parts = factor_parts(BEFORE, AFTER)
    assert [round(p, 2) for p in parts] == [1753.30, -2514.31, 1474.53, 0.0, -491.18]
    assert abs(sum(parts) - 222.336) < 1e-9


def test_near_the_mean_over_all_orders_of_change():
    assert [round(p, 2) for p in shapley(BEFORE, AFTER)] == [1760.28, -2525.16, 1480.44, 0.0, -493.22]
    assert factor_parts(BEFORE, AFTER) == pytest.approx(shapley(BEFORE, AFTER), rel=0.01)


@given(PAIRS)
def test_parts_add_up_to_the_change(pairs):
    before, after = zip(*pairs, strict=True)
    assert sum(factor_parts(before, after)) == near(prod(after) - prod(before), prod(before), prod(after))


@given(ZERO_TOO)
def test_parts_add_up_with_zeros_too(pairs):
    before, after = zip(*pairs, strict=True)
    assert sum(factor_parts(before, after)) == near(prod(after) - prod(before), prod(before), prod(after))


@given(PAIRS)
def test_back_in_time_every_part_turns_its_sign(pairs):
    before, after = zip(*pairs, strict=True)
    there, back = factor_parts(before, after), factor_parts(after, before)
    assert there == pytest.approx([-p for p in back], rel=1e-6, abs=1e-9 * max(1.0, prod(before), prod(after)))


@given(PAIRS, st.integers(0, 5))
def test_what_has_not_changed_adds_nothing_and_the_others_point_their_own_way(pairs, at):
    before, after = (list(x) for x in zip(*pairs, strict=True))
    at %= len(before)
    after[at] = before[at]
    parts, slack = factor_parts(before, after), 1e-9 * max(1.0, prod(before), prod(after))
    assert abs(parts[at]) <= slack
    assert all(p * (b - a) >= -slack * abs(b - a) for p, a, b in zip(parts, before, after, strict=True))


@given(st.floats(1e-9, 1e9), st.floats(1e-9, 1e9))
def test_the_logarithmic_mean_lies_between_geometric_and_arithmetic(a, b):
    found = log_mean(a, b)
    assert (a * b) ** 0.5 * (1 - 1e-9) <= found <= (a + b) / 2 * (1 + 1e-9)


@given(LEVELS, LEVELS)
def test_the_steps_of_a_funnel_add_up(before, after):
    after = (after + [after[-1]] * len(before))[: len(before)]
    assert sum(step_parts(before, after)) == near(after[-1] - before[-1], before[-1], after[-1])


def test_steps_are_the_first_level_and_the_rates():
    assert step_parts((1000, 100, 10), (2000, 200, 20)) == pytest.approx([10, 0, 0], abs=1e-9)
    assert step_parts((1000, 100, 10), (1000, 100, 20)) == pytest.approx([0, 0, 10], abs=1e-9)
    assert step_parts((1000, 100, 10), (1000, 200, 20)) == pytest.approx([0, 10, 0], abs=1e-9)


def test_a_level_that_fell_to_nothing_bears_the_whole_change():
    assert step_parts((1000, 100, 10), (1000, 0, 0)) == pytest.approx([0, -10, 0], abs=0.6)
    assert step_parts((1000, 100, 10), (1000, 100, 0)) == pytest.approx([0, 0, -10], abs=1e-9)
    assert step_parts((1000, 100, 0), (900, 80, 0)) == pytest.approx([0, 0, 0], abs=1e-9)


def test_inquiries_without_a_click_have_no_rate():
    assert step_parts((1000, 0, 3), (1000, 100, 10)) is None
    assert step_parts((1000, 100, 3), (0, 5, 1)) is None


@pytest.mark.parametrize("wrong", [([1], [1, 2]), ([-1], [1]), ([1], [float("inf")]), ([float("nan")], [1])])
def test_what_is_no_factor_is_refused(wrong):
    with pytest.raises(ValueError, match="finite, not negative"):
        factor_parts(*wrong)
