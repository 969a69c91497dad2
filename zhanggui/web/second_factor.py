"""The second factor: a code from the phone at sign-in, set up and taken off by everybody for themselves."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from zhanggui.desk import access, vault
from zhanggui.web import words
from zhanggui.web.page import person_of
from zhanggui.web.words import said


class Adapter(DefaultMFAAdapter):
    """allauth's second factor as we use it: secrets sealed, words of our own."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": words.lazy(
            "验证码不对或已用过。请等下一个，再输入。", "That code is wrong or used already. Wait for the next one."
        ),
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def encrypt(self, text: str) -> str:
        return vault.seal({"secret": text})

    def decrypt(self, encrypted_text: str) -> str:
        return str(vault.open_sealed(encrypted_text)["secret"])


@method_decorator(login_not_required, name="dispatch")
class SignInCode(base.AuthenticateView):
    """The second step of signing in."""

    template_name = "sign_in_code.jinja"


class Overview(base.IndexView):
    """Whether it is on."""

    template_name = "second_factor.jinja"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(**kwargs)
        held = told["authenticators"].get(Authenticator.Type.RECOVERY_CODES)
        return told | {"on": told["is_mfa_enabled"], "left": len(held.get_unused_codes()) if held else 0}


class SetUp(totp.ActivateTOTPView):
    template_name = "second_factor_set_up.jinja"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"owed": access.owes_second_factor(person_of(self.request))}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, said("两步验证已开启。", "The second factor is on."))
        return response


class TakeOff(totp.DeactivateTOTPView):
    template_name = "second_factor_take_off.jinja"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if access.owes_second_factor(person_of(request)):
            messages.error(
                request, said("老板要求您的角色使用两步验证，不能关闭。", "The owner asks your role for it; it stays on.")
            )
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, said("两步验证已关闭。", "The second factor is off."))
        return response


class Codes(codes.ViewRecoveryCodesView):
    """The recovery codes, once; the page itself holds the file to download."""

    template_name = "recovery_codes.jinja"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(**kwargs)
        text = "\n".join(told["unused_codes"]) + "\n" if told["can_view_codes"] else ""
        return told | {"file": f"data:text/plain;charset=utf-8,{quote(text)}"}


class NewCodes(codes.GenerateRecoveryCodesView):
    template_name = "recovery_codes_anew.jinja"


class AgainByCode(base.ReauthenticateView):
    """Before something that matters: the code once more."""

    template_name = "again.jinja"
    extra_context = {"by": "code"}
