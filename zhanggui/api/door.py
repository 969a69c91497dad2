"""Who asks, and how an answer or a refusal looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from allauth.core.internal.ratelimit import consume
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from zhanggui.api.asked import Asked, Rows
from zhanggui.api.parameters import Parameter, Refused, read
from zhanggui.desk import access, tokens
from zhanggui.desk.models import ApiToken
from zhanggui.documents.excel import csv_text

PREFIX = "/api/"
PROBLEM = "application/problem+json"
PAGING = ("limit", "cursor", "format")
View = Callable[..., HttpResponse]
NOWHERE = Refused(404, "没有这个地址，或您看不到它", "there is nothing here for you")


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """What can be asked at one address. `function` answers with a dictionary or `Rows`; `names`: what `<name>` in `path` may be,
    and `of_name` the parameters that hang on it. The sentences are those of document and reference."""

    path: str
    function: Callable[[Asked], Mapping[str, Any] | Rows]
    zh: str
    en: str
    parameters: tuple[Parameter, ...] = ()
    names: Callable[[], Mapping[str, str]] | None = None
    of_name: Callable[[str], tuple[Parameter, ...]] | None = None

    @property
    def address(self) -> str:
        """`path` as people write it."""
        return re.sub(r"<\w+:(\w+)>", r"{\1}", self.path)

    def asks(self, path: Mapping[str, Any]) -> tuple[Parameter, ...]:
        """The parameters at an address. `Refused` for a name that there is not."""
        if self.names and path["name"] not in self.names():
            raise NOWHERE
        return (self.of_name(path["name"]) if self.of_name else ()) + self.parameters


def door(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Below /api/ no cookie is known, so nobody's browser can be made to ask; and whatever is refused on the way, by whomever, is
    a problem in JSON."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        if response.status_code < 400 or response["Content-Type"] == PROBLEM:
            return response
        phrase = HTTPStatus(response.status_code).phrase
        return problem(NOWHERE if response.status_code == 404 else Refused(response.status_code, phrase, phrase))

    return middleware


def problem(refused: Refused) -> HttpResponse:
    told = {"type": "about:blank", "title": HTTPStatus(refused.status).phrase, "status": refused.status}
    told |= {"detail": refused.en, "detail_zh": refused.zh} | ({"parameter": refused.parameter} if refused.parameter else {})
    response = JsonResponse(told, status=refused.status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    if refused.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="zhanggui"'
    if refused.status == 429:
        response["Retry-After"] = "60"
    if refused.status == 405:
        response["Allow"] = "GET, HEAD"
    return response


def open_to_all(view: View) -> View:
    """A view that no session guards: below /api/ there is none."""
    return csrf_exempt(login_not_required(view))


def answering(endpoint: Endpoint) -> View:
    """The view of an endpoint."""

    @open_to_all
    def view(request: HttpRequest, **path: Any) -> HttpResponse:
        try:
            if request.method not in ("GET", "HEAD"):
                raise Refused(405, "这里只能读", "this can only be read")
            asked = Asked(holder(request), path, {}, "")
            whose = asked.member.pk if "key" in path else None  # before anything is said about the parameters
            values = read(endpoint.asks(path), request.GET)
            kept = sorted((k, str(v)) for k, v in request.GET.items() if k not in PAGING)
            found = endpoint.function(replace(asked, values=values, question=repr((whose, request.path, kept))))
            return answer(request, found, values)
        except Refused as refused:
            return problem(refused)
        except access.NoSuchShop:
            return problem(NOWHERE)
        except access.Forbidden:
            return problem(Refused(403, "您的角色看不到这个", "not for your role"))

    return view


def holder(request: HttpRequest) -> ApiToken:
    """The token that the request brings. `Refused` without one that opens anything, and for one who asks too often."""
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    token = tokens.holder(text.strip()) if scheme.lower() == "bearer" and text.strip() else None
    action, key = ("api", str(token.pk)) if token else ("api_failed", None)
    if not consume(request, app="allauth.account", action=action, key=key, limit_get=True):
        raise Refused(429, "问得太多，请一分钟后再试", "too many requests; try again in a minute")
    if token is None:
        raise Refused(401, "请在 Authorization: Bearer 里给有效的令牌", "give a valid token in Authorization: Bearer")
    if access.owes_second_factor(token.person) and not is_mfa_enabled(token.person):
        zh, en = (
            "老板要求您的角色使用两步验证，请先在网页上开启",
            "your role needs the second factor; set it up on the pages first",
        )
        raise Refused(403, zh, en)
    tokens.used(token)
    return token


def answer(request: HttpRequest, found: Mapping[str, Any] | Rows, values: Mapping[str, Any]) -> HttpResponse:
    if not isinstance(found, Rows):
        return JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    if values.get("format") == "csv":
        names = [str(column["name"]) for column in found.columns]
        text = csv_text(names, [[row.get(name) for name in names] for row in found.rows])
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    else:
        told = {**found.about, "columns": found.columns, "rows": found.rows, "next": found.next}
        response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    if found.next:
        query = urlencode({**{k: str(v) for k, v in request.GET.items()}, "cursor": found.next})
        response["Link"] = f'<{request.path}?{query}>; rel="next"'
    return response
