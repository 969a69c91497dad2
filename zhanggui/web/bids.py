"""出价: what the reports propose to bid, looked at before anybody keeps it; and the bid sheets of the shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

import polars as pl
from django.contrib import messages
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhanggui.desk import access, bidding, checking, seeing
from zhanggui.desk import bid_weekly as weekly
from zhanggui.desk.bid_reports import in_force
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Membership, Shop
from zhanggui.desk.seeing import Seen
from zhanggui.documents import bid_file
from zhanggui.measures import ad_money, ads
from zhanggui.measures.ads import BidKey
from zhanggui.plans.bid_budget import Budget, day_budget
from zhanggui.plans.bid_day import Steering
from zhanggui.plans.bid_plan import BidPlan, BidSettings, Reading, bid_plan
from zhanggui.plans.plan_budgets import plan_budgets
from zhanggui.tables import TABLES
from zhanggui.web import bid_rows, bid_words, words
from zhanggui.web.bid_rows import Row
from zhanggui.web.listing import tabs_of
from zhanggui.web.page import numbered, page, person_of, said_in
from zhanggui.web.plan_budgets import budgets
from zhanggui.web.words import said

KEPT = 16
PER_PAGE = 50
DAYS = Reading().days  # that a proposal looks at, and of the figures beside it
MOST = Decimal(10_000_000)  # a day: more is a slip of the keys
OPEN = ("draft", "approved")
SOURCES = {
    "typed": ("您填的", "as you wrote it"),
    "register": ("来自名单「预算」", "from the register of budgets"),
    "account": ("来自账户报告的日预算", "the account's daily budget, by its report"),
    "plans": ("来自各计划日预算之和", "the campaigns' daily budgets together"),
}


@lru_cache(maxsize=KEPT)
def _plan(
    seen: Seen, budget: Decimal | None, steering: Steering, late: int, entered: tuple[tuple[BidKey, float], ...]
) -> BidPlan:
    money = float(budget) if budget is not None else None
    return bid_plan(seeing.snapshot(seen), money, BidSettings(steering, Reading(late=late)), in_force=dict(entered))


@lru_cache(maxsize=KEPT)
def observed(seen: Seen) -> Mapping[BidKey, Mapping[str, Any]]:
    """What the report says of each word over the last days."""
    shop = seeing.snapshot(seen)
    if not shop.has("p4p_keyword"):
        return {}
    rows = ads.bids(shop, DAYS).with_columns(pl.col("plan", "ad_group").fill_null("")).collect()
    return {(r["plan"], r["ad_group"], r["word"]): r for r in rows.iter_rows(named=True)}


def asked_by(request: HttpRequest, key: str) -> tuple[Membership, Shop]:
    """The member and the shop. `Forbidden` for a role that is shown no bids."""
    shop = access.shop_for(person_of(request), key)
    member = seeing.membership(person_of(request), shop)
    if not access.sees_bids(member.role):
        raise access.Forbidden("see_bids")
    return member, shop


@dataclass(frozen=True)
class Asked:
    """The budget that a proposal is to keep to, where it comes from, and what is wrong with the one that was written."""

    budget: Budget | None
    wrong: str = ""

    @property
    def amount(self) -> Decimal | None:
        return self.budget.amount if self.budget else None

    @property
    def source(self) -> str:
        if self.budget is None:
            return ""
        source, day = said(*SOURCES[self.budget.source]), self.budget.day
        return said(f"{source}（{words.day(day)} 的报表）", f"{source} (of {words.day(day)})") if day else source


def _budget(text: str, seen: Seen, role: str) -> Asked:
    register = access.sees_budget(role, "register")
    known = day_budget(seeing.snapshot(seen), register=register)
    if not text.strip():
        return Asked(known)
    try:
        amount, _ = bid_file.bid(text)
    except ValueError:
        amount = Decimal(0)
    if not 0 < amount <= MOST:
        wrong = said(
            f"「{text[:20]}」不是预算：请写大于 0 的数，例如 300。",
            f"“{text[:20]}” is no budget: write a number above 0, such as 300.",
        )
        return Asked(known, wrong)
    return Asked(known if known and known.amount == amount else Budget(amount, "typed"))


def _limits(form: QueryDict, shop: Shop) -> tuple[dict[str, float], str]:
    """The limits that a form or address names, as shares; and what is wrong with them."""
    found: dict[str, float] = {}
    for name, (low, high) in bidding.LIMITS.items():
        text = said_in(form, name).strip().removesuffix("%")
        if not text:
            continue
        try:
            share = float(bid_file.bid(text)[0]) / 100
        except ValueError:
            share = -1.0
        if not low <= share <= high:
            label = said(*bid_words.LIMITS[name])
            return {}, said(
                f"「{label}」要在 {percent(low)} 到 {percent(high)} 之间。",
                f"“{label}” lies between {percent(low)} and {percent(high)}.",
            )
        found[name] = share
    return found, ""


def percent(share: float) -> str:
    return f"{share * 100:.2f}".rstrip("0").rstrip(".")


def _in_force(shop: Shop, limits: dict[str, float]) -> dict[str, float]:
    steering = bidding.steering(shop, **limits)
    return {name: getattr(steering, name) for name in bidding.LIMITS}


@require_POST
def bid_limits(request: HttpRequest, key: str) -> HttpResponse:
    """The limits become the shop's own."""
    _, shop = asked_by(request, key)
    limits, wrong = _limits(request.POST, shop)
    if wrong:
        messages.error(request, wrong)
    else:
        bidding.set_limits(shop, {} if "usual" in request.POST else limits, person=person_of(request))
        messages.success(request, said("已保存为本店的限制。", "Kept as the shop's limits."))
    return redirect("bids", shop.key)


@require_POST
def bid_weekly(request: HttpRequest, key: str) -> HttpResponse:
    """A draft each week, or none."""
    _, shop = asked_by(request, key)
    weekly.switch(shop, request.POST.get("on") == "1", person=person_of(request))
    return redirect("bids", shop.key)


def _mark(plan: BidPlan) -> str:
    """What tells one proposal from another: nobody keeps a proposal that they have not seen."""
    return sha256(repr(plan).encode()).hexdigest()[:16]


@require_http_methods(["GET", "POST"])
def bids(request: HttpRequest, key: str) -> HttpResponse:
    """The proposal within a budget. Posted, it is kept as a draft; nothing is written before."""
    shop = access.shop_for(person_of(request), key)
    member = seeing.membership(person_of(request), shop)
    told: dict[str, Any] = {"tabs": tabs_of(shop, "ads", "bids")}
    if not access.sees_bids(member.role):
        return page(request, "bids_hidden.jinja", shop, section="ads", status=403, **told)
    seen = seeing.seen(member, shop, platform_today())
    snapshot = seeing.snapshot(seen)
    told["sheets"] = _sheets(shop).filter(state__in=OPEN)
    if not snapshot.has("p4p_keyword"):
        return page(request, "bids.jinja", shop, section="ads", absent=[TABLES["p4p_keyword"]], **told)
    form = request.POST if request.method == "POST" else request.GET
    asked = _budget(said_in(form, "budget"), seen, member.role)
    limits, wrong = _limits(form, shop)
    entered = tuple(in_force(shop, ads.newest_bids(snapshot)).items())
    late = checking.data_lag(shop, platform_today())
    plan = _plan(seen, asked.amount, bidding.steering(shop, **limits), late, entered)
    if request.method == "POST":
        return _keep(request, shop, plan, asked.budget.source if asked.budget else "")
    every = bid_rows.proposed(plan.changes)
    told |= {
        "absent": [],
        "asked": asked,
        "limits": [(name, said(*bid_words.LIMITS[name]), percent(value)) for name, value in _in_force(shop, limits).items()],
        "own_limits": shop.bid_limits,
        "wrong": [one for one in (asked.wrong, wrong) if one],
        "days": DAYS,
        "plan": plan,
        "mark": _mark(plan),
        "steps": bid_words.outlook(plan.now, plan.then),
        "says": bid_words.plan_says(plan, ad_money.currency(snapshot)),
        "missing": bid_words.missing_says(plan),
        "budgets": budgets(plan_budgets(snapshot, plan), shop, DAYS),
        "window": snapshot.last("p4p_keyword", DAYS),
        "source": TABLES["p4p_keyword"],
    }
    return page(request, "bids.jinja", shop, section="ads", **told | listed(request, shop, seen, every))


def listed(request: HttpRequest, shop: Shop, seen: Seen, every: Sequence[Row]) -> dict[str, Any]:
    """What the table of words shows: those that are looked for, in the order and of the reason that is asked for, page by page."""
    text, sort, why = (said_in(request.GET, name)[:200] for name in ("q", "sort", "why"))
    rows = numbered(request, bid_rows.narrowed(every, text, sort, why), PER_PAGE)
    base, day = reverse("figure", args=[shop.key]), platform_today().isoformat()
    return {
        "every": every,
        "rows": rows,
        "whys": {r.code: r.reason for r in every},
        "text": text,
        "sort": sort if sort in bid_rows.SORTS else "gain",
        "why": why,
        "sorts": {name: said(*pair) for name, pair in bid_rows.SORTS.items()},
        "sources": {r.key: bid_rows.sources(r, observed(seen), DAYS, base, day) for r in rows},
        "money": bid_words.money,
        "charged_in": ad_money.currency(seeing.snapshot(seen)),
    }


def _keep(request: HttpRequest, shop: Shop, plan: BidPlan, source: str) -> HttpResponse:
    person = person_of(request)
    access.demand(person, "draft_bids", shop)
    if request.POST.get("mark") != _mark(plan):
        messages.error(
            request,
            said(
                "报表刚刚更新过，建议已经变了，还没有保存。请看过新的建议再保存。",
                "New reports have come in and the proposal is another now; nothing was kept. Look at it and keep it then.",
            ),
        )
        return redirect("bids", shop.key)
    try:
        sheet = bidding.draft(shop, plan, source=source, reason=request.POST.get("reason", ""), person=person)
    except bidding.CannotBid:
        messages.error(request, said("没有要改的出价，没有保存。", "There is no bid to change; nothing was kept."))
        return redirect("bids", shop.key)
    messages.success(
        request,
        said(
            f"已存为出价单 {sheet.pk}。逐词看过、改好后，由老板或店长批准。",
            f"Kept as bid sheet {sheet.pk}. Go through it word by word; the owner or a manager approves it.",
        ),
    )
    return redirect("bid_sheet", shop.key, sheet.pk)


def _sheets(shop: Shop) -> Any:
    """The sheets with how many bids each changes, in one question."""
    live = Q(lines__taken=True) & ~Q(lines__after=F("lines__before"))
    return shop.bid_sheets.select_related("made_by", "reverts").annotate(words=Count("lines", filter=live)).order_by("-pk")


@require_GET
def bid_sheets(request: HttpRequest, key: str) -> HttpResponse:
    """Every bid sheet of the shop, newest first."""
    _, shop = asked_by(request, key)
    sheets = numbered(request, _sheets(shop), PER_PAGE)
    return page(request, "bid_sheets.jinja", shop, section="ads", tabs=tabs_of(shop, "ads", "bids"), sheets=sheets)
