"""Whether the star is worth it here: yes, no, and what has to be brought before anything is said."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from tests.checks.cases import frame
from zhanggui.estimates.ranks import enough
from zhanggui.facts import Snapshot
from zhanggui.plans.star import Plan
from zhanggui.plans.star_worth import worth
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)


def shop(**tables):
    return Snapshot(DAY, {n: frame(TABLES[n], rows).lazy() for n, rows in tables.items() if rows}, TABLES)


def ranking(n, related, industry="Shoes"):
    """n shops of an industry; related: inquiries rise with the star, else they are drawn without looking at it."""
    rng = Random(7)
    stars = [i % 5 for i in range(n)]
    asked = [100 * s + rng.randint(0, 80) if related else (i * 37) % 101 for i, s in enumerate(stars)]
    return [
        {"industry": industry, "company": f"{industry} {i}", "star": s, "inquiries": q, "visits": 10 * q + 1}
        for i, (s, q) in enumerate(zip(stars, asked, strict=True))
    ]


def order(number, buyer, amount, day="2026-05-01", currency="USD"):
    return {
        "order_no": number, "created": day, "buyer": buyer, "product_name": "Loafers",
        "order_amount": amount, "currency": currency,
    }  # fmt: skip


def deal(number, buyer, amount, day="2026-06-01", currency="USD"):
    return {"deal_no": number, "closed_on": day, "buyer": buyer, "amount": amount, "currency": currency}


def test_stars_that_go_with_inquiries_say_yes():
    found = worth(shop(industry_ranking=ranking(40, related=True)))
    assert (found.answer, found.because) == ("yes", "relation")
    assert [(r.column, r.found.verdict, r.industry) for r in found.relations] == [
        ("inquiries", "more", "Shoes"),
        ("visits", "more", "Shoes"),
    ]


def test_stars_that_do_not_go_with_inquiries_say_no():
    found = worth(shop(industry_ranking=ranking(40, related=False)))
    assert (found.answer, found.because) == ("no", "no_relation")


def test_too_few_peers_say_how_many_more():
    found = worth(shop(industry_ranking=ranking(15, related=False)))
    assert (found.answer, found.because, found.needs) == ("unknown", "few", enough() - 15)
    assert found.wanted == ("industry_ranking",)


def test_without_peers_the_list_is_asked_for():
    found = worth(shop())
    assert (found.answer, found.because, found.wanted, found.relations, found.online) == (
        "unknown", "no_peers", ("industry_ranking",), (), (),
    )  # fmt: skip


def test_the_industry_that_the_list_tells_most_of():
    rows = ranking(12, related=False, industry="Boots") + ranking(40, related=True)
    assert {r.industry for r in worth(shop(industry_ranking=rows)).relations} == {"Shoes"}


def test_sales_of_rivals_stand_beside_it_but_do_not_decide():
    rivals = [{"seen": "2026-09-01", "shop": f"R{i}", "star": i % 5, "sales_30d": 10 * (i % 5) + i % 3} for i in range(40)]
    seen_again = [{**rivals[0], "seen": "2026-09-10", "sales_30d": 2}]
    found = worth(shop(rival_shop=rivals + seen_again))
    assert (found.answer, [(r.table, r.column, r.found.verdict, r.found.n) for r in found.relations]) == (
        "unknown",
        [("rival_shop", "sales_30d", "more", 40)],
    )


def overview(inquiries):
    return [
        {"period_start": f"2026-{m}", "period_end": f"2026-{n}", "inquiries": inquiries}
        for m, n in (("08-23", "08-29"), ("08-30", "09-05"), ("09-06", "09-12"), ("09-13", "09-19"))
    ]


def test_a_plan_that_costs_more_than_all_leads_in_p4p_is_too_dear():
    paid = [{"day": "2026-09-19", "cost": "250.00", "inquiries": 5}]
    peers = ranking(40, related=True)
    plan = Plan({}, 600, 50_000, 0, {})
    found = [worth(shop(industry_ranking=peers, p4p_account=paid, shop_overview=overview(n)), plan, 50) for n in (5, 4)]
    told = [(f.answer, f.because, f.plan_cny, f.lead_cny, f.break_even, round(f.leads, 2)) for f in found]
    assert told == [("yes", "relation", 1000, 50, 20, 21.43), ("no", "dear", 1000, 50, 20, 17.14)]


def test_four_inquiries_in_p4p_tell_no_price():
    paid = [{"day": "2026-09-19", "cost": "200.00", "inquiries": 4}]
    facts = {"industry_ranking": ranking(40, related=True), "p4p_account": paid, "shop_overview": overview(4)}
    found = worth(shop(**facts), Plan({}, 600, 50_000, 0, {}), 50)
    assert (found.answer, found.plan_cny, found.lead_cny, found.break_even) == ("yes", 1000, None, None)


def test_what_an_inquiry_costs_in_an_account_in_dollars():
    """250 USD for five, at 7 CNY."""
    paid = [{"day": "2026-09-19", "cost": "250.00", "inquiries": 5}]
    facts = {"p4p_account": paid, "p4p_level": [{"level": "L2", "currency": "USD"}]}
    rates = [{"currency": "USD", "rate_on": "2026-09-01", "rate": 7}]
    assert worth(shop(**facts, exchange_rate=rates)).lead_cny == 350
    assert worth(shop(**facts)).lead_cny is None


def test_what_is_paid_online_by_all_by_new_and_by_old_buyers():
    facts = {
        "order_lines": [order("1", "Ann", 300), order("2", "Ben", 100, day="2026-07-01")],
        "offline_deal": [deal("a", "ann", 500), deal("b", "Carl", 100), deal("c", "Old", 900, day="2024-01-01")],
        "exchange_rate": [{"currency": "USD", "rate_on": "2026-01-01", "rate": 7}],
    }
    found = worth(shop(**facts)).online
    assert [(o.by, o.online, o.offline, o.online_cny, o.offline_cny) for o in found] == [
        ("all", 2, 2, 2800, 4200), ("first", 2, 1, 2800, 700), ("again", 0, 1, 0, 3500),
    ]  # fmt: skip
    assert [(o.share, o.money_share) for o in found[:1]] == [(0.5, pytest.approx(0.4))]


def test_money_without_a_rate_is_not_added_up():
    facts = {"order_lines": [order("1", "Ann", 300, "2026-06-01")], "offline_deal": [deal("a", "Ann", 500, currency="EUR")]}
    found = worth(shop(**facts)).online[0]
    assert (found.share, found.online_cny, found.money_share) == (0.5, None, None)


def test_without_the_register_of_offline_deals_nobody_knows_the_share():
    assert worth(shop(order_lines=[order("1", "Ann", 300)])).online == ()


def test_deals_of_days_that_the_orders_do_not_reach_are_left_out():
    orders = [order(f"o{n}", "Ann", 300, f"2026-09-{n + 1:02}") for n in range(10)]
    early = [deal(f"d{n}", "Ben", 100, f"2025-11-{n + 1:02}") for n in range(30)]
    found = worth(shop(order_lines=orders, offline_deal=[*early, deal("x", "Carl", 100, "2026-09-05")]))
    assert found.days == (date(2026, 9, 1), date(2026, 9, 10))
    assert [(o.by, o.online, o.offline) for o in found.online] == [("all", 10, 1), ("first", 1, 1), ("again", 9, 0)]


def test_orders_of_another_year_tell_nothing_of_this_one():
    found = worth(shop(order_lines=[order("1", "Ann", 300, "2025-01-01")], offline_deal=[deal("a", "Ann", 500)]))
    assert (found.days, found.online) == (None, ())
