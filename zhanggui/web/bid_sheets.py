"""One bid sheet: looked at, edited, taken out and brought back as Excel, approved, entered, reverted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from zhanggui.desk import access, bidding, checking, seeing
from zhanggui.desk.bid_reports import backs, changes, entered, key_of, mark, moved, seen
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import BidSheet, Membership, Shop
from zhanggui.documents import bid_file
from zhanggui.measures import ad_money
from zhanggui.measures.ads import BidKey, newest_bids
from zhanggui.plans.bid_days import Reading
from zhanggui.plans.bid_effect import bid_effect
from zhanggui.web import bid_rows, bid_words, change_words
from zhanggui.web.bids import DAYS, PER_PAGE, asked_by, listed
from zhanggui.web.listing import tabs_of
from zhanggui.web.page import page, person_of, whole
from zhanggui.web.words import said

LOG = 100
CANNOT = {
    "state": ("这张出价单已经不是这个状态了：别人刚处理过。", "The sheet is not in this state any more: somebody else has just dealt with it."),
    "reason": ("请写理由。", "Write why."),
    "changes": ("没有一个词要改出价，所以没有做。", "No bid would change, so nothing was done."),
    "version": ("您打开之后别人改过这张出价单。请看过新的内容再批准。", "Somebody has changed the sheet since you opened it. Look at it as it is now, then approve it."),
    "moved": ("有些词的出价已经变了，请确认后再批准。", "Some bids have changed meanwhile; confirm them, then approve."),
    "other_bids": ("您打开之后出价又变了，什么都没有做。请看过现在的再撤回。", "The bids have changed since you opened this page; nothing was done. Look at them as they are now, then revert."),
    "day": ("改好的那天要在批准那天和今天之间。", "The day on which they were entered lies between the approval and today."),
    "word": ("有一个词不在这张出价单里，什么都没有保存。", "A word does not belong to this sheet; nothing was saved."),
    "bid": ("出价要在 0 到 99,999.99 之间，什么都没有保存。", "A bid lies between 0 and 99,999.99; nothing was saved."),
}  # fmt: skip
DONE = {
    "approve": ("已批准。请照着在后台改出价，改好后回来点「已在后台改好」。", "Approved. Enter the bids in the back office, then come back and say so."),
    "apply": ("已记下。新的报表进来后，这里会数出有几个词真的是新出价。", "Noted. Once new reports are in, this page counts the words that really carry the new bid."),
    "discard": ("已作废。", "Discarded."),
    "reopen": ("已取回，又是草稿了。", "It is a draft again."),
}  # fmt: skip


def found(request: HttpRequest, key: str, pk: int) -> tuple[Membership, Shop, BidSheet]:
    member, shop = asked_by(request, key)
    return member, shop, get_object_or_404(shop.bid_sheets.select_related("reverts", "made_by", "shop"), pk=pk)


def keys_sent(request: HttpRequest, sheet: BidSheet) -> set[BidKey]:
    """The words that the form confirms, sent as line numbers, or all at once."""
    every = "all" in request.POST.getlist("confirm")
    sent = {n for text in request.POST.getlist("confirm") if (n := whole(text)) is not None}
    return {key_of(one) for one in sheet.lines.all() if every or one.pk in sent}


@require_http_methods(["GET", "POST"])
def bid_sheet(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The sheet; a save of the rows of this page."""
    member, shop, sheet = found(request, key, pk)
    if request.method == "POST":
        return _save(request, shop, sheet)
    return sheet_page(request, member, shop, sheet)


def sheet_page(
    request: HttpRequest,
    member: Membership,
    shop: Shop,
    sheet: BidSheet,
    typed: Mapping[int, tuple[str, str]] | None = None,
    **more: Any,
) -> HttpResponse:
    """`typed`: line → the bid that could not be read, and why."""
    facts = seeing.seen(member, shop, platform_today())
    every = bid_rows.kept(sheet.lines.all() if sheet.state == "draft" else changes(sheet))
    log = change_words.tell(shop, list(shop.changes.filter(subject=bidding.subject(sheet))[:LOG]))
    snapshot = seeing.snapshot(facts)
    on = sheet.applied_on if sheet.state == "applied" else None
    effect = bid_effect(snapshot, [r.key for r in every], on, entered(sheet)) if on else None
    open_budget = access.sees_budget(member.role, sheet.budget_from)
    away = moved(sheet, snapshot) if sheet.state in ("draft", "applied") else []
    told: dict[str, Any] = {
        "tabs": tabs_of(shop, "ads", "bids"),
        "sheet": sheet,
        "today": platform_today(),
        "mark": mark(away),
        "budget": sheet.budget if open_budget else None,
        "chosen": bid_rows.chosen(every),
        "steps": bid_words.steps(*(sheet.outlook[n] for n in ("now", "then"))) if sheet.outlook and open_budget else [],
        "moved": away,
        "counted": seen(sheet, newest_bids(snapshot)) if sheet.state in ("approved", "applied") else None,
        "days": DAYS,
        "late": checking.data_lag(shop, platform_today()),
        "unsettled": Reading.unsettled,
        "effect": effect,
        "brought": bid_words.brought(effect) if effect else [],
        "log": log,
        "typed": typed or {},
        "money": bid_words.money,
        "edits": sheet.state == "draft" and "draft_bids" in _allowed(member),
        "reverted_by": list(sheet.reverted_by.exclude(state="discarded")),
        "problems": [],
    }
    return page(request, "bid_sheet.jinja", shop, section="ads", **told | listed(request, shop, facts, every) | more)


def _allowed(member: Membership) -> set[str]:
    return {verb for verb, roles in access.MAY.items() if member.role in roles}


def _save(request: HttpRequest, shop: Shop, sheet: BidSheet) -> HttpResponse:
    person = person_of(request)
    access.demand(person, "draft_bids", shop)
    lines = {one.pk: one for one in sheet.lines.all()}
    wishes, wrong, finer = [], {}, 0
    for text in request.POST.getlist("line")[:PER_PAGE]:
        line = lines.get(whole(text) or 0)
        if line is None:
            raise Http404
        written, was = request.POST.get(f"after.{line.pk}", ""), request.POST.get(f"was.{line.pk}", "").split(" ")
        try:
            after, rounded = bid_file.bid(written)
            old, _ = bid_file.bid(was[0])
        except ValueError:
            wrong[line.pk] = (
                written,
                said("请写成 1.25 这样的数，最小 0.01；0 是停投。", "Write it like 1.25, at least 0.01; 0 stops the word."),
            )
            continue
        if not 0 <= after <= bidding.HIGHEST:
            wrong[line.pk] = (
                written,
                said(f"出价要在 0 到 {bidding.HIGHEST:,} 之间。", f"A bid lies between 0 and {bidding.HIGHEST:,}."),
            )
            continue
        finer += rounded
        wishes.append(bidding.Wish(key_of(line), after, f"take.{line.pk}" in request.POST, (old, was[-1] == "Y")))
    try:
        edited = bidding.edit(sheet, wishes, person=person)
    except bidding.CannotBid as error:
        messages.error(request, said(*CANNOT[str(error)]))
        return redirect(request.get_full_path())
    tell(request, edited, rounding(finer))
    if wrong:
        messages.error(
            request,
            said(
                f"{len(wrong)} 个出价没有保存，原因写在格子下面。",
                f"{len(wrong)} bids were not saved; the reason stands under each.",
            ),
        )
        member, shop, sheet = found(request, shop.key, sheet.pk)
        return sheet_page(request, member, shop, sheet, wrong)
    return redirect(request.get_full_path())


def rounding(count: int) -> tuple[str, str]:
    """What is said of bids that were finer than a cent."""
    if not count:
        return "", ""
    return f"{count} 个出价四舍五入到了分。", f"{count} {'bid was' if count == 1 else 'bids were'} rounded to the cent. "


def tell(request: HttpRequest, edited: bidding.Edited, more: tuple[str, str] = ("", "")) -> None:
    if edited.changed:
        messages.success(request, said(f"已保存 {edited.changed} 个词。{more[0]}", f"{edited.changed} words saved. {more[1]}"))
    elif not edited.stale:
        messages.info(request, said("没有改动，没有保存。", "Nothing was changed, nothing saved."))
    if edited.stale:
        names = said("、", ", ").join(word for _, _, word in edited.stale[:5])
        messages.error(
            request,
            said(
                f"别人同时改过这些词，保留了别人的：{names}。请再看一遍。",
                f"Somebody else has changed these words meanwhile and theirs was kept: {names}. Look again.",
            ),
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text.strip() else None
    except ValueError:
        raise bidding.CannotBid("day") from None


@require_POST
def bid_sheet_do(request: HttpRequest, key: str, pk: int, verb: str) -> HttpResponse:
    """One step of a sheet: approve, apply, discard, reopen."""
    _, shop, sheet = found(request, key, pk)
    person, note = person_of(request), request.POST.get("note", "")
    try:
        if verb == "approve":
            version = whole(request.POST.get("version", "")) or 0
            sent, shown = keys_sent(request, sheet), request.POST.get("mark", "")
            bidding.approve(sheet, version=version, confirmed=sent, shown=shown, note=note, person=person)
        elif verb == "apply":
            bidding.apply(sheet, on=_day(request.POST.get("on", "")), note=note, person=person)
        elif verb == "discard":
            bidding.discard(sheet, reason=note, person=person)
        elif verb == "reopen":
            bidding.reopen(sheet, person=person)
        else:
            raise Http404
    except bidding.CannotBid as error:
        messages.error(request, said(*CANNOT[str(error)]))
    else:
        messages.success(request, said(*DONE[verb]))
    return redirect("bid_sheet", shop.key, sheet.pk)


@require_http_methods(["GET", "POST"])
def bid_sheet_revert(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Ask, then make the sheet that restores the bids of before; words that were changed since are restored only where ticked."""
    member, shop, sheet = found(request, key, pk)
    person = person_of(request)
    access.demand(person, "spend", shop)
    told: dict[str, Any] = {"sheet": sheet, "reason": "", "wrong": "", "ticked": set()}
    if request.method == "POST":
        confirmed = keys_sent(request, sheet)
        told |= {"reason": request.POST.get("reason", ""), "ticked": confirmed}
        try:
            shown = request.POST.get("mark", "")
            made = bidding.revert(sheet, confirmed=confirmed, shown=shown, reason=told["reason"], person=person)
        except bidding.CannotBid as error:
            if str(error) == "state":
                messages.error(request, said(*CANNOT["state"]))
                return redirect("bid_sheet", shop.key, sheet.pk)
            told["wrong"] = said(*CANNOT[str(error)])
        else:
            messages.success(
                request,
                said(
                    f"已做成出价单 {made.pk}，里面是原来的出价。请照着在后台改回去。",
                    f"Bid sheet {made.pk} holds the bids of before. Enter them in the back office.",
                ),
            )
            return redirect("bid_sheet", shop.key, made.pk)
    if sheet.state != "applied":
        messages.error(request, said(*CANNOT["state"]))
        return redirect("bid_sheet", shop.key, sheet.pk)
    every = backs(sheet)
    open_ = [one for one in every if one.now != one.to]
    told |= {
        "mark": mark(every),
        "moved": [one for one in open_ if one.asks],
        "back": len(every) - len(open_),
        "rows": [one for one in open_ if not one.asks],
        "money": bid_words.money,
        "charged_in": ad_money.currency(seeing.snapshot(seeing.seen(member, shop, platform_today()))),
        "tabs": tabs_of(shop, "ads", "bids"),
        "ticked": [one.line.pk for one in open_ if key_of(one.line) in told["ticked"]],
    }
    return page(request, "bid_revert.jinja", shop, section="ads", **told)
