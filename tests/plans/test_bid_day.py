"""The bids of a day: bounds, dead band, trials, and the single bid that stays until the bids by word are surely better."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.bid_learning import word_days
from sandbox.bidders import bid_shop
from zhanggui.estimates.bid_fit import bid_curves
from zhanggui.plans.bid_day import Steering, bounds, day_bids

DAYS = 14
STEERING = Steering()


@lru_cache(maxsize=1)
def known():
    shop = bid_shop(61, DAYS + 2, 60)
    dice = np.random.default_rng(1)
    bids = np.maximum(shop.start * 0.6, shop.floor_bid)
    days = [
        shop.play(d, np.maximum(np.round(bids * np.exp(dice.normal(0, 0.2, len(bids))), 2), shop.floor_bid))
        for d in range(DAYS + 2)
    ]
    return shop, bid_curves(word_days(shop, days, DAYS + 2, True)), np.round(bids, 2)


def planned(budget=40.0, steering=STEERING, worth=None, possible=None, now=None):
    shop, curves, bids = known()
    now = bids if now is None else now
    worth = shop.lead_rate if worth is None else worth
    possible = np.tile(worth, (steering.draws, 1)) if possible is None else possible
    return day_bids(curves, now, bids, worth, possible, budget, 1.0, steering, np.random.default_rng(3))


@settings(deadline=None)  # the first call plays a fortnight
@given(budget=st.floats(0.5, 500), change=st.floats(0.05, 0.5))
def test_bids_keep_their_bounds_and_the_budget(budget, change):
    shop, curves, now = known()
    found = planned(budget, replace(STEERING, change=change))
    low, high = bounds(now, now, shop.floor_bid, change)
    assert np.all((found.bids == 0) | ((found.bids >= low - 1e-9) & (found.bids <= high + 1e-9)))
    assert 0 <= found.gap < 1
    if found.by_word:
        assert curves.at(found.bids[:, None])[1].sum() <= budget * 1.01  # bids are kept in cents


def test_a_word_that_is_off_may_come_back_at_any_bid_up_to_a_little_above_its_last():
    low, high = bounds(np.array([0.0, 1.0]), np.array([2.0, 1.0]), np.array([0.3, 0.3]), 0.3)
    assert low.tolist() == [0.3, 0.7]
    assert high.tolist() == [2.6, 1.3]


def test_a_floor_above_the_bounds_is_taken():
    low, high = bounds(np.array([1.0]), np.array([1.0]), np.array([1.5]), 0.3)
    assert (low.tolist(), high.tolist()) == ([1.5], [1.5])


def test_small_changes_are_left_out():
    steering = replace(STEERING, explore=0)
    now = planned(steering=steering).bids
    for _ in range(12):
        now = planned(now=now, steering=steering).bids
    again = planned(now=now, steering=steering).bids
    moved = (now > 0) & (again > 0) & (again != now)
    assert np.all(np.abs(again / np.where(now > 0, now, 1) - 1)[moved] > STEERING.dead_band)
    assert moved.mean() <= 0.1


def test_the_single_bid_stays_where_nothing_is_known_for_sure():
    """Lead rates that may be anything: bids by word are better on the average only, and are left."""
    shop, _, _ = known()
    dice = np.random.default_rng(4)
    possible = dice.gamma(0.15, 0.05 / 0.15, (40, len(shop.word)))
    unsure = planned(worth=possible.mean(0), possible=possible, steering=replace(STEERING, explore=0, sure=0.99))
    assert not unsure.by_word
    assert np.array_equal(unsure.bids, np.round(unsure.single, 2))
    on = unsure.bids[unsure.bids > 0]
    sure = planned(steering=replace(STEERING, explore=0, sure=0.99))
    assert sure.by_word
    assert np.ptp(np.log(on)) < np.ptp(np.log(sure.bids[sure.bids > 0]))


def test_trials_are_for_words_that_may_be_good_and_end_when_they_are_known():
    shop, curves, _ = known()
    unknown = shop.group == shop.group[0]
    worth = np.where(unknown, 0.002, 0.05)
    dice = np.random.default_rng(5)
    may_be = np.where(unknown, dice.gamma(0.1, 0.02, (40, 1)) * 10, 0.05)
    steering = replace(STEERING, sure=0.0)
    tried = planned(worth=worth, possible=may_be, steering=steering)
    assert 0 < tried.explored <= steering.explore * 40.0
    assert np.all(unknown[tried.tried & curves.varied])
    settled = planned(worth=worth, possible=np.tile(worth, (40, 1)), steering=steering)
    assert not settled.tried[curves.varied].any()
    assert np.all(settled.bids[unknown] == 0)


def test_bids_that_were_never_varied_are_moved_as_far_as_the_money_for_learning_goes():
    shop, curves, now = known()

    def found(varied, budget, explore):
        steering, rates = replace(STEERING, explore=explore), np.tile(shop.lead_rate, (40, 1))
        still = replace(curves, varied=varied)
        return day_bids(still, now, now, shop.lead_rate, rates, budget, 1.0, steering, np.random.default_rng(3))

    few = np.arange(len(now)) >= 5
    everywhere = np.ones(len(now), bool)
    plain, moved = found(everywhere, 500.0, 0.05), found(few, 500.0, 0.05)
    assert plain.explored == 0
    assert np.flatnonzero(moved.bids != plain.bids).tolist() == [i for i in range(5) if plain.bids[i] > 0]
    said = curves.at(np.stack([plain.bids, moved.bids], 1))[1]
    assert moved.explored == pytest.approx(np.abs(said[:, 1] - said[:, 0]).sum())
    assert not moved.tried[plain.bids != now].any()  # they change anyway, so learning is not why
    nobody = found(~everywhere, 40.0, 0.05)
    some = nobody.bids != found(everywhere, 40.0, 0.05).bids
    assert 0 < some.sum() < (nobody.bids > 0).sum()
    assert nobody.explored <= 0.05 * 40
    assert np.array_equal(found(~everywhere, 40.0, 0.0).bids, found(everywhere, 40.0, 0.0).bids)


def test_a_word_whose_bid_changes_only_to_learn_says_so():
    shop, curves, now = known()
    settled = now
    for _ in range(12):
        settled = planned(now=settled, steering=replace(STEERING, explore=0)).bids
    still = replace(curves, varied=np.zeros(len(now), bool))
    rates = np.tile(shop.lead_rate, (40, 1))
    found = day_bids(still, settled, now, shop.lead_rate, rates, 40.0, 1.0, STEERING, np.random.default_rng(3))
    assert found.tried.any()
    assert np.all(found.bids[found.tried] != settled[found.tried])
