"""Tokens of the API: the reader's own, made with the password, shown once, revoked; and those of the members, taken away by the owner."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhanggui.desk import access, seeing, tokens
from zhanggui.desk.models import ApiToken, Shop
from zhanggui.web.page import person_of
from zhanggui.web.settings import settings_page
from zhanggui.web.words import said

CANNOT = {
    "name": ("请给它起名，最多 100 字，如「ERP 取数」。", "Give it a name of at most 100 letters, like “ERP”."),
    "until": ("请选今天或以后的日子，或留空。", "Choose today or a later day, or leave it empty."),
    "many": (
        f"每人最多 {tokens.MOST} 个令牌，请先收回不用的。",
        f"{tokens.MOST} tokens a person at most; revoke one that is not used.",
    ),
    "password": ("密码不对。", "That is not your password."),
}


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def tokens_page(request: HttpRequest, key: str) -> HttpResponse:
    """One's tokens, and a form for one more, which reads the shops of this company."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    sent = {name: request.POST.get(name, "") for name in ("name", "shop", "until")}
    if request.method == "GET":
        return _page(request, shop, sent)
    if refused := ratelimit.consume_or_429(request, action="reauthenticate", user=person):
        return refused
    if not person.check_password(request.POST.get("password", "")):
        return _page(request, shop, sent, wrong="password")
    only = access.shop_for(person, sent["shop"]) if sent["shop"] else None
    try:
        _, text = tokens.make(seeing.membership(person, shop), sent["name"], shop=only, until=_day(sent["until"]))
    except tokens.CannotMake as error:
        return _page(request, shop, sent, wrong=str(error))
    return _page(request, shop, dict.fromkeys(sent, ""), text=text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise tokens.CannotMake("until") from None


def _page(request: HttpRequest, shop: Shop, sent: dict[str, str], *, wrong: str = "", text: str = "") -> HttpResponse:
    person = person_of(request)
    shops = access.shops_of(person).filter(company_id=shop.company_id)
    told: dict[str, Any] = {"found": tokens.tokens(person), "shops": shops, "sent": sent, "text": text}
    told |= {"wrong": wrong, "says": said(*CANNOT[wrong]) if wrong else ""}
    told["document"] = reverse("openapi")
    return settings_page(request, "tokens.jinja", shop, "me", **told)


@require_POST
def revoke(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take one of one's own tokens back."""
    person = person_of(request)
    access.shop_for(person, key)
    found = get_object_or_404(tokens.tokens(person), pk=pk)
    tokens.revoke(found)
    messages.success(request, revoked(found))
    return redirect("tokens", key)


@require_POST
def take_away(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a member's token away."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "manage_people", shop)
    found = get_object_or_404(tokens.of_company(shop), pk=pk)
    tokens.take_away(shop, found, person=person)
    messages.success(request, revoked(found))
    return redirect("people", key)


def revoked(token: ApiToken) -> str:
    zh, en = f"令牌「{token.name}」已收回，不能再用。", f"The token “{token.name}” was revoked and opens nothing any more."
    return said(zh, en)
