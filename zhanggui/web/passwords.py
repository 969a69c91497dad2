"""Passwords: asked for once more, changed, and set anew by a link that comes by mail or from the command line."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from zhanggui import jobs
from zhanggui.desk import letters, tokens
from zhanggui.web.page import page, person_of
from zhanggui.web.words import said


class Again(views.ReauthenticateView):
    """Before something that matters: the password once more."""

    template_name = "again.jinja"
    extra_context = {"by": "password"}


class Change(views.PasswordChangeView):
    template_name = "password.jinja"

    def get_default_success_url(self) -> str:
        return "/"

    def form_valid(self, form: Any) -> HttpResponse:
        had = tokens.tokens(person_of(self.request)).exists()
        response = super().form_valid(form)
        zh, en = "密码已改。其他设备上要重新登录。", "Changed. Other devices must sign in again."
        if had:
            zh, en = f"{zh}您的 API 令牌都已收回。", f"{en} Your API tokens were revoked."
        messages.success(self.request, said(zh, en))
        return response


@login_not_required
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. The answer, and the time it takes, are the same whether anybody has the address or not."""
    told: dict[str, Any] = {"can_send": letters.can_send(), "email": "", "wrong": "", "sent": "sent" in request.GET}
    if request.method == "GET" or not told["can_send"]:
        return page(request, "reset.jinja", **told)
    email = request.POST.get("email", "").strip()
    try:
        validate_email(email)
    except ValidationError:
        wrong = said("请填完整的邮箱地址。", "Write the whole address.")
        return page(request, "reset.jinja", **told | {"email": email, "wrong": wrong})
    if refused := ratelimit.consume_or_429(request, action="reset_password", key=email.lower()):
        return refused
    jobs.later(jobs.send_reset, email, f"{request.scheme}://{request.get_host()}")
    return redirect(f"{reverse_lazy('account_reset_password')}?sent")


@method_decorator(login_not_required, name="dispatch")
class SetAnew(views.PasswordResetFromKeyView):
    """Behind the link: a new password, then sign-in (with the second factor, where it is on)."""

    template_name = "password_anew.jinja"
    success_url = reverse_lazy("account_login")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(**kwargs)
        return {"token_fail": False} | told | {"who": self.reset_user.get_username() if self.reset_user else ""}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, said("新密码已保存，请登录。", "The new password is saved. Sign in with it."))
        return response
