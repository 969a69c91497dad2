"""What a change of a number would change today, before anybody makes it. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhanggui.checks import load
from zhanggui.desk import checking, setting
from zhanggui.desk.access import demand
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Person, Shop
from zhanggui.plans import Difference, differences
from zhanggui.rulebook import RULEBOOK
from zhanggui.rulebook.rules import check_range


@dataclass(frozen=True)
class Trial:
    """Today's value `was`, the value `then` that the difference is about, and the checks that would say something else.

    `ahead`: the change begins on a later day, and the trial supposes that it held today.
    """

    day: date
    was: Any
    then: Any
    ahead: bool
    differences: list[Difference]


def try_rule(shop: Shop, name: str, value: float | None, since: date, *, person: Person | None) -> Trial:
    """The shop's own value of a rulebook number from a day on; None: back to the rulebook's. Out of its range raises `rulebook.Bad`."""
    demand(person, "change_rules", shop)
    if name not in RULEBOOK.numbers:
        raise setting.NoSuchNumber(name)
    day, own = platform_today(), checking.own_rules(shop)
    was = RULEBOOK.on(day, own).values.get(name)
    days = {} if value is None else {**own.get(name, {}), since: check_range(RULEBOOK.numbers[name], value)}
    ahead = value is not None and since > day
    then = value if ahead else RULEBOOK.on(day, {**own, name: days}).values.get(name)
    if then is None or then == was:
        return Trial(day, was, then, ahead, [])
    return Trial(day, was, then, ahead, differences(checking.look_at(shop, day), checking.look_at(shop, day, {name: then})))


def try_setting(shop: Shop, code: str, name: str, value: Any, *, person: Person | None) -> Trial:
    """The shop's own setting of a check; None: back to its default. Raises as `setting.fitting`."""
    demand(person, "change_rules", shop)
    if code not in load() or name not in load()[code].settings:
        raise setting.NoSuchNumber(f"{code} {name}")
    default = load()[code].settings[name]["default"]
    then = default if value is None else setting.fitting(code, name, value)
    day, was = platform_today(), checking.own_settings(shop).get(code, {}).get(name, default)
    if then == was:
        return Trial(day, was, then, False, [])
    supposed = checking.look_at(shop, day, settings_if={code: {name: then}})
    return Trial(day, was, then, False, differences(checking.look_at(shop, day), supposed))
