"""Daily budgets of single plans beside what their words are expected to cost: a plan whose own budget ends first stops its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from zhanggui.facts import Snapshot
from zhanggui.plans.bid_budget import plan_rows
from zhanggui.plans.bid_plan import BidPlan, PlanCost


@dataclass(frozen=True)
class PlanBudget:
    """`plan_id`, `budget` a day as the newest plan report of `day` says it, in the account's currency; None where none does. `proposed`: None to
    leave it. A plan is raised to what its words cost on nine days in ten, in whole units; it is never lowered, since a budget is a cap and
    what is not spent costs nothing."""

    cost: PlanCost
    plan_id: str
    budget: Decimal | None
    day: date | None
    proposed: Decimal | None


def plan_budgets(shop: Snapshot, bids: BidPlan) -> tuple[PlanBudget, ...]:
    """Of every named plan with words that have a bid, the dearest first. Two plans of one name are told apart by nothing in a keyword
    report: their budget is unknown."""
    rows = plan_rows(shop)
    budgets: dict[str, tuple[str, Decimal, date] | None] = {}
    for plan, *told in rows.select("plan", "plan_id", "budget", "period_end").iter_rows():
        budgets[plan] = None if plan in budgets else tuple(told)
    found = []
    for cost in bids.costs:
        if not cost.plan:
            continue
        plan_id, budget, day = budgets.get(cost.plan) or ("", None, None)
        needed = Decimal(f"{cost.then.high + cost.elsewhere:.2f}").to_integral_value(ROUND_CEILING)
        found.append(PlanBudget(cost, plan_id or "", budget, day, needed if budget is not None and needed > budget else None))
    return tuple(sorted(found, key=lambda one: (-one.cost.then.value - one.cost.elsewhere, one.cost.plan)))
