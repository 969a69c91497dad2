"""Verbs about a shop's own numbers: a rulebook value from a day on, a setting of a check."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from zhanggui.checks import load
from zhanggui.desk import checking
from zhanggui.desk.access import demand
from zhanggui.desk.clock import platform_today
from zhanggui.desk.history import remember
from zhanggui.desk.models import CheckSetting, Person, RuleOverride, Shop
from zhanggui.rulebook import RULEBOOK
from zhanggui.rulebook.rules import check_range

#: What a setting of a unit may be.
LIMITS = {"day": (1, 3660), "week": (5, 520), "share": (1e-6, 1), "p": (1e-9, 1)}


class NoSuchNumber(LookupError):
    """Neither the rulebook nor the check has it."""


class OutOfKind(ValueError):
    """A setting's value is not of the kind of its default."""


class OutOfLimits(ValueError):
    """A setting's value is outside what its unit may be."""


def rule_on(shop: Shop, name: str, day: date) -> float | None:
    """The value in force for the shop on a day; None before the rulebook's first."""
    return RULEBOOK.on(day, checking.own_rules(shop)).values.get(name)


@transaction.atomic
def change_rule(
    shop: Shop, name: str, value: float, *, since: date | None = None, reason: str = "", person: Person | None = None
) -> RuleOverride:
    """The shop's own value of a rulebook number from a day on; older days keep theirs. Out of its range raises `rulebook.Bad`."""
    demand(person, "change_rules", shop)
    if name not in RULEBOOK.numbers:
        raise NoSuchNumber(name)
    check_range(RULEBOOK.numbers[name], value)
    since = since or platform_today()
    known = shop.rule_overrides.filter(name=name, since=since).first()
    before = {"value": rule_on(shop, name, since), "reason": known.reason if known else "", "own": known is not None}
    defaults = {"value": value, "reason": reason[:500], "person": person}
    made, _ = RuleOverride.objects.update_or_create(shop=shop, name=name, since=since, defaults=defaults)
    after = {"value": made.value, "reason": made.reason, "own": True}
    remember("change_rule", f"{name} {since}", about=shop, person=person, before=before, after=after)
    return made


@transaction.atomic
def drop_rule(shop: Shop, name: str, *, since: date | None = None, person: Person | None = None) -> int:
    """Back to the rulebook's own value, or without the one own value that holds from a day; how many of the shop's values went."""
    demand(person, "change_rules", shop)
    if name not in RULEBOOK.numbers:
        raise NoSuchNumber(name)
    gone = shop.rule_overrides.filter(name=name, **({"since": since} if since else {})).order_by("since")
    days = {row.since.isoformat(): row.value for row in gone}
    if not days:
        return 0
    day = since or platform_today()
    before = {"value": rule_on(shop, name, day), "days": days}
    gone.delete()
    after: dict[str, Any] = {"value": rule_on(shop, name, day), "days": {}}
    remember("drop_rule", f"{name} {since}" if since else name, about=shop, person=person, before=before, after=after)
    return len(days)


def fitting(code: str, name: str, value: Any) -> Any:
    """The value, if it is one that this setting may have: of the kind of its default (whole where that is), within its unit's limits."""
    check = load().get(code)
    if check is None or name not in check.settings:
        raise NoSuchNumber(f"{code} {name}")
    default = check.settings[name]["default"]
    if type(default) is int and isinstance(value, float) and value.is_integer():
        value = int(value)
    kind = (int, float) if isinstance(default, float) else type(default)
    if isinstance(value, bool) != isinstance(default, bool) or not isinstance(value, kind):
        raise OutOfKind(f"{code}.{name}: {value!r} is not of the kind of {default!r}")
    if isinstance(value, list) and not all(isinstance(part, str) for part in value):
        raise OutOfKind(f"{code}.{name}: {value!r} is not of the kind of {default!r}")
    low, high = limits(code, name)
    if isinstance(value, int | float) and not isinstance(value, bool) and not low <= value <= high:
        raise OutOfLimits(f"{code}.{name}: {value} is outside {low:g}..{high:g}")
    return value


def limits(code: str, name: str) -> tuple[float, float]:
    """Least and most that a setting may be: its own `limits`, else those of its unit."""
    one = load()[code].settings[name]
    low, high = one["limits"] if "limits" in one else LIMITS.get(one["unit"], (0, 1e9))
    return low, high


@transaction.atomic
def change_setting(shop: Shop, code: str, name: str, value: Any, *, person: Person | None = None) -> CheckSetting:
    """The shop's own value of a check's setting, of the same kind as its default."""
    demand(person, "change_rules", shop)
    value = fitting(code, name, value)
    known = shop.check_settings.filter(code=code, name=name).first()
    before = {"value": known.value if known else load()[code].settings[name]["default"], "own": known is not None}
    made, _ = CheckSetting.objects.update_or_create(
        shop=shop, code=code, name=name, defaults={"value": value, "person": person}
    )
    after = {"value": value, "own": True}
    remember("change_setting", f"{code}.{name}", about=shop, person=person, before=before, after=after)
    return made


@transaction.atomic
def drop_setting(shop: Shop, code: str, name: str, *, person: Person | None = None) -> int:
    """Back to the setting's default; 0 where the shop had no value of its own."""
    demand(person, "change_rules", shop)
    check = load().get(code)
    if check is None or name not in check.settings:
        raise NoSuchNumber(f"{code} {name}")
    known = shop.check_settings.filter(code=code, name=name).first()
    if known is None:
        return 0
    before, after = {"value": known.value, "own": True}, {"value": check.settings[name]["default"], "own": False}
    known.delete()
    remember("drop_setting", f"{code}.{name}", about=shop, person=person, before=before, after=after)
    return 1
