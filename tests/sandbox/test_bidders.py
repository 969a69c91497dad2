"""Shops that bid: prices by the rule of the auction, a day that ends with its money, reports as late as the platform's, and a truth that
is what many days would show."""

from dataclasses import fields, replace

import numpy as np
import pytest

from sandbox.bidders import LATE, PLACES, WEEK, Report, bid_shop, told
from zhanggui.estimates.auction import against


@pytest.fixture(scope="module")
def shop():
    return bid_shop(71, 40, 60)


def test_the_same_seed_is_the_same_shop(shop):
    again = bid_shop(71, 40, 60)
    assert all(np.array_equal(getattr(shop, f.name), getattr(again, f.name)) for f in fields(shop))
    assert not np.array_equal(bid_shop(72, 40, 60).lead_rate, shop.lead_rate)


def test_places_and_prices_are_those_of_the_auction(shop):
    """The product's own auction, which the sandbox does not know, on the words that may stand anywhere."""
    free = np.flatnonzero(shop.star >= 3)[:12]
    bids = np.array([0.5, 1.0, 2.0, 4.0])
    place, below = shop.auctions(bids[None, :] * shop.score[:, None])
    for w in free:
        theirs = against(bids, shop.score[w], shop.rivals[w], reserve=0.0)
        assert np.array_equal(theirs.place - 1, place[w].T)
        price = np.minimum(below[w] / shop.score[w] + 0.01, bids[:, None])
        assert price[below[w] > 0] == pytest.approx(theirs.charge.T[below[w] > 0])


def test_few_stars_stay_below_the_main_places_and_none_shows_nothing(shop):
    place, _ = shop.auctions((100.0 * shop.score)[:, None])
    assert np.all(place[(shop.star < 3) & (shop.star > 0)] >= 5)
    seen, _ = shop.seen_and_clicked(place)
    assert np.all(seen[shop.star == 0] == 0)
    assert np.all(shop.seen_and_clicked(np.full_like(place, PLACES))[0] == 0)


def test_a_day_ends_with_its_money(shop):
    poor = replace(shop, budget=20.0)
    for day in range(6):
        played = poor.play(day, poor.start)
        report = played.report
        most = float(poor.start.max())
        assert 20.0 <= played.cost <= 20.0 + most
        assert report["hours"].max() < 24
        assert np.all(report["clicks"] <= report["exposures"])
        assert np.all(report["cost"] <= report["clicks"] * report["bid"] + 0.01)


def test_the_truth_is_the_mean_of_many_days():
    came, said, leads, worth = np.zeros(2), np.zeros(2), 0.0, 0.0
    for seed in (71, 72, 73, 74):
        rich = replace(bid_shop(seed, 40, 60), budget=1e9)
        bids = np.round(rich.start * 0.7, 2)
        for day in range(rich.days):
            played = rich.play(day, bids)
            came += [played.report["clicks"].sum(), played.report["cost"].sum()]
            said += [x.sum() for x in rich.truth(day, bids[:, None])]
            leads, worth = leads + played.report["leads"].sum(), worth + played.worth
    assert came == pytest.approx(said, rel=0.03)
    assert leads == pytest.approx(worth, rel=0.06)


def test_worth_is_of_the_part_of_the_day_that_the_money_lasts(shop):
    rich, poor = replace(shop, budget=1e9), replace(shop, budget=30.0)
    worth, cost = rich.worth(3, shop.start)
    assert poor.worth(3, shop.start) == pytest.approx((worth * 30 / cost, 30))


def test_the_same_searches_come_whatever_is_bid(shop):
    rich = replace(shop, budget=1e9)
    low, high = (rich.play(2, rich.start * f).report["exposures"] for f in (0.7, 2.0))
    assert np.all(high <= rich.searches[2].sum(1))
    assert high.sum() > low.sum()


def test_reports_come_late_and_the_newest_lacks_something(shop):
    played = [shop.play(day, shop.start) for day in range(12)]
    assert [len(told(played[:day], day).bid) for day in range(4)] == [0, 0, 1, 2]
    early, complete = told(played[:8], 8), told(played, 12)
    n = len(early.bid)
    assert n == 8 - LATE + 1
    assert early.clicks[:-1] == pytest.approx(complete.clicks[: n - 1])
    lacking = [told(played[:d], d).clicks[-1].sum() / complete.clicks[d - LATE].sum() for d in range(4, 12)]
    assert 0.93 < np.mean(lacking) < 1
    assert np.all(told(played[:8], 8).leads[-1] <= complete.leads[n - 1])
    assert told(played, 12, with_leads=False).leads is None


def test_the_place_is_in_no_report():
    assert {f.name for f in fields(Report)} == {"bid", "exposures", "clicks", "cost", "leads", "hours", "by_hour"}


def test_weekends_are_quiet(shop):
    assert shop.volume[5].sum() / shop.volume[0].sum() == pytest.approx(WEEK[5] / WEEK[0])
