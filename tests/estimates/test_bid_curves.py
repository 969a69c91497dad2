"""Curves from reports, beside the truth of shops whose rivals are known."""

from dataclasses import replace

import numpy as np
import pytest

from bench.bid_learning import word_days
from sandbox.bidders import WEEK, bid_shop
from zhanggui.estimates.bid_curves import Shape, share_on
from zhanggui.estimates.bid_fit import bid_curves

DAYS = 21
STEPS = np.array([0.5, 0.75, 1.0, 1.3, 1.8])  # of the usual bid


def played(seed, budget=1e9, vary=0.25):
    """A shop, its reports of three weeks, the usual bids, and the bids of the days."""
    shop = replace(bid_shop(seed, DAYS + 2), budget=budget)
    dice = np.random.default_rng(seed)
    usual = np.maximum(shop.start * 0.6, shop.floor_bid)
    days = [
        shop.play(d, np.round(np.maximum(usual * np.exp(dice.normal(0, vary, len(usual))), shop.floor_bid), 2))
        for d in range(DAYS + 2)
    ]
    return shop, word_days(shop, days, DAYS + 2, True), usual


@pytest.fixture(scope="module")
def three():
    return [(shop, told, usual, bid_curves(told)) for shop, told, usual in (played(seed) for seed in (51, 52, 53))]


def truth(shop, bids):
    clicks, cost = shop.truth(DAYS, bids)
    return clicks / WEEK[DAYS % 7], cost / WEEK[DAYS % 7]


def error(found, true, on):
    """Mean absolute error in parts of the mean."""
    return float(np.abs(found - true)[on].mean() / true[on].mean())


def test_clicks_and_cost_of_every_word_at_other_bids_than_its_own(three):
    """Beside two naive readings of the same reports: clicks as they were whatever the bid, and clicks in proportion to the bid."""
    ours, flat, rising, costs = [], [], [], []
    for shop, told, usual, curves in three:
        bids = usual[:, None] * STEPS
        clicks, cost = curves.at(bids)
        true, true_cost = truth(shop, bids)
        on = (true > 0) & (clicks > 0)
        seen = np.repeat((told.clicks.sum(0) / told.on.sum(0))[:, None], len(STEPS), 1)
        ours.append(error(clicks, true, on))
        flat.append(error(seen, true, on))
        rising.append(error(seen * STEPS, true, on))
        costs.append(error(cost, true_cost, on))
    assert np.mean(ours) < 0.75 * min(np.mean(flat), np.mean(rising))
    assert np.mean(ours) < 0.19
    assert np.mean(costs) < 0.25


def test_the_whole_is_not_biased(three):
    for shop, _, usual, curves in three:
        bids = usual[:, None] * STEPS
        clicks, cost = (x.sum() for x in curves.at(bids))
        true, true_cost = (x.sum() for x in truth(shop, bids))
        assert clicks == pytest.approx(true, rel=0.12)
        assert cost == pytest.approx(true_cost, rel=0.15)


def test_intervals_hold_about_what_they_say(three):
    """Of the middle 80 % of clicks of a word, near the bids it had; words differ from the model by more than chance, so a few less."""
    inside = []
    for shop, _, usual, curves in three:
        bids = usual[:, None]
        low, high = np.quantile(curves.draws(bids, 200, np.random.default_rng(1))[0], (0.1, 0.9), axis=0)
        true, _ = truth(shop, bids)
        on = true > 0
        inside.append(np.mean(((low <= true) & (true <= high))[on]))
    assert 0.68 <= np.mean(inside) <= 0.88


def test_days_whose_money_ran_out_do_not_look_like_days_of_little_demand():
    shop, told, usual = played(54, budget=120.0)
    assert told.on.max(axis=1).mean() < 0.7
    bids = usual[:, None]
    true = truth(shop, bids)[0].sum()
    assert bid_curves(told).at(bids)[0].sum() == pytest.approx(true, rel=0.15)
    uncorrected = bid_curves(replace(told, on=np.where(told.on > 0, 1.0, 0.0)))
    assert uncorrected.at(bids)[0].sum() < 0.7 * true


def test_a_higher_bid_never_brings_fewer_clicks_and_never_costs_less(three):
    for shop, _, usual, curves in three:
        bids = np.maximum(usual[:, None] * np.linspace(0.4, 2, 30), shop.floor_bid[:, None])
        clicks, cost = curves.at(bids)
        assert np.all(np.diff(clicks, axis=1) >= -1e-9)
        assert np.all(np.diff(cost, axis=1) >= -1e-9)
        assert np.all(cost <= bids * clicks + 1e-9)


def test_below_the_lowest_bid_nothing_is_shown(three):
    shop, _, _, curves = three[0]
    bids = np.stack([shop.floor_bid - 0.01, np.zeros(len(shop.word)), np.full(len(shop.word), np.nan)], 1)
    assert np.all(np.stack(curves.at(bids)) == 0)


def test_words_of_few_stars_need_higher_bids(three):
    shop, _, _, curves = three[0]
    few, many = shop.star == 2, shop.star == 5
    middle = curves.centre + curves.chance @ np.linspace(-1.2, 1.2, curves.chance.shape[1])
    theta = middle - np.log(np.maximum(shop.average_bid, 0.1))
    assert theta[few].mean() > theta[many].mean() + 0.5


def test_without_average_bid_heat_stars_and_leads_there_is_still_a_curve():
    shop, told, usual = played(55)
    nothing = np.full(len(shop.word), np.nan)
    bare = replace(told, average_bid=nothing, heat=nothing, star=nothing, floor=nothing, leads=None)
    curves = bid_curves(bare)
    true = truth(shop, usual[:, None])[0]
    clicks = curves.at(usual[:, None])[0]
    assert curves.leads is None
    assert error(clicks, true, true > 0) < 0.3


def test_which_bids_were_varied():
    _, told, _ = played(56)
    bid = told.bid.copy()
    bid[:, :10] = bid[0, :10]
    assert np.flatnonzero(~bid_curves(replace(told, bid=bid)).varied & (told.exposures.sum(0) > 0)).tolist() == list(range(10))


def test_share_of_a_day_by_the_hours_and_by_the_demand_of_hours():
    assert share_on(np.array([[12.0, 24.0, np.nan]]), None)[0] == pytest.approx([0.5, 1, 1])
    by_hour = np.zeros((2, 24))
    by_hour[:, 12:] = 100  # nobody searches in the first half of the day
    assert share_on(np.array([[24.0, 12.0, 18.0], [24.0, 12.0, 18.0]]), by_hour)[0] == pytest.approx([1, 0, 0.5], abs=0.01)


def test_place_and_price_of_the_shape():
    shape = Shape()
    u = np.linspace(-2, 2, 41)
    assert np.all(np.diff(shape.place(u)) < 0)
    assert shape.place(np.zeros(1)) == pytest.approx(shape.rivals / 2)
    assert np.all(shape.price(u) <= 0)
    assert np.all(np.diff(shape.price(u) + u) >= -1e-9)  # the price itself never falls when the bid rises
