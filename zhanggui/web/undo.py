"""Taking an accepted import back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhanggui.desk import access, importing
from zhanggui.desk.home import facts_of
from zhanggui.facts import Undone
from zhanggui.web import words
from zhanggui.web.imports import check_up
from zhanggui.web.page import page, person_of


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Ask, then take back; afterwards say what went and what an older import says again."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "undo_import", shop)
    record = facts_of(shop).manifest().record(number)
    if record is None or not record.live:
        raise Http404
    if request.method == "GET":
        item = shop.imports.filter(number=number, state="accepted").first()
        return page(request, "undo.jinja", shop, section="imports", record=record, item=item)
    try:
        undone = importing.undo(shop, number, person=person)
    except LookupError:
        raise Http404 from None
    check_up(request, shop, person)
    messages.success(request, told(undone, record.file))
    return redirect("imports", key)


def told(undone: Undone, file: str) -> str:
    """What went and what came back, table by table."""
    parts = []
    for table, gone in undone.removed.items():
        again = undone.restored[table]
        zh = f"「{words.table_title(table)}」去掉 {gone:,} 行" + (f"，{again:,} 行恢复为更早导入的值" if again else "")
        en = f"“{words.table_title(table)}”: {gone:,} rows went" + (
            f", {again:,} say again what an older import said" if again else ""
        )
        parts.append(words.said(zh, en))
    return words.said(f"已撤销 {file}：{'；'.join(parts)}。", f"Undone {file} - {'; '.join(parts)}.")
