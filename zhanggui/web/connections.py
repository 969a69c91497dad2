"""Connections: which sources are asked, how they fare, and what they are told. A saved secret is never shown again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhanggui import feeds, jobs
from zhanggui.desk import access, connecting
from zhanggui.desk.answers import Trouble
from zhanggui.desk.clock import now
from zhanggui.desk.models import Connection, Shop
from zhanggui.feeds import KINDS, Field, Kind, host_of
from zhanggui.web import words
from zhanggui.web.page import page, person_of, whole
from zhanggui.web.words import said

SHORTEST = 5  # minutes: the worker looks that often


@require_GET
def connections(request: HttpRequest, key: str) -> HttpResponse:
    """The shop's sources with the last success, the next pull, and what is wrong and to be done."""
    shop = access.shop_for(person_of(request), key)
    rows = [
        {
            "it": c,
            "kind": KINDS.get(c.kind),
            "next": connecting.next_pull(c),
            "every": every(c.every_minutes),
            "troubles": _troubles(c),
        }
        for c in shop.connections.all()
    ]
    return page(request, "connections.jinja", shop, section="imports", rows=rows, kinds=KINDS.values())


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """A new source of a kind."""
    shop = access.shop_for(person_of(request), key)
    access.demand(person_of(request), "connect", shop)
    if kind not in KINDS:
        raise Http404
    return _form(request, shop, KINDS[kind], None)


@require_http_methods(["GET", "POST"])
def connection(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One source: what it is told."""
    shop = access.shop_for(person_of(request), key)
    access.demand(person_of(request), "connect", shop)
    known = get_object_or_404(shop.connections.filter(kind__in=KINDS), pk=pk)
    return _form(request, shop, KINDS[known.kind], known)


def _form(request: HttpRequest, shop: Shop, kind: Kind, known: Connection | None, go: str = "") -> HttpResponse:
    """The form; after a POST that holds, back to the list, or on to the sign-in where the kind has one."""
    secrets = connecting.secret_of(known) if known else {}
    saved = set(secrets)
    values: dict[str, Any] = {f.name: f.usual for f in kind.fields if not f.secret} | (dict(known.settings) if known else {})
    name, minutes = (known.name, known.every_minutes) if known else (said(kind.zh, kind.en), kind.minutes)
    wrong: dict[str, str] = {}
    if request.method == "POST" and not go:
        settings, secret, wrong = _told(request, kind, saved)
        values |= settings
        name = request.POST.get("name", "").strip()[:100]
        minutes = whole(request.POST.get("every_minutes", "")) or 0
        others = shop.connections.exclude(pk=known.pk) if known else shop.connections.all()
        if not name or others.filter(name=name).exists():
            wrong["name"] = said("请起一个没有用过的名称。", "Give a name that is not in use.")
        if minutes < SHORTEST:
            wrong["every_minutes"] = said(f"至少 {SHORTEST} 分钟。", f"{SHORTEST} minutes or more.")
        if not wrong:
            given: dict[str, Any] = {
                "settings": settings,
                "secret": secret,
                "every_minutes": minutes,
                "person": person_of(request),
            }
            if known:
                lost = _lost(kind, dict(known.settings), settings, saved - set(secret))
                connecting.change(known, name=name, forget=lost, **given)
                if lost:
                    told = (
                        "网址换了主机，原来的请求头已删除；需要的话请重新填写。",
                        "The host has changed, so the saved headers were deleted; enter them again if they are needed.",
                    )
                    messages.warning(request, said(*told))
            else:
                known = connecting.connect(shop, kind.name, name, active=not kind.sign_in, **given)
            messages.success(request, said("已保存。", "Saved."))
            onward = kind.sign_in and "access_token" not in saved
            return redirect("connection", shop.key, known.pk) if onward else redirect("connections", shop.key)
    shown = {
        "kind": kind,
        "known": known,
        "name": name,
        "minutes": minutes,
        "shortest": SHORTEST,
        "values": values,
        "saved": saved,
        "account": secrets.get("account", ""),
        "wrong": wrong,
        "choices": {f.name: feeds.choices(f) for f in kind.fields},
        "callback": request.build_absolute_uri(reverse("connection_callback")),
        "go": go,
        "troubles": _troubles(known) if known else [],
    }
    return page(request, "connection.jinja", shop, section="imports", status=422 if wrong else 200, **shown)


def _lost(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any], saved: set[str]) -> set[str]:
    """The saved secrets that do not go along to another host: whoever may change an address could else have them sent to their own."""
    moved = "address" in after and host_of(str(before.get("address", ""))) != host_of(str(after["address"]))
    return saved & {f.name for f in kind.fields if f.secret} if moved else set()


def _told(request: HttpRequest, kind: Kind, saved: set[str]) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """Settings, secrets and what is wrong, by field. A secret left empty stays as it was."""
    settings: dict[str, Any] = {}
    secret: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for field in kind.fields:
        value = _value(request, field)
        given = value not in ("", [], None)
        if field.secret:
            if given:
                secret[field.name] = value
            given = given or field.name in saved
        else:
            settings[field.name] = value
        if field.needed and not given:
            wrong[field.name] = said("请填写。", "Fill this in.")
        elif field.name == "address" and not host_of(value):
            wrong[field.name] = said(
                "请填写完整网址，以 https 开头，里面不带用户名密码。",
                "Give a whole address that begins with https and has no user name or password in it.",
            )
    return settings, secret, wrong


def _value(request: HttpRequest, field: Field) -> Any:
    text = request.POST.get(field.name, "").strip()
    if field.form == "many":
        return [v for v in request.POST.getlist(field.name) if v in feeds.choices(field)]
    if field.form == "choice":
        return text if text in feeds.choices(field) else ""
    if field.form == "flag":
        return bool(text)
    if field.form == "whole":
        return whole(text)
    if field.form == "words":
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    return text


@require_POST
def verb(request: HttpRequest, key: str, pk: int, verb: str) -> HttpResponse:
    """Ask now, switch on or off, begin anew, forget, or begin a sign-in."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "connect", shop)
    known = get_object_or_404(shop.connections, pk=pk)
    if verb == "sign_in" and known.kind in KINDS and KINDS[known.kind].sign_in:
        state = connecting.begin_sign_in(known, person=person)
        callback = request.build_absolute_uri(reverse("connection_callback"))
        return _form(request, shop, KINDS[known.kind], known, go=feeds.authorize_url(known.settings, callback, state))
    if verb == "pull":
        jobs.later(jobs.pull_feed, known.pk)
        told = said("已排队，几秒到几分钟后会取到。", "Queued; it will be asked within seconds to minutes.")
    elif verb in ("on", "off"):
        connecting.change(known, active=verb == "on", person=person)
        told = said("已启用。", "Switched on.") if verb == "on" else said("已停用。", "Switched off.")
    elif verb == "again":
        connecting.change(known, from_the_start=True, person=person)
        told = said("下次会从头取。", "The next pull asks for everything.")
    elif verb == "forget":
        connecting.disconnect(known, person=person)
        told = said("已断开，密钥已删除；取到的数据都在。", "Disconnected; its secrets are gone, the data it brought stay.")
    else:
        raise Http404
    messages.success(request, told)
    return redirect("connections", key)


@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """The way back from the platform's sign-in."""
    person = person_of(request)
    code, state = request.GET.get("code", ""), request.GET.get("state", "")
    try:
        known = connecting.finish_sign_in(
            code, state, lambda c, secret, given: feeds.exchange(c.kind, c.settings, secret, given, now()), person=person
        )
    except connecting.SignInRefused:
        told = said(
            "这次授权已失效或不是从这里发起的，请重新点「授权」。",
            "This sign-in has expired or did not begin here. Begin again.",
        )
    except feeds.Refusal as refused:
        told = connecting.without(refused.trouble, {"code": code}).says(words.lang())
    else:
        messages.success(request, said(f"「{known.name}」已授权。", f"“{known.name}” is authorised."))
        return redirect("connections", known.shop.key)
    messages.error(request, told)
    return redirect("home")


def every(minutes: int) -> str:
    """How often, in the largest unit that is whole."""
    units = ((1440, "天", "day"), (60, "小时", "hour"), (1, "分钟", "minute"))
    size, zh, en = next(u for u in units if minutes % u[0] == 0)
    n = minutes // size
    return said(f"每 {n} {zh}", f"every {n} {en}s" if n > 1 else f"every {en}")


def _troubles(known: Connection) -> list[dict[str, str]]:
    return [{"level": t["level"], "says": Trouble(**t).says(words.lang())} for t in known.trouble]
