"""A page for a person: the template with the shop, and what the person may do there."""

from __future__ import annotations

import re
from typing import Any, cast
from urllib.parse import quote, urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhanggui.desk import access, seeing
from zhanggui.desk.models import Membership, Person, Shop


def person_of(request: HttpRequest) -> Person:
    """Who asks; the middleware has let in nobody else."""
    return cast(Person, request.user)


def member_of(request: HttpRequest, key: str) -> tuple[Membership, Shop]:
    """What the person who asks is in the shop of this key, and the shop."""
    shop = access.shop_for(person_of(request), key)
    return seeing.membership(person_of(request), shop), shop


def page(request: HttpRequest, template: str, shop: Shop | None = None, *, status: int = 200, **values: Any) -> HttpResponse:
    """The page, with `allowed`: the verbs that are open to the person in this shop, and `link`: its address with some parts of the
    query changed, from the first page on."""
    role = access.role_in(person_of(request), shop) if shop else ""
    allowed = {verb for verb, roles in access.MAY.items() if role in roles}
    told = {"shop": shop, "section": "", "allowed": allowed, "link": lambda **parts: query(request, **{"page": None} | parts)}
    return render(request, template, told | values, status=status)


def xlsx(data: bytes, name: str, title: str = "") -> HttpResponse:
    """An Excel file that is saved as `name`, of plain letters, or under its `title` in the reader's words."""
    response = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    called = f"; filename*=UTF-8''{quote(f'{title}.xlsx')}" if title else ""
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"{called}'
    return response


@require_GET
def pages(request: HttpRequest, key: str) -> HttpResponse:
    """Every section, for a phone, whose bar has room for the nearest only."""
    return page(request, "pages.jinja", access.shop_for(person_of(request), key), section="pages")


def whole(text: str) -> int | None:
    """A whole number that a form or address sends, of at most nine plain digits; else None."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def said_in(asked: QueryDict, name: str) -> str:
    """What an address says under a name; "" if nothing."""
    return str(asked.get(name) or "")


def numbered(request: HttpRequest, things: Any, per_page: int) -> Page[Any]:
    """The asked-for page of a list; a number out of range gives the nearest."""
    return Paginator(things, per_page).get_page(request.GET.get("page"))


def query(request: HttpRequest, **changes: Any) -> str:
    """The address's query with some parts changed; None takes a part out."""
    return changed(request.GET, **changes)


def changed(asked: QueryDict, **changes: Any) -> str:
    """A query with some parts changed; None takes a part out, a list is said once for each."""
    parts = asked.copy()
    for name, value in changes.items():
        parts.pop(name, None)
        if value is not None:
            parts.setlist(name, value if isinstance(value, list) else [value])
    return "?" + urlencode(list(parts.lists()), doseq=True)
