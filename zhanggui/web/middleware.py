"""Language, content policy, refusals: what holds for every page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from zhanggui.desk import access, founding
from zhanggui.desk.access import Forbidden, NoSuchShop
from zhanggui.web import words
from zhanggui.web.page import page, person_of

#: What somebody without the second factor that is asked of them may still open.
SETTING_UP = frozenset({"mfa_activate_totp", "account_reauthenticate", "account_logout", "language", "alive"})
Next = Callable[[HttpRequest], HttpResponse]

COOKIE = "language"
#: NUL and lone surrogates: no letter of any language, and no database takes them.
NO_LETTER = re.compile("[\x00\ud800-\udfff]")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def language(get_response: Next) -> Next:
    """The person's language; before sign-in the cookie's; Chinese first."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = getattr(request.user, "language", None) or request.COOKIES.get(COOKIE, "")
        with translation.override(words.CODES.get(asked, "zh-hans")):
            return get_response(request)

    return middleware


def content_policy(get_response: Next) -> Next:
    """Nothing inline, nothing from elsewhere, nothing kept by a cache on the way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = POLICY
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def letters_only(get_response: Next) -> Next:
    """Text that no database can hold never reaches one: path, query, cookies and form fields. Files may hold what they like."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            bad = any(NO_LETTER.search(text) for text in _texts(request))
        except UnreadablePostError:  # the browser went away while it was sending
            raise BadRequest("broken off") from None
        if bad:
            raise BadRequest("NUL or lone surrogate")
        return get_response(request)

    return middleware


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    for name, value in request.COOKIES.items():
        yield from (name, value)
    for asked in (request.GET, request.POST):
        for name, values in asked.lists():
            yield from (name, *values)
    for name, file in request.FILES.items():
        yield from (name, getattr(file, "name", None) or "")


def _led(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, from a page or from a part of one."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return redirect(address)


def refusals(get_response: Next) -> Next:
    """Nobody sees a page without signing in; what a person may not see or do is answered in their language.

    While there is nobody who could sign in, every page leads to the setup. Whose company asks for a second factor that is not there
    yet is led to set it up.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.is_authenticated:
            person = person_of(request)
            if name in SETTING_UP or not access.owes_second_factor(person) or is_mfa_enabled(person):
                return None
            return _led(request, reverse("mfa_activate_totp"))
        open_to_all = not getattr(view, "login_required", True)
        signing_in = name == "account_login"
        if (signing_in or not open_to_all) and founding.is_empty():
            return redirect("setup")
        if open_to_all:
            return None
        if request.headers.get("HX-Request"):  # the session ended under an open page
            return _led(request, reverse("account_login"))
        return redirect_to_login(request.get_full_path())

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NoSuchShop):
            return page(request, "404.html", status=404)
        if isinstance(error, Forbidden):
            return page(request, "403.html", status=403)
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
