"""There and back again exactly; the range and the chance against the arithmetic of products and against a drawn shop."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.cases import _period
from tests.plans.test_p4p_plans import rules, snapshot
from zhanggui.plans.budget_backwards import (
    Chain,
    Rate,
    budget_of,
    by_time,
    chance,
    goal_of,
    known_rates,
    needed,
)

SURE = Chain(Rate(400), Rate(0.1), Rate(0.02), Rate(0.5), Rate(4))
FIELDS = ("turnover", "orders", "leads", "clicks", "paid", "budget")


def test_a_hundred_thousand_dollars_by_hand():
    """250 orders, 2,500 leads, 125,000 clicks, half of them bought at 4 CNY: 250,000 CNY, 100 CNY a lead."""
    told = needed(SURE, "turnover", 100_000)
    assert [getattr(told, f) for f in FIELDS] == pytest.approx([100_000, 250, 2500, 125_000, 62_500, 250_000])
    assert (told.low, told.high) == pytest.approx((250_000, 250_000))
    assert told.per_lead == pytest.approx(100)


some = st.floats(1e-3, 1e3)


def led_to(c: Chain, budget: float) -> list[float]:
    """`FIELDS` of what a budget leads to, step by step."""
    paid = budget / c.cpc.value
    clicks = paid / c.paid_share.value
    leads = clicks * c.lead_rate.value
    orders = leads * c.order_rate.value
    return [orders * c.order_value.value, orders, leads, clicks, paid, budget]


@given(st.builds(Chain, *[st.builds(Rate, some)] * 5), st.floats(1, 1e8))
def test_there_and_back_again(chain, goal):
    for figure in ("turnover", "leads"):
        there = needed(chain, figure, goal)
        assert led_to(chain, there.budget) == pytest.approx([getattr(there, f) for f in FIELDS], rel=1e-12)


def test_the_range_is_that_of_a_product_of_uncertain_rates():
    unsure = Chain(Rate(400, 0.1), Rate(0.1, 0.2), Rate(0.02, 0.1), Rate(0.5), Rate(4, 0.05))
    told = needed(unsure, "turnover", 100_000)
    wide = 1.2816 * math.sqrt(0.1**2 + 0.2**2 + 0.1**2 + 0.05**2)
    assert (told.low, told.high) == pytest.approx((250_000 * math.exp(-wide), 250_000 * math.exp(wide)), rel=0.02)
    assert needed(unsure, "leads", 2500).high < told.high


def test_the_chance_of_sure_rates_is_the_luck_of_counting():
    """2,500 leads expected: reached in about half of all years, and surely with a fifth more money."""
    assert chance(SURE, 250_000, "leads", 2500) == pytest.approx(0.5, abs=0.02)
    assert chance(SURE, 300_000, "leads", 2500) > 0.999
    assert chance(SURE, 200_000, "leads", 2500) < 0.001
    assert chance(SURE, 250_000, "turnover", 100_000) == pytest.approx(0.5, abs=0.03)


def test_the_chance_grows_with_the_money_and_is_the_same_each_time():
    unsure = Chain(Rate(400, 0.1), Rate(0.1, 0.2), Rate(0.02, 0.1), Rate(0.5), Rate(4, 0.05))
    told = [chance(unsure, b * 1000, "turnover", 100_000) for b in (100, 200, 250, 300, 500)]
    assert told == sorted(told)
    assert told == [chance(unsure, b * 1000, "turnover", 100_000) for b in (100, 200, 250, 300, 500)]


def test_the_range_of_the_lead_rate_holds_the_truth_four_times_in_five():
    """Shops whose true rate is known: what a quarter's reports say of it, and the budget that follows, cover it as they claim."""
    rng, inside = np.random.default_rng(4), 0
    for leads in rng.poisson(0.02 * 10_000, 500):
        told = needed(
            Chain(Rate(400), Rate(0.1), Rate(leads / 10_000, 1 / math.sqrt(leads)), Rate(0.5), Rate(4)), "leads", 2500
        )
        inside += told.low <= 250_000 <= told.high
    assert 370 <= inside <= 430


def test_quarters_and_months_add_up():
    whole = needed(SURE, "turnover", 100_000)
    parts = by_time(whole, rules())
    quarters = [p for p in parts if p.month is None]
    assert [round(p.share, 2) for p in quarters] == [0.18, 0.27, 0.32, 0.23]
    for kind in (quarters, [p for p in parts if p.month]):
        assert sum(p.needed.budget for p in kind) == pytest.approx(whole.budget)
        assert sum(p.needed.leads for p in kind) == pytest.approx(whole.leads)
    assert [p.month for p in parts if p.quarter == 2] == [None, 4, 5, 6]


def test_the_rates_of_the_shop():
    shop = snapshot(
        shop_overview=[{"orders": 25, "order_amount": 10_000, "inquiries": 200, "shop_leads": 250, "shop_clicks": 12_500}],
        p4p_account=[{"day": "2026-09-19", "clicks": 100, "cost": "400.00"}],
    )
    told = known_rates(shop, rules())
    assert {n: round(r.value, 4) for n, r in told.items()} == {
        "paid_share": 0.5,
        "order_value": 400,
        "order_rate": 0.1,
        "lead_rate": 0.02,
        "cpc": 4,
    }
    assert {n: r.own for n, r in told.items()}["paid_share"] is False
    assert told["cpc"].spread == pytest.approx(0.1)


def week(n, **figures):
    return figures | _period(n)


def test_leads_and_clicks_of_two_reports_are_of_the_same_days():
    """The overview has four weeks, the product report thirteen: 25 inquiries of 1,000 clicks in the four."""
    clicks = [week(n, product_id="1", shop_clicks=250 if n > -4 else 999) for n in range(-12, 1)]
    weeks = [week(n, inquiries=5 + 5 * (n == 0)) for n in range(-3, 1)]
    assert known_rates(snapshot(shop_overview=weeks, product_effect=clicks), rules())["lead_rate"].value == 0.025
    month = {"inquiries": 25, "period_start": "2026-08-23", "period_end": "2026-09-19"}
    assert known_rates(snapshot(shop_overview=[month], product_effect=clicks), rules())["lead_rate"].value == 0.025
    apart = {"inquiries": 25, "period_start": "2026-08-25", "period_end": "2026-09-21"}
    assert "lead_rate" not in known_rates(snapshot(shop_overview=[apart], product_effect=clicks), rules())


def test_an_account_report_without_clicks_leaves_their_price_to_the_words():
    words = [{"word": "mules", "clicks": 300, "cost": "900.00"}]
    account = [{"day": "2026-09-19", "clicks": None, "cost": "900.00"}]
    assert known_rates(snapshot(p4p_account=account, p4p_keyword=words), rules())["cpc"].value == 3


def test_the_price_of_a_click_is_in_yuan():
    account = [{"day": "2026-09-19", "clicks": 100, "cost": "50.00"}]
    shop = {"p4p_account": account, "p4p_level": [{"level": "L2", "currency": "USD"}]}
    rate = [{"currency": "USD", "rate_on": "2026-01-01", "rate": 7}]
    assert known_rates(snapshot(**shop, exchange_rate=rate), rules())["cpc"].value == 3.5
    assert "cpc" not in known_rates(snapshot(**shop), rules())


def test_a_goal_of_inquiries_counts_inquiries():
    shop = snapshot(shop_overview=[{"orders": 20, "inquiries": 200, "shop_leads": 250, "shop_clicks": 10_000}])
    told = {figure: known_rates(shop, rules(), figure) for figure in ("leads", "inquiries")}
    assert {f: (r["order_rate"].value, r["lead_rate"].value) for f, r in told.items()} == {
        "leads": (0.08, 0.025),
        "inquiries": (0.1, 0.02),
    }


def test_without_reports_nothing_is_known_but_the_rulebook():
    assert set(known_rates(snapshot(), rules())) == {"paid_share"}


def test_the_goal_and_the_budget_of_the_register():
    goal = {"year": 2026, "figure": "成交额", "value": 100_000, "unit": "USD"}
    part = {"year": 2026, "figure": "商机", "value": 9, "country": "US"}
    assert goal_of(snapshot(goal=[goal, part]), 2026) == ("turnover", 100_000)
    assert goal_of(snapshot(goal=[part, goal | {"figure": "询盘", "value": 70, "unit": "个"}]), 2026) == ("inquiries", 70)
    assert goal_of(snapshot(goal=[goal | {"unit": "CNY"}]), 2026) is None
    money = {"year": 2026, "item": "广告", "channel": "P4P", "amount": 1000, "currency": "USD"}
    assert budget_of(snapshot(budget=[money]), 2026) is None
    known = money | {"currency": "CNY"}
    assert budget_of(snapshot(budget=[known]), 2026) == 1000
    brand = [known | {"channel": "问鼎", "amount": 300}, known | {"channel": "顶展", "amount": 20}]
    assert budget_of(snapshot(budget=[known, *brand, known | {"channel": "达人"}]), 2026) == 1320
    assert budget_of(snapshot(budget=[known, money | {"channel": "问鼎"}]), 2026) is None
