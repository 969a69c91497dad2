"""What each place asks for: beside whole numbers, cent by cent."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.plans.place_prices import Auction


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


def by_hand(rows, bid, score, reserve, tenths):
    """Place and charge in whole numbers: bids in thousandths, so that no rounding decides a tie."""
    really = bid * tenths
    values = sorted((10 * b * s for b, s in rows if b >= reserve and s), reverse=True)
    if really < 10 * reserve:
        return 0, 0
    place = 1 + sum(v >= really * score for v in values)
    asks = Fraction(values[place - 1], 1000 * score) + Fraction(1, 100) if place <= len(values) else Fraction(0)
    return place, min(Fraction(really, 1000), max(asks, Fraction(reserve, 100)))


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0, 1, 3, 7, 15])), max_size=6),
    st.sampled_from([3, 7, 20]),
    st.integers(1, 30),
    st.sampled_from([10, 12, 13, 22]),
)
def test_as_in_whole_numbers_cent_by_cent(rows, score, reserve, tenths):
    auction = Auction(score, [(b / 100, s) for b, s in rows], reserve=reserve / 100, factor=tenths / 10)
    lowest = {}
    for bid in range(1, 400):
        told = auction.at(bid / 100)
        place, paid = by_hand(rows, bid, score, reserve, tenths)
        assert (told.place, told.charge) == (place, pytest.approx(float(paid), abs=1e-9))
        if place:
            lowest.setdefault(place, bid / 100)
    prices = {s.place: s.bid for s in auction.prices()}
    assert {place: bid for place, bid in prices.items() if bid < 4} == lowest
