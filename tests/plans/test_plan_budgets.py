"""Daily budgets of single plans: raised where the words are expected to cost more, else left."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.bid_reports import PLAN, keyword_report
from tests.plans.bid_shops import FIRST, imported, played
from zhanggui.plans.bid_plan import bid_plan
from zhanggui.plans.plan_budgets import plan_budgets

BUDGET, DAYS = 60.0, 20
SHOP, DONE = played(1, DAYS)
DAY = FIRST + timedelta(days=DAYS - 1)


def halves(text):
    """The words of the report in two plans."""
    head, *rows = text.splitlines()
    first = set(SHOP.word[::2])
    return "\r\n".join([head, *(r if r.split(",")[3] in first else r.replace(PLAN, "第二个", 1) for r in rows)]) + "\r\n"


def seen(folder, *budgets):
    texts = {"p4p_keyword": halves(keyword_report(SHOP, DONE, FIRST))}
    if budgets:
        rows = [f"{DAY},{n},{plan},{budget},1,1,1" for n, (plan, budget) in enumerate(budgets)]
        texts["p4p_plan"] = "\n".join(["日期,计划ID,推广计划,日预算,曝光量,点击量,花费", *rows]) + "\n"
    return imported(folder, texts, DAY + timedelta(days=2))


def test_a_plan_that_would_end_early_is_raised_and_one_with_room_is_left(tmp_path):
    shop = seen(tmp_path, (PLAN, 5), ("第二个", 500))
    bids = bid_plan(shop, BUDGET)
    assert sum(one.then.value for one in bids.costs) == pytest.approx(bids.then.cost.value)
    assert sum(one.now.value for one in bids.costs) == pytest.approx(bids.now.cost.value)
    found = {one.cost.plan: one for one in plan_budgets(shop, bids)}
    assert (found[PLAN].budget, found["第二个"].budget, found["第二个"].proposed) == (5, 500, None)
    cost = found[PLAN].cost
    assert cost.then.low <= cost.then.value <= cost.then.high < cost.needed <= found[PLAN].proposed < cost.needed + 1
    assert found[PLAN].day == DAY


def test_no_plan_is_raised_above_the_whole_budget(tmp_path):
    texts = {"p4p_keyword": keyword_report(SHOP, DONE, FIRST)}
    texts["p4p_plan"] = f"日期,计划ID,推广计划,日预算,曝光量,点击量,花费\n{DAY},1,{PLAN},5,1,1,1\n"
    shop = imported(tmp_path, texts, DAY + timedelta(days=2))
    bids = bid_plan(shop, 10)
    assert ([one.then.high for one in bids.costs], plan_budgets(shop, bids)[0].proposed) == ([pytest.approx(10)], 10)


def test_a_budget_that_no_report_tells_is_not_proposed(tmp_path):
    shop = seen(tmp_path, (PLAN, 5), (PLAN, 80))
    found = {one.cost.plan: one for one in plan_budgets(shop, bid_plan(shop, BUDGET))}
    assert [(one.budget, one.proposed) for one in found.values()] == [(None, None)] * 2
    assert (found[PLAN].why, found["第二个"].why) == ("twice", "absent")


def test_a_plan_that_is_paused_is_not_raised(tmp_path):
    plans = f"日期,计划ID,推广计划,计划状态,日预算,曝光量,点击量,花费\n{DAY},1,{PLAN},暂停,5,1,1,1\n"
    shop = imported(
        tmp_path, {"p4p_keyword": halves(keyword_report(SHOP, DONE, FIRST)), "p4p_plan": plans}, DAY + timedelta(days=2)
    )
    found = {one.cost.plan: (one.why, one.proposed) for one in plan_budgets(shop, bid_plan(shop, BUDGET))}
    assert found == {PLAN: ("paused", None), "第二个": ("absent", None)}


def test_what_a_plan_needs_is_that_of_the_busiest_weekday(tmp_path):
    """The same reports a day earlier and later in the week: what is expected of the day moves, what the budget has to hold does not."""
    text = halves(keyword_report(SHOP, DONE, FIRST))
    told = []
    for late in (1, 2, 3):
        shop = imported(tmp_path / str(late), {"p4p_keyword": text}, DAY + timedelta(days=late))
        told.append(next(one for one in bid_plan(shop, 400).costs if one.plan == PLAN))
    assert max(one.then.value for one in told) > 1.15 * min(one.then.value for one in told)
    assert max(one.needed for one in told) < 1.05 * min(one.needed for one in told)
    assert all(one.needed > one.then.high for one in told)


def test_the_dearest_first(tmp_path):
    shop = seen(tmp_path)
    told = [one.cost.then.value for one in plan_budgets(shop, bid_plan(shop, BUDGET))]
    assert (len(told), told) == (2, sorted(told, reverse=True))


def test_words_without_a_bid_are_part_of_what_their_plan_needs(tmp_path):
    text = halves(keyword_report(SHOP, DONE, FIRST))
    head, *rows = text.splitlines()
    cells = [row.split(",") for row in rows]
    quiet = set(SHOP.word[::4])
    text = "\r\n".join([head, *(",".join([*c[:5], "-", *c[6:]]) if c[3] in quiet else ",".join(c) for c in cells)]) + "\r\n"
    plans = f"日期,计划ID,推广计划,日预算,曝光量,点击量,花费\n{DAY},1,{PLAN},5,1,1,1\n"
    shop = imported(tmp_path, {"p4p_keyword": text, "p4p_plan": plans}, DAY + timedelta(days=2))
    bids = bid_plan(shop, BUDGET)
    one = next(one for one in plan_budgets(shop, bids) if one.cost.plan == PLAN)
    assert 0 < one.cost.elsewhere == pytest.approx(bids.elsewhere)
    assert one.cost.needed - one.cost.elsewhere > one.cost.then.value
    assert one.proposed >= Decimal(f"{one.cost.needed:.2f}")
