"""What is decided about products: the Top group of the month, showcase places, what can be deleted, the seven steps to a hit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from zhanggui.desk import access, checking, registering, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import Row, listing
from zhanggui.desk.models import Shop
from zhanggui.desk.seeing import Seen
from zhanggui.facts import Snapshot, Stale
from zhanggui.measures import products, titles
from zhanggui.measures.titles import Orphan
from zhanggui.plans.showcase import Showcase
from zhanggui.plans.showcase import showcase as showcase_plan
from zhanggui.plans.top_group import USES, Pick, TopGroup
from zhanggui.plans.top_group import top_group as top_group_plan
from zhanggui.rulebook import RULEBOOK, Rules
from zhanggui.tables import TABLES
from zhanggui.web import ads_plans
from zhanggui.web.listing import tabs_of
from zhanggui.web.page import numbered, page, person_of
from zhanggui.web.words import said

KEPT = 16
PER_PAGE = 20
TOP, STEP = TABLES["top_group"], TABLES["hit_step"]
STEPS = STEP.columns["step"].options


def _rules(shop: Shop, day: date) -> tuple[tuple[str, float], ...]:
    """The rules of the day, as something that a cache can tell apart."""
    return tuple(sorted(RULEBOOK.on(day, checking.own_rules(shop)).values.items()))


@lru_cache(maxsize=KEPT)
def _group(seen: Seen, values: tuple[tuple[str, float], ...]) -> TopGroup:
    return top_group_plan(seeing.snapshot(seen), _as_rules(seen, values))


@lru_cache(maxsize=KEPT)
def _places(seen: Seen) -> Showcase:
    return showcase_plan(seeing.snapshot(seen))


@lru_cache(maxsize=KEPT)
def _idle(seen: Seen, least: int) -> tuple[pl.DataFrame, list[Orphan], dict[str, str]]:
    """Products without effect, the words that would go with all of them, and the names of products."""
    shop = seeing.snapshot(seen)
    idle = products.without_effect(shop, least).sort("product_id").collect()
    names = dict(products.titles(shop).collect().select("product_id", "product_name").iter_rows())
    return idle, titles.orphans(shop, idle["product_id"].to_list(), 28), names


def _as_rules(seen: Seen, values: tuple[tuple[str, float], ...]) -> Rules:
    return Rules(seen[3], dict(values), {})


def _asked(request: HttpRequest, key: str) -> tuple[Shop, Seen]:
    shop = access.shop_for(person_of(request), key)
    return shop, seeing.seen(seeing.membership(person_of(request), shop), shop, platform_today())


def _tab(request: HttpRequest, shop: Shop, name: str, **values: Any) -> HttpResponse:
    return page(request, f"{name}.jinja", shop, section="products", tabs=tabs_of(shop, "products", name), **values)


# ---- Top group


@dataclass(frozen=True)
class Line:
    """A product on the page: what is proposed (None: it was chosen by hand), the uses that are ticked in the register, and the kind of
    P4P plan that the page of plans proposes for it ("" where it knows no such product)."""

    product_id: str
    name: str
    pick: Pick | None
    ticked: frozenset[str]
    plan: str

    @property
    def shown(self) -> frozenset[str]:
        """What the boxes show: the choice, or the proposal where nothing is chosen yet."""
        return self.ticked or frozenset(self.pick.uses if self.pick else ())


def _chosen(shop: Snapshot, month: str) -> dict[str, tuple[str, frozenset[str]]]:
    rows = shop.scan("top_group").filter(pl.col("month") == month).select("product_id", "product_name", "use").collect()
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for product, name, use in rows.iter_rows():
        known = found.get(product, (name or product, frozenset()))
        found[product] = known[0], known[1] | {use}
    return found


@require_http_methods(["GET", "POST"])
def top_group(request: HttpRequest, key: str) -> HttpResponse:
    """The proposal of the month with its reasons; the ticks are rows of the register."""
    shop, seen = _asked(request, key)
    if request.method == "POST":
        return _save(request, shop)
    day, snapshot = platform_today(), seeing.snapshot(seen)
    month = f"{day:%Y-%m}"
    rules = _rules(shop, day)
    group, chosen = _group(seen, rules), _chosen(snapshot, month)
    plans = {p.product_id: ads_plans.kind(p.kind) for p in ads_plans.proposed(seen, rules)[0].places}
    picks = {p.product_id: p for p in group.picks}
    named = {i: p.name for i, p in picks.items()} | {i: name for i, (name, _) in chosen.items() if i not in picks}
    lines = [Line(i, name, picks.get(i), chosen.get(i, ("", frozenset()))[1], plans.get(i, "")) for i, name in named.items()]
    return _tab(
        request,
        shop,
        "top_group",
        group=group,
        month=month,
        chosen=chosen,
        lines=numbered(request, lines, PER_PAGE),
        uses=USES,
        window=snapshot.last("product_effect", 28),
        source=TABLES["product_effect"],
    )


def _save(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Ticks that are new become rows, those that are gone take theirs off; products of other pages stay as they are, and so do uses that
    the page has no box for while their product is ticked."""
    person, month = person_of(request), f"{platform_today():%Y-%m}"
    access.demand(person, "edit_register", shop)
    now = listing(shop, TOP, access.sight_of(person, shop, TOP))
    asked = [i for i in request.POST.getlist("product") if i][:PER_PAGE]
    rows: list[Row] = []
    for product in asked:
        rest = now.frame.filter(pl.col("month") == month, pl.col("product_id") == product, ~pl.col("use").is_in(USES))["use"]
        wanted = {*rest, *request.POST.getlist(f"use.{product}")[: len(USES)]} if f"in.{product}" in request.POST else set()
        for use in (*USES, *rest):
            held = now.find((month, product, use))
            cells = {"month": month, "product_id": product, "use": use}
            if use in wanted and held is None:
                cells |= {
                    "product_name": request.POST.get(f"name.{product}", "")[:300],
                    "reason": request.POST.get(f"why.{product}", "")[:300],
                }
                rows.append(Row(len(rows) + 1, None, cells))
            elif use not in wanted and held is not None:
                rows.append(Row(len(rows) + 1, held, held, removed=True))
    try:
        outcome = registering.save(shop, TOP, rows, person=person, whole_only=True) if rows else None
    except Stale:
        outcome = None
        messages.error(request, said("别人正在同时保存，请再试一次。", "Others are saving at the same time; try again."))
        return redirect(request.get_full_path())
    if outcome is None or not outcome.written:
        messages.info(request, said("没有改动，没有保存。", "Nothing was changed, nothing saved."))
    else:
        messages.success(
            request,
            said(
                f"已保存 {outcome.written} 行，可以在「Top组用途」里撤销。",
                f"{outcome.written} rows saved; the save can be taken back in “Top group uses”.",
            ),
        )
    return redirect(request.get_full_path())


# ---- showcase, deleting, steps


@require_GET
def showcase(request: HttpRequest, key: str) -> HttpResponse:
    """The swaps of the month with what they may bring."""
    shop, seen = _asked(request, key)
    snapshot = seeing.snapshot(seen)
    window = snapshot.last("product_effect", 28)
    return _tab(request, shop, "showcase", plan=_places(seen), window=window, source=TABLES["product_effect"])


@require_GET
def safe_delete(request: HttpRequest, key: str) -> HttpResponse:
    """Idle products: those that keep a word with who could take it, and those that can go."""
    shop, seen = _asked(request, key)
    snapshot, least = seeing.snapshot(seen), int(dict(_rules(shop, platform_today()))["no_effect_days"])
    values: dict[str, Any] = {"least": least, "source": TABLES["product_effect"], "word_source": TABLES["keyword_effect"]}
    values["window"] = None
    if snapshot.has("product_effect"):
        idle, lost, names = _idle(seen, least)
        keepers = {one.keeper for one in lost}
        free = idle.filter(~pl.col("product_id").is_in(list(keepers)))
        window = snapshot.last("product_effect", products.stretch(snapshot, least))
        words = snapshot.has("keyword_effect")
        values |= {
            "lost": lost,
            "names": names,
            "free": numbered(request, free.to_dicts(), 50),
            "window": window,
            "words": words,
        }
    return _tab(request, shop, "safe_delete", **values)


@dataclass(frozen=True)
class Course:
    """A product on its seven steps: step → (due, done on, whether it is late)."""

    product_id: str
    name: str
    owner: str
    steps: dict[str, tuple[date | None, date | None, bool]]

    @property
    def late(self) -> int:
        return sum(late for _, _, late in self.steps.values())

    @property
    def done(self) -> int:
        return sum(done is not None for _, done, _ in self.steps.values())


@require_GET
def hit_steps(request: HttpRequest, key: str) -> HttpResponse:
    """Where each product stands on the seven steps, those that are late first."""
    shop, seen = _asked(request, key)
    day = platform_today()
    rows = seeing.snapshot(seen).scan("hit_step").sort("product_id", "step").collect()
    courses = []
    for (product,), own in rows.group_by("product_id", maintain_order=True):
        steps = {
            r["step"]: (r["due"], r["done_on"], bool(r["due"] and not r["done_on"] and r["due"] < day))
            for r in own.iter_rows(named=True)
        }
        name, owner = (next((v for v in own[c] if v), "") for c in ("product_name", "owner"))
        courses.append(Course(str(product), name or str(product), owner, steps))
    courses.sort(key=lambda c: (-c.late, c.done, c.product_id))
    return _tab(request, shop, "hit_steps", courses=numbered(request, courses, 50), steps=STEPS, table=STEP)
