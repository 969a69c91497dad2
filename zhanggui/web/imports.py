"""Files: bring, look, accept, throw away, take back."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhanggui import jobs
from zhanggui.desk import access, checking, importing, mapping
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Import, Membership, Person, Shop
from zhanggui.documents.excel import csv_text
from zhanggui.intake import Period, answers, read
from zhanggui.intake.sheets import MAX_FILE_BYTES
from zhanggui.tables import TABLES, Problem
from zhanggui.web import freshness, words
from zhanggui.web.page import member_of, numbered, page, person_of
from zhanggui.web.words import said

log = logging.getLogger(__name__)

PER_PAGE = 20
SHOWN_PROBLEMS = 50
UNKNOWN = ("not_recognised", "nothing_known", "ambiguous")  # a person can say what such a file is
MOST_PROBLEMS = 100_000  # of a sheet, in the download
NO_PERIOD = (
    "统计周期要有开始和结束，而且结束不早于开始。",
    "A period needs a start and an end, and may not end before it starts.",
)
#: State of an import → the step that its page stands at (recognised, columns, problems, result); the others have a result.
STEPS = {"reading": 1, "cancelled": 1, "waiting": 3, "refused": 3}


class BadPeriod(ValueError):
    """Half a period, or one that ends before it starts."""


def _period(request: HttpRequest) -> Period | None:
    start, end = request.POST.get("start", ""), request.POST.get("end", "")
    if not start and not end:
        return None
    try:
        period = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        raise BadPeriod from None
    if period[0] > period[1]:
        raise BadPeriod
    return period


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest, key: str) -> HttpResponse:
    """How fresh each report is, and the shop's imports, newest first; files brought here wait for a yes."""
    shop = access.shop_for(person_of(request), key)
    if request.method == "POST":
        return _bring(request, shop)
    found = shop.imports.select_related("person")
    return page(
        request,
        "imports.jinja",
        shop,
        section="imports",
        items=numbered(request, found, PER_PAGE),
        waiting=found.filter(state="waiting").count(),
        fresh=freshness.by_need(freshness.freshness(shop, platform_today())),
        wanted=freshness.reports_wanted(list(TABLES.values())),
        limit=MAX_FILE_BYTES,
        unknown=UNKNOWN,
        mappings=mapping.mappings(shop),
        tables=TABLES,
    )


def _bring(request: HttpRequest, shop: Shop) -> HttpResponse:
    person = person_of(request)
    access.demand(person, "import", shop)
    files = [f for f in request.FILES.getlist("files") if isinstance(f, UploadedFile)]
    try:
        period = _period(request)
    except BadPeriod:
        messages.error(request, said(*NO_PERIOD))
        return redirect("imports", shop.key)
    if not files:
        messages.error(request, said("请先选择文件。", "Choose a file first."))
    brought = []
    for file in files:
        if (file.size or 0) > MAX_FILE_BYTES:
            problem = Problem("too_large", value=words.size(file.size or 0), limit=words.size(MAX_FILE_BYTES))
            messages.error(request, f"{file.name}: {problem.says(words.lang())}")
            continue
        item = importing.bring(shop, file.chunks(), file.name or "file", person=person, period=period, later=True)
        if item.state == "reading":
            jobs.later(jobs.read_import, item.pk)
        brought.append(item)
    return redirect("preview", shop.key, brought[0].pk) if len(brought) == 1 else redirect("imports", shop.key)


@require_GET
def preview(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What a file is, and what taking it in would do or did."""
    membership, shop = member_of(request, key)
    item = get_object_or_404(shop.imports.select_related("person"), pk=pk)
    problems = _as_shown(membership, item, [Problem(**p) for p in item.preview["problems"]])
    unknown = any(p.code in UNKNOWN for p in problems)
    died = any(p.code == "reading_died" for p in problems)
    if request.headers.get("HX-Request") and item.state not in ("reading", "working"):
        return HttpResponse(headers={"HX-Refresh": "true"})  # the long work that the page asked about has ended
    return page(
        request,
        "preview.jinja",
        shop,
        section="imports",
        item=item,
        parts=item.preview["parts"],
        problems=problems[:SHOWN_PROBLEMS],
        problem_count=item.preview["problem_count"],
        notes_only=all(p.level == "note" for p in problems),
        rejected=sum(p["rejected"] for p in item.preview["parts"]),
        period_missing=any(p.code == "period_unknown" for p in problems),
        unknown=unknown,
        died=died,
        mapped=bool(item.options.get("maps")),
        step=1 if (unknown or died) and item.state == "refused" else STEPS.get(item.state, 4),
    )


def _as_shown(membership: Membership, item: Import, problems: Iterable[Problem]) -> list[Problem]:
    """The problems without the values of cells that the member is not shown."""
    hidden: set[str] = set()
    rows = False
    for part in item.preview["parts"]:
        table = TABLES[part["table"]]
        sight = access.sight(membership, table)
        hidden |= {part["columns"].get(n, table.columns[n].zh) for n in sight.hidden}
        rows = rows or sight.only is not None
    return [replace(p, value="—") if p.value and (rows or p.column in hidden) else p for p in problems]


def _name_period(request: HttpRequest, item: Import) -> HttpResponse:
    """The person says which period a file covers; it is read again."""
    try:
        period = _period(request)
    except BadPeriod:
        period = None
    if period is None:
        messages.error(request, said(*NO_PERIOD))
        return redirect("preview", item.shop.key, item.pk)
    return _read_again(request, item, period)


def _read_again(request: HttpRequest, item: Import, period: Period | None = None) -> HttpResponse:
    try:
        if importing.look_again(item, person=person_of(request), period=period, later=True).state == "reading":
            jobs.later(jobs.read_import, item.pk)
    except FileNotFoundError:
        messages.error(
            request,
            said("这个文件已不在了，请丢弃后重新上传。", "The file is not here any more: throw it away and bring it again."),
        )
    return redirect("preview", item.shop.key, item.pk)


@require_POST
def decide(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Accept a waiting file, wholly or at all, or throw it away."""
    shop = access.shop_for(person_of(request), key)
    item = get_object_or_404(shop.imports.select_related("shop"), pk=pk)
    person = person_of(request)
    if request.POST.get("verb") == "drop":
        importing.drop(item, person=person)
        messages.success(request, said("已丢弃，没有导入任何数据。", "Thrown away; nothing was imported."))
        return redirect("imports", key)
    if request.POST.get("verb") == "stop":
        importing.stop(item, person=person)
        return redirect("preview", key, pk)
    if request.POST.get("verb") == "period":
        return _name_period(request, item)
    if request.POST.get("verb") == "again":
        return _read_again(request, item)
    try:
        importing.accept(item, person=person, whole_only=request.POST.get("verb") == "whole", later=True)
    except importing.CannotImport as error:
        n = len(error.problems)
        told = said(
            f"没有导入：有 {n} 处问题。请改正后重新上传，或选择「导入」只留下没问题的行。",
            f"Nothing was imported: {n} problems stand against it. Correct the file, or import the good rows only.",
        )
        messages.error(request, told)
        return redirect("preview", key, pk)
    if item.state == "working":
        jobs.later(jobs.take_import, item.pk, person.get_username())
    else:
        check_up(request, shop, person)
    return redirect("preview", key, pk)


@require_POST
def accept_all(request: HttpRequest, key: str) -> HttpResponse:
    """Accept every waiting file, oldest first."""
    shop = access.shop_for(person_of(request), key)
    person = person_of(request)
    access.demand(person, "import", shop)
    waiting = list(shop.imports.filter(state="waiting").select_related("shop").order_by("id"))
    for item in waiting:
        if importing.accept(item, person=person, later=True).state == "working":
            jobs.later(jobs.take_import, item.pk, person.get_username())
    messages.success(request, said(f"已导入 {len(waiting)} 个文件。", f"{len(waiting)} files imported."))
    check_up(request, shop, person)
    return redirect("imports", key)


def check_up(request: HttpRequest, shop: Shop, person: Person) -> None:
    """A check-up after facts have changed. Should it fail, the facts are in all the same, and the page says so."""
    try:
        checking.check(shop, person=person)
    except Exception:
        log.exception("check-up of shop %s failed", shop.key)
        told = said(
            "数据已更新，但体检没有完成。请稍后在「今日」重新体检。",
            "The data are in, but the check-up failed. Check again on Today.",
        )
        messages.error(request, told)


def _reading(shop: Shop, item: Import) -> list[Problem]:
    """The problems of a file, read again as when it was brought."""
    try:
        if item.state in ("waiting", "refused"):
            reading = importing.read_waiting(item)
        else:
            reading = read(facts_of(shop).raw_file(item.sha256), item.file, **answers(item.options))
    except FileNotFoundError:
        raise Http404 from None
    return [*reading.problems, *(p for part in reading.parts for p in part.problems(item.file, MOST_PROBLEMS))]


@require_GET
def problems(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Every problem of a file, to be worked through in Excel."""
    membership, shop = member_of(request, key)
    item = get_object_or_404(shop.imports, pk=pk)
    headers = [
        said("文件", "File"),
        said("工作表", "Sheet"),
        said("行", "Line"),
        said("列", "Column"),
        said("值", "Value"),
        said("问题与处理", "Problem and what to do"),
    ]
    rows: list[list[Any]] = [
        [p.file or item.file, p.sheet, p.line or "", p.column, p.value, p.says(words.lang())]
        for p in _as_shown(membership, item, _reading(shop, item))
    ]
    response = HttpResponse(csv_text(headers, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="problems-{item.pk}.csv"'
    return response
