"""The Excel file of a bid sheet: which columns, out, and in again."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhanggui.desk import access, bidding
from zhanggui.desk.bid_reports import changes
from zhanggui.desk.models import Shop
from zhanggui.documents import bid_file
from zhanggui.web import bid_rows, words
from zhanggui.web.bid_sheets import CANNOT, found, rounding, sheet_page, tell
from zhanggui.web.bids import asked_by
from zhanggui.web.listing import tabs_of
from zhanggui.web.page import page, person_of, whole, xlsx
from zhanggui.web.words import said

MOST_PROBLEMS = 50  # of a file, told at once


def columns_of(shop: Shop) -> list[tuple[str, str]]:
    """The columns of the file as the shop wants them; else every one with its usual header."""
    return [(name, header) for name, header in shop.bid_columns if name in bid_file.COLUMNS] or bid_file.usual(words.lang())


@require_GET
def bid_sheet_excel(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A draft with all its rows; later only what is to be entered."""
    _, shop, sheet = found(request, key, pk)
    rows = bid_rows.kept(sheet.lines.all() if sheet.state == "draft" else changes(sheet))
    title = said("出价单", "Bid sheet")
    columns = bid_file.telling([r.key for r in rows], columns_of(shop), words.lang())
    data = bid_file.written([bid_rows.cells(r) for r in rows], columns, title, sheet.pk, sheet.version)
    return xlsx(data, f"{shop.key}-bids-{sheet.pk}-{sheet.day}", f"{title}-{sheet.pk}-{sheet.day}")


@require_POST
def bid_sheet_bring(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The file comes back: all of it, or with any trouble nothing."""
    member, shop, sheet = found(request, key, pk)
    person, file = person_of(request), request.FILES.get("file")
    access.demand(person, "draft_bids", shop)
    if sheet.state != "draft":
        messages.error(request, said("只有草稿能改。", "Only a draft can be changed."))
        return redirect("bid_sheet", shop.key, sheet.pk)
    if not isinstance(file, UploadedFile):
        messages.error(request, said("请先选择文件。", "Choose a file first."))
        return redirect("bid_sheet", shop.key, sheet.pk)
    lines = {(one.plan, one.ad_group, one.word): one for one in sheet.lines.all()}
    sheet.refresh_from_db(fields=["version"])  # after the lines: an edit in between makes the file an old one
    brought = bid_file.read(
        file.read(bid_file.MAX_BYTES + 1),
        file.name or "file",
        keys=lines.keys(),
        columns=columns_of(shop),
        pk=sheet.pk,
        version=sheet.version,
        highest=bidding.HIGHEST,
        over="over" in request.POST,
    )
    if brought.problems:
        return sheet_page(
            request,
            member,
            shop,
            sheet,
            problems=brought.problems[:MOST_PROBLEMS],
            count=len(brought.problems),
            lang=words.lang,
        )
    wishes = [
        bidding.Wish(
            one.key,
            one.after if one.after is not None else lines[one.key].after,
            one.taken if one.taken is not None else lines[one.key].taken,
            None if "over" in request.POST else (lines[one.key].after, lines[one.key].taken),
        )
        for one in brought.rows
    ]
    try:
        edited = bidding.edit(sheet, wishes, person=person)
    except bidding.CannotBid as error:
        messages.error(request, said(*CANNOT[str(error)]))
        return redirect("bid_sheet", shop.key, sheet.pk)
    rounded = sum(one.rounded for one in brought.rows)
    zh, en = rounding(rounded)
    if brought.missing:
        zh += f"文件里没有的 {brought.missing} 个词保持原样。"
        en += f"{brought.missing} words that the file leaves out stay as they are."
    tell(request, edited, (zh, en))
    return redirect("bid_sheet", shop.key, sheet.pk)


@require_http_methods(["GET", "POST"])
def bid_columns(request: HttpRequest, key: str) -> HttpResponse:
    """Which columns the file has, in which order, under which headers."""
    _, shop = asked_by(request, key)
    wrong, typed = "", {name: (str(i), header) for i, (name, header) in enumerate(columns_of(shop), 1)}
    if request.method == "POST":
        access.demand(person_of(request), "draft_bids", shop)
        if "usual" in request.POST:
            bidding.set_columns(shop, [], person=person_of(request))
            return redirect("bid_columns", shop.key)
        typed = {
            n: (request.POST.get(f"at.{n}", "").strip()[:3], " ".join(request.POST.get(f"header.{n}", "").split())[:60])
            for n in bid_file.COLUMNS
        }
        wrong, columns = _columns(typed)
        if not wrong:
            bidding.set_columns(shop, columns, person=person_of(request))
            messages.success(request, said("已保存。", "Saved."))
            return redirect("bid_columns", shop.key)
    told = {
        "typed": typed,
        "wrong": wrong,
        "usual": dict(bid_file.usual(words.lang())),
        "own": bool(shop.bid_columns),
        "needed": bid_file.NEEDED,
    }
    return page(
        request,
        "bid_columns.jinja",
        shop,
        section="ads",
        tabs=tabs_of(shop, "ads", "bids"),
        status=400 if wrong else 200,
        **told,
    )


def _columns(typed: Mapping[str, tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """What is wrong, and the columns in order. A column without a place is left out."""
    usual = dict(bid_file.usual(words.lang()))
    placed = [(whole(at), name, header or usual[name]) for name, (at, header) in typed.items() if at]
    if any(at is None for at, _, _ in placed):
        return said("次序请写整数，不要的列留空。", "Write whole numbers for the order; leave a column's empty to drop it."), []
    columns = [(name, header) for _, name, header in sorted(placed, key=lambda p: p[0] or 0)]
    if absent := [usual[n] for n in bid_file.NEEDED if n not in dict(columns)]:
        return said(
            f"文件里必须有「{'」「'.join(absent)}」，否则读不回来。",
            f"The file needs {', '.join(absent)}, or it cannot be read back.",
        ), []
    if len({header.lower() for _, header in columns}) < len(columns):
        return said("两列不能同名。", "Two columns cannot have the same header."), []
    return "", columns
