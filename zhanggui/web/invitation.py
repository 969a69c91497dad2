"""Behind the link of an invitation: somebody new signs up, somebody known joins."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhanggui.desk import inviting
from zhanggui.web import words
from zhanggui.web.page import page, person_of
from zhanggui.web.words import said

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The invitation of this token. One that is wrong, used, taken back or over all get the same answer."""
    if not consume(request, app="allauth.account", action="invitation", limit_get=True):
        return ratelimit.respond_429(request)
    try:
        found = inviting.find(token)
        if request.method == "GET":
            return _page(request, found=found)
        if request.POST.get("verb") == "leave":
            logout(request)
            return redirect(request.path)
        if request.user.is_authenticated:
            inviting.accept(token, person_of(request))
        else:
            sent = request.POST.get("username", ""), request.POST.get("password", "")
            login(request, inviting.accept_anew(token, *sent, language=words.lang()), BACKEND)
    except inviting.NoInvitation:
        return _page(request, found=None, status=404)
    except ValidationError as error:
        return _page(request, found=found, username=request.POST.get("username", ""), wrong=_said(error))
    messages.success(request, said(f"您已加入 {found.company.name}。", f"You have joined {found.company.name}."))
    return redirect("home")


def _page(request: HttpRequest, *, status: int = 200, **values: Any) -> HttpResponse:
    return page(request, "invitation.jinja", status=status, **{"username": "", "wrong": {}} | values)


def _said(error: ValidationError) -> dict[str, list[str]]:
    """Field → what is wrong with it."""
    told = {field: list(texts) for field, texts in error.message_dict.items()}
    if any(one.code == "unique" for one in error.error_dict.get("username", ())):
        told["username"] = [
            said(
                "这个用户名已有人用。已有账号的话，请先登录再打开链接。",
                "This name is taken. If it is yours, sign in first and open the link again.",
            )
        ]
    return told
