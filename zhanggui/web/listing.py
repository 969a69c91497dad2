"""The page of a list: one view for all of them, as a page or as Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhanggui.desk import access, seeing, viewing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Membership, Person, SavedView, Shop
from zhanggui.documents.excel import Sheet, workbook
from zhanggui.measures import address_of as figure_address
from zhanggui.web import filters
from zhanggui.web.columns import Column
from zhanggui.web.lists import FRONTS, LISTS, SECTIONS, Listing
from zhanggui.web.lists.loaded import Loaded, loaded
from zhanggui.web.lists.offered import hidden, offered
from zhanggui.web.page import changed, page, person_of, said_in, whole, xlsx
from zhanggui.web.sections import BESIDE
from zhanggui.web.table import SIZES, WINDOWS, Table
from zhanggui.web.today import choices
from zhanggui.web.words import said


@dataclass(frozen=True)
class Built:
    """A list as somebody asks for it. `table` is None where there is no data; `others`: there are, but none are theirs."""

    listing: Listing
    days: int
    table: Table | None
    loaded: Loaded | None
    others: bool = False


def listing_of(name: str) -> Listing:
    if name not in LISTS:
        raise Http404
    return LISTS[name]


def address_of(shop: Shop, listing: Listing) -> str:
    """The first list of a section stands at the section's own address, unless that is a page of its own."""
    if SECTIONS[listing.section][0] is listing and listing.section not in FRONTS:
        return reverse(listing.section, args=[shop.key])
    return reverse("list", args=[shop.key, listing.name])


def tabs_of(shop: Shop, section: str, here: str) -> list[tuple[str, str, bool]]:
    """The pages of a section: title, address, whether it is the one that is seen ("" for the section's own page)."""
    front = [(said(*FRONTS[section]), reverse(section, args=[shop.key]), not here)] if section in FRONTS else []
    lists = [(one.title, address_of(shop, one), one.name == here) for one in SECTIONS[section]]
    return (
        front
        + lists
        + [(said(zh, en), reverse(name, args=[shop.key]), name == here) for name, zh, en in BESIDE.get(section, ())]
    )


def window_of(asked: QueryDict, listing: Listing) -> int:
    days = whole(said_in(asked, "days"))
    return days if days in WINDOWS else listing.days


def build(asked: QueryDict, shop: Shop, member: Membership, listing: Listing, person: Person) -> Built:
    """The list as the member may see it, narrowed and sorted as asked."""
    days = window_of(asked, listing)
    seen = seeing.seen(member, shop, platform_today())
    found = loaded(seen, listing.name, days, listing.own(shop), person.currency)
    if found is None:
        only = access.only_of(member, listing.source) is not None
        return Built(listing, days, None, None, only and seeing.snapshot((*seen[:4], ())).has(listing.table))
    gone = hidden(listing, member.role)
    columns = offered(listing, member.role)
    name = next((c for c in columns if c.name == listing.called), None)
    figures = listing.figures

    def address(row: dict[str, Any] | None, column: str) -> str:
        if figures is None or (row is None and figures.formulas[column].how != "sum"):
            return ""
        return figure_address(figures.name, column, {k: row[k] for k in figures.by} if row else {}, days)

    frame = found.frame.drop([c for c in found.frame.columns if c.partition(":")[0] in gone])
    table = Table(
        asked,
        frame,
        columns,
        listing.shown,
        name or Column(listing.called, listing.called, "text"),
        listing.key,
        [c for c in listing.search if c in frame.columns],
        listing.chips(listing.own(shop)),
        listing.sort,
        address,
        reverse("figure", args=[shop.key]),
        row_url=reverse(listing.opens, args=[shop.key])
        if listing.opens
        else reverse("list_row", args=[shop.key, listing.name]),
        into=person.currency,
        note=listing.note,
        apart=listing.apart,
        only=_of_task(asked, shop, listing),
    )
    return Built(listing, days, table, found)


def _of_task(asked: QueryDict, shop: Shop, listing: Listing) -> Sequence[dict[str, str | None]] | None:
    """The rows of a task about this list."""
    pk = whole(asked.get("task", ""))
    task = shop.tasks.filter(pk=pk).first() if pk is not None else None
    return task.subject["keys"] if task and task.subject.get("list") == listing.name else None


def excel(shop: Shop, built: Built, sheet: Sheet) -> HttpResponse:
    """A workbook of one sheet, named after shop, list and newest day."""
    day = built.loaded.newest if built.loaded else ""
    return xlsx(workbook({built.listing.title: sheet}), f"{shop.key}-{built.listing.name}-{day}")


@require_GET
def listing(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One list: `name` is that of its declaration."""
    shop, one = access.shop_for(person_of(request), key), listing_of(name)
    person = person_of(request)
    if told := _asked_by_a_form(request.GET):
        return redirect(address_of(shop, one) + told)
    opens = Exists(SavedView.openers.through.objects.filter(savedview=OuterRef("pk"), person=person))
    views = list(viewing.views(shop, person, one.name).annotate(opens=opens))
    first = next((v for v in views if v.opens), None)
    if first and not request.GET:
        return redirect(f"{address_of(shop, one)}?{view_query(first)}")
    built = build(request.GET, shop, seeing.membership(person, shop), one, person)
    table = built.table
    if table and request.GET.get("format") == "xlsx" and not table.troubles:
        return excel(shop, built, table.sheet())
    current = next((v for v in views if str(v.pk) == request.GET.get("view")), None)
    return page(
        request,
        "listing.jinja",
        shop,
        status=400 if table and table.troubles and "format" in request.GET else 200,
        section=one.section,
        one=one,
        tabs=tabs_of(shop, one.section, one.name),
        drawn=one.chart(table.seen) if one.chart and table and table.seen.height else None,
        built=built,
        table=table,
        windows=WINDOWS,
        sizes=SIZES,
        asks=filters.ASKS,
        views=[(v, f"{address_of(shop, one)}?{view_query(v)}") for v in views],
        current=current,
        differs=bool(current and table and current.query != table.spoken),
        **choices(shop),
        address=address_of(shop, one),
        mine=person.pk,
    )


def view_query(view: SavedView) -> str:
    """What opens a saved view."""
    return f"{view.query}&{urlencode({'view': view.pk})}" if view.query else urlencode({"view": view.pk})


def _asked_by_a_form(asked: QueryDict) -> str:
    """The address that the form of filters or the form of columns means; "" where neither was sent."""
    gone = dict.fromkeys(("column", "ask", "value", "col", "choose", "page"))
    if "choose" in asked:
        return changed(asked, **gone | {"cols": ",".join(asked.getlist("col")) or None, "panel": None})
    if asked.get("column") and asked.get("ask") in filters.ASKS:
        name = f"{asked['ask']}.{asked['column']}"
        values = filters.parts(said_in(asked, "value"), said_in(asked, "ask")) if asked["ask"] != "missing" else ["1"]
        return changed(asked, **gone | {name: values or [""]})
    return ""
