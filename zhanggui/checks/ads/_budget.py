"""Each budget of P4P beside what has been spent of it, and where that leads."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.estimates.spend_pace import spend_forecast
from zhanggui.facts import Snapshot
from zhanggui.measures import ad_budget
from zhanggui.measures.ad_budget import Budget
from zhanggui.measures.series import WEEK


@dataclass(frozen=True)
class BudgetPace:
    """`spent` CNY in the `known` days that have data, of `gone` days; None where nothing is known of them. `holes`: days before the
    newest data whose spend is not known. `forecast`: spend at the end with its 90 % range; None while the weeks are too few, or a
    week or more is not known."""

    budget: Budget
    spent: float | None
    known: int
    gone: int
    holes: int
    forecast: tuple[float, float, float] | None


def paces(shop: Snapshot) -> list[BudgetPace]:
    """The budgets that hold today, the shortest first."""
    told, found = ad_budget.spend(shop), []
    for budget in ad_budget.budgets(shop):
        gone = (shop.day - budget.start).days + 1
        spent, known = told.counted("cost", budget.start, shop.day) if told else (None, 0)
        holes, forecast = 0, None
        if told and spent is not None:
            holes = (min(told.window.end, budget.end) - budget.start).days + 1 - known
        if told and spent is not None and holes < WEEK:  # a report of weeks cuts off less than one at the budget's edge
            weeks = [float("nan") if v is None else float(v) for v in told.of_steps("cost")]
            forecast = spend_forecast(float(spent), budget.days - known, weeks)
        found.append(BudgetPace(budget, None if spent is None else float(spent), known, gone, holes, forecast))
    return found
