"""What each place asks for: beside every bid tried cent by cent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.plans.place_prices import Auction

cents = st.integers(0, 300).map(lambda n: n / 100)
rivals = st.lists(st.tuples(cents, st.sampled_from([0.0, 5.0, 7.0, 15.0, 20.0])), max_size=6)


def test_the_guide_s_example():
    auction = Auction(20, [(8, 15), (2, 10)], reserve=0.5)
    assert [(s.place, s.bid, pytest.approx(s.charge), s.after) for s in auction.prices()] == [
        (1, 6.01, 6.01, 0),
        (2, 1.01, 1.01, 1),
        (3, 0.5, 0.5, None),
    ]
    assert (auction.at(10).place, auction.at(10).charge, auction.at(6).place) == (1, pytest.approx(6.01), 2)


def test_premiums_lower_the_bid_that_is_entered_and_not_the_charge():
    (first, _) = Auction(20, [(8, 15)], reserve=0.5, factor=1.3).prices()
    assert (first.bid, first.charge) == (4.62, pytest.approx(6.006))  # 4.62 × 1.3 is below 6.01: the own bid is the cap


def test_a_place_that_two_equal_rivals_hold_together_cannot_be_had():
    assert [s.place for s in Auction(10, [(2, 10), (2, 10), (1, 10)], reserve=0.1).prices()] == [1, 3, 4]


def test_only_the_places_shown():
    assert [s.place for s in Auction(10, [(2, 10), (1, 10)], reserve=0.1, places=1).prices()] == [1]


@pytest.mark.parametrize(("score", "factor"), [(0, 1), (-1, 1), (1, 0), (float("nan"), 1)])
def test_without_a_score_there_is_no_place(score, factor):
    with pytest.raises(ValueError, match="above 0"):
        Auction(score, [], reserve=0.1, factor=factor)


@settings(deadline=None, max_examples=100)
@given(rivals, st.sampled_from([5.0, 7.0, 20.0]), st.sampled_from([0.01, 0.1, 0.55]), st.sampled_from([1.0, 1.2, 2.2]))
def test_as_if_every_cent_was_tried(rows, score, reserve, factor):
    auction = Auction(score, rows, reserve=reserve, factor=factor)
    tried = [auction.at(bid) for bid in np.arange(1, 1300) / 100]
    lowest = {}
    for one in tried:
        if one.place:
            lowest.setdefault(one.place, one)
    assert auction.prices() == [lowest[place] for place in sorted(lowest)]
    assert all(one.charge <= one.bid * factor + 1e-9 for one in tried)
