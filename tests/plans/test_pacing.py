"""Pacing on made-up days. Its constants were chosen on seeds below 1,000 of `paced.shop`; nothing was chosen on the seeds here."""

from __future__ import annotations

import numpy as np
import pytest

from tests.plans.paced import HOURS, WORKING, Day, by_hour, hindsight, paced, shop
from zhanggui.plans.pacing import UNKNOWN, begun, hour_shares, passed, share_gone

FEW = range(5_000, 5_008)
MANY = range(7_000, 7_050)
SIZES = (300, 1_000, 3_000, 10_000, 30_000)


def test_the_bid_is_the_value_over_the_price_and_never_above_what_is_left() -> None:
    now = begun(price=2, budget=10)
    assert (now.bid(6), now.bid(30), now.spent) == (3, 10, 0)
    later = passed(now, 8, 0.5)
    assert (later.left, later.spent) == (2, 8)
    assert passed(later, 2, 0.6).bid(100) == 0
    assert passed(later, 2.5, 0.6).bid(100) == 0  # charged late: over by this click, and no further


def test_the_price_rises_after_spending_too_fast_and_falls_after_too_slow() -> None:
    now = begun(price=2, budget=10)
    assert passed(now, 1, 0.1).price == 2
    assert passed(now, 1.1, 0.1).price > 2 > passed(now, 0.9, 0.1).price
    assert passed(now, 10, 0.001).price == pytest.approx(2 * np.exp(0.5))
    assert passed(passed(now, 4, 1), 3, 1).price == passed(now, 4, 1).price  # past the profile: nothing to compare with


def test_what_is_known_of_the_price_moves_it_less() -> None:
    known, unknown = (passed(begun(2, 10, trust), 0, 0.01).price for trust in (0.1, UNKNOWN))
    assert unknown < known < 2


def test_no_unit_of_money_or_of_value_matters() -> None:
    plain = begun(2, 10)
    other = begun(2 * 50 / 7, 70)  # money in sevenths, value in fiftieths
    for cost, gone in ((0, 0.01), (0.3, 0.02), (0, 0.5), (2, 0.9), (0, 1)):
        plain, other = passed(plain, cost, gone), passed(other, cost * 7, gone)
        assert other.bid(50) == pytest.approx(7 * plain.bid(1))


@pytest.mark.parametrize(("price", "budget", "trust"), [(0, 1, 0), (1, 0, 0), (-1, 1, 0), (1, 1, -1), (float("nan"), 1, 0)])
def test_a_day_that_cannot_begin(price: float, budget: float, trust: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        begun(price, budget, trust)


@pytest.mark.parametrize(("cost", "gone"), [(-1, 0.6), (1, 0.4), (float("nan"), 0.6), (1, float("nan"))])
def test_nothing_goes_back(cost: float, gone: float) -> None:
    with pytest.raises(ValueError, match="neither goes back"):
        passed(passed(begun(1, 10), 1, 0.5), cost, gone)


def test_hours_by_spending_where_clicks_are_many_and_by_volume_where_they_are_few() -> None:
    volume, spent = [1.0] * 12 + [3.0] * 12, [2.0] * 12 + [2.0] * 12
    by_volume, even = [1 / 48] * 12 + [3 / 48] * 12, [1 / 24] * 24
    assert hour_shares(volume, [0.0] * HOURS, 0) == pytest.approx(by_volume)
    assert hour_shares(volume, spent, 240) == pytest.approx((np.array(by_volume) + even) / 2)
    assert hour_shares(volume, spent, 1e9) == pytest.approx(even)


@pytest.mark.parametrize("volume", [[0.0] * HOURS, [1.0] * 23, [-1.0] + [1.0] * 23])
def test_hours_that_are_none(volume: list[float]) -> None:
    with pytest.raises(ValueError, match="24 hours"):
        hour_shares(volume, volume, 0)


def test_the_part_of_the_day_that_is_gone() -> None:
    shares = hour_shares(WORKING.tolist(), WORKING.tolist(), 100)
    assert (share_gone(shares, 0), share_gone(shares, 24), share_gone(shares, 25)) == (0, pytest.approx(1), pytest.approx(1))
    assert share_gone(shares, 9.5) == pytest.approx(sum(shares[:9]) + shares[9] / 2)


def test_hindsight_buys_the_last_piece_in_part() -> None:
    value, cost = np.array([4.0, 9.0, 2.0]), np.array([2.0, 3.0, 4.0])
    assert hindsight(value, cost, 4) == (pytest.approx(9 + 2), 2)
    assert hindsight(value, cost, 1) == (pytest.approx(3), 3)
    assert hindsight(value, cost, 100) == (15, 0)


def held(days: list[Day]) -> None:
    """What holds on every day: no more than hindsight, no more than the budget."""
    assert max(d.reached for d in days) <= 1
    assert max(d.spent for d in days) <= 1 + 1e-12
    assert all(d.end.left >= -1e-9 for d in days)


def test_ten_thousand_auctions_reach_hindsight() -> None:
    days = [paced(shop(seed, 10_000)) for seed in FEW]
    held(days)
    assert min(d.reached for d in days) >= 0.96
    assert min(d.spent for d in days) >= 0.98


def test_a_price_of_which_nothing_is_known_costs_little() -> None:
    markets = [shop(seed, 10_000) for seed in FEW]
    for factor in (0.1, 10):
        days = [paced(m, factor, UNKNOWN) for m in markets]
        held(days)
        assert np.mean([d.reached for d in days]) >= 0.96


def test_bids_changed_once_an_hour_are_over_by_one_click_at_most() -> None:
    for seed in FEW:
        market = shop(seed, 3_000)
        day = by_hour(market)
        dearest = market.today.price.max() + 0.01
        assert -dearest <= day.end.left
        assert day.reached >= 0.9


def told(days: list[Day]) -> dict[str, float]:
    reached, spent = [d.reached for d in days], [d.spent for d in days]
    return {
        "mean": float(np.mean(reached)),
        "worst": min(reached),
        "spent_mean": float(np.mean(spent)),
        "spent_least": min(spent),
        "spent_most": max(spent),
    }


@pytest.mark.proof
def test_all_sizes_of_day() -> None:
    from bench.results import record

    sizes = {n: [paced(shop(seed, n)) for seed in MANY] for n in SIZES}
    markets = [shop(seed, 10_000) for seed in MANY]
    others = {
        "by_volume_only": [paced(m, spending=False) for m in markets],
        "bids_once_an_hour": [by_hour(m) for m in markets],
        "price_five_times_too_low": [paced(m, 0.2, UNKNOWN) for m in markets],
        "price_five_times_too_high": [paced(m, 5, UNKNOWN) for m in markets],
        "price_of_yesterday_unmoved": [paced(m, moved=False) for m in markets],
    }
    of = told(sizes[10_000])
    record(
        "pacing",
        seeds=[MANY[0], MANY[-1]],
        reached=of["mean"],
        worst=of["worst"],
        spent_least=of["spent_least"],
        spent_most=of["spent_most"],
        by_auctions={str(n): told(days) for n, days in sizes.items()},
        at_ten_thousand={name: told(days) for name, days in others.items()},
    )
    for days in (*sizes.values(), *(v for k, v in others.items() if k != "bids_once_an_hour")):
        held(days)
    for n in (10_000, 30_000):
        assert min(d.reached for d in sizes[n]) >= 0.96
        assert min(d.spent for d in sizes[n]) >= 0.98
    assert np.mean([d.reached for d in others["by_volume_only"]]) >= 0.96
    assert of["mean"] > np.mean([d.reached for d in others["price_of_yesterday_unmoved"]])
