"""The people of a company: who, in which role, asked in and taken out."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhanggui.checks.words import ROLES
from zhanggui.desk import access, inviting, letters, members, tokens
from zhanggui.desk.models import Membership, Shop
from zhanggui.web import words
from zhanggui.web.page import person_of
from zhanggui.web.settings import settings_page
from zhanggui.web.words import said

log = logging.getLogger(__name__)

#: What each role is for, as the page says it; what it may do is decided in `access`.
DUTIES = {
    "owner": ("全部，含人员", "everything, people included"),
    "manager": ("除人员以外的全部", "everything but people"),
    "operator": ("导入、判断、指派；看不到成本", "imports, decides, assigns; no costs"),
    "sales": ("自己的客户和任务；看不到成本", "own buyers and tasks; no costs"),
    "merchandiser": ("任务、名单、订单金额；看不到成本", "tasks, registers, order amounts; no costs"),
    "designer": ("任务、名单；看不到金额", "tasks, registers; no money"),
    "supply": ("任务、名单、成本", "tasks, registers, costs"),
    "reader": ("只看，看不到金额", "reads only; no money"),
}
CANNOT = {
    "role": ("没有这个角色。", "No such role."),
    "email": ("请填完整的邮箱地址，或留空。", "Write the whole address, or leave it empty."),
    "last_owner": ("公司至少要有一位老板：请先让另一个人当老板。", "A company needs an owner: make somebody else one first."),
    "heir": ("请选由谁接手未完成的任务。", "Choose who takes the open tasks over."),
}


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, key: str) -> HttpResponse:
    """Everybody of the company, the open invitations, and a form for one more."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "manage_people", shop)
    if request.method == "GET":
        return _people(request, shop)
    sent = {n: request.POST.get(n, "").strip() for n in ("role", "email", "account")}
    try:
        made, token = inviting.invite(shop, person=person, **sent)
    except ValueError as error:
        return _people(request, shop, sent=sent, wrong=said(*CANNOT[str(error)]))
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    if made.email and letters.can_send():
        try:
            letters.send_invitation(made, link, words.lang())
            messages.success(request, said(f"邀请已寄到 {made.email}。", f"The invitation was sent to {made.email}."))
        except OSError:
            log.exception("the invitation to %s was not sent", made.email)
            text = said(
                "邮件没有寄出（原因见日志），请把链接自己发给对方。",
                "The letter did not go out (the log says why); hand the link over yourself.",
            )
            messages.error(request, text)
    return _people(request, shop, link=link)


def _people(request: HttpRequest, shop: Shop, **more: Any) -> HttpResponse:
    told: dict[str, Any] = {"sent": {"role": "operator", "email": "", "account": ""}, "wrong": "", "link": ""}
    told |= {"members": members.members(shop), "invitations": inviting.open_invitations(shop), "duties": duties()}
    told |= {"days": inviting.DAYS, "mail": letters.can_send(), "secured": members.with_second_factor(told["members"])}
    told["tokens"] = tokens.of_company(shop)
    return settings_page(request, "people.jinja", shop, "people", **told | more)


@require_POST
def second_factor(request: HttpRequest, key: str) -> HttpResponse:
    """Which roles need the second factor."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    try:
        members.ask_second_factor(shop, request.POST.getlist("roles"), person=person)
    except members.CannotChange as error:
        messages.error(request, said(*CANNOT[str(error)]))
    else:
        messages.success(request, said("已保存。", "Saved."))
    return redirect("people", key)


def duties() -> dict[str, str]:
    """Role → its duties, in the order of the roles."""
    return {role: said(*DUTIES[role]) for role in ROLES if role in DUTIES}


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One of them: change what the person is, or part."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "manage_people", shop)
    found = get_object_or_404(Membership.objects.select_related("person"), pk=pk, company_id=shop.company_id)
    if request.method == "POST":
        try:
            if request.POST.get("verb") == "remove":
                return _remove(request, shop, found)
            members.change(
                shop,
                found,
                role=request.POST.get("role", ""),
                account=request.POST.get("account", ""),
                all_buyers=request.POST.get("all_buyers") == "1",
                person=person,
            )
        except members.CannotChange as error:
            messages.error(request, said(*CANNOT[str(error)]))
            return redirect("member", key, pk)
        messages.success(request, said("已保存。", "Saved."))
        return redirect("people", key) if access.may(person, "manage_people", shop) else redirect("settings", key)
    told: dict[str, Any] = {"one": found, "heirs": members.heirs(found), "tasks": members.open_tasks(found), "duties": duties()}
    return settings_page(request, "member.jinja", shop, "people", **told)


def _remove(request: HttpRequest, shop: Shop, found: Membership) -> HttpResponse:
    heir = next((m.person for m in members.heirs(found) if str(m.person_id) == request.POST.get("heir", "")), None)
    name = found.person.get_username()
    moved = members.remove(shop, found, heir=heir, person=person_of(request))
    zh, en = f"{name} 已移出公司。", f"{name} was removed from the company."
    if moved and heir:
        zh, en = f"{zh}{moved} 个任务交给 {heir.get_username()}。", f"{en} {moved} open tasks went to {heir.get_username()}."
    messages.success(request, said(zh, en))
    return redirect("people", shop.key) if found.person_id != person_of(request).pk else redirect("home")


@require_POST
def revoke(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "manage_people", shop)
    found = inviting.open_invitations(shop).filter(pk=pk).first()
    if found is None:
        raise Http404
    inviting.revoke(shop, found, person=person)
    messages.success(
        request, said("邀请已收回，链接不能用了。", "The invitation was taken back; its link opens nothing any more.")
    )
    return redirect("people", key)
