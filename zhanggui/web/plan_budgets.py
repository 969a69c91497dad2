"""Daily budgets of plans in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zhanggui.desk.models import Shop
from zhanggui.plans.plan_budgets import PlanBudget
from zhanggui.web.ads_rows import figure_href
from zhanggui.web.bid_words import money, number
from zhanggui.web.words import said

WHY = {
    "paused": ("计划报告说它停着", "paused, by the plan report"),
    "twice": ("两个计划同名，分不开", "two plans share the name"),
    "absent": ("最新的计划报告里没有它的日预算", "no budget of it in the newest plan report"),
}


@dataclass(frozen=True)
class Budgeted:
    """A plan's daily budget and what its words are expected to cost a day, as they are read."""

    plan: str
    budget: str
    href: str
    now: str
    then: str
    range: str
    elsewhere: str
    proposed: str
    why: str


def budgets(told: Iterable[PlanBudget], shop: Shop, days: int) -> list[Budgeted]:
    found = []
    for one in told:
        cost = one.cost
        low, high = (number(value + cost.elsewhere, "cost") for value in (cost.then.low, cost.then.high))
        found.append(
            Budgeted(
                cost.plan,
                money(one.budget),
                figure_href(shop, "ads.by_plan", "budget", days, plan_id=one.plan_id, plan=cost.plan)
                if one.budget is not None
                else "",
                number(cost.now.value + cost.elsewhere, "cost"),
                number(cost.then.value + cost.elsewhere, "cost"),
                f"{low}–{high}",
                number(cost.elsewhere, "cost") if cost.elsewhere else "",
                money(one.proposed) if one.proposed is not None else "",
                said(*WHY[one.why]) if one.why else "",
            )
        )
    return found
