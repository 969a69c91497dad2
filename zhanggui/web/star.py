"""星等级: both tracks beside the next level, the next assessment, where it leads, and the cheapest way up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

import polars as pl
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from zhanggui.desk import access, checking, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.seeing import Seen
from zhanggui.measures import online
from zhanggui.measures import star as measured
from zhanggui.plans.star_climb import Way, Wish, suppose, ways
from zhanggui.plans.star_lists import Condition, conditions
from zhanggui.plans.star_worth import Worth, worth
from zhanggui.rulebook import RULEBOOK
from zhanggui.rulebook.star import assessment
from zhanggui.tables import TABLES
from zhanggui.web.page import member_of, page
from zhanggui.web.rule_words import number
from zhanggui.web.star_plan_words import ConditionWords, WorthWords, plans
from zhanggui.web.star_words import Outlook, history_chart, outlook, shown_tracks, sliders

KEPT = 16
MOST_PRODUCTS = 10
EDGES = ("star_list_from", "star_on_time_share", "star_list_top")
BRIM = 1e-6  # a slider left alone sends its own value back, rounded by the browser


@lru_cache(maxsize=KEPT)
def _read(seen: Seen) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """standing, powers, tracks and every page, worked out once for each state of the facts."""
    shop = seeing.snapshot(seen)
    return (
        measured.standing(shop).collect(), measured.powers(shop).collect(), measured.tracks(shop).collect(),
        measured.history(shop),
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _outlook(seen: Seen, to: date) -> Outlook:
    return outlook(_read(seen)[3], to)


@lru_cache(maxsize=KEPT)
def _worth(seen: Seen) -> Worth:
    """What of the answer does not hang on the plan."""
    return worth(seeing.snapshot(seen))


@lru_cache(maxsize=KEPT)
def _past(seen: Seen, least: float) -> list[tuple[str, int, int, float]]:
    """Products of which too few orders go through the platform: name, orders, deals past it, share."""
    found = online.by_product(seeing.snapshot(seen)).filter(pl.col("online_share") < least).head(MOST_PRODUCTS).collect()
    return found.select("product_name", "online", "offline", "online_share").rows()


@lru_cache(maxsize=KEPT)
def _conditions(seen: Seen, edges: tuple[float, ...]) -> list[Condition]:
    """`edges`: the rulebook's numbers that decide them, as they are in this shop."""
    shop = seeing.snapshot(seen)
    return conditions(shop, RULEBOOK.on(shop.day, what_if=dict(zip(EDGES, edges, strict=True))))


@require_GET
def star(request: HttpRequest, key: str) -> HttpResponse:
    """The page. With `plan` in the address the cheapest way up is worked out, within the limits and suppositions of its form."""
    member, shop = member_of(request, key)
    day = platform_today()
    rules = RULEBOOK.on(day, checking.own_rules(shop))
    seen = seeing.whole(shop, day)
    standing, powers, tracks, pages = _read(seen)
    may_see_money = seeing.sees(member.role, "star_action", TABLES["star_action"].columns)
    open_one = assessment(day, rules, still_open=True)
    asked = request.GET
    sees = partial(access.sees_indicator, member.role)
    known = standing.filter([sees(code) for code in standing["code"]])
    wish = _wish(asked, known, within=(open_one.scored - day).days)
    told = shown_tracks(suppose(standing, wish.supposed), powers, tracks, _outlook(seen, open_one.scored), shop.key, sees)
    found: list[Way] = []
    units: dict[str, str] = {}
    if may_see_money and "plan" in asked:
        facts = seeing.snapshot(seen)
        found = ways(facts, rules, wish)
        units = dict(facts.scan("star_action").select("action", "unit").drop_nulls().collect().rows())
    sees_all = may_see_money and access.sees_whole(member, "order_lines", "order_amount")
    judged = None
    if sees_all:
        best = next((way.plan for way in found if way.plan), None)
        judged = worth(seeing.snapshot(seen), best, wish.hour_price) if best and best.units else _worth(seen)
    return page(
        request,
        "star.jinja",
        shop,
        section="star",
        day=day,
        table=TABLES["star_level"],
        tracks=told,
        next=assessment(day, rules),
        open=open_one,
        rules=rules,
        drawn=history_chart(pages, tracks),
        plans=plans(found, standing, units),
        asked=asked,
        wish=wish,
        supposing=bool(wish.supposed),
        sliders=sliders(known, tracks, wish),
        may_plan=may_see_money,
        worth=WorthWords(judged, rules) if judged else None,
        past=_past(seen, rules["online_product_share"]) if sees_all else [],
        conditions=[ConditionWords(one, rules) for one in _conditions(seen, tuple(rules[name] for name in EDGES))]
        if sees_all
        else [],
    )


def _wish(asked: QueryDict, standing: pl.DataFrame, within: int) -> Wish:
    """What the form asks. A typed value goes before its slider; a slider that nobody has moved supposes nothing."""

    def positive(name: str) -> float | None:
        value = number(asked.get(name, ""))
        return value if value is not None and 0 <= value <= 10**7 else None

    wish = Wish(
        positive("hours"), positive("money"), positive("hour"), within if "in_time" in asked else None,
        "plan" not in asked or "transaction" in asked,
    )  # fmt: skip
    supposed: dict[str, float] = {}
    for row in standing.unique("code", maintain_order=True).iter_rows(named=True):
        for name in ("n", "s"):
            value = number(asked.get(f"{name}.{row['code']}", ""))
            if value is None or not 0 <= value <= 10**9:
                continue
            made = value / 100 if row["unit"] == "%" else value
            if row["value"] is None or abs(made - row["value"]) > BRIM * max(1.0, abs(row["value"])):
                supposed[row["code"]] = made
            break
    return replace(wish, supposed=supposed)
