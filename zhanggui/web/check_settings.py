"""Settings of the checks: every one with its default and the shop's own value; one setting, tried and changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhanggui.checks import Check, load
from zhanggui.desk import access, checking, setting, supposing
from zhanggui.desk.models import Shop
from zhanggui.web import rule_words, trial, words
from zhanggui.web.page import page, person_of
from zhanggui.web.rules import span_of
from zhanggui.web.words import said


@dataclass(frozen=True)
class Line:
    """One setting of a check, and the shop's own value if it has one."""

    name: str
    label: str
    unit: str
    default: str
    value: str
    own: bool


@require_GET
def check_settings(request: HttpRequest, key: str) -> HttpResponse:
    """Every check with its settings; searched, or those with values of the shop's own only."""
    shop = access.shop_for(person_of(request), key)
    text, own_only = request.GET.get("q", "").strip()[:200], request.GET.get("own") == "1"
    own = checking.own_settings(shop)
    groups: dict[str, list[tuple[Check, list[Line]]]] = {}
    for check in load().values():
        title = check.words["title"]
        lines = [line for line in _lines(check, own.get(check.code, {})) if line.own or not own_only]
        told = [check.code, title["zh"], title["en"], *(x for s in check.settings.values() for x in (s["zh"], s["en"]))]
        if any(text.lower() in one.lower() for one in told) and (lines or not own_only):
            groups.setdefault(rule_words.subject(check.subject), []).append((check, lines))
    owned = sum(map(len, own.values()))
    given: dict[str, Any] = {"groups": groups, "owned": owned, "text": text, "own_only": own_only}
    return page(request, "check_settings.jinja", shop, section="rules", **given)


def _lines(check: Check, own: Mapping[str, Any]) -> list[Line]:
    return [
        Line(
            name,
            one[words.lang()],
            rule_words.unit(one["unit"]),
            rule_words.shown(one["default"]),
            rule_words.shown(own.get(name, one["default"])),
            name in own,
        )
        for name, one in check.settings.items()
    ]


@require_http_methods(["GET", "POST"])
def check_setting(request: HttpRequest, key: str, code: str, name: str) -> HttpResponse:
    """One setting; a POST saves the shop's own value, or goes back to the default."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    check = _check(code, name)
    if request.method == "GET":
        return _page(request, shop, check, name, {}, None)
    access.demand(person, "change_rules", shop)
    if request.POST.get("verb") == "drop":
        setting.drop_setting(shop, code, name, person=person)
        messages.success(request, said("已恢复默认值。", "Back to the default."))
        return redirect("check_setting", key, code, name)
    value, wrong = _told(request, check, name)
    if wrong:
        return _page(request, shop, check, name, wrong, None)
    setting.change_setting(shop, code, name, value, person=person)
    messages.success(request, said(f"已保存：{rule_words.shown(value)}。", f"Saved: {rule_words.shown(value)}."))
    return redirect("check_setting", key, code, name)


@require_POST
def check_setting_try(request: HttpRequest, key: str, code: str, name: str) -> HttpResponse:
    """What saving would change today; nothing is written."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "change_rules", shop)
    check = _check(code, name)
    value, wrong = (None, {}) if request.POST.get("verb") == "drop" else _told(request, check, name)
    tried = None if wrong else supposing.try_setting(shop, code, name, value, person=person)
    return _page(request, shop, check, name, wrong, tried)


def _check(code: str, name: str) -> Check:
    if code not in load() or name not in load()[code].settings:
        raise Http404
    return load()[code]


def _told(request: HttpRequest, check: Check, name: str) -> tuple[Any, dict[str, str]]:
    """The form's value, of the kind of the default; and what is wrong with it."""
    text, default = request.POST.get("value", ""), check.settings[name]["default"]
    value: Any = text.strip()
    if isinstance(default, bool):
        value = text == "1"
    elif isinstance(default, list):
        value = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    elif isinstance(default, int | float):
        value = rule_words.number(text)
    try:
        return setting.fitting(check.code, name, value), {}
    except (setting.OutOfKind, setting.OutOfLimits):
        span, unit = span_of(*setting.limits(check.code, name)), rule_words.unit(check.settings[name]["unit"])
        if isinstance(default, int):
            return None, {"value": said(f"请填 {span} 之间的整数（{unit}）。", f"Enter a whole number from {span} ({unit}).")}
        return None, {"value": said(f"请填 {span} 之间的数（{unit}）。", f"Enter a number from {span} ({unit}).")}


def _page(
    request: HttpRequest, shop: Shop, check: Check, name: str, wrong: dict[str, str], tried: supposing.Trial | None
) -> HttpResponse:
    one, own = check.settings[name], checking.own_settings(shop).get(check.code, {})
    value, dropping = own.get(name, one["default"]), request.POST.get("verb") == "drop"
    given: dict[str, Any] = {
        "title": one[words.lang()],
        "name": f"{check.code}.{name}",
        "value": value,
        "own": name in own,
        "owned": name in own,
        "usual": one["default"],
        "unit_name": one["unit"],
        "range": span_of(*setting.limits(check.code, name)) if isinstance(one["default"], int | float) else "",
        "number": None,
        "about": check,
        "checks": [check],
        "dated": [],
        "form": {"value": rule_words.typed(value) if dropping else request.POST.get("value", rule_words.typed(value))},
        "dropping": dropping,
        "here": reverse("check_setting", args=[shop.key, check.code, name]),
        "try_url": reverse("check_setting_try", args=[shop.key, check.code, name]),
        "back": reverse("check_settings", args=[shop.key]),
    }
    return trial.answer(request, shop, trial=tried, wrong=wrong, **given)
