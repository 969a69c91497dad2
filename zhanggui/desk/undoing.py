"""Taking a remembered decision back: by the verb that does the opposite, which is remembered in its turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from zhanggui.desk import deciding, setting
from zhanggui.desk.models import Change, Finding, Person, Shop, Task


class CannotUndo(ValueError):
    """It is of a kind that is not taken back here, or something else has been decided since."""


def _rule(change: Change, person: Person | None) -> None:
    shop, (name, day) = _shop(change), change.subject.split(" ")
    since = date.fromisoformat(day)
    if "own" in change.before:
        setting.drop_rule(shop, name, since=since, person=person)
        return
    now = shop.rule_overrides.get(name=name, since=since)
    value, reason = change.before.get("value", now.value), change.before.get("reason", now.reason)
    setting.change_rule(shop, name, value, since=since, reason=reason, person=person)


def _dropped_rule(change: Change, person: Person | None) -> None:
    name = change.subject.split(" ")[0]
    for day, value in change.before["days"].items():
        setting.change_rule(_shop(change), name, value, since=date.fromisoformat(day), person=person)


def _setting(change: Change, person: Person | None) -> None:
    code, name = change.subject.split(".", 1)
    if change.before.get("own") is False:
        setting.drop_setting(_shop(change), code, name, person=person)
    elif "value" in change.before:
        setting.change_setting(_shop(change), code, name, change.before["value"], person=person)


def _put_aside(change: Change, person: Person | None) -> None:
    finding = Finding.objects.select_related("shop").get(shop=change.shop_id, fingerprint=change.subject.split(" ")[1])
    deciding.bring_back(finding, person=person)


def _closed(change: Change, person: Person | None) -> None:
    deciding.reopen(Task.objects.select_related("shop").get(shop=change.shop_id, pk=_task(change)), person=person)


UNDO: dict[str, Callable[[Change, Person | None], None]] = {
    "change_rule": _rule,
    "drop_rule": _dropped_rule,
    "change_setting": _setting,
    "drop_setting": _setting,
    "snooze": _put_aside,
    "dismiss": _put_aside,
    "finish": _closed,
}


def _shop(change: Change) -> Shop:
    assert change.shop
    return change.shop


def _task(change: Change) -> int:
    return int(change.subject.rpartition("#")[2])


def undoable(shop: Shop, changes: Sequence[Change]) -> set[int]:
    """Those of the shop's changes that can be taken back now: nothing newer was decided about the same, and it still stands."""
    mine = [c for c in changes if c.verb in UNDO and c.shop_id == shop.pk and (c.before or c.after)]
    newest = dict(
        Change.objects.filter(shop=shop, subject__in={c.subject for c in mine})
        .exclude(before={}, after={})
        .values_list("subject")
        .annotate(Max("pk"))
        .order_by()
    )
    rules = {f"{name} {since}": value for name, since, value in shop.rule_overrides.values_list("name", "since", "value")}
    names = {subject.split(" ")[0] for subject in rules}
    settings = {f"{code}.{name}" for code, name in shop.check_settings.values_list("code", "name")}
    prints = {c.subject.split(" ")[1] for c in mine if UNDO[c.verb] is _put_aside}
    aside = {
        f"{f.code} {f.fingerprint}"
        for f in shop.findings.filter(fingerprint__in=prints)
        if f.dismissed_reason or f.snoozed_until or f.snoozed_at_size is not None
    }
    closed = set(
        shop.tasks.filter(pk__in={_task(c) for c in mine if c.verb == "finish"})
        .exclude(state="open")
        .values_list("pk", flat=True)
    )

    def stands(change: Change) -> bool:
        if change.verb == "change_rule":
            return change.subject in rules and rules[change.subject] == change.after.get("value", rules[change.subject])
        if change.verb == "drop_rule":
            return change.subject.split(" ")[0] not in names if " " not in change.subject else change.subject not in rules
        if change.verb in ("change_setting", "drop_setting"):
            return (change.subject in settings) == (change.verb == "change_setting")
        return _task(change) in closed if change.verb == "finish" else change.subject in aside

    return {c.pk for c in mine if newest.get(c.subject) == c.pk and stands(c)}


@transaction.atomic
def undo(change: Change, *, person: Person | None) -> None:
    """Take a decision back. `CannotUndo` where it cannot be (any more); who may is asked by the verb that does it."""
    if change.shop is None or change.pk not in undoable(change.shop, [change]):
        raise CannotUndo(change.verb)
    UNDO[change.verb](change, person)
