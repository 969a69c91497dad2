"""A check-up: a pure function of the folder of facts, the shop, the day and the rules. It can be mapped over shops by any engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhanggui.checks import Check, Finding, NotYet, Outcome, run
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


@dataclass(frozen=True)
class Difference:
    """What one check says otherwise in a second check-up. `changed`: the same offender before and after, with another number.

    `waiting`: what it waits for after; `waited`: before.
    """

    check: Check
    appear: tuple[Finding, ...]
    vanish: tuple[Finding, ...]
    changed: tuple[tuple[Finding, Finding], ...]
    waited: NotYet | None
    waiting: NotYet | None

    def __bool__(self) -> bool:
        return bool(self.appear or self.vanish or self.changed or self.waited != self.waiting)


def differences(before: CheckUp, after: CheckUp) -> list[Difference]:
    """The checks whose answer differs between two check-ups of a shop, in the order of the second."""
    was = {o.check.code: o for o in before.outcomes}
    found = (_difference(was[o.check.code], o) for o in after.outcomes if o.check.code in was)
    return [d for d in found if d]


def _difference(before: Outcome, after: Outcome) -> Difference:
    old, new = ({f.fingerprint: f for f in o.findings} for o in (before, after))
    return Difference(
        after.check,
        tuple(f for name, f in new.items() if name not in old),
        tuple(f for name, f in old.items() if name not in new),
        tuple((old[n], f) for n, f in new.items() if n in old and _numbers(old[n]) != _numbers(f)),
        before.waiting,
        after.waiting,
    )


def _numbers(finding: Finding) -> dict[str, Any]:
    """What a finding says, to nine digits: sums of the same rows in another order are the same."""
    told = asdict(finding)
    told |= told.pop("values")
    return {n: f"{v:.9g}" if isinstance(v, float | Decimal) else v for n, v in told.items()}
