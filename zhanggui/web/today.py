"""Today: what is worth doing, and the decisions about it."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from zhanggui.desk import access, checking, deciding
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Finding, Membership, Person, Shop
from zhanggui.tables import TABLES
from zhanggui.web import cards, freshness, words
from zhanggui.web.page import member_of, page, person_of, whole
from zhanggui.web.words import said

log = logging.getLogger(__name__)

CANNOT = {
    "reason": ("请写明不做的理由。", "Say why nothing will be done."),
    "until": ("请选一个今天以后的日子。", "Choose a day after today."),
    "size": ("这一条没有可比的大小，只能按日子稍后。", "This one has no size to compare; put it off by days."),
    "findings": ("请选同一类的条目。", "Choose items of one kind."),
    "assignee": ("请选一位本公司的成员。", "Choose a member of this company."),
    "rows": ("请先选中要交出去的条目。", "Tick the items to hand out first."),
    "many": ("一个任务最多 1,000 项；请先筛选得少一些。", "A task holds at most 1,000 items; narrow the list first."),
    "note": ("请写明要做什么。", "Say what is to be done."),
    "state": ("这个任务已经关闭。", "This task is closed already."),
}
DECISIONS = ("do", "assign", "snooze", "dismiss", "bring_back")
MOVES = ("finish", "drop", "reopen")


@require_GET
def today(request: HttpRequest, key: str) -> HttpResponse:
    """The agenda of the shop, from what the last check-up wrote down."""
    membership, shop = member_of(request, key)
    day = platform_today()
    role = request.GET.get("role", "")
    fresh = [one for one in freshness.freshness(shop, day) if one.end]
    return page(
        request,
        "today.jinja",
        shop,
        section="today",
        day=day,
        here=timezone.now().astimezone(ZoneInfo(shop.time_zone)),
        fresh=fresh,
        today=cards.today(shop, day, membership, role, request.GET.get("all") == "1"),
        wanted_role=role,
        wanted=[] if fresh else freshness.reports_wanted(list(TABLES.values())),
        **choices(shop),
    )


def choices(shop: Shop) -> dict[str, Any]:
    """What the decision buttons offer: members, and the usual due day."""
    day = platform_today()
    return {"members": members(shop), "tomorrow": day + timedelta(days=1), "week": day + timedelta(days=deciding.DUE_DAYS)}


def members(shop: Shop) -> list[Membership]:
    """Who may be given a task."""
    found = Membership.objects.filter(company_id=shop.company_id, person__is_active=True, role__in=access.WORKERS)
    return list(found.select_related("person").order_by("person__username"))


@require_POST
def check_again(request: HttpRequest, key: str) -> HttpResponse:
    """A check-up now."""
    shop = access.shop_for(person_of(request), key)
    try:
        result = checking.check(shop, person=person_of(request))
    except access.Forbidden:
        raise
    except Exception:
        log.exception("check-up of shop %s failed", shop.key)
        messages.error(request, said("体检没有完成，原因已记入日志。", "The check-up failed; the log says why."))
        return redirect("today", key)
    n = sum(len(o.findings) for o in result.outcomes)
    messages.success(request, said(f"体检完成：{n} 条结果。", f"Checked: {n} findings."))
    return redirect("today", key)


@require_POST
def decide(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """One decision about one or more findings of the shop."""
    membership, shop = member_of(request, key)
    if verb not in DECISIONS:
        raise Http404
    access.demand(person_of(request), "assign" if verb in ("do", "assign") else "decide", shop)
    asked = [*request.POST.getlist("finding"), *filter(None, request.POST.get("findings", "").split(","))]
    ids = {n for n in map(whole, asked) if n is not None}
    findings = list(shop.findings.filter(pk__in=ids).select_related("shop"))
    if not findings or len(findings) != len(set(asked)) or not all(cards.shows(membership, f) for f in findings):
        raise Http404
    try:
        messages.success(request, _decide(request, shop, verb, findings))
    except deciding.CannotDecide as error:
        messages.error(request, said(*CANNOT[str(error)]))
    return redirect("today", key)


def _decide(request: HttpRequest, shop: Shop, verb: str, findings: list[Finding]) -> str:
    person = person_of(request)
    if verb in ("do", "assign"):
        who = person if verb == "do" else colleague(shop, request.POST.get("assignee", ""))
        task = deciding.assign(
            findings, who, due=day_of(request.POST.get("due", "")), note=request.POST.get("note", ""), person=person
        )
        name, due = who.get_username(), words.day(task.due)
        return said(f"已交给 {name}，{due} 之前完成。", f"Given to {name}, due {due}.")
    for finding in findings:
        if verb == "snooze":
            asked = request.POST.get("for", "")
            days = whole(asked)
            until = platform_today() + timedelta(days=min(days, 365)) if days else day_of(request.POST.get("until", ""))
            deciding.snooze(finding, until=until, until_worse=asked == "worse", person=person)
        elif verb == "dismiss":
            deciding.dismiss(finding, request.POST.get("reason", ""), person=person)
        else:
            deciding.bring_back(finding, person=person)
    if verb == "bring_back":
        return said("已恢复。", "Brought back.")
    return said("已搁置，可在页尾「已搁置」里恢复。", "Put aside; it can be brought back at the foot of the page.")


def colleague(shop: Shop, pk: str) -> Person:
    """The member of this id. `CannotDecide` if there is none."""
    found = next((m.person for m in members(shop) if str(m.person_id) == pk), None)
    if found is None:
        raise deciding.CannotDecide("assignee")
    return found


def day_of(text: str) -> date | None:
    """The day that a form sends; None if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_POST
def task(request: HttpRequest, key: str, pk: int, verb: str) -> HttpResponse:
    """Close a task, or open it again."""
    shop = access.shop_for(person_of(request), key)
    found = shop.tasks.filter(pk=pk).select_related("shop").first()
    if verb not in MOVES or found is None:
        raise Http404
    person = person_of(request)
    try:
        if verb == "reopen":
            deciding.reopen(found, person=person)
            messages.success(request, said("任务已重新打开。", "The task is open again."))
        else:
            done = deciding.finish(found, note=request.POST.get("note", ""), dropped=verb == "drop", person=person)
            back = words.day(done.look_back_on) if done.look_back_on else ""
            told = (
                said(f"已完成。{back} 回看效果。", f"Done. Its effect will be looked at on {back}.")
                if back
                else said("已完成。", "Done.")
            )
            messages.success(request, said("任务已放弃。", "The task was dropped.") if verb == "drop" else told)
    except deciding.CannotDecide as error:
        messages.error(request, said(*CANNOT[str(error)]))
    return redirect("today", key)
