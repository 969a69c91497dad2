"""Both weeks, the split of what moved, plans and words; and silence where a week is missing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.cases import WEEK, _period
from tests.plans.test_p4p_plans import snapshot
from zhanggui.plans.p4p_spend import daily_first, hours, spend
from zhanggui.plans.p4p_week import p4p_week


def account(week, cost=700, clicks=350, inquiries=14, exposures=17_500):
    return {"cost": f"{cost}", "clicks": clicks, "inquiries": inquiries, "exposures": exposures} | _period(week)


def plan(name, week, cost, inquiries):
    return {"plan": name, "cost": f"{cost}", "clicks": cost // 2, "inquiries": inquiries, "exposures": cost * 20} | _period(
        week
    )


def word(text, week, cost, inquiries=1):
    return {"word": text, "cost": f"{cost}", "clicks": cost // 2, "inquiries": inquiries, "exposures": cost * 20} | _period(
        week
    )


def test_two_weeks_side_by_side():
    told = p4p_week(snapshot(p4p_account=[account(0, 900, 300, 10), account(-1)]))
    assert (told.table, told.now[0], told.covered, told.before[0]) == ("p4p_account", WEEK, 7, date(2026, 9, 6))
    found = {f.column: (f.now, f.before) for f in told.figures}
    assert found["cost"] == (900, 700)
    assert found["cpc"] == (3, 2)
    assert found["cost_per_inquiry"] == (90, 50)
    assert found["ctr"] == pytest.approx((300 / 17_500, 0.02))
    assert {f.against.low for f in told.figures} == {None}  # two weeks do not tell their noise


def test_the_report_that_reaches_furthest_is_read():
    told = p4p_week(snapshot(p4p_account=[account(-9)], p4p_plan=[plan("甲", 0, 500, 9)], p4p_keyword=[word("mules", 0, 400)]))
    assert (told.table, told.now[0]) == ("p4p_plan", WEEK)


def test_what_moved_adds_up():
    told = p4p_week(snapshot(p4p_account=[account(0, 900, 300, 10), account(-1)]))
    money, asked = told.steps
    assert (money.column, money.change, set(money.parts)) == ("cost", 200, {"clicks", "cost/clicks"})
    assert sum(money.parts.values()) == pytest.approx(200)
    assert money.parts["clicks"] < 0 < money.parts["cost/clicks"]
    assert (asked.column, sum(asked.parts.values())) == ("inquiries", pytest.approx(-4))


def test_the_price_of_an_inquiry_has_its_range_turned_round():
    rows = [account(n, 700, 350, 14) for n in range(-8, 0)] + [account(0, 700, 350, 3)]
    told = {f.column: f for f in p4p_week(snapshot(p4p_account=rows)).figures}
    each = told["cost_per_inquiry"]
    assert each.against.ratio == pytest.approx(14 / 3)
    assert each.against.low < 14 / 3 < each.against.high
    assert (told["cost"].against.moved, each.against.moved) == (False, True)


def test_plans_and_words_that_came_or_went():
    told = p4p_week(
        snapshot(
            p4p_account=[account(0), account(-1)],
            p4p_plan=[plan("甲", 0, 500, 9), plan("甲", -1, 300, 9), plan("乙", -1, 400, 5), plan("丙", 0, 200, 5)],
            p4p_keyword=[word("mules", 0, 500, 9), word("mules", -1, 300, 2), word("clogs", -1, 400, 1)],
        )
    )
    assert [(p.name, p.now["cost"], p.before["cost"], p.change("inquiries")) for p in told.plans] == [
        ("甲", 500, 300, 0),
        ("丙", 200, 0, 5),
        ("乙", 0, 400, -5),
    ]
    assert {c: [(w.name, w.change(c)) for w in lines] for c, lines in told.movers.items()} == {
        "cost": [("clogs", -400), ("mules", 200)],
        "inquiries": [("mules", 7), ("clogs", -1)],
    }


def test_a_word_that_moved_by_itself_is_marked():
    rows = [word(f"w{n}", week, 400 + 10 * n, 4) for n in range(6) for week in range(-8, 1)]
    rows = [r | {"cost": "4000"} if r["word"] == "w3" and r["period_start"] == WEEK else r for r in rows]
    told = p4p_week(snapshot(p4p_keyword=rows))
    assert told.table == "p4p_keyword"
    assert [(w.name, w.itself) for w in told.movers["cost"]] == [("w3", True)]


def test_without_the_week_before_there_is_nothing_to_compare():
    told = p4p_week(snapshot(p4p_account=[account(0), account(-2)], p4p_plan=[plan("甲", 0, 500, 9)]))
    assert (told.before, told.steps, told.movers) == (None, (), {})
    assert [(p.name, p.change("cost")) for p in told.plans] == [("甲", None)]
    assert p4p_week(snapshot()) is None


def test_words_by_spend():
    """700 of 1,000 CNY; the second word begins before 80 %, the third before 95 %, the fourth after."""
    words = [("a", 700, 14), ("b", 200, 4), ("c", 60, 0), ("d", 40, 2)]
    told = spend(snapshot(p4p_keyword=[word(w, 0, c, n) for w, c, n in words]), 28)
    assert [(w.word, w.grade, round(w.running, 2)) for w in told.words] == [
        ("a", "A", 0.7),
        ("b", "A", 0.9),
        ("c", "B", 0.96),
        ("d", "C", 1.0),
    ]
    assert (told.cost, told.silent, told.typical, told.days) == (1000, 60, pytest.approx(0.04), 7)
    third = told.words[2]
    assert (third.expected, third.none) == (pytest.approx(1.2), pytest.approx((500 / 530) ** 20))
    assert [w.none for w in told.words[:2]] == [None, None]
    assert spend(snapshot(), 28) is None


def test_the_daily_first_group():
    marks = [{"word": "Mules", "mark": "优先推广"}, {"word": "boots", "mark": "优先推广"}, {"word": "clogs", "mark": "不用词"}]
    shop = snapshot(p4p_keyword=[word("mule", 0, 700), word("clogs", 0, 10)], marked_word=marks)
    told = daily_first(shop, spend(shop, 28))
    assert [(name, one and one.cost) for name, one in told] == [("Mules", 700), ("boots", None)]


def test_a_report_without_inquiries_tells_the_money_alone():
    told = spend(snapshot(p4p_keyword=[word("a", 0, 700, None)]), 28)
    assert (told.words[0].inquiries, told.words[0].expected, told.words[0].rate, told.silent) == (None, None, None, None)


def test_hours_beside_those_of_the_markets():
    rows = [{"hour": "08:00-08:59", "cost": "75", "clicks": 9, "inquiries": 1}, {"hour": "20", "cost": "25", "clicks": 3}]
    countries = [{"country": "US", "priority": "A"}, {"country": "Nowhere", "priority": "B"}]
    told = hours(snapshot(p4p_hour=rows, target_country=countries), 28, 9, 18)
    assert (told.open, told.countries, told.unknown, told.outside) == ("06:00–15:00", ("US",), ("Nowhere",), 0.25)
    assert [(h.hour, h.cost, h.inquiries, h.open) for h in told.hours if h.cost] == [(8, 75, 1, True), (20, 25, None, False)]
    assert hours(snapshot(p4p_hour=rows), 28, 9, 18).outside is None
    assert hours(snapshot(), 28, 9, 18) is None
