"""Settings: a few pages as tabs. What the shop is, and what the person who reads is; people and the rest stand in their own modules."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from allauth.core import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from zhanggui.desk import access, people, tokens
from zhanggui.desk.models import Shop
from zhanggui.web.page import page, person_of
from zhanggui.web.sections import Section
from zhanggui.web.words import said

#: The tabs in their order. `name` is the name of the tab's address.
TABS = (
    Section("settings", "店铺", "Shop"),
    Section("people", "人员", "People", "manage_people"),
    Section("history", "历史", "History", "see_history"),
    Section("me", "我", "Me"),
)
WRONG = {
    "name": ("店铺名称不能为空，最多 200 字。", "The name may not be empty, and has at most 200 characters."),
    "time_zone": (
        "没有这个时区，请从列表里选，如 Asia/Shanghai。",
        "No such time zone; choose one of the list, like Asia/Shanghai.",
    ),
    "languages": ("没有这种语言。", "No such language."),
}


def tabs(allowed: set[str]) -> list[Section]:
    """The tabs that are open to a person who is allowed these verbs."""
    return [tab for tab in TABS if tab.verb in allowed]


def settings_page(
    request: HttpRequest, template: str, shop: Shop, tab: str, *, status: int = 200, **values: Any
) -> HttpResponse:
    """A page among the tabs."""
    role = access.role_in(person_of(request), shop)
    allowed = {verb for verb, roles in access.MAY.items() if role in roles}
    return page(request, template, shop, status=status, section="settings", tabs=tabs(allowed), tab=tab, **values)


@require_http_methods(["GET", "POST"])
def shop(request: HttpRequest, key: str) -> HttpResponse:
    """What the shop is called, sells, and writes its titles in."""
    person = person_of(request)
    found = access.shop_for(person, key)
    wrong = ""
    if request.method == "POST":
        sent = {n: request.POST.get(n, "") for n in ("name", "industry", "time_zone")}
        try:
            people.change_shop(found, languages=request.POST.getlist("languages"), person=person, **sent)
        except ValueError as error:
            wrong = str(error)
            for name, text in sent.items():
                setattr(found, name, text)  # as typed; not saved
        else:
            messages.success(request, said("已保存。", "Saved."))
            return redirect("settings", key)
    told: dict[str, Any] = {
        "languages": people.TITLE_LANGUAGES,
        "zones": sorted(available_timezones()),
        "wrong": wrong,
        "says": said(*WRONG[wrong]) if wrong else "",
    }
    return settings_page(request, "settings_shop.jinja", found, "settings", **told)


@require_POST
def open_shop(request: HttpRequest, key: str) -> HttpResponse:
    """A further shop of the same company."""
    person = person_of(request)
    found = access.shop_for(person, key)
    try:
        made = people.open_further(found, request.POST.get("name", ""), person=person)
    except ValueError as error:
        messages.error(request, said(*WRONG[str(error)]))
        return redirect("settings", key)
    messages.success(
        request, said(f"已开设「{made.name}」。先导入它的报表。", f"“{made.name}” is open. Import its reports first.")
    )
    return redirect("imports", made.key)


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest, key: str) -> HttpResponse:
    """The reader's own language, address, password and second factor."""
    person = person_of(request)
    found = access.shop_for(person, key)
    told: dict[str, Any] = {"email": person.email, "wrong": "", "second_factor": is_mfa_enabled(person)}
    told["tokens"] = tokens.tokens(person).count()
    if request.method == "POST":
        if refused := ratelimit.consume_or_429(request, action="reauthenticate", user=person):
            return refused
        told["email"] = request.POST.get("email", "")
        if not person.check_password(request.POST.get("password", "")):
            told["wrong"] = "password"
        else:
            try:
                people.set_email(person, told["email"])
            except ValueError:
                told["wrong"] = "email"
            else:
                messages.success(request, said("已保存。", "Saved."))
                return redirect("me", key)
    return settings_page(request, "settings_me.jinja", found, "me", **told)
