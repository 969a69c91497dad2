"""Verbs about a shop's own numbers: a rulebook value from a day on, a setting of a check."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from zhanggui.checks import load
from zhanggui.desk.access import demand
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import CheckSetting, Person, RuleOverride, Shop
from zhanggui.rulebook import RULEBOOK
from zhanggui.rulebook.rules import check_range

#: What a setting of a unit may be.
LIMITS = {"day": (1, 3660), "week": (5, 520), "share": (1e-6, 1), "p": (1e-9, 1)}


class NoSuchNumber(LookupError):
    """Neither the rulebook nor the check has it."""


@transaction.atomic
def change_rule(
    shop: Shop, name: str, value: float, *, since: date | None = None, reason: str = "", person: Person | None = None
) -> RuleOverride:
    """The shop's own value of a rulebook number from a day on; older days keep theirs. Out of its range raises `rulebook.Bad`."""
    demand(person, "change_rules", shop)
    if name not in RULEBOOK.numbers:
        raise NoSuchNumber(name)
    check_range(RULEBOOK.numbers[name], value)
    defaults = {"value": value, "reason": reason[:500], "person": person}
    made, _ = RuleOverride.objects.update_or_create(shop=shop, name=name, since=since or platform_today(), defaults=defaults)
    return made


@transaction.atomic
def drop_rule(shop: Shop, name: str, *, person: Person | None = None) -> int:
    """Back to the rulebook's own value; how many of the shop's values went."""
    demand(person, "change_rules", shop)
    return shop.rule_overrides.filter(name=name).delete()[0]


@transaction.atomic
def change_setting(shop: Shop, code: str, name: str, value: Any, *, person: Person | None = None) -> CheckSetting:
    """The shop's own value of a check's setting, of the same kind as its default."""
    demand(person, "change_rules", shop)
    check = load().get(code)
    if check is None or name not in check.settings:
        raise NoSuchNumber(f"{code} {name}")
    default = check.settings[name]["default"]
    kind = (int, float) if isinstance(default, int | float) else type(default)
    if isinstance(value, bool) != isinstance(default, bool) or not isinstance(value, kind):
        raise ValueError(f"{code}.{name}: {value!r} is not of the kind of {default!r}")
    low, high = LIMITS.get(check.settings[name]["unit"], (0, 1e9))
    if isinstance(value, int | float) and not isinstance(value, bool) and not low <= value <= high:
        raise ValueError(f"{code}.{name}: {value} is outside {low:g}..{high:g}")
    made, _ = CheckSetting.objects.update_or_create(
        shop=shop, code=code, name=name, defaults={"value": value, "person": person}
    )
    return made
