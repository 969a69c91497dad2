"""The rulebook: every number and list with its value of the day, its source and the shop's own; one number, tried and changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhanggui.checks import load
from zhanggui.checks.reads import readers
from zhanggui.desk import access, checking, setting, supposing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Shop
from zhanggui.rulebook import LISTS, RULEBOOK
from zhanggui.rulebook.rules import YES, Number, Source
from zhanggui.web import rule_words, trial, words
from zhanggui.web.page import page, person_of
from zhanggui.web.words import said


@dataclass(frozen=True)
class Entry:
    """A line of the rulebook: a number, or a list (then `value` says how many names)."""

    name: str
    label: str
    value: str
    unit: str
    range: str
    since: date | None
    own: bool
    sources: tuple[Source, ...]
    requirements: tuple[str, ...]
    checks: tuple[str, ...]
    link: bool


@dataclass(frozen=True)
class Dated:
    """A value from a day on: the rulebook's, or the shop's own with who, why and when it was written."""

    since: date
    value: str
    own: bool
    now: bool
    who: str = ""
    why: str = ""
    when: datetime | None = None


def span_of(low: float, high: float) -> str:
    return f"{rule_words.typed(low)}–{rule_words.typed(high)}"


def _entries(shop: Shop, day: date) -> dict[str, list[Entry]]:
    """By subject; the lists last."""
    own = checking.own_rules(shop)
    rules, read = RULEBOOK.on(day, own), readers()
    found: dict[str, list[Entry]] = {}
    for name, number in RULEBOOK.numbers.items():
        theirs = rules.origin.get(name) == "shop"
        since = max((d for d in own[name] if d <= day), default=None) if theirs else number.since(day)
        value = rule_words.shown(rules.values.get(name))
        parts = (rule_words.unit(number.unit), span_of(number.low, number.high), since, name in own)
        entry = Entry(
            name, said(number.zh, number.en), value, *parts, number.sources, number.requirements, read[name], link=True
        )
        found.setdefault(rule_words.subject(number.subject), []).append(entry)
    for name, names in LISTS.items():
        label, unit = said(names.zh, names.en), rule_words.unit(names.unit)
        made = Entry(
            name, label, str(len(names.names)), unit, "—", names.since, False, names.sources, (), read[name], link=True
        )
        found.setdefault(said("名单", "Lists"), []).append(made)
    return found


@require_GET
def rules(request: HttpRequest, key: str) -> HttpResponse:
    """Every number and list, by subject; searched, or those with values of the shop's own only."""
    shop = access.shop_for(person_of(request), key)
    text, own_only = request.GET.get("q", "").strip()[:200], request.GET.get("own") == "1"

    def fits(entry: Entry) -> bool:
        texts = [entry.name, entry.label, *entry.requirements, *entry.checks, *(said(s.zh, s.en) for s in entry.sources)]
        return (entry.own or not own_only) and any(text.lower() in w.lower() for w in texts)

    every = _entries(shop, platform_today())
    groups = {title: [e for e in entries if fits(e)] for title, entries in every.items()}
    told: dict[str, Any] = {
        "groups": {title: entries for title, entries in groups.items() if entries},
        "owned": sum(e.own for entries in every.values() for e in entries),
        "text": text,
        "own_only": own_only,
        "titles": {code: check.words["title"] for code, check in load().items()},
        "grade": rule_words.grade,
    }
    return page(request, "rules.jinja", shop, section="rules", **told)


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One number; a POST saves the shop's own value, or goes back to the rulebook's. A list is only shown."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    if name in LISTS and request.method == "GET":
        names = LISTS[name]
        checks = [load()[code] for code in readers()[name]]
        told: dict[str, Any] = {"names": names, "checks": checks, "unit": rule_words.unit, "grade": rule_words.grade}
        return page(request, "rule_list.jinja", shop, section="rules", **told)
    number = _number(name)
    if request.method == "GET":
        return _page(request, shop, number, {}, None)
    access.demand(person, "change_rules", shop)
    if request.POST.get("verb") == "drop":
        setting.drop_rule(shop, name, person=person)
        messages.success(request, said("已恢复规则库的值。", "Back to the rulebook's own value."))
        return redirect("rule", key, name)
    value, since, wrong = _told(request, number)
    if wrong or value is None or since is None:
        return _page(request, shop, number, wrong, None)
    setting.change_rule(shop, name, value, since=since, reason=request.POST.get("reason", "").strip(), person=person)
    shown = rule_words.typed(value)
    messages.success(request, said(f"已保存：自 {words.day(since)} 起为 {shown}。", f"Saved: {shown} from {words.day(since)}."))
    return redirect("rule", key, name)


@require_POST
def rule_try(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """What saving would change today; nothing is written."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "change_rules", shop)
    number = _number(name)
    if request.POST.get("verb") == "drop":
        return _page(request, shop, number, {}, supposing.try_rule(shop, name, None, platform_today(), person=person))
    value, since, wrong = _told(request, number)
    if wrong or value is None or since is None:
        return _page(request, shop, number, wrong, None)
    return _page(request, shop, number, {}, supposing.try_rule(shop, name, value, since, person=person))


def _number(name: str) -> Number:
    if name not in RULEBOOK.numbers:
        raise Http404
    return RULEBOOK.numbers[name]


def _told(request: HttpRequest, number: Number) -> tuple[float | None, date | None, dict[str, str]]:
    """Value and day of the form, and what is wrong with them."""
    wrong = {}
    value, since = rule_words.number(request.POST.get("value", "")), None
    if value is None or not number.allows(value):
        span, unit = span_of(number.low, number.high), rule_words.unit(number.unit)
        wrong["value"] = (
            said("请填 0 或 1。", "Enter 0 or 1.")
            if number.unit == YES
            else said(f"请填 {span} 之间的数（{unit}）。", f"Enter a number from {span} ({unit}).")
        )
    try:
        since = date.fromisoformat(request.POST.get("since", "").strip())
    except ValueError:
        wrong["since"] = said("请选一个日子，如 2026-09-19。", "Choose a day, such as 2026-09-19.")
    return value, since, wrong


def _page(
    request: HttpRequest, shop: Shop, number: Number, wrong: dict[str, str], tried: supposing.Trial | None
) -> HttpResponse:
    day = platform_today()
    in_force = RULEBOOK.on(day, checking.own_rules(shop))
    value, own = in_force.values.get(number.name), in_force.origin.get(number.name) == "shop"
    posted = request.POST if request.POST.get("verb") != "drop" else {}
    form = {
        "value": posted.get("value", rule_words.typed(value)),
        "since": posted.get("since", day.isoformat()),
        "reason": posted.get("reason", ""),
    }
    dated = _dated(shop, number, day)
    usual = number.since(day)
    told: dict[str, Any] = {
        "title": said(number.zh, number.en),
        "name": number.name,
        "value": value,
        "own": own,
        "owned": any(one.own for one in dated),
        "usual": number.values[usual] if usual else None,
        "unit_name": number.unit,
        "range": span_of(number.low, number.high),
        "number": number,
        "about": None,
        "checks": [load()[code] for code in readers()[number.name]],
        "dated": dated,
        "form": form,
        "dropping": request.POST.get("verb") == "drop",
        "here": reverse("rule", args=[shop.key, number.name]),
        "try_url": reverse("rule_try", args=[shop.key, number.name]),
        "back": reverse("rules", args=[shop.key]),
    }
    return trial.answer(request, shop, trial=tried, wrong=wrong, **told)


def _dated(shop: Shop, number: Number, day: date) -> list[Dated]:
    """All values, newest first: the rulebook's and the shop's own. Who has left stands under the name of then."""
    rows = list(shop.rule_overrides.filter(name=number.name).select_related("person"))
    told = shop.changes.filter(verb="change_rule", subject__startswith=f"{number.name} ").order_by("pk")
    names = dict(told.values_list("subject", "name"))
    theirs = max((r.since for r in rows if r.since <= day), default=None)
    ours = None if theirs else number.since(day)
    found = [Dated(d, rule_words.shown(v), False, d == ours) for d, v in number.values.items()]
    for row in rows:
        who = row.person.get_username() if row.person else names.get(f"{number.name} {row.since}", "")
        found.append(Dated(row.since, rule_words.shown(row.value), True, row.since == theirs, who, row.reason, row.made))
    return sorted(found, key=lambda one: (one.since, one.own), reverse=True)
