"""The auction: the guide's vectors, and what holds whatever the bids."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.estimates.auction import against, auctions, bid_with, charge, rank_value, reading_of
from zhanggui.rulebook import RULEBOOK

RESERVE = 0.1
bids = st.one_of(st.sampled_from([0.0, 0.05, 0.1, 1.0, 2.0]), st.floats(0, 50))
scores = st.one_of(st.sampled_from([0.0, 1.0, 2.0]), st.floats(0.01, 30))
rows = st.lists(st.tuples(bids, scores), min_size=1, max_size=8)
kinds = settings(deadline=None, max_examples=200)


def plainly(row, places=None):
    """Place and charge of every advertiser of one auction, as one would do it by hand."""
    here = [i for i, (bid, score) in enumerate(row) if bid >= RESERVE and score > 0]
    ranked = sorted(here, key=lambda i: -row[i][0] * row[i][1])
    told = [(0, 0.0)] * len(row)
    for place, (i, after) in enumerate(zip(ranked, [*ranked, None][1:], strict=True), 1):
        if places is None or place <= places:
            least = RESERVE if after is None else row[after][0] * row[after][1] / row[i][1] + 0.01
            told[i] = (place, min(row[i][0], max(RESERVE, least)))
    return told


def run(row, **more):
    told = auctions(*zip(*row, strict=True), reserve=RESERVE, **more)
    return list(zip(told.place[0].tolist(), told.charge[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("bid", "score", "next_bid", "next_score", "paid"),
    [
        (10, 20, 8, 15, 6.01),  # the guide's
        (6.5, 20, 8, 15, 6.01),
        (6, 20, 8, 15, 6),  # "at most": the own bid is the cap
        (10, 20, None, None, 0.1),  # nobody comes next
        (0.05, 20, None, None, 0.05),
        (10, 20, 0.1, 1, 0.1),  # and nobody pays less than the last
    ],
)
def test_what_a_click_costs(bid, score, next_bid, next_score, paid):
    assert charge(bid, score, next_bid, next_score, reserve=RESERVE) == pytest.approx(paid, abs=1e-12)


def test_charges_of_many_at_once():
    paid = charge([10, 10, 10], [20, 20, 20], [8, np.nan, 0], [15, np.nan, 0], reserve=RESERVE)
    assert paid.tolist() == pytest.approx([6.01, 0.1, 0.1])


@pytest.mark.parametrize(
    ("base", "premiums", "reading", "bid"),
    [
        (5, [30], "on_top", 6.5),  # the guide's
        (5, [130], "of_bid", 6.5),
        (5, [120], "on_top", 11),
        (5, [120], "of_bid", 6),
        (5, [30, 120], "on_top", 14.3),
        (5, [30, np.nan], "on_top", 6.5),
        (5, [np.nan], None, 5),
        (5, [], None, 5),
        (5, [120, np.nan], None, np.nan),  # nobody has told what a premium means
    ],
)
def test_the_bid_after_its_premiums(base, premiums, reading, bid):
    assert bid_with(base, premiums, reading=reading) == pytest.approx(bid, nan_ok=True)


def test_premiums_of_many_words():
    assert bid_with([5, 2], [[30, np.nan], [100, 50]], reading="on_top").tolist() == [6.5, 6]


def test_a_premium_is_never_read_without_saying_how():
    with pytest.raises(TypeError):
        bid_with(5, [120])
    with pytest.raises(ValueError, match="'on_top' or 'of_bid', not '120'"):
        bid_with(5, [120], reading="120")


@pytest.mark.parametrize(("own", "reading"), [({}, None), ({"premium_on_top": 1}, "on_top"), ({"premium_on_top": 0}, "of_bid")])
def test_what_a_premium_means_is_the_shop_s_own_number(own, reading):
    day = date(2026, 9, 21)
    assert reading_of(RULEBOOK.on(day, {name: {day: value} for name, value in own.items()})) == reading


@kinds
@given(rows, st.sampled_from([None, 1, 3]))
def test_as_one_would_do_it_by_hand(row, places):
    assert run(row, places=places) == plainly(row, places)


@kinds
@given(rows)
def test_never_above_the_own_bid_and_the_last_pays_the_reserve(row):
    told = run(row)
    assert all(paid <= bid for (_, paid), (bid, _) in zip(told, row, strict=True))
    last = max(told)
    assert last == (0, 0.0) or last[1] == RESERVE


@kinds
@given(rows, st.data())
def test_a_higher_bid_never_gets_a_worse_place_nor_a_lower_price(row, data):
    i = data.draw(st.integers(0, len(row) - 1))
    bid, score = row[i]
    (place, paid), more = run(row)[i], bid + data.draw(st.floats(0, 50))
    then, cost = run([*row[:i], (more, score), *row[i + 1 :]])[i]
    assert place == 0 or (0 < then <= place and cost >= paid)


@kinds
@given(rows, st.integers(-8, 8))
def test_only_the_proportion_of_the_scores_counts(row, power):
    assert run([(bid, score * 2.0**power) for bid, score in row]) == run(row)


@kinds
@given(rows, st.lists(bids, min_size=1, max_size=6), scores, st.sampled_from([None, 1, 3]))
def test_one_against_given_rivals_is_the_auction_with_us_last(row, grid, score, places):
    told = against(grid, score, rank_value(*zip(*row, strict=True), reserve=RESERVE), reserve=RESERVE, places=places)
    ours = list(zip(told.place.tolist(), told.charge.tolist(), strict=True))
    assert ours == [run([*row, (bid, score)], places=places)[-1] for bid in grid]


@kinds
@given(rows, scores)
def test_along_a_grid_of_bids_places_get_better_and_dearer(row, score):
    told = against(np.linspace(0, 60, 241), score, rank_value(*zip(*row, strict=True), reserve=RESERVE), reserve=RESERVE)
    shown = told.place > 0
    assert (np.diff(told.place[shown]) <= 0).all()
    assert (np.diff(told.charge) >= 0).all()


def test_what_if_bid_by_bid():
    told = against([0.05, 1, 4, 6, 9], 20, [120, 60, 0], reserve=RESERVE)
    assert told.place.tolist() == [0, 3, 2, 2, 1]
    assert told.charge.tolist() == pytest.approx([0, 0.1, 3.01, 3.01, 6.01])


def test_rivals_differ_by_auction_and_so_may_score_and_bids():
    told = against([[1, 3], [1, 3]], [10, 20], [[25], [25]], reserve=RESERVE)
    assert (told.place.tolist(), told.charge.tolist()) == ([[2, 1], [2, 1]], [[0.1, 2.51], [0.1, 1.26]])


def test_a_tie_goes_to_the_earlier_of_the_row_who_then_pays_the_whole_bid():
    assert run([(2, 3), (3, 2), (1, 6)]) == [(1, 2), (2, 3), (3, 0.1)]


def test_with_dice_a_tie_goes_to_either_and_the_same_seed_gives_the_same():
    row = np.tile([2.0, 2.0, 1.0], (10_000, 1))
    one, again = (auctions(row, 1.0, reserve=RESERVE, dice=np.random.default_rng(5)) for _ in range(2))
    firsts = (one.place == 1).sum(axis=0)
    assert firsts.sum() == 10_000
    assert firsts[0] == pytest.approx(5_000, abs=250)
    assert firsts[2] == 0
    assert (one.place == again.place).all()


def test_the_last_one_shown_pays_by_the_one_who_just_missed():
    assert run([(3, 1), (2, 1)], places=0) == [(0, 0), (0, 0)]
    assert run([(3, 1), (2, 1), (1, 1)], places=2) == [(1, pytest.approx(2.01)), (2, pytest.approx(1.01)), (0, 0)]


@pytest.mark.parametrize("row", [[(0.05, 1)], [(1, 0)], [(np.nan, 1)], [(1, np.nan)], [(0, 1)]])
def test_who_takes_no_part_has_no_place(row):
    assert run([*row, (1, 1)]) == [(0, 0), (1, RESERVE)]


def test_many_auctions_are_the_same_in_any_number_of_blocks(monkeypatch):
    dice = np.random.default_rng(3)
    bid, score = dice.lognormal(0, 1, (1000, 6)), dice.uniform(1, 20, 6)
    whole = auctions(bid, score, reserve=RESERVE, places=3)
    sold = against(bid[:, :2], 4.0, bid[:, 2:] * score[2:], reserve=RESERVE)
    monkeypatch.setattr("zhanggui.estimates.auction.BLOCK", 7 * 6)
    parts = auctions(bid, score, reserve=RESERVE, places=3)
    assert (whole.place == parts.place).all()
    assert (whole.charge == parts.charge).all()
    assert (against(bid[:, :2], 4.0, bid[:, 2:] * score[2:], reserve=RESERVE).charge == sold.charge).all()
