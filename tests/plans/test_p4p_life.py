"""Stages and verdicts of plans and words: none on few clicks, and what is missing is said."""

from __future__ import annotations

import math

import pytest

from tests.plans.test_p4p_plans import rules, snapshot
from zhanggui.plans.p4p_life import exposures_needed, inquiry_value, lives


def plan(name, cost, clicks, inquiries, exposures=10_000, budget=100):
    return {"plan": name, "cost": f"{cost}", "clicks": clicks, "inquiries": inquiries, "exposures": exposures, "budget": budget}


def overview(**figures):
    return [{"orders": 50, "order_amount": 10_000, "inquiries": 100} | figures]


RATE = [{"currency": "USD", "rate_on": "2026-01-01", "rate": 7}]


def test_what_an_inquiry_is_worth():
    """10,000 USD of 100 inquiries at 7 CNY: 700 CNY, give or take a third."""
    told = inquiry_value(snapshot(shop_overview=overview(), exchange_rate=RATE))
    wide = math.exp(1.2816 * math.sqrt(2 / 50 + 1 / 100))
    assert told.value == pytest.approx((700, 700 / wide, 700 * wide))
    assert (told.days, told.orders, told.missing) == (7, 50, "")


@pytest.mark.parametrize(
    ("tables", "missing"),
    [
        ({}, "orders"),
        ({"shop_overview": overview()}, "rate"),
        ({"shop_overview": overview(orders=4), "exchange_rate": RATE}, "orders"),
        ({"shop_overview": overview(inquiries=0), "exchange_rate": RATE}, "orders"),
    ],
)
def test_what_is_missing_to_know_it(tables, missing):
    assert inquiry_value(snapshot(**tables)).missing == missing


def test_stages():
    """An inquiry is worth 700 CNY: a return of 3 is reached below 233 CNY an inquiry."""
    shop = snapshot(
        shop_overview=overview(orders=5000, inquiries=10_000, order_amount=1_000_000),
        exchange_rate=RATE,
        p4p_plan=[
            plan("少", 900, 100, 4),
            plan("没有", 800, 100, None),
            plan("好", 4000, 900, 40),
            plan("贵", 20_000, 900, 40),
            plan("难说", 9000, 900, 40),
        ],
    )
    found = {p.plan: (p.stage, p.verdict, p.needs) for p in lives(shop, rules()).plans}
    assert found == {
        "少": ("cold", "wait", 1),
        "没有": ("cold", "wait", 5),
        "好": ("harvest", "more", 0),
        "贵": ("scale", "less", 0),
        "难说": ("scale", "hold", 0),
    }
    assert [p.plan for p in lives(shop, rules()).plans] == ["贵", "难说", "好", "少", "没有"]
    assert lives(shop, rules()).plans[2].roi[0] == pytest.approx(7)


def test_an_account_in_dollars_has_its_money_changed_before_it_is_laid_beside_orders():
    """700 CNY an inquiry, 40 of them for 4,000 USD at 7 CNY: a return of one; without the rate none is told."""
    level = [{"level": "L2", "currency": " usd "}]
    sure = overview(orders=5000, inquiries=10_000, order_amount=1_000_000)
    shop = {"shop_overview": sure, "p4p_plan": [plan("好", 4000, 900, 40)], "p4p_level": level}
    told = lives(snapshot(**shop, exchange_rate=RATE), rules())
    (one,) = told.plans
    assert (told.rate, one.roi[0], one.each[0], one.verdict) == (7, pytest.approx(1), 100, "less")
    euros = lives(snapshot(**shop | {"p4p_level": [{"level": "L2", "currency": "EUR"}]}, exchange_rate=RATE), rules())
    assert (euros.rate, euros.plans[0].roi, euros.plans[0].verdict) == (None, None, "wait")


def test_without_orders_there_is_no_return_and_no_verdict():
    (one,) = lives(snapshot(p4p_plan=[plan("好", 4000, 900, 40)]), rules()).plans
    assert (one.stage, one.verdict, one.roi, one.each[0]) == ("scale", "wait", None, 100)
    assert lives(snapshot(), rules()) is None


def test_the_spend_of_a_day_is_of_the_days_that_list_the_plan():
    """The new plan spent 700 CNY in the newest week, the stopped one 700 in the first of the three."""
    at = [{"period_start": f"2026-{a}", "period_end": f"2026-{b}"} for a, b in (("08-30", "09-05"), ("09-06", "09-12"))]
    rows = [
        plan("停", 700, 90, 9) | at[0],
        *(plan("老", 210, 90, 9) | t for t in at),
        plan("老", 210, 90, 9),
        plan("新", 700, 90, 9),
    ]
    told = {p.plan: (p.daily, p.days) for p in lives(snapshot(p4p_plan=rows), rules()).plans}
    assert told == {"新": (100, 7), "停": (100, 7), "老": (30, 21)}


def word(text, exposures, clicks, inquiries=0, plan="新"):
    return {"plan": plan, "word": text, "exposures": exposures, "clicks": clicks, "cost": f"{clicks}", "inquiries": inquiries}


def test_words_of_a_cold_start_are_kept_by_their_click_rate_or_their_inquiries():
    words = [
        word("keep", 1000, 50),
        word("stop", 1000, 10),
        word("early", 60, 2),
        word("on the line", 100, 3),
        word("near the line", 10_000, 301),
        word("asked", 1000, 11, 1),
        word("of another plan", 1000, 10, plan="老"),
    ]
    shop = snapshot(p4p_plan=[plan("新", 74, 71, 1), plan("老", 600, 100, 9)], p4p_keyword=words)
    told = {w.word: w for w in lives(shop, rules()).words}
    assert {text: w.verdict for text, w in told.items()} == {
        "keep": "keep",
        "stop": "stop",
        "early": "wait",
        "on the line": "wait",
        "near the line": "wait",
        "asked": "asked",
    }
    line = rules()["p4p_keep_ctr"]
    assert exposures_needed(told["early"], line) == 4300
    assert exposures_needed(told["on the line"], line) == math.inf
    assert exposures_needed(told["near the line"], line) == pytest.approx(4_790_000, rel=0.01)


@pytest.mark.parametrize(("clicks", "verdict"), [(2, "keep"), (1, "stop")])
def test_a_word_is_told_after_the_exposures_that_it_needs_and_not_before(clicks, verdict):
    """A word of a click rate of 2/60 or 1/60, seen further at that very rate: one range says both."""
    line = rules()["p4p_keep_ctr"]

    def seen(times):
        shop = snapshot(p4p_plan=[plan("新", 74, 71, 1)], p4p_keyword=[word("w", 60 * times, clicks * times)])
        return lives(shop, rules()).words[0]

    first = seen(1)
    enough = 1 + math.ceil(exposures_needed(first, line) / 60)
    assert [seen(n).verdict for n in (1, enough - 1, enough, 2 * enough)] == ["wait", "wait", verdict, verdict]
