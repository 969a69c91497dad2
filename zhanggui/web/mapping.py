"""Headers that nobody knows: a person says which table a file is and where its columns stand, and is not asked again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhanggui import jobs
from zhanggui.desk import access, importing, mapping
from zhanggui.desk.models import Import, Shop
from zhanggui.intake.recognise import plain
from zhanggui.intake.sheets import Sheet
from zhanggui.intake.suggest import Head, rank, suggest, title_of
from zhanggui.tables import TABLES, Problem, Table
from zhanggui.web.headers import answer_of, dateless, lines_of, period_of, tried
from zhanggui.web.page import page, person_of, whole
from zhanggui.web.words import lang, said

SHOWN_ROWS = 5
LIKELY = 5  # tables that are offered before the search
MAPPABLE = ("waiting", "refused")


def meaning(table: Table) -> str:
    """A table in one line: what a row is known by, and what it tells."""
    shown = dict.fromkeys([*table.recognised_by, *(k for k in table.key if k in table.columns), *table.columns])
    labels = [table.label(n, lang()) for n in list(shown)[:5] if n != "removed"]
    return said("、", ", ").join(labels)


def found_tables(text: str) -> list[tuple[str, list[Table]]]:
    """Reports and registers whose name or columns hold the text."""
    asked = plain(text)

    def words(table: Table) -> list[str]:
        return [table.zh, table.en, table.name, *(w for c in table.columns.values() for w in (c.zh, c.en))]

    hits = [t for t in TABLES.values() if any(asked in plain(w) for w in words(t))]
    groups = (("report", said("报表", "Reports")), ("register", said("名单", "Registers")))
    return [(title, [t for t in hits if t.kind == kind]) for kind, title in groups]


def _asked(request: HttpRequest, key: str, pk: int) -> tuple[Shop, Import, list[tuple[Sheet, Head, bool]], int]:
    """The import, its sheets, and which of them is asked about: the first unknown one unless the person names another."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    item = get_object_or_404(shop.imports.select_related("shop"), pk=pk, state__in=MAPPABLE)
    access.demand(person, "import", shop)
    try:
        sheets = mapping.sheets_of(item)
    except FileNotFoundError:
        raise Http404 from None
    if not sheets:
        raise Http404
    named = whole(request.POST.get("sheet") or request.GET.get("sheet", ""))
    unknown = next((i for i, (_, _, known) in enumerate(sheets) if not known), 0)
    return shop, item, sheets, named if named is not None and named < len(sheets) else unknown


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """First which table, then which columns; saved, the file is read again and its preview shown."""
    shop, item, sheets, at = _asked(request, key, pk)
    sheet, head, _ = sheets[at]
    table = TABLES.get(request.POST.get("table") or request.GET.get("table", ""))
    saved = mapping.maps_of(shop).get(head.fingerprint)
    if table is None and saved and "choose" not in request.GET:
        table = TABLES.get(saved.table)
    shown: dict[str, Any] = {
        "item": item,
        "at": at,
        "places": [s.place for s, _, _ in sheets],
        "sample": _sample(head),
        "head": head,
    }
    if table is None:
        text = request.GET.get("q", "").strip()
        likely = rank(head, title=title_of(sheet, head, item.file))[:LIKELY]
        groups = found_tables(text)
        return page(
            request,
            "mapping.jinja",
            shop,
            section="imports",
            table=None,
            likely=likely,
            groups=groups,
            text=text,
            tables=TABLES,
            meaning=meaning,
            **shown,
        )
    suggestion = suggest(head, table)
    answer, period = saved if saved and saved.table == table.name else suggestion.answer, None
    twice: list[Problem] = []
    if request.method == "POST":
        answer, twice = answer_of(request.POST, head, table)
        period = period_of(request.POST)
    result = tried(sheet, head, item.file, answer, period, twice)
    if request.method == "POST" and request.POST.get("verb") == "save":
        if not result.against:
            person = person_of(request)
            mapping.save(shop, head, answer, person=person)
            if importing.look_again(item, person=person, period=period, later=True).state == "reading":
                jobs.later(jobs.read_import, item.pk)
            told = said(
                "记住了。表头相同的文件以后会直接认出。", "Kept. Files with the same headers will be recognised from now on."
            )
            messages.success(request, told)
            return redirect("preview", key, pk)
        messages.error(request, said("还不能保存，原因见下面。", "This cannot be kept yet; see why below."))
    fixed = {n: answer.constants.get(n, "") for n in table.columns if n != "removed"}
    first = [n for n in fixed if n not in answer.columns and (n in table.required or fixed[n])]
    return page(
        request,
        "mapping.jinja",
        shop,
        section="imports",
        table=table,
        lines=lines_of(head, suggestion, answer),
        columns={n: c for n, c in table.columns.items() if n != "removed"},
        fixed=fixed,
        first=first,
        dateless=dateless(sheet, head, table, item.file),
        period=[request.POST.get("start", ""), request.POST.get("end", "")],
        result=result,
        **shown,
    )


def _sample(head: Head) -> list[list[str]]:
    """The first rows below the header, under the columns that have one."""
    named = [f"c{i}" for i, label in enumerate(head.labels) if label and f"c{i}" in head.cells.columns]
    return [[(v or "")[:60] for v in row] for row in head.cells.select(named).head(SHOWN_ROWS).iter_rows()]


@require_POST
def try_form(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """How many rows the form's answer would read, as part of the page."""
    _, item, sheets, at = _asked(request, key, pk)
    sheet, head, _ = sheets[at]
    table = TABLES.get(request.POST.get("table", ""))
    if table is None:
        raise Http404
    answer, twice = answer_of(request.POST, head, table)
    result = tried(sheet, head, item.file, answer, period_of(request.POST), twice)
    return render(request, "parts/tried.jinja", {"result": result})


@require_POST
def forget(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a saved mapping away."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    try:
        mapping.forget(shop, pk, person=person)
    except LookupError:
        raise Http404 from None
    messages.success(
        request, said("忘记了。这种表头的文件下次会再问。", "Forgotten. A file with these headers will ask again.")
    )
    return redirect("imports", key)
