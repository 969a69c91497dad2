"""What to do: findings become ranked actions.

Takes: outcomes of checks. Gives: `Agenda` (what is worth doing, what is too early to judge, what waits for data).
May import: tables, intake, facts, rulebook, measures, estimates, checks.
"""

from zhanggui.plans.checkup import CheckUp, Difference, check_up, differences
from zhanggui.plans.today import Action, Agenda, agenda

__all__ = ["Action", "Agenda", "CheckUp", "Difference", "agenda", "check_up", "differences"]
