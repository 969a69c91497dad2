"""A day against its budget: spent as usual is left alone, too fast or too slow is told by how much, and what is not told is not guessed."""

from __future__ import annotations

from datetime import timedelta
from math import exp

import numpy as np
import pytest

from tests.plans.paced import clicked, knows
from tests.plans.paced import shop as market_of
from tests.plans.test_p4p_plans import DAY, snapshot
from zhanggui.plans.bid_budget import Budget
from zhanggui.plans.bid_day import Steering
from zhanggui.plans.day_pace import DayPace, Waits, day_pace
from zhanggui.plans.pacing import begun, passed, share_gone

BUDGET = 240
WEIGHT = np.array([1] * 6 + [3] * 12 + [1] * 6)  # of 48
USUAL = 4.0 * WEIGHT
FREE = Steering(change=10)
NOON = [10.0 * w if h < 12 else 0 for h, w in enumerate(WEIGHT)]  # the whole budget, by noon


def hours_of(day, cost, *, seen=100, clicks=2, weight=WEIGHT, **more):
    """Rows of one day; a cost of None is a missing cell."""
    rows = []
    for hour, paid in enumerate(cost):
        row = {"hour": f"{hour:02}:00", "cost": None if paid is None else f"{paid:.4f}", "period_start": day, "period_end": day}
        rows.append(row | {"exposures": int(seen * weight[hour]), "clicks": int(clicks * weight[hour])} | more)
    return rows


def shop(newest, *, ago=1, usual=5, budget=BUDGET, before=USUAL, weight_of_newest=None, **more):
    """`usual` days before the newest one, which was `ago` days ago."""
    last = DAY - timedelta(days=ago)
    rows, account = [], []
    for n in range(usual, -1, -1):
        day = last - timedelta(days=n)
        own = {} if n or weight_of_newest is None else {"weight": weight_of_newest}
        rows += hours_of(day, before if n else newest, **more | own)
        account.append({"period_start": day, "period_end": day, "day": day, "budget": budget})
    return snapshot(p4p_hour=rows, p4p_account=account if budget else [])


def listed(amount):
    return [{"year": 2026, "month": 9, "item": "广告", "channel": "P4P", "amount": amount, "currency": "CNY"}]


def factors(pace):
    return [h.factor for h in pace.hours]


def test_a_day_spent_as_usual_is_left_alone():
    pace = day_pace(shop(5.0 * WEIGHT))
    assert (pace.factor, pace.gone, pace.until, pace.over, pace.today, pace.lasted) == (1.0, None, 24, True, False, 5)
    assert set(factors(pace)[:22]) == {1.0}
    assert [h.share for h in pace.hours] == pytest.approx((WEIGHT / 48).tolist())
    noon = pace.hours[11]
    assert (noon.expected, noon.due, noon.spent, noon.so_far, noon.left) == pytest.approx((15, 120, 15, 120, 120))
    assert pace.budget == Budget(240, "account", DAY - timedelta(days=1))


@pytest.mark.parametrize("seed", range(20))
def test_spending_by_the_shares_is_as_is_at_every_hour(seed):
    """Whatever the usual days look like, how many clicks they had, and how long the open day is."""
    rng = np.random.default_rng(seed)
    before, weight, clicks = rng.gamma(1, 5, 24), rng.integers(0, 9, 24) + (np.arange(24) == 20), int(rng.integers(1, 40))
    first = day_pace(shop(before, before=before, weight=weight, clicks=clicks, budget=1000))
    even = [h.share * 1000 for h in first.hours]
    pace = day_pace(shop(even, before=before, weight=weight, clicks=clicks, budget=1000), Steering(dead_band=1e-3))
    spent = next(i for i, h in enumerate(pace.hours) if h.so_far >= 970)
    assert set(factors(pace)[:spent]) <= {1.0}
    assert pace.factor == 1.0
    today = day_pace(shop(even, before=before, weight=weight, clicks=clicks, budget=1000, ago=0), Steering(dead_band=1e-3))
    assert (today.factor, today.gone) == (1.0, None)


def test_a_day_whose_money_was_gone_at_three():
    """33 of 48 parts of a usual day's spending are behind at 15:00, and the whole budget."""
    cost = [240 / 33 * w if h < 15 else 0 for h, w in enumerate(WEIGHT)]
    pace = day_pace(shop(cost), FREE)
    assert (pace.gone, pace.over, pace.told.hour) == (14, True, 14)
    assert pace.factor == pytest.approx(exp(-(1 - 33 / 48) / (33 / 48)))
    assert factors(pace)[14:] == [None] * 10
    assert (pace.hours[14].left, pace.hours[20].spent, pace.hours[20].left) == pytest.approx((0, 0, 0), abs=1e-6)
    told = [f for f in factors(pace)[:14] if f is not None]
    assert 0.5 < min(told) < max(told) < 0.95
    assert day_pace(shop(cost)).factor == 0.7  # no further than bids may change a day


def test_rows_that_end_when_the_money_does_are_a_whole_story():
    cost = [240 / 33 * w for w in WEIGHT[:15]]
    pace = day_pace(shop(cost), FREE)
    assert (pace.gone, pace.until, pace.hours[20].spent) == (14, 24, 0)


def test_a_day_with_money_left():
    pace = day_pace(shop(3.5 * WEIGHT), FREE)
    assert (pace.gone, pace.over, pace.hours[23].left) == (None, True, pytest.approx(72))
    assert pace.factor == pytest.approx(exp(0.3))
    assert factors(pace)[23] is None


def test_an_open_day_is_told_until_the_last_hour_that_is_over():
    """Half as fast again as usual; the eleventh hour may still be running, the others have not come and stand there as nothing."""
    cost = [7.5 * w if h < 11 else 0 for h, w in enumerate(WEIGHT)]
    pace = day_pace(shop(cost, ago=0, weight_of_newest=WEIGHT * (np.arange(24) < 11)), FREE)
    assert (pace.today, pace.until, pace.over, pace.gone) == (True, 10, False, None)
    assert (pace.told.so_far, pace.told.left) == pytest.approx((135, 105))
    assert (pace.factor, pace.factor < 0.8) == (pace.hours[9].factor, True)
    assert {h.factor for h in pace.hours[10:]} == {None}
    assert day_pace(shop(cost[:11], ago=0), FREE) == pace
    assert day_pace(shop(cost[:11], ago=0)).factor == 0.7


def test_an_open_day_whose_money_is_gone_is_over():
    pace = day_pace(shop([240 / 33 * w for w in WEIGHT[:15]], ago=0), FREE)
    assert (pace.today, pace.over, pace.gone, pace.factor) == (True, True, 14, pytest.approx(exp(-15 / 33)))


def test_today_is_not_looked_at_before_an_hour_is_over():
    rows = days(5.0 * WEIGHT, first=1) + days(first=6, last=2)
    yesterday = day_pace(snapshot(p4p_hour=rows, p4p_account=accounts(first=6)))
    early = rows + hours_of(DAY, [9.0], seen=9)
    assert day_pace(snapshot(p4p_hour=early, p4p_account=accounts(first=6))) == yesterday
    assert (yesterday.day, yesterday.today) == (DAY - timedelta(days=1), False)


def test_a_report_that_was_made_before_the_day_was_over_says_nothing_of_its_end():
    pace = day_pace(shop(7.5 * WEIGHT[:10]))
    assert (pace.until, pace.over, pace.factor, pace.hours[9].factor) == (10, False, None, 0.7)


def test_a_missing_cell_ends_the_walk():
    cost = [*(5.0 * WEIGHT[:10]), None, *(5.0 * WEIGHT[11:])]
    pace = day_pace(shop(cost))
    assert (pace.until, pace.over, pace.factor) == (10, False, None)
    assert pace.hours[9].so_far == pytest.approx(90)
    assert {(h.spent, h.so_far, h.left, h.factor) for h in pace.hours[10:]} == {(None, None, None, None)}
    nothing = day_pace(shop([None, *(5.0 * WEIGHT[1:])]))
    assert (nothing.until, nothing.told, nothing.factor) == (0, None, None)


def halves(rows):
    return [r | {"plan": p, "cost": float(r["cost"]) / 2, "clicks": r["clicks"] // 2, "exposures": r["exposures"] // 2} for r in rows for p in "ab"]  # fmt: skip


def days(cost=USUAL, *, first=5, last=1):
    return [r for n in range(first, last - 1, -1) for r in hours_of(DAY - timedelta(days=n), cost)]


def accounts(cost=None, budget=BUDGET, first=5):
    each = [DAY - timedelta(days=n) for n in range(first, -1, -1)]
    return [{"period_start": d, "period_end": d, "day": d, "budget": budget, "cost": cost} for d in each]


def test_the_plans_of_the_account_are_added_up_and_longer_periods_left_out():
    week = [r | {"period_start": DAY - timedelta(days=8)} for r in hours_of(DAY - timedelta(days=1), 90.0 * WEIGHT)]
    assert day_pace(snapshot(p4p_hour=halves(days()) + week, p4p_account=accounts())) == day_pace(
        snapshot(p4p_hour=days(), p4p_account=accounts())
    )


def test_money_in_another_currency_changes_no_factor():
    """A USD account reports USD, its budget too: 240 CNY at 8."""
    cost = [240 / 33 * w if h < 15 else 0 for h, w in enumerate(WEIGHT)]
    yuan, dollars = (
        day_pace(shop([c / unit for c in cost], budget=BUDGET / unit, before=USUAL / unit), FREE) for unit in (1, 8)
    )
    assert (dollars.budget.amount, dollars.gone, dollars.factor) == (30, yuan.gone, pytest.approx(yuan.factor))
    told = [f for f in factors(yuan) if f is not None]
    assert ([f for f in factors(dollars) if f is not None], len(told) > 5) == (pytest.approx(told, rel=1e-3), True)


def test_days_that_ran_out_say_nothing_of_the_evening():
    """Two of six days were over at noon: the usual evening is that of the others."""
    rows = days(USUAL, first=5, last=2) + days(NOON, first=7, last=6) + days(5.0 * WEIGHT, first=1)
    pace = day_pace(snapshot(p4p_hour=rows, p4p_account=accounts(first=7)))
    assert (pace.lasted, [h.share for h in pace.hours]) == (4, pytest.approx((WEIGHT / 48).tolist()))


def test_what_the_day_shows_may_be_chance():
    """The same pace as a day that was too slow, but a click of 60 CNY instead of 2."""
    cost = 3.0 * WEIGHT
    assert day_pace(shop(cost), FREE).factor == pytest.approx(exp(0.4))
    rows = shop(cost).frames["p4p_hour"].collect().to_dicts()
    few = [r | {"clicks": int(r["hour"] in ("06:00", "12:00", "18:00"))} for r in rows]
    few = [{k: v for k, v in r.items() if not k.startswith("_")} for r in few]
    assert day_pace(snapshot(p4p_hour=few, p4p_account=accounts()), FREE).factor is None


def test_the_budget_that_most_days_ended_at_holds():
    """The list says 500 a day; four of seven days, the newest too, ended at 240."""
    out = [240 / 33 * w if h < 15 else 0 for h, w in enumerate(WEIGHT)]
    kept = [h for n in (2, 3, 4) for h in hours_of(DAY - timedelta(days=n), (3.2 + n / 10) * WEIGHT)]
    rows = kept + days(out, first=7, last=5) + days(out, first=1)
    pace = day_pace(snapshot(p4p_hour=rows, budget=listed(15_000)), FREE)
    assert (pace.budget, pace.gone, pace.lasted) == (Budget(240, "same", DAY - timedelta(days=1)), 14, 3)


@pytest.mark.parametrize("wobble", [0, 0.1])
def test_days_under_a_budget_that_was_lowered_since_have_lasted(wobble):
    """Twenty days at about 180 until midnight, and the list says 100 a day now."""
    rows = [r for n in range(21, 0, -1) for r in days((3.75 + wobble * (n % 7)) * WEIGHT, first=n, last=n)]
    pace = day_pace(snapshot(p4p_hour=rows, budget=listed(3_000)), FREE)
    assert (pace.lasted, pace.budget.amount, pace.gone, pace.beyond, pace.until) == (20, 100, None, True, 24)
    assert pace.told.so_far == pytest.approx(180 + 48 * wobble)
    assert pace.factor == pytest.approx(exp(max(-0.5, -0.8 - 0.48 * wobble)))


def test_a_day_that_went_on_beyond_its_budget_did_not_run_out():
    """It reached 100 at noon and cost 180 in the end, where a usual day costs 60."""
    pace = day_pace(shop(3.75 * WEIGHT, budget=100, before=1.25 * WEIGHT), FREE)
    assert (pace.gone, pace.beyond, pace.over, pace.told.hour) == (None, True, True, 23)
    assert (pace.told.left, pace.factor < 1) == (pytest.approx(-80), True)
    late = [100 / 24 * w if h < 12 else 0 for h, w in enumerate(WEIGHT)]
    late[12] = 8.0  # clicks that were counted a little later
    pace = day_pace(shop(late, budget=100, before=1.25 * WEIGHT), FREE)
    assert (pace.gone, pace.beyond) == (11, False)


def test_an_open_day_beyond_its_budget_is_told_as_far_as_it_is():
    cost = [3.75 * w if h < 15 else 0 for h, w in enumerate(WEIGHT)]
    pace = day_pace(shop(cost, ago=0, budget=100, before=1.25 * WEIGHT, weight_of_newest=WEIGHT * (np.arange(24) < 15)))
    assert (pace.today, pace.beyond, pace.until, pace.gone, pace.over, pace.factor) == (True, True, 15, None, False, 0.7)
    assert pace.told.so_far == pytest.approx(33 * 3.75)


def test_a_day_that_is_told_until_it_reached_more_than_is_told():
    """What came after a missing cell is no part of the story."""
    pace = day_pace(shop([*(3.75 * WEIGHT[:8]), None, *(3.75 * WEIGHT[9:])], budget=100, before=1.25 * WEIGHT), FREE)
    assert (pace.until, pace.beyond, pace.over) == (8, False, False)


def quiet_evenings(newest, **more):
    """Earlier days whose last rows are at 18 to 23 o'clock, and a newest one, yesterday's, to 20 o'clock at `newest` times as much."""
    rows = [r for n in range(21, 1, -1) for r in hours_of(DAY - timedelta(days=n), USUAL[: 19 + n % 6])]
    return day_pace(snapshot(p4p_hour=rows + hours_of(DAY - timedelta(days=1), newest * USUAL[:21]), **more), FREE)


def test_hours_in_which_nothing_happened_may_have_no_rows():
    pace = quiet_evenings(1, p4p_account=accounts())
    assert (pace.lasted, pace.until, pace.over, pace.factor) == (20, 21, False, None)  # the newest may be cut off
    told = quiet_evenings(1, p4p_account=accounts(sum(USUAL[:21])))
    assert (told.lasted, told.until, told.over, told.factor > 1) == (20, 24, True, True)


def test_a_day_of_which_the_account_says_more_is_not_told_to_its_end():
    """Five days back the report was made at noon; the account's, made later, says what the day cost."""
    rows = [r for n in range(5, 0, -1) for r in hours_of(DAY - timedelta(days=n), USUAL[: 12 if n == 5 else 24])]
    told = snapshot(p4p_hour=rows, p4p_account=accounts(sum(USUAL)))
    assert (day_pace(told).lasted, day_pace(snapshot(p4p_hour=rows, p4p_account=accounts())).lasted) == (3, 4)


def test_reports_that_were_both_made_at_ten_do_not_say_how_the_day_ended():
    held = shop(USUAL[:10], budget=None).frames["p4p_hour"].collect().to_dicts()
    rows = [{k: v for k, v in r.items() if not k.startswith("_")} for r in held]
    pace = day_pace(snapshot(p4p_hour=rows, p4p_account=accounts(sum(USUAL[:10]))))
    assert (pace.until, pace.over) == (10, False)


@pytest.mark.parametrize(
    ("rows", "more", "waits"),
    [
        ([], {}, Waits("hour_report")),
        ([r | {"period_start": DAY - timedelta(days=8)} for r in hours_of(DAY, USUAL)], {}, Waits("daily_rows")),
        (days([None] * 24), {"p4p_account": accounts()}, Waits("cost")),
        ([r | {"clicks": None} for r in days()], {"p4p_account": accounts()}, Waits("clicks")),
        ([r | {"clicks": 0} for r in days()], {"p4p_account": accounts()}, Waits("clicks")),
        ([r | {"exposures": None} for r in days()], {"p4p_account": accounts()}, Waits("exposures")),
        (days(), {}, Waits("budget")),
        (days(first=3), {"p4p_account": accounts()}, Waits("days", 2, 0)),
        (days(NOON), {"p4p_account": accounts()}, Waits("days", 0, 4)),
        ([r | {"hour": "下午"} for r in days()], {"p4p_account": accounts()}, Waits("hours", seen="下午")),
    ],
)
def test_what_it_waits_for(rows, more, waits):
    assert day_pace(snapshot(p4p_hour=rows, **more)) == waits


def test_a_list_that_allows_nothing_and_who_may_not_see_it():
    held = snapshot(p4p_hour=days(), budget=listed(0))
    assert (day_pace(held), day_pace(held, register=False)) == (Waits("no_money"), Waits("budget"))


@pytest.mark.parametrize(("wrong", "gain"), [(0.5, 0.05), (0.7, 0.05), (1.0, -0.02), (1.4, 0.05)])
def test_bids_changed_once_at_ten_buy_more_than_those_left_alone(wrong, gain):
    """On made-up markets whose morning bids were off, with factors of any size; with bids that were right nothing much is lost.

    And more than when the hours are walked as they were, which corrects the same bids for the same trouble again and again.
    """
    changed, left_alone, wound_up = [], [], []
    for seed in range(9_000, 9_006):
        market = market_of(seed, 3_000)
        price, _ = knows(market)
        before = hourly(market.yesterday, price, 1.0, market.budget)
        morning = hourly(market.today, price, wrong, market.budget)
        rows = []
        for n in (4, 3, 2, 1):
            rows += market_rows(market.yesterday, before[0] * 0.9, before[1], DAY - timedelta(days=n))
        rows += market_rows(market.today, morning[0][:11], morning[1][:11], DAY)
        pace = day_pace(snapshot(p4p_hour=rows, p4p_account=accounts(budget=f"{market.budget:.4f}")), FREE)
        assert isinstance(pace, DayPace)
        assert pace.until == 10
        then = [1.0] * 10 + [pace.factor or 1.0] * 14
        left_alone.append(hourly(market.today, price, wrong, market.budget)[2])
        changed.append(hourly(market.today, price, wrong, market.budget, then)[2])
        now = begun(1.0, market.budget)
        for hour in pace.hours[:10]:
            now = passed(now, hour.spent, share_gone([h.share for h in pace.hours], hour.hour + 1))
        again = [1.0] * 10 + [1 / now.price] * 14
        wound_up.append(hourly(market.today, price, wrong, market.budget, again)[2])
    assert np.sum(changed) > np.sum(wound_up)
    assert np.sum(changed) > (1 + gain) * np.sum(left_alone)


def hourly(auctions, price, factor, budget, then=(1.0,) * 24):
    """Cost and clicks by hour, and the value bought, with bids of `factor` times the best of yesterday, times `then` by hour."""
    cost, clicks, got = np.zeros(24), np.zeros(24), 0.0
    for value, rival, hour in zip(auctions.value, auctions.price, auctions.clock.astype(int), strict=True):
        left = budget - cost.sum()
        paid = clicked(rival, min(value / price * factor * then[hour], left)) if left > 0 else 0.0
        cost[hour], clicks[hour], got = cost[hour] + paid, clicks[hour] + (paid > 0), got + value * (paid > 0)
    return cost, clicks, got


def market_rows(auctions, cost, clicks, day):
    volume = auctions.by_hour(np.ones(len(auctions.clock)))
    rows = hours_of(day, cost)
    return [r | {"exposures": int(v), "clicks": int(c)} for r, v, c in zip(rows, volume, clicks, strict=False)]
