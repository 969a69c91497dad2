"""What is done with rows that somebody has ticked: Excel of them, or a task for a member."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhanggui.desk import access, deciding, seeing
from zhanggui.desk.models import Shop
from zhanggui.web import words
from zhanggui.web.listing import address_of, build, excel, listing_of
from zhanggui.web.page import changed, person_of
from zhanggui.web.table import Table
from zhanggui.web.today import CANNOT, colleague, day_of
from zhanggui.web.words import said

ACTIONS = ("excel", "task")


@require_POST
def do(request: HttpRequest, key: str, name: str, verb: str) -> HttpResponse:
    """One action on the ticked rows, or on all that the list shows (`all`), of the list as `query` says it."""
    person = person_of(request)
    shop, one = access.shop_for(person, key), listing_of(name)
    if verb not in ACTIONS:
        raise Http404
    if verb == "task":
        access.demand(person, "assign", shop)
    asked = QueryDict(request.POST.get("query", "")[:4000])
    back = address_of(shop, one) + changed(asked, format=None)
    built = build(asked, shop, seeing.membership(person, shop), one, person)
    table = built.table
    if table is None:
        return redirect(back)
    if table.troubles:
        messages.error(request, table.troubles[0].says)
        return redirect(back)
    rows = table.seen if request.POST.get("all") else table.these([table.parse(t) for t in request.POST.getlist("row")])
    if rows.is_empty():
        messages.error(request, said("还没有选中任何一行。", "No row is ticked yet."))
        return redirect(back)
    if verb == "excel":
        return excel(shop, built, table.sheet(rows))
    try:
        messages.success(request, _task(request, shop, name, table, rows))
    except deciding.CannotDecide as error:
        messages.error(request, said(*CANNOT[str(error)]))
    return redirect(back)


def _task(request: HttpRequest, shop: Shop, name: str, table: Table, rows: pl.DataFrame) -> str:
    called = [words.figure(value, table.name.kind) for value in rows[table.name.name]]
    keys: list[dict[str, Any]] = table.tokens(rows)
    task = deciding.hand_out(
        shop,
        name,
        list(zip(called, keys, strict=True)),
        colleague(shop, request.POST.get("assignee", "")),
        due=day_of(request.POST.get("due", "")),
        note=request.POST.get("note", ""),
        person=person_of(request),
    )
    who = task.assignee.get_username() if task.assignee else "—"
    return said(
        f"已把 {rows.height:,} 项交给 {who}，{words.day(task.due)} 之前完成；在「今日」里看。",
        f"{rows.height:,} items given to {who}, due {words.day(task.due)}; see Today.",
    )
