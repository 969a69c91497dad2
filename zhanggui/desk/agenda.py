"""The agenda of a shop as one member is shown it: stored findings ranked, less what people do already or have put aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhanggui.checks import NotYet, Outcome, load
from zhanggui.desk import access, checking
from zhanggui.desk.models import Finding, Membership, Run, Shop, Task
from zhanggui.plans import Agenda, agenda

CLOSED = 10  # tasks that were closed last


@dataclass(frozen=True)
class Held:
    """`rows`: fingerprint → finding, of those that the member is shown; `aside`: those that people have put aside."""

    told: Agenda
    rows: Mapping[str, Finding]
    open_tasks: list[Task]
    closed_tasks: list[Task]
    aside: list[Finding]


def shows(membership: Membership, row: Finding) -> bool:
    """Whether the member is shown the finding."""
    check = load().get(row.code)
    return check is None or access.sees_finding(membership, check, row.key)


def agenda_for(shop: Shop, day: date, membership: Membership) -> Held:
    """What is being done, or was done and waits for its look back, is not asked for again."""
    known = load()
    found = shop.findings.exclude(state="resolved").select_related("decided_by").order_by("pk")
    waiting = _waiting(shop)
    blind = {o.check.code for o in waiting}  # its data are gone: what it once found is unknown now, neither there nor resolved
    rows = {f.fingerprint: f for f in found if f.code in known and f.code not in blind and shows(membership, f)}
    tasks = shop.tasks.select_related("assignee", "shop").prefetch_related("findings")
    open_tasks = list(tasks.filter(state="open"))
    closed = list(tasks.exclude(state="open").order_by("-closed", "-pk")[:CLOSED])
    taken = {f.fingerprint for task in open_tasks for f in task.findings.all()}
    looked = tasks.filter(state="done", look_back_on__gt=day).exclude(findings__state="regressed")
    taken |= set(Finding.objects.filter(tasks__in=looked).values_list("fingerprint", flat=True))
    put_aside = checking.hidden(shop)
    by_code: dict[str, list[Any]] = {}
    for row in rows.values():
        by_code.setdefault(row.code, []).append(checking.as_core(row))
    outcomes = [Outcome(known[code], tuple(fs)) for code, fs in by_code.items()]
    told = agenda([*outcomes, *waiting], put_aside | taken)
    return Held(told, rows, open_tasks, closed, [row for row in rows.values() if row.fingerprint in put_aside])


def _waiting(shop: Shop) -> list[Outcome]:
    """What the last check-up could not judge."""
    run = Run.objects.filter(shop=shop, kind="check", ok=True).first()
    known = load()
    told = (run.note.get("waiting") or []) if run else []
    return [Outcome(known[w["code"]], waiting=NotYet(w["table"], w["needs"], w["unit"])) for w in told if w["code"] in known]
