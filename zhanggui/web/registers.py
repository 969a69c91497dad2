"""Registers: the lists that people keep. One grid for all of them, made from the declaration of the table."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhanggui.desk import access, importing, registering
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import Listing, Outcome, columns, listing, within
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Shop
from zhanggui.documents.template import template
from zhanggui.facts import ImportRecord, Stale
from zhanggui.intake.sheets import MAX_FILE_BYTES
from zhanggui.tables import TABLES, Problem, Table
from zhanggui.web import grid, words
from zhanggui.web.grid import Grid, Line
from zhanggui.web.page import page, person_of, xlsx
from zhanggui.web.undo import told
from zhanggui.web.words import said

HISTORY_ROWS = 200
#: The part of the catalogue of requirements that a register serves first → its heading, in the order of the page.
AREAS = {
    "GOAL": ("目标与资金", "Goals and money"),
    "PRIC": ("价格", "Prices"),
    "PROD": ("产品", "Products"),
    "KEYW": ("关键词", "Keywords"),
    "P4P": ("直通车", "Paid search"),
    "CONT": ("内容与推广", "Content"),
    "MAIL": ("活动与优惠", "Campaigns"),
    "BUYR": ("客户", "Buyers"),
    "INQ": ("询盘", "Inquiries"),
    "ORDR": ("订单与物流", "Orders and freight"),
    "STOK": ("库存", "Stock"),
    "SUPP": ("供应商与质量", "Suppliers and quality"),
    "RIVL": ("同行", "Rivals"),
    "MRKT": ("市场", "Market"),
    "TEAM": ("团队", "Team"),
    "COMP": ("合规与风险", "Compliance and risk"),
    "DATA": ("系统对照", "Other systems"),
    "": ("其他", "Others"),
}


@dataclass(frozen=True)
class Entry:
    """A register on the list of registers."""

    table: Table
    rows: int
    last: ImportRecord | None

    @property
    def when(self) -> datetime | None:
        return datetime.fromisoformat(self.last.at) if self.last else None


def table_of(name: str) -> Table:
    table = TABLES.get(name)
    if table is None or table.kind != "register":
        raise Http404
    return table


def _docstring(table: Table) -> str:
    return importlib.import_module(f"zhanggui.tables.registers.{table.name}").__doc__ or ""


def area(table: Table) -> str:
    named = re.findall(r"\b([A-Z][A-Z0-9]+)-[0-9]+\b", _docstring(table))
    return next((a for a in named if a in AREAS), "")


def purpose(table: Table) -> str:
    """What the list is for, in the reader's language."""
    if words.lang() == "en":
        return re.sub(r"(?s)^[^:]*: (.*?\.)(?:\s.*)?$", lambda m: m[1][0].upper() + m[1][1:], _docstring(table).strip())
    keys = " + ".join(table.label(k, "zh") for k in table.key)
    held = "、".join(c.zh for n, c in columns(table).items() if n not in table.key)
    return f"每个 {keys} 一行，记：{held}。"


@require_GET
def registers(request: HttpRequest, key: str) -> HttpResponse:
    """All registers, by what they are about; a word narrows them."""
    shop = access.shop_for(person_of(request), key)
    text = request.GET.get("q", "").strip()[:200].lower()
    every = [t for t in TABLES.values() if t.kind == "register"]
    snapshot = facts_of(shop).snapshot(platform_today())
    filled = [t for t in every if t.name in snapshot.frames]
    sights = {t.name: access.sight_of(person_of(request), shop, t) for t in filled}
    counts = pl.collect_all([within(snapshot.scan(t.name), t, sights[t.name]).select(pl.len()) for t in filled])
    rows = {t.name: frame.item() for t, frame in zip(filled, counts, strict=True)}
    last = {p["table"]: r for r in snapshot.imports if r.live for p in r.parts}
    found = [t for t in every if text in " ".join((t.zh, t.en, purpose(t), *(c.zh for c in t.columns.values()))).lower()]
    groups: dict[str, list[Entry]] = {a: [] for a in AREAS}
    for table in found:
        groups[area(table)].append(Entry(table, rows.get(table.name, 0), last.get(table.name)))
    shown = [(said(*AREAS[a]), sorted(entries, key=lambda e: not e.rows)) for a, entries in groups.items() if entries]
    return page(request, "registers.jinja", shop, section="registers", groups=shown, text=text, purpose=purpose, who=grid.who)


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """The grid of a register; its Excel file; a save, or a file brought."""
    shop, table = access.shop_for(person_of(request), key), table_of(name)
    if request.method == "POST":
        return _bring(request, shop, table) if request.POST.get("verb") == "bring" else _save(request, shop, table)
    if request.GET.get("format") == "xlsx":
        return _excel(request, shop, table, bool(request.GET.get("rows")))
    shown = Grid(request, _listing(request, shop, table))
    return _page(request, shop, shown, shown.lines())


def _listing(request: HttpRequest, shop: Shop, table: Table) -> Listing:
    return listing(shop, table, access.sight_of(person_of(request), shop, table))


def _page(request: HttpRequest, shop: Shop, shown: Grid, lines: list[Line]) -> HttpResponse:
    table, person = shown.table, person_of(request)
    told: dict[str, Any] = {"grid": shown, "table": table, "lines": lines, "purpose": purpose(table), "limit": MAX_FILE_BYTES}
    told["seen"] = [[line.line, line.seen] for line in lines if line.seen is not None]
    told["own"], told["since"] = registering.own_save(shop, table, person)
    told |= {"kind_of": grid.kind_of, "figures": grid.figures, "hint": grid.hint}
    return page(request, "register.jinja", shop, section="registers", **told)


def _save(request: HttpRequest, shop: Shop, table: Table) -> HttpResponse:
    rows, whole_only = grid.rows_of(request, table), request.POST.get("whole") == "Y"
    try:
        outcome = registering.save(shop, table, rows, person=person_of(request), whole_only=whole_only)
    except Stale:
        outcome = Outcome()
        messages.error(
            request, said("别人正在连续保存，请再按一次保存。", "Others keep saving right now; press Save once more.")
        )
    if outcome.written:
        messages.success(request, said(f"已保存 {outcome.written} 行。", f"{outcome.written} rows saved."))
    if outcome.clean and all(row.line in outcome.done for row in rows):
        if not outcome.written:
            messages.info(request, said("没有改动，没有保存。", "Nothing was changed, nothing saved."))
        return redirect(request.get_full_path())
    if left := {one.line for one in outcome.said}:
        zh, en = f"{len(left)} 行有问题，没有保存", f"{len(left)} rows have trouble and were not saved"
        if whole_only:
            zh, en = f"{len(left)} 行有问题，所以什么都没有保存", f"{len(left)} rows have trouble, so nothing was saved"
        zh, en = f"{zh}；原因写在格子下面。", f"{en}; the reason stands under the cell."
        messages.error(request, said(zh, en))
    for trouble in outcome.problems:
        if not trouble.line:
            messages.error(request, trouble.problem.says(words.lang()))
    shown = Grid(request, _listing(request, shop, table))
    return _page(request, shop, shown, shown.typed(rows, outcome))


def _bring(request: HttpRequest, shop: Shop, table: Table) -> HttpResponse:
    person = person_of(request)
    access.demand(person, "import", shop)
    if not access.sight_of(person, shop, table).whole:
        raise access.Forbidden("import")  # the columns that the person's file lacks would be cleared
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        messages.error(request, said("请先选择文件。", "Choose a file first."))
        return redirect(request.get_full_path())
    if (file.size or 0) > MAX_FILE_BYTES:
        problem = Problem("too_large", value=words.size(file.size or 0), limit=words.size(MAX_FILE_BYTES))
        messages.error(request, problem.says(words.lang()))
        return redirect(request.get_full_path())
    item = importing.bring(shop, file.read(), file.name or "file", person=person, table=table.name)
    return redirect("preview", shop.key, item.pk)


def _excel(request: HttpRequest, shop: Shop, table: Table, with_rows: bool) -> HttpResponse:
    shown = _listing(request, shop, table)
    rows = shown.frame.sort(table.key).iter_rows(named=True) if with_rows else ()
    return xlsx(template(table, rows, shown.sight.hidden), table.name, f"名单-{table.zh}")


@require_POST
def try_out(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """What saving would say now, cell by cell; nothing is written."""
    shop, table = access.shop_for(person_of(request), key), table_of(name)
    outcome = registering.look(shop, table, grid.rows_of(request, table), person=person_of(request))
    notes = {f"{n}.{c}": said for n, cells in grid.told(table, outcome).items() for c, said in cells.items()}
    reads = {f"{n}.{c}": text for n, cells in outcome.reads.items() for c, text in cells.items()}
    return JsonResponse({"notes": notes, "reads": reads})


@require_GET
def history(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Who changed a row (one cell of it), when, from what to what; without a row, the imports of the register."""
    shop, table = access.shop_for(person_of(request), key), table_of(name)
    row, column = tuple(request.GET.getlist("key")), request.GET.get("column", "")
    told: dict[str, Any] = {"table": table, "row": row, "column": column if column in columns(table) else ""}
    told["called"] = [grid.reading(table.columns[k], cell) for k, cell in zip(table.key, row, strict=False)]
    if row:
        told["changes"] = registering.history(shop, table, row, told["column"], person=person_of(request))[:HISTORY_ROWS]
    else:
        told["imports"] = registering.last_saves(shop, table)[:HISTORY_ROWS]
    told |= {"moment_of": datetime.fromisoformat, "who": grid.who, "reading": grid.reading}
    return page(request, "register_history.jinja", shop, section="registers", **told)


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Ask, then take the person's last save back; say who has saved since."""
    person = person_of(request)
    shop, table = access.shop_for(person, key), table_of(name)
    access.demand(person, "edit_register", shop)
    if request.method == "GET":
        own, since = registering.own_save(shop, table, person)
        told_of: dict[str, Any] = {
            "table": table,
            "own": own,
            "since": since,
            "moment_of": datetime.fromisoformat,
            "who": grid.who,
        }
        return page(request, "register_undo.jinja", shop, section="registers", **told_of)
    number = request.POST.get("number", "")
    try:
        undone = registering.undo(shop, table, int(number) if re.fullmatch("[0-9]{1,9}", number) else 0, person=person)
    except LookupError:
        raise Http404 from None
    messages.success(request, told(undone, grid_file(table)))
    return redirect("register", key, name)


def grid_file(table: Table) -> str:
    return said(f"您在「{table.zh}」的上次保存", f"your last save of “{table.en}”")
