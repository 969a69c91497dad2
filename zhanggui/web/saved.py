"""Saved views: keep a list as it is, open with it, throw it away."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhanggui.desk import access, viewing
from zhanggui.web import filters
from zhanggui.web.listing import address_of, listing_of, view_query
from zhanggui.web.lists import LISTS
from zhanggui.web.page import changed, person_of
from zhanggui.web.table import SAID
from zhanggui.web.words import said

CANNOT = {
    "name": ("请给视图起个名字。", "Give the view a name."),
    "long": ("条件太多，存不下；去掉几个再存。", "There are too many conditions to keep; take some away."),
}
VERBS = ("delete", "open_with", "close")


@require_POST
def save(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Keep the list as the form's `query` says it, under a name, for oneself or for everybody in the shop."""
    person = person_of(request)
    shop, one = access.shop_for(person, key), listing_of(name)
    asked = QueryDict(request.POST.get("query", "")[:4000])
    kept = {n: asked.getlist(n) for n in sorted(asked) if n in SAID or n.partition(".")[0] in filters.ASKS}
    query = changed(QueryDict(), **kept)[1:]
    try:
        view = viewing.save(
            shop, one.name, request.POST.get("name", ""), query, shared=bool(request.POST.get("shared")), person=person
        )
    except viewing.CannotSave as error:
        messages.error(request, said(*CANNOT[str(error)]))
        return redirect(address_of(shop, one) + changed(asked))
    messages.success(request, said(f"已存为「{view.name}」。", f"Saved as “{view.name}”."))
    return redirect(f"{address_of(shop, one)}?{view_query(view)}")


@require_POST
def verb(request: HttpRequest, key: str, pk: int, verb: str) -> HttpResponse:
    """Delete a view, let its list open with it, or not any more."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    view = shop.views.filter(Q(person=person) | Q(shared=True), pk=pk).select_related("shop").first()
    if view is None or verb not in VERBS or view.section not in LISTS:
        raise Http404
    address = address_of(shop, LISTS[view.section])
    if verb == "delete":
        viewing.delete(view, person=person)
        messages.success(request, said(f"已删除视图「{view.name}」。", f"The view “{view.name}” is gone."))
        return redirect(f"{address}?view=none")
    viewing.open_with(view, verb == "open_with", person=person)
    return redirect(f"{address}?{view_query(view)}")
