"""What Today shows: stored findings as cards, tasks, what is put aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from zhanggui.checks import Check, gain_text, load, sentence, waiting_text
from zhanggui.desk import access, checking
from zhanggui.desk.agenda import agenda_for, shows
from zhanggui.desk.models import Finding, Membership, Shop, Task
from zhanggui.measures import MEASURES
from zhanggui.measures.kinds import kind_of
from zhanggui.plans import Action
from zhanggui.tables import TABLES
from zhanggui.web import words
from zhanggui.web.lists import LISTS
from zhanggui.web.table import THIN
from zhanggui.web.words import said

FIRST = 5  # lines of a card, and
MOST = 20  # cards, that are shown unless all are asked for


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
    ids: list[int]
    also: tuple[str, ...]
    gain: str
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
    def rest(self) -> int:
        """Lines that are not shown."""
        return len(self.ids) - len(self.lines)


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
    brought: str = ""
    became: str = ""
    thin: bool = False
    rows: str = ""


@dataclass(frozen=True)
class Today:
    """The whole page. `roles`: role → how many cards are for it, whatever role is looked at; `more`: cards that are not shown."""

    worth: list[Card]
    more: int
    roles: dict[str, int]
    early: list[Card]
    waiting: list[Waiting]
    open_tasks: list[Job]
    closed_tasks: list[Job]
    aside: list[Line]


def says(row: Finding) -> str:
    check = load().get(row.code)
    return sentence(check, checking.as_core(row), words.lang()) if check else row.code


def _card(action: Action, rows: Mapping[str, Finding], whole: bool) -> Card:
    first = action.findings if whole else action.findings[:FIRST]
    lines = [Line(rows[f.fingerprint], sentence(action.check, f, words.lang())) for f in first]
    ids = [rows[f.fingerprint].pk for f in action.findings]
    return Card(
        action.check, lines, ids, action.also, gain_text(action.check, action.findings[0], words.lang()), action.minutes
    )


def _job(task: Task, day: date, membership: Membership) -> Job:
    late = task.state == "open" and task.due < day
    if task.subject:
        return _rows_job(task, late, membership)
    findings = list(task.findings.all())
    check = load().get(task.code)
    title = check.words["title"][words.lang()] if check else task.code
    if findings and not shows(membership, findings[0]):
        return Job(task, title, "", len(findings), late)
    told = _brought(task, findings, day)
    became, thin = _became(task, check) if check and told else ("", False)
    return Job(task, title, says(findings[0]) if findings else "", len(findings), late, told, became, thin)


def _rows_job(task: Task, late: bool, membership: Membership) -> Job:
    """A task about rows of a list: what the list is called, and the first rows by name, for whoever is shown them."""
    listing, count = LISTS.get(task.subject["list"]), len(task.subject["keys"])
    title = listing.title if listing else task.subject["list"]
    whole = listing is None or access.only_of(membership, TABLES[listing.table]) is None
    if not whole and task.assignee_id != membership.person_id:
        return Job(task, title, "", count, late)
    names = said("、", ", ").join(task.subject["names"])
    more = count - len(task.subject["names"])
    says = said(f"{names} 等 {count:,} 项", f"{names} and {more:,} more") if more else names
    rows = reverse("list", args=[task.shop.key, listing.name]) + f"?task={task.pk}" if listing else ""
    return Job(task, title, says, count, late, rows=rows)


def _brought(task: Task, findings: Sequence[Finding], day: date) -> str:
    """What has become of a done task's findings, once its look-back day has come. It does not say that the task was the cause."""
    if task.state != "done" or not task.look_back_on or task.look_back_on > day or not findings:
        return ""
    gone = sum(f.state == "resolved" for f in findings)
    return said(f"回看：{len(findings)} 条里 {gone} 条已消失。", f"Looked back: {gone} of {len(findings)} gone.")


def _became(task: Task, check: Check) -> tuple[str, bool]:
    """The followed figure before and after, and whether it counts too few to say anything. Added up only where that may be done."""
    pairs = [(values.get(check.followed), (task.after or {}).get(mark)) for mark, values in task.before.items()]
    known = [(before, after) for before, after in pairs if before is not None and after is not None]
    source = next((MEASURES[f["measure"]] for f in check.evidence if check.followed in f["columns"]), None)
    if source is None or not known or (len(known) > 1 and source.formulas[check.followed].how != "sum"):
        return "", False
    kind = kind_of(source.table, check.followed, source.formulas[check.followed])
    before, after = sum(b for b, _ in known), sum(a for _, a in known)
    label, was, now = words.label(source.table, check.followed), words.figure(before, kind), words.figure(after, kind)
    told = said(f"{label}：做之前 {was}，现在 {now}。", f"{label}: {was} before, {now} since.")
    if kind == "count" and max(before, after) < THIN:
        return f"{told}{said('样本太少，看不出变化。', ' Too few to tell a change by.')}", True
    zh, en = (
        "这是前后对比，不等于效果：没有与不做的情形比较。",
        " This is before and after, not an effect: not compared with leaving it.",
    )
    return f"{told}{said(zh, en)}", False


def today(shop: Shop, day: date, membership: Membership, role: str = "", whole: bool = False) -> Today:
    """The agenda of stored findings, as far as the member is shown them, or one role's part of it;
    not all of a long one unless it is asked for as a `whole`.
    """
    held = agenda_for(shop, day, membership)
    told = held.told
    roles = Counter(a.check.role for a in told.actions)
    wanted = [a for a in told.actions if role in ("", a.check.role)]
    shown = wanted if whole else wanted[:MOST]
    return Today(
        [_card(a, held.rows, whole) for a in shown],
        len(wanted) - len(shown),
        dict(roles.most_common()),
        [_card(a, held.rows, whole) for a in told.early],
        [Waiting(o.check, waiting_text(o.waiting, words.lang())) for o in told.waiting if o.waiting],
        [_job(task, day, membership) for task in held.open_tasks],
        [_job(task, day, membership) for task in held.closed_tasks],
        [Line(row, says(row)) for row in held.aside],
    )
