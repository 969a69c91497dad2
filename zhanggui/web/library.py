"""The word library of a shop: layers, languages, blue ocean, coverage; and words put together by what they share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from zhanggui.desk import access, checking, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Shop
from zhanggui.desk.seeing import Seen
from zhanggui.estimates.clusters import MOST, clusters
from zhanggui.measures import library
from zhanggui.measures.languages import NAMES
from zhanggui.plans.title_words import parts_of
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES
from zhanggui.web.listing import tabs_of
from zhanggui.web.lists import LISTS
from zhanggui.web.lists.loaded import loaded
from zhanggui.web.page import page, person_of
from zhanggui.web.words import said

DAYS = 28
KEPT = 8
SHOWN = 60  # clusters
FIRST = 12  # words of a cluster


@dataclass(frozen=True)
class Group:
    """A cluster as the page shows it. `uncovered`: words of it that no title holds."""

    name: str
    words: tuple[str, ...]
    count: int
    exposures: int
    clicks: int
    uncovered: int


def words_of(request: HttpRequest, shop: Shop) -> tuple[Seen, pl.DataFrame | None, Any]:
    """The list of words as the person is shown it, and its window."""
    member = seeing.membership(person_of(request), shop)
    seen = seeing.seen(member, shop, platform_today())
    found = loaded(seen, "keywords", DAYS, LISTS["keywords"].own(shop), person_of(request).currency)
    return seen, found.frame if found else None, found.window if found else None


@lru_cache(maxsize=KEPT)
def _groups(seen: Seen, own: Any, currency: str) -> tuple[Group, ...]:
    """Of the words with the most exposures, brands of others left out; worked out once for each state of the facts."""
    found = loaded(seen, "keywords", DAYS, own, currency)
    if found is None:
        return ()
    rows = found.frame.filter(pl.col("brand").is_null()).sort("exposures", "word", descending=[True, False], nulls_last=True)
    top = rows.head(MOST)
    told = []
    for one in clusters(parts_of(top["word"].to_list())):
        inside = top[list(one.words)]
        told.append(
            Group(
                one.name,
                tuple(inside["word"].head(FIRST)),
                inside.height,
                int(inside["exposures"].sum()),
                int(inside["clicks"].sum()),
                int((inside["titles"] == 0).sum()),
            )
        )
    return tuple(sorted(told, key=lambda g: (-g.exposures, g.name)))


@require_GET
def words_page(request: HttpRequest, key: str) -> HttpResponse:
    """What the words of the last weeks are; the clusters when they are asked for."""
    shop = access.shop_for(person_of(request), key)
    seen, frame, window = words_of(request, shop)
    given: dict[str, Any] = {"frame": None, "source": TABLES["keyword_effect"]}
    if frame is not None:
        rules = RULEBOOK.on(platform_today(), checking.own_rules(shop))
        asked = request.GET.get("clusters") == "1"
        groups = _groups(seen, LISTS["keywords"].own(shop), person_of(request).currency) if asked else ()
        given = {
            "frame": frame,
            "window": window,
            "layers": _layers(seen, frame, rules, shop),
            "languages": _languages(frame, shop),
            "published": frame["index"].count(),
            "passing": library.passing(frame.lazy(), rules["blue_ocean_ratio"]).collect().height,
            "ratio": rules["blue_ocean_ratio"],
            "uncovered": frame.filter(pl.col("titles") == 0),
            "asked": asked,
            "groups": groups[:SHOWN],
            "more": len(groups) - SHOWN,
            "most": MOST,
        }
    tabs = tabs_of(shop, "keywords", "library")
    return page(request, "library.jinja", shop, section="keywords", tabs=tabs, **given)


def _layers(seen: Seen, frame: pl.DataFrame, rules: Any, shop: Shop) -> list[tuple[str, int, int, int, str]]:
    """Layer, words of the list in it, words that the shop keeps in it, advised, and where those of the list stand."""
    kept = dict(library.layers(seeing.snapshot(seen)).collect().iter_rows())
    counted = dict(frame["layer"].value_counts().iter_rows())
    return [
        (said(layer, english), counted.get(layer, 0), kept[layer], int(rules[number]), _narrowed(shop, f=english))
        for layer, (english, number) in library.LAYERS.items()
    ]


def _languages(frame: pl.DataFrame, shop: Shop) -> list[dict[str, Any]]:
    rows = library.by_language(frame.lazy()).collect().iter_rows(named=True)
    none = said("只有品牌、尺码、型号", "brands, sizes, models only")
    return [
        row | {"name": said(*NAMES[row["language"]]) if row["language"] else none,
               "href": _narrowed(shop, **({"is.language": row["language"]} if row["language"] else {"missing.language": 1}))}
        for row in rows
    ]  # fmt: skip


def _narrowed(shop: Shop, **query: Any) -> str:
    """The list of words, narrowed."""
    return f"{reverse('keywords', args=[shop.key])}?{urlencode(query)}"
