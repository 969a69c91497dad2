"""The title builder: a product, its title of today, the best one, and what a person makes of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from zhanggui.checks import load
from zhanggui.desk import access, checking, registering, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import Row
from zhanggui.desk.models import Shop
from zhanggui.desk.seeing import Seen
from zhanggui.facts import Stale
from zhanggui.measures import products
from zhanggui.measures.measure import DEFAULT_DAYS
from zhanggui.plans.proposals import NEW, NoWords, Proposal, propose
from zhanggui.plans.titles import DoesNotFit, TooHard
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES
from zhanggui.web import words
from zhanggui.web.listing import tabs_of
from zhanggui.web.page import changed, page, person_of, said_in, whole
from zhanggui.web.words import said

SHOWN = 40  # products to choose from, words gained and lost
KEPT = 64
LONGEST = 300  # characters of a field
MOST_NEW = 20


@lru_cache(maxsize=KEPT)
def _proposed(
    seen: Seen, product: str, limit: int, own: tuple[str, ...], keep: tuple[str, ...], without: tuple[str, ...], new: int
) -> Proposal | str:
    """Worked out once for each state of the facts and each wish; where there is none, why."""
    shop = seeing.snapshot(seen)
    try:
        return propose(shop, product, limit=limit, own_brands=own, keep=keep, without=without, new=new)
    except NoWords:
        return "none"
    except DoesNotFit:
        return "long"
    except TooHard:
        return "hard"


def listed(text: str) -> tuple[str, ...]:
    """Words as a person lists them, between commas or lines."""
    parts = text[:LONGEST].replace("，", ",").replace("、", ",").replace("\n", ",").split(",")
    return tuple(dict.fromkeys(p.strip() for p in parts if p.strip()))


@require_GET
def titles_page(request: HttpRequest, key: str) -> HttpResponse:
    """Products to choose from; with `product` its title, and with `run` the best one."""
    shop = access.shop_for(person_of(request), key)
    seen = seeing.seen(seeing.membership(person_of(request), shop), shop, platform_today())
    snapshot = seeing.snapshot(seen)
    given: dict[str, Any] = {"tabs": tabs_of(shop, "keywords", "titles"), "limit": _limit(shop)}
    missing = [TABLES[t] for t in ("product_effect", "keyword_effect") if not snapshot.has(t)]
    product = said_in(request.GET, "product")[:64]
    if missing or not product:
        text = said_in(request.GET, "q").strip()[:200]
        found = [] if missing else _products(seen, text)
        given |= {"missing": missing, "text": text, "products": found[:SHOWN], "count": len(found)}
        return page(request, "titles.jinja", shop, section="keywords", **given)
    today = next((name for one, name, _ in _products(seen, "") if one == product), None)
    if today is None:
        raise Http404
    keep, without = (listed(said_in(request.GET, n)) for n in ("keep", "without"))
    new = min(whole(said_in(request.GET, "new")) or 0, MOST_NEW) if "new" in request.GET else NEW
    given |= {
        "product": product,
        "today": today,
        "keep": keep,
        "without": without,
        "new": new,
        "missing": [],
        "run": False,
        "told": None,
    }
    if request.GET.get("run") == "1":
        own = tuple(load()["KW03"].values(checking.own_settings(shop).get("KW03")).own_brands)
        told = _proposed(seen, product, _limit(shop), own, keep, without, new)
        given |= {"run": True, "told": told if isinstance(told, Proposal) else None, "why": told, "shown": SHOWN}
        given["drop"] = lambda word: changed(request.GET, without=", ".join([*without, word]))
    return page(request, "title.jinja", shop, section="keywords", **given)


def _limit(shop: Shop) -> int:
    return int(RULEBOOK.on(platform_today(), checking.own_rules(shop))["title_max_characters"])


@lru_cache(maxsize=KEPT)
def _every(seen: Seen) -> tuple[tuple[str, str, int | None], ...]:
    shop = seeing.snapshot(seen)
    got = products.effect(shop, DEFAULT_DAYS).select("product_id", "search_exposures")
    rows = products.titles(shop).join(got, on="product_id", how="left")
    ordered = rows.sort("search_exposures", "product_id", descending=[True, False], nulls_last=True).collect()
    return tuple(ordered.select("product_id", "product_name", pl.col("search_exposures")).iter_rows())


def _products(seen: Seen, text: str) -> list[tuple[str, str, int | None]]:
    """product, title, search exposures: those that hold the text, the most shown first."""
    wanted = text.lower()
    return [one for one in _every(seen) if wanted in one[1].lower() or wanted in one[0]]


@require_POST
def used(request: HttpRequest, key: str) -> HttpResponse:
    """A person has put the title into the back office: noted among the product's changes, so that its effect can be looked at."""
    shop, person = access.shop_for(person_of(request), key), person_of(request)
    access.demand(person, "edit_register", shop)
    product, title = request.POST.get("product", "")[:64], " ".join(request.POST.get("title", "").split())
    seen = seeing.seen(seeing.membership(person, shop), shop, platform_today())
    today = next((name for one, name, _ in _products(seen, "") if one == product), None)
    if today is None:
        raise Http404
    back = f"{reverse('titles', args=[shop.key])}?{urlencode({'product': product})}"
    if not title or len(title) > _limit(shop):
        said_long = said(
            f"标题要有 1 到 {_limit(shop)} 个字符，现在是 {len(title)} 个：改短后再记。",
            f"A title has 1 to {_limit(shop)} characters, this one {len(title)}: shorten it and note it again.",
        )
        messages.error(request, said_long)
        return redirect(back)
    now = {
        "product_id": product,
        "changed_on": platform_today().isoformat(),
        "part": "标题",
        "before": today,
        "after": title,
        "reason": "标题工具",
        "person": person.get_username(),
    }
    table = TABLES["product_change"]
    try:
        outcome = registering.save(shop, table, [Row(1, None, now)], person=person, whole_only=True)
    except Stale:
        messages.error(request, said("别人正在同时保存，请再试一次。", "Others are saving at the same time; try again."))
        return redirect(back)
    if outcome.written:
        messages.success(
            request,
            said(
                "已记下这次改标题。记得在后台真的改掉；以后会看它前后的曝光和商机。",
                "The change of title is noted. Do change it in the back office; exposures and leads before and after will be compared.",
            ),
        )
    elif outcome.problems:
        messages.error(request, outcome.problems[0].problem.says(words.lang()))
    else:
        messages.error(
            request,
            said(
                "今天已经记过这个产品的一次改标题，要改请到名单「产品改动记录」。",
                "A change of this product's title is noted for today already; to alter it open the register of product changes.",
            ),
        )
    return redirect(back)
