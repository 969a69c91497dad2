"""Headers that nobody knows: a person says which table a file is and where its columns stand, and is not asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhanggui import jobs
from zhanggui.desk import access, importing, mapping
from zhanggui.desk.models import Import
from zhanggui.intake import HeaderMap, Period
from zhanggui.intake.cells import Sheet
from zhanggui.intake.recognise import find_period, plain
from zhanggui.intake.suggest import Head, Match, Suggestion, rank, suggest, title_of, try_out
from zhanggui.tables import TABLES, Problem, Table
from zhanggui.web.page import page, person_of, whole
from zhanggui.web.words import lang, said

SHOWN_ROWS = 5
SHOWN_CELLS = 3
SHOWN_PROBLEMS = 8
LIKELY = 5  # tables that are offered before the search
MAPPABLE = ("waiting", "refused")

#: What a unit is called in the form → its factor. `dmy` and `mdy` stand in the same choice and are no factors.
FACTORS = {
    "0.01": 0.01,
    "0.001": 0.001,
    "100": 100.0,
    "1000": 1000.0,
    "10000": 10_000.0,
    "1/60": 1 / 60,
    "1/3600": 1 / 3600,
    "60": 60.0,
    "7": 7.0,
    "1/24": 1 / 24,
}
UNITS = (
    ("0.01", "÷100（百分数、分）", "÷ 100 (percent, cents)"),
    ("1000", "×1,000（千）", "× 1,000 (thousands)"),
    ("10000", "×10,000（万）", "× 10,000 (万)"),
    ("1/60", "÷60（分钟→小时）", "÷ 60 (minutes → hours)"),
    ("1/3600", "÷3,600（秒→小时）", "÷ 3,600 (seconds → hours)"),
    ("60", "×60（小时→分钟）", "× 60 (hours → minutes)"),
    ("7", "×7（周→天）", "× 7 (weeks → days)"),
    ("1/24", "÷24（小时→天）", "÷ 24 (hours → days)"),
    ("0.001", "÷1,000", "÷ 1,000"),
    ("100", "×100", "× 100"),
)  # fmt: skip
ORDERS = (("dmy", "日/月/年", "day/month/year"), ("mdy", "月/日/年", "month/day/year"))


@dataclass(frozen=True)
class Line:
    """One column of the file in the form. `to` is the table's column, `unit` a choice of `UNITS` or `ORDERS`, `hint` in words."""

    number: int
    label: str
    samples: list[str]
    to: str
    unit: str
    units: tuple[tuple[str, str, str], ...]
    hint: str
    unsure: bool


def _unit(factor: float) -> str:
    return next((name for name, f in FACTORS.items() if abs(f - factor) < 1e-12), "")


def _hint(match: Match | None) -> tuple[str, bool]:
    """How sure a suggestion is, in words; whether it asks for a look."""
    if match is None:
        return said("没有找到对应的列", "no column found for it"), False
    if match.ask:
        return said("看不出日和月谁在前，请选", "day or month first? Please choose"), True
    if match.offered != 1:
        return said("数值大于 1，如果是百分数请选 ÷100", "values above 1: choose ÷ 100 if they are percent"), True
    if match.why == "values":
        return said("按内容猜的，请看一下", "told by its cells; have a look"), True
    if match.score >= 0.9:
        return said("就是这一列", "this is it"), False
    if match.score >= 0.6:
        return said("很像", "very likely"), False
    return said("可能是，请看一下", "perhaps; have a look"), True


def lines_of(head: Head, suggestion: Suggestion, answer: HeaderMap) -> list[Line]:
    """The file's columns with what is chosen for each, and what speaks for it."""
    chosen = {label: name for name, label in answer.columns.items()}
    found = []
    for i, label in enumerate(head.labels):
        if not label:
            continue
        match, to = suggestion.matches.get(label), chosen.get(label, "")
        hint, unsure = _hint(match) if match is None or match.column == to else ("", False)
        unit = answer.orders.get(to) or _unit(answer.scale.get(to, 1.0))
        samples = [v[:60] for v in head.samples[i].unique(maintain_order=True).head(SHOWN_CELLS)]
        found.append(Line(i, label, samples, to, unit, _units(head.shares.get(i, {}), unit), hint, unsure))
    return found


def _units(shares: Mapping[str, float], unit: str) -> tuple[tuple[str, str, str], ...]:
    """The units that a column of such cells may need; none for text."""
    if shares.get("Day", 0) > 0.5 or unit in ("dmy", "mdy"):
        return ORDERS
    return UNITS if shares.get("Number", 0) > 0.5 or unit else ()


def answer_of(post: QueryDict, head: Head, table: Table) -> tuple[HeaderMap, list[Problem]]:
    """What the form says, and columns that it names twice."""
    columns: dict[str, str] = {}
    scale: dict[str, float] = {}
    orders: dict[str, str] = {}
    twice = []
    for i, label in enumerate(head.labels):
        name, unit = post.get(f"to-{i}", ""), post.get(f"unit-{i}", "")
        if not label or name not in table.columns:
            continue
        if name in columns:
            column = table.columns[name]
            twice.append(Problem("same_column_twice", column=column.zh, nearest=column.en, value=f"{columns[name]}, {label}"))
            continue
        columns[name] = label
        if unit in FACTORS:
            scale[name] = FACTORS[unit]
        elif unit in ("dmy", "mdy"):
            orders[name] = unit
    constants = {n: text for n in table.columns if n not in columns and (text := post.get(f"fixed-{n}", "").strip())}
    return HeaderMap(table.name, columns, scale, constants, orders), twice  # type: ignore[arg-type]


def _period(post: QueryDict) -> Period | None:
    """The period that the form names; None for half a one and for one that ends before it starts."""
    try:
        start, end = date.fromisoformat(post.get("start", "")), date.fromisoformat(post.get("end", ""))
    except ValueError:
        return None
    return (start, end) if start <= end else None


def needs_period(sheet: Sheet, head: Head, table: Table, file: str, answer: HeaderMap) -> bool:
    """Whether nothing in the file says which days its figures are of."""
    return table.time == "period" and "day" not in answer.columns and find_period(sheet, head.row, file) is None


@dataclass(frozen=True)
class Tried:
    """What the answer would read of the first rows, and what stands against it."""

    rows: int
    of: int
    against: list[Problem]
    rejected: list[tuple[Problem, int]]


def tried(sheet: Sheet, head: Head, file: str, answer: HeaderMap, period: Period | None, twice: list[Problem]) -> Tried:
    """Problems of cells are told once for each column and kind, with their number."""
    against = twice + mapping.trouble(head, answer)
    if answer.table in TABLES and period is None and needs_period(sheet, head, TABLES[answer.table], file, answer):
        against.append(Problem("period_not_given"))
    if not answer.columns:
        return Tried(0, 0, against, [])
    trial = try_out(sheet, head, answer)
    told = trial.rejected.group_by("column", "code", maintain_order=True).agg(pl.all().first(), pl.len().alias("times"))
    rejected = [
        (
            Problem(r["code"], "row", line=r["line"], column=r["column"], value=r["value"] or "", limit=str(r["other"])),
            r["times"],
        )
        for r in told.head(SHOWN_PROBLEMS).iter_rows(named=True)
        if r["code"] != "required_missing"
        or not any(p.code == "column_not_mapped" and p.column == r["column"] for p in against)
    ]
    return Tried(trial.rows, trial.of, against, rejected)


def meaning(table: Table) -> str:
    """A table in one line: what a row is known by, and what it tells."""
    shown = dict.fromkeys([*table.recognised_by, *(k for k in table.key if k in table.columns), *table.columns])
    labels = [table.label(n, lang()) for n in list(shown)[:5] if n != "removed"]
    return said("、", ", ").join(labels)


def found_tables(text: str) -> list[tuple[str, list[Table]]]:
    """Reports and registers whose name or columns hold the text."""
    asked = plain(text)
    hits = [
        t
        for t in TABLES.values()
        if any(
            asked in plain(w)
            for w in (t.zh, t.en, t.name, *(c.zh for c in t.columns.values()), *(c.en for c in t.columns.values()))
        )
    ]
    groups = (("report", said("报表", "Reports")), ("register", said("清单", "Registers")))
    return [(title, [t for t in hits if t.kind == kind]) for kind, title in groups]


def _place(request: HttpRequest, item: Import) -> tuple[list[tuple[Sheet, Head, bool]], int]:
    """The file's sheets, and which of them is asked about: the first unknown one unless the address names another."""
    try:
        sheets = mapping.sheets_of(item)
    except FileNotFoundError:
        raise Http404 from None
    if not sheets:
        raise Http404
    asked = whole(request.POST.get("sheet") or request.GET.get("sheet", ""))
    unknown = next((i for i, (_, _, known) in enumerate(sheets) if not known), 0)
    return sheets, asked if asked is not None and asked < len(sheets) else unknown


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """First which table, then which columns; saved, the file is read again and its preview shown."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    item = get_object_or_404(shop.imports.select_related("shop"), pk=pk, state__in=MAPPABLE)
    access.demand(person, "import", shop)
    sheets, at = _place(request, item)
    sheet, head, _ = sheets[at]
    table = TABLES.get(request.POST.get("table") or request.GET.get("table", ""))
    saved = mapping.maps_of(shop).get(head.fingerprint)
    if table is None and saved and "choose" not in request.GET:
        table = TABLES.get(saved.table)
    shown = {"item": item, "at": at, "places": [s.place for s, _, _ in sheets], "sample": _sample(head), "head": head}
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
    answer, twice = saved if saved and saved.table == table.name else suggestion.answer, []
    period = None
    if request.method == "POST":
        answer, twice = answer_of(request.POST, head, table)
        period = _period(request.POST)
    result = tried(sheet, head, item.file, answer, period, twice)
    if request.method == "POST" and request.POST.get("verb") == "save":
        if not result.against:
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
        dateless=needs_period(sheet, head, table, item.file, answer),
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
    person = person_of(request)
    shop = access.shop_for(person, key)
    item = get_object_or_404(shop.imports.select_related("shop"), pk=pk, state__in=MAPPABLE)
    access.demand(person, "import", shop)
    sheets, at = _place(request, item)
    sheet, head, _ = sheets[at]
    table = TABLES.get(request.POST.get("table", ""))
    if table is None:
        raise Http404
    answer, twice = answer_of(request.POST, head, table)
    result = tried(sheet, head, item.file, answer, _period(request.POST), twice)
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
