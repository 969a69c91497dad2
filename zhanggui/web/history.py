"""The history of a shop: every decision with who, when, before and after; searched, taken out as Excel, taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from zhanggui.desk import access, undoing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Change, Shop
from zhanggui.documents.excel import Sheet, workbook
from zhanggui.web import change_words, words
from zhanggui.web.page import numbered, person_of, xlsx
from zhanggui.web.settings import settings_page
from zhanggui.web.words import said

PER_PAGE = 50
OPERATOR = "*"  # stands for the operator in the address; no username can be this


def _changes(shop: Shop) -> QuerySet[Change]:
    """Of the shop, and of its company as a whole."""
    return Change.objects.filter(Q(shop=shop) | Q(shop=None), company=shop.company_id)


def _wanted(request: HttpRequest, shop: Shop) -> tuple[QuerySet[Change], dict[str, str]]:
    """The changes that the address asks for, and what it asks for."""
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "who", "verb", "from", "to")}
    found = _changes(shop)
    if asked["who"]:
        found = found.filter(name="" if asked["who"] == OPERATOR else asked["who"])
    if asked["verb"]:
        found = found.filter(verb=asked["verb"])
    for name, lookup in (("from", "at__date__gte"), ("to", "at__date__lte")):
        try:
            found = found.filter(**{lookup: date.fromisoformat(asked[name])})
        except ValueError:
            asked[name] = ""
    if asked["q"]:
        verbs, heads = change_words.meant(asked["q"])
        test = Q(subject__icontains=asked["q"]) | Q(name__icontains=asked["q"]) | Q(verb__in=verbs)
        for head in heads:
            test |= Q(subject=head) | Q(subject__startswith=f"{head} ") | Q(subject__startswith=f"{head}.")
        found = found.filter(test)
    return found, asked


@require_GET
def history(request: HttpRequest, key: str) -> HttpResponse:
    """The list, newest first, or as Excel."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "see_history", shop)
    found, asked = _wanted(request, shop)
    if request.GET.get("format") == "xlsx":
        return _excel(shop, list(found))
    seen = numbered(request, found, PER_PAGE)
    changes = list(seen.object_list)
    names, verbs = (sorted(set(_changes(shop).order_by().values_list(n, flat=True).distinct())) for n in ("name", "verb"))
    told: dict[str, Any] = {
        "seen": seen,
        "told": change_words.tell(shop, changes),
        "undoable": undoing.undoable(shop, changes),
        "asked": asked,
        "people": [(name or OPERATOR, change_words.who(name)) for name in names],
        "verbs": [(name, change_words.verb(name)) for name in verbs],
    }
    return settings_page(request, "history.jinja", shop, "history", **told)


def _excel(shop: Shop, changes: list[Change]) -> HttpResponse:
    headers = [
        said("时间", "When"),
        said("谁", "Who"),
        said("做了什么", "What"),
        said("对象", "About"),
        said("代号", "Code"),
        said("原来", "Before"),
        said("改为", "After"),
    ]
    rows = [
        [
            words.moment(one.change.at),
            one.who,
            one.did,
            f"{one.subject} {one.note}".strip(),
            one.change.subject,
            said("；", "; ").join(f"{line.label} {line.before}" for line in one.lines if line.before),
            said("；", "; ").join(f"{line.label} {line.after}" for line in one.lines if line.after),
        ]
        for one in change_words.tell(shop, changes, sentences=False)
    ]
    data = workbook({said("修改记录", "History"): Sheet(headers, rows, ["text"] * len(headers))})
    return xlsx(data, f"{shop.key}-history-{platform_today()}")


@require_POST
def undo(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take one decision back by its opposite."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "see_history", shop)
    change = get_object_or_404(_changes(shop).select_related("shop"), pk=pk)
    try:
        undoing.undo(change, person=person)
    except undoing.CannotUndo:
        told = ("这一条已经不能撤销：之后又有新的决定。", "This can no longer be undone: something else was decided since.")
        messages.error(request, said(*told))
    else:
        messages.success(
            request, said(f"已撤销：{change_words.verb(change.verb)}。", f"Undone: {change_words.verb(change.verb)}.")
        )
    return redirect("history", key)
