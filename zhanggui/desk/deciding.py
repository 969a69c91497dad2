"""Verbs about what is done: snooze, dismiss, bring back, assign, hand out, finish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from zhanggui.checks import load
from zhanggui.desk.access import demand, role_in
from zhanggui.desk.clock import now, platform_today
from zhanggui.desk.history import remember
from zhanggui.desk.models import Finding, Person, Shop, Task

LOOK_BACK_DAYS = 28  # four whole weeks of the weekly reports
DUE_DAYS = 7
MOST_ROWS = 1000  # of a task: more are nobody's to do
FIRST_NAMES, NAME_LENGTH = 3, 60  # of its rows, kept for the sentence


class CannotDecide(ValueError):
    """The decision lacks something, or is not open any more; the message says what."""


ASIDE = ("snoozed_until", "snoozed_at_size", "dismissed_reason")


def aside(finding: Finding) -> dict[str, Any]:
    """Whether and how a finding is put aside."""
    return {name: getattr(finding, name) for name in ASIDE}


def _sign(verb: str, finding: Finding, before: dict[str, Any], person: Person | None) -> None:
    finding.decided_by, finding.decided_at = person, now()
    finding.save()
    subject = f"{finding.code} {finding.fingerprint}"
    remember(verb, subject, about=finding.shop, person=person, before=before, after=aside(finding))


def _name(person: Person | None) -> str:
    return person.get_username() if person else ""


@transaction.atomic
def snooze(finding: Finding, *, until: date | None = None, until_worse: bool = False, person: Person | None = None) -> None:
    """Hide a finding until a day, or until its size has grown by a quarter."""
    demand(person, "decide", finding.shop)
    size = finding.values.get(load()[finding.code].size)
    if until_worse and not isinstance(size, int | float):
        raise CannotDecide("size")
    if not until_worse and (until is None or until <= platform_today()):
        raise CannotDecide("until")
    before = aside(finding)
    finding.snoozed_until = None if until_worse else until
    finding.snoozed_at_size = float(size) if until_worse and isinstance(size, int | float) else None
    _sign("snooze", finding, before, person)


@transaction.atomic
def dismiss(finding: Finding, reason: str, *, person: Person | None = None) -> None:
    """Say that nothing will be done, and why."""
    demand(person, "decide", finding.shop)
    if not reason.strip():
        raise CannotDecide("reason")
    before = aside(finding)
    finding.dismissed_reason = reason.strip()[:500]
    _sign("dismiss", finding, before, person)


@transaction.atomic
def bring_back(finding: Finding, *, person: Person | None = None) -> None:
    """Undo a snooze or a dismissal."""
    demand(person, "decide", finding.shop)
    before = aside(finding)
    finding.dismissed_reason, finding.snoozed_until, finding.snoozed_at_size = "", None, None
    _sign("bring_back", finding, before, person)


@transaction.atomic
def assign(
    findings: Sequence[Finding],
    assignee: Person | None,
    *,
    due: date | None = None,
    note: str = "",
    person: Person | None = None,
) -> Task:
    """Give findings of one check to somebody as one task (to oneself = "do"). The numbers of today are kept for the look back."""
    if not findings:
        raise CannotDecide("findings")
    shop = findings[0].shop
    demand(person, "assign", shop)
    if {(f.shop_id, f.code) for f in findings} != {(shop.pk, findings[0].code)}:
        raise CannotDecide("findings")
    if assignee is not None and not role_in(assignee, shop):
        raise CannotDecide("assignee")
    task = Task.objects.create(
        shop=shop,
        code=findings[0].code,
        assignee=assignee,
        made_by=person,
        due=due or platform_today() + timedelta(days=DUE_DAYS),
        note=note[:1000],
        before={f.fingerprint: f.values for f in findings},
    )
    task.findings.set(findings)
    given = {"assignee": _name(assignee), "due": task.due, "note": task.note, "findings": len(findings)}
    remember("assign", f"{task.code} #{task.pk}", about=shop, person=person, after=given)
    return task


@transaction.atomic
def hand_out(
    shop: Shop,
    listing: str,
    rows: Sequence[tuple[str, Mapping[str, str | None]]],
    assignee: Person | None,
    *,
    due: date | None = None,
    note: str = "",
    person: Person | None = None,
) -> Task:
    """Give rows of a list to somebody as one task. `rows`: what each is called, and its key. No finding stands behind it."""
    demand(person, "assign", shop)
    if not rows:
        raise CannotDecide("rows")
    if len(rows) > MOST_ROWS:
        raise CannotDecide("many")
    if not note.strip():
        raise CannotDecide("note")
    if assignee is None or not role_in(assignee, shop):
        raise CannotDecide("assignee")
    task = Task.objects.create(
        shop=shop,
        subject={
            "list": listing,
            "keys": [key for _, key in rows],
            "names": [name[:NAME_LENGTH] for name, _ in rows[:FIRST_NAMES]],
        },
        assignee=assignee,
        made_by=person,
        due=due or platform_today() + timedelta(days=DUE_DAYS),
        note=note.strip()[:1000],
    )
    after = {"assignee": assignee.get_username(), "rows": len(rows), "note": task.note}
    remember("hand_out", f"{listing} #{task.pk}", about=shop, person=person, after=after)
    return task


@transaction.atomic
def finish(task: Task, *, note: str = "", dropped: bool = False, person: Person | None = None) -> Task:
    """Close a task. Done, it gets the day on which its effect will be looked at, if it came of findings."""
    demand(person, "finish_task", task.shop)
    if task.state != "open":
        raise CannotDecide("state")
    before = {"state": task.state, "note": task.note}
    day = platform_today()
    task.state = "dropped" if dropped else "done"
    task.closed, task.closed_on = now(), day
    task.look_back_on = None if dropped or not task.code else day + timedelta(days=LOOK_BACK_DAYS)
    if note:
        task.note = note[:1000] if task.code else f"{task.note}\n{note}"[:1000]  # of a row's task the note is what to do
    task.save()
    after = {"state": task.state, "note": task.note}
    remember("finish", f"{task.code} #{task.pk}", about=task.shop, person=person, before=before, after=after)
    return task


@transaction.atomic
def reopen(task: Task, *, person: Person | None = None) -> Task:
    """Undo the closing of a task."""
    demand(person, "finish_task", task.shop)
    before = {"state": task.state}
    task.state, task.closed, task.closed_on, task.look_back_on, task.after = "open", None, None, None, None
    task.save()
    after = {"state": task.state}
    remember("reopen", f"{task.code} #{task.pk}", about=task.shop, person=person, before=before, after=after)
    return task
