"""Sign-in and sign-out. Nobody signs up by themselves: people are invited by the owner or added on the command line."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView, LogoutView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from zhanggui.desk import people
from zhanggui.web import words
from zhanggui.web.middleware import COOKIE
from zhanggui.web.page import page, person_of
from zhanggui.web.words import said


class Adapter(DefaultAccountAdapter):
    """allauth as we use it: closed, and silent about signing in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": words.lazy("密码不对。", "That is not your password."),
        "invalid_password_reset": words.lazy("这个链接不能用了。", "This link is of no use any more."),
        "too_many_login_attempts": words.lazy("尝试太多次，请 5 分钟后再试。", "Too many attempts; try again in 5 minutes."),
        "rate_limited": words.lazy("尝试太多次，请过几分钟再试。", "Too many attempts; try again in a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        return None


class SignIn(LoginView):
    template_name = "sign_in.jinja"


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    http_method_names = ["post"]


@login_not_required
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: it answers. Nothing else is said."""
    return HttpResponse(status=204)


@login_not_required
def nowhere(request: HttpRequest) -> HttpResponse:
    """Addresses that allauth names and that this installation does not offer."""
    return page(request, "404.html", status=404)


def back(request: HttpRequest) -> HttpResponse:
    """To the page on which a switch was pressed; never to another site."""
    asked = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        asked = "/"
    return redirect(asked)


@require_POST
def currency(request: HttpRequest) -> HttpResponse:
    """The switch of the currency in which money is shown."""
    try:
        people.set_currency(person_of(request), request.POST.get("currency", ""))
    except ValueError:
        messages.error(request, said("没有这个币种。", "No such currency."))
    return back(request)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language switch."""
    asked = "en" if request.POST.get("lang") == "en" else "zh"
    response = back(request)
    if request.user.is_authenticated:
        people.set_language(person_of(request), asked)
    response.set_cookie(COOKIE, asked, max_age=365 * 86400, samesite="Lax", httponly=True, secure=request.is_secure())
    return response
