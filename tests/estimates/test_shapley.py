"""The parts add up, do not depend on the order of the factors, and agree with a published-style vector."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.estimates.shapley import MOST_FACTORS, shapley_parts

BEFORE, AFTER = (100_000, 0.010, 0.04, 0.12, 3200), (112_000, 0.0085, 0.044, 0.12, 3100)
factor = st.floats(0, 1000)
pairs = st.lists(st.tuples(factor, factor), min_size=1, max_size=6)


def test_the_vector_of_a_week():
    """Exposures, click rate, inquiry rate, order rate, value of an order."""
    parts = shapley_parts(BEFORE, AFTER)
    assert [round(p, 2) for p in parts] == [1760.28, -2525.16, 1480.44, 0, -493.22]
    assert sum(parts) == pytest.approx(222.336, abs=1e-9)


@given(pairs)
def test_the_parts_add_up(factors):
    before, after = zip(*factors, strict=True)
    size = max(prod(before), prod(after), *(prod(map(max, before, after)),), 1)
    assert sum(shapley_parts(before, after)) == pytest.approx(prod(after) - prod(before), abs=1e-9 * size)


@given(pairs)
def test_backwards_every_part_turns_its_sign(factors):
    before, after = zip(*factors, strict=True)
    there, back = shapley_parts(before, after), shapley_parts(after, before)
    assert there == pytest.approx([-p for p in back], rel=1e-9, abs=1e-9)


def test_two_factors_share_what_neither_made_alone():
    assert shapley_parts([2, 5], [4, 8]) == [2 * 6.5, 3 * 3]


def test_a_factor_from_nothing_bears_it_all():
    assert shapley_parts([0, 5, 2], [3, 5, 2]) == [30, 0, 0]


@pytest.mark.parametrize(("before", "after"), [([1], [1, 2]), ([float("nan")], [1]), ([1] * (MOST_FACTORS + 1),) * 2])
def test_what_is_no_product_is_refused(before, after):
    with pytest.raises(ValueError, match="factors"):
        shapley_parts(before, after)
