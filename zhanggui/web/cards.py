"""What Today shows: stored findings as cards, tasks, what is put aside, how fresh the data are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from zhanggui.checks import Check, NotYet, Outcome, gain_formula, gain_text, load, sentence, waiting_text
from zhanggui.desk import checking
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Finding, Run, Shop, Task
from zhanggui.plans import Action, agenda
from zhanggui.tables import Table
from zhanggui.web import words
from zhanggui.web.lists import LISTS
from zhanggui.web.words import said

FIRST = 5  # lines of a card that stand open
FRESH_DAYS = 28


@dataclass(frozen=True)
class Line:
    """One finding as a person reads it."""

    row: Finding
    says: str

    @property
    def badge(self) -> str:
        return self.row.state if self.row.state in ("new", "regressed") else ""


@dataclass(frozen=True)
class Card:
    """One action, or one check that cannot judge yet."""

    check: Check
    lines: list[Line]
    also: tuple[str, ...]
    gain: str
    how_gain: str
    minutes: int

    @property
    def title(self) -> str:
        return self.check.words["title"][words.lang()]

    @property
    def why(self) -> str:
        return self.check.words["why"][words.lang()]

    @property
    def do(self) -> str:
        return self.check.words["do"][words.lang()]

    @property
    def first(self) -> list[Line]:
        return self.lines[:FIRST]

    @property
    def rest(self) -> list[Line]:
        return self.lines[FIRST:]

    @property
    def ids(self) -> list[int]:
        return [line.row.pk for line in self.lines]


@dataclass(frozen=True)
class Waiting:
    """A check that waits for data."""

    check: Check
    says: str


@dataclass(frozen=True)
class Job:
    """A task with what it is about. `rows` is the address of the list with the rows of a task that came of no finding."""

    task: Task
    title: str
    says: str
    count: int
    late: bool
    rows: str = ""


@dataclass(frozen=True)
class Freshness:
    """How far a report reaches, and how much of the last four weeks it covers. `awaited`: expected on a rhythm, or read by checks."""

    table: Table
    end: date
    age: int
    covered: int | None
    late: bool
    awaited: bool


@dataclass(frozen=True)
class Today:
    """The whole page."""

    worth: list[Card]
    early: list[Card]
    waiting: list[Waiting]
    open_tasks: list[Job]
    closed_tasks: list[Job]
    aside: list[Line]


def says(row: Finding) -> str:
    check = load().get(row.code)
    return sentence(check, checking.as_core(row), words.lang()) if check else row.code


def _card(action: Action, rows: dict[str, Finding]) -> Card:
    lines = [Line(rows[f.fingerprint], sentence(action.check, f, words.lang())) for f in action.findings]
    first = action.findings[0]
    gain, how = gain_text(action.check, first, words.lang()), gain_formula(action.check, first, words.lang())
    return Card(action.check, lines, action.also, gain, how, action.minutes)


def _waiting(shop: Shop) -> list[Outcome]:
    """What the last check-up could not judge."""
    run = Run.objects.filter(shop=shop, kind="check", ok=True).first()
    known = load()
    told = (run.note.get("waiting") or []) if run else []
    return [Outcome(known[w["code"]], waiting=NotYet(w["table"], w["needs"], w["unit"])) for w in told if w["code"] in known]


def _job(task: Task, day: date) -> Job:
    late = task.state == "open" and task.due < day
    if task.subject:
        return _rows_job(task, late)
    findings = list(task.findings.all())
    check = load().get(task.code)
    title = check.words["title"][words.lang()] if check else task.code
    return Job(task, title, says(findings[0]) if findings else "", len(findings), late)


def _rows_job(task: Task, late: bool) -> Job:
    """A task about rows of a list: what the list is called, and the first rows by name."""
    listing, count = LISTS.get(task.subject["list"]), len(task.subject["keys"])
    names = said("、", ", ").join(task.subject["names"])
    more = count - len(task.subject["names"])
    says = said(f"{names} 等 {count:,} 项", f"{names} and {more:,} more") if more else names
    rows = reverse("list", args=[task.shop.key, listing.name]) + f"?task={task.pk}" if listing else ""
    return Job(task, listing.title if listing else task.subject["list"], says, count, late, rows)


def today(shop: Shop, day: date) -> Today:
    """The agenda of stored findings. What is being done, or was done and waits for its look back, is not asked for again."""
    known = load()
    found = shop.findings.exclude(state="resolved").select_related("decided_by").order_by("pk")
    waiting = _waiting(shop)
    blind = {o.check.code for o in waiting}  # its data are gone: what it once found is unknown now, neither there nor resolved
    rows = {f.fingerprint: f for f in found if f.code in known and f.code not in blind}
    tasks = shop.tasks.select_related("assignee", "shop").prefetch_related("findings")
    open_tasks = list(tasks.filter(state="open"))
    closed = list(tasks.exclude(state="open").order_by("-closed", "-pk")[:10])
    taken = {f.fingerprint for task in open_tasks for f in task.findings.all()}
    looked = tasks.filter(state="done", look_back_on__gt=day).exclude(findings__state="regressed")
    taken |= set(Finding.objects.filter(tasks__in=looked).values_list("fingerprint", flat=True))
    put_aside = checking.hidden(shop)
    by_code: dict[str, list[Any]] = {}
    for row in rows.values():
        by_code.setdefault(row.code, []).append(checking.as_core(row))
    outcomes = [Outcome(known[code], tuple(fs)) for code, fs in by_code.items()]
    told = agenda([*outcomes, *waiting], put_aside | taken)
    return Today(
        [_card(a, rows) for a in told.actions],
        [_card(a, rows) for a in told.early],
        [Waiting(o.check, waiting_text(o.waiting, words.lang())) for o in told.waiting if o.waiting],
        [_job(task, day) for task in open_tasks],
        [_job(task, day) for task in closed],
        [Line(row, says(row)) for row in rows.values() if row.fingerprint in put_aside],
    )


def freshness(shop: Shop, day: date) -> list[Freshness]:
    """One line per report that has data."""
    snapshot = facts_of(shop).snapshot(day)
    needed = _needed()
    told = []
    for name, table in snapshot.tables.items():
        end = snapshot.newest(name) if table.kind == "report" else None
        if end is None:
            continue
        window = snapshot.last(name, FRESH_DAYS) if table.time == "period" else None
        age = (day - end).days
        late = bool(table.cadence_days) and age > table.cadence_days + table.lag_days
        awaited = bool(table.cadence_days) or name in needed
        told.append(Freshness(table, end, age, window.covered if window else None, late, awaited))
    return told


def _needed() -> set[str]:
    """The tables that some check cannot do without."""
    return {name for check in load().values() for name in check.needs}


def reports_wanted(tables: Sequence[Table]) -> list[Table]:
    """Reports to bring first: those that checks cannot do without, real headers before guessed ones."""
    needed = _needed()
    wanted = [table for table in tables if table.name in needed and table.kind == "report"]
    return sorted(wanted, key=lambda table: (not table.headers_are_real, table.name))
