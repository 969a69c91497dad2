"""A check-up: a pure function of the folder of facts, the shop, the day and the rules. It can be mapped over shops by any engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhanggui.checks import Outcome, run
from zhanggui.checks.run import Settings
from zhanggui.facts import Snapshot, open_facts
from zhanggui.rulebook import RULEBOOK
from zhanggui.rulebook.rules import Overrides


@dataclass(frozen=True)
class CheckUp:
    """What the checks said of a shop on a day, and the snapshot that they saw."""

    day: date
    outcomes: list[Outcome]
    snapshot: Snapshot


def check_up(
    home: Path,
    shop: str,
    day: date,
    *,
    overrides: Overrides | None = None,
    what_if: Mapping[str, float] | None = None,
    settings: Settings | None = None,
) -> CheckUp:
    """Run every check on what was known of the days up to `day`."""
    snapshot = open_facts(home, shop).snapshot(day)
    rules = RULEBOOK.on(day, overrides, what_if)
    return CheckUp(day, run(snapshot, rules, settings), snapshot)
