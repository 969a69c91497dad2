"""A rate's change splits without a rest, and the mix is told apart from the rate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.estimates.mix import mix_and_rate

part = st.tuples(*[st.integers(0, 1000)] * 4).map(lambda p: (min(p[:2]), max(p[:2]), min(p[2:]), max(p[2:])))


@given(st.lists(part, min_size=1, max_size=30))
def test_the_parts_add_up(parts):
    split = mix_and_rate(*zip(*parts, strict=True))
    if split is not None:
        assert split.mix.sum() + split.rate.sum() == pytest.approx(split.change, abs=1e-12)
        assert split.change == split.after - split.before


@given(st.lists(part, min_size=1, max_size=30))
def test_backwards_every_part_turns_its_sign(parts):
    e0, n0, e1, n1 = zip(*parts, strict=True)
    there, back = mix_and_rate(e0, n0, e1, n1), mix_and_rate(e1, n1, e0, n0)
    if there is not None:
        assert there.mix == pytest.approx(-back.mix, abs=1e-12)
        assert there.rate == pytest.approx(-back.rate, abs=1e-12)


def test_simpson():
    """Every part is better than before, the whole is worse: the weight went to the weak part."""
    split = mix_and_rate([90, 2], [900, 100], [11, 27], [100, 900])
    assert (split.before, split.after) == (0.092, 0.038)
    assert (split.rate > 0).all()
    assert split.mix.sum() < 0
    assert split.rate == pytest.approx([0.5 * 0.01, 0.5 * 0.01])
    assert split.mix.sum() == pytest.approx(-0.064)


def test_only_rates_moved():
    split = mix_and_rate([10, 20], [100, 400], [20, 20], [100, 400])
    assert (split.mix == 0).all()
    assert split.rate == pytest.approx([0.02, 0])


def test_only_weights_moved():
    split = mix_and_rate([10, 20], [100, 400], [40, 5], [400, 100])
    assert (split.rate == 0).all()
    assert split.mix.sum() == pytest.approx(0.09 - 0.06)
    assert (split.mix > 0).all()  # more of the strong part and less of the weak one both count for it


def test_what_comes_or_goes_is_mix():
    split = mix_and_rate([10, 0], [100, 0], [10, 5], [100, 10])
    assert (split.rate == 0).all()
    split = mix_and_rate([10, 5], [100, 10], [10, 0], [100, 0])
    assert (split.rate == 0).all()
    assert split.change == pytest.approx(0.1 - 15 / 110)


def test_a_whole_without_trials_has_no_rate():
    assert mix_and_rate([0], [0], [1], [10]) is None


@pytest.mark.parametrize(
    "figures", [([1], [np.nan], [1], [2]), ([-1], [2], [1], [2]), ([1, 1], [2], [1], [2]), ([1, 1], [0, 5], [0, 0], [1, 1])]
)
def test_a_missing_or_impossible_figure_is_refused(figures):
    with pytest.raises(ValueError, match="part"):
        mix_and_rate(*figures)
