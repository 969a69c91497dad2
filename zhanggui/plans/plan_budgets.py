"""Daily budgets of single plans beside what their words are expected to cost: a plan whose own budget ends first stops its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from zhanggui.facts import Snapshot
from zhanggui.plans.bid_budget import plan_rows, runs
from zhanggui.plans.bid_plan import BidPlan, PlanCost


@dataclass(frozen=True)
class PlanBudget:
    """`plan_id`, `budget` a day as the newest plan report of `day` says it, in the account's currency. Where it is None, `why`: "paused",
    "twice" (two plans of one name, which nothing in a keyword report tells apart) or "absent" (that report has no budget of it).
    `proposed`: None to leave it. A plan is raised to `PlanCost.needed`, in whole units, never above the whole budget; it is never lowered,
    since a budget is a cap and what is not spent costs nothing."""

    cost: PlanCost
    plan_id: str = ""
    budget: Decimal | None = None
    day: date | None = None
    proposed: Decimal | None = None
    why: str = ""


def plan_budgets(shop: Snapshot, bids: BidPlan) -> tuple[PlanBudget, ...]:
    """Of every named plan with words that have a bid, the dearest first."""
    rows = plan_rows(shop)
    held: dict[str, list[tuple[str | None, Decimal, date]]] = {}
    for plan, plan_id, budget, day in rows.filter(runs()).select("plan", "plan_id", "budget", "period_end").iter_rows():
        held.setdefault(plan, []).append((plan_id, budget, day))
    paused = set(rows.filter(~runs())["plan"])
    found = []
    for cost in bids.costs:
        mine = held.get(cost.plan, [])
        if len(mine) == 1:
            plan_id, budget, day = mine[0]
            needed = Decimal(f"{min(cost.needed, bids.budget):.2f}").to_integral_value(ROUND_CEILING)
            found.append(PlanBudget(cost, plan_id or "", budget, day, needed if needed > budget else None))
        elif cost.plan:
            found.append(PlanBudget(cost, why="twice" if mine else "paused" if cost.plan in paused else "absent"))
    return tuple(sorted(found, key=lambda one: (-one.cost.then.value - one.cost.elsewhere, one.cost.plan)))
