"""Which product belongs in which plan of 外贸直通车, with the reasons; beside what the register says now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import ad_plans, ads
from zhanggui.rulebook import Rules

NEW, ORDINARY, QUICK, BOOST, CAPPED = "新品加速", "普通计划", "快速引流", "优品助推", "控成本"
#: Kinds of the register of which nothing is proposed from the data: code of the reason.
NOT_PROPOSED = {
    "国家包": "countries",
    "全店智投": "whole_shop",
    "智能计划": "smart",
    "优品抢位": "positions",
    "问鼎": "bought",
    "顶展": "bought",
}


@dataclass(frozen=True)
class Place:
    """One product and its plan. `reasons`: "new", "new_first", "hit_label", "hit_list", "hit_natural", "quality", "seen",
    "unseen", "full", "no_label". `held`: the plans that the register has it in now, each with its kind."""

    product_id: str
    name: str
    kind: str
    plan: str
    reasons: tuple[str, ...]
    label: str
    natural: int | None
    inquiries: int | None
    held: tuple[tuple[str, str], ...] = ()

    @property
    def change(self) -> str:
        """ "stay" where the register has it in a plan of this kind alone, "add" where it has it nowhere, else "move"."""
        if not self.held:
            return "add"
        return "stay" if self.held == ((self.plan, self.kind),) else "move"


@dataclass(frozen=True)
class Size:
    """A proposed plan, how many products it takes, and how many it should (`high` infinite: any number)."""

    kind: str
    plan: str
    products: int
    low: int
    high: float

    @property
    def fits(self) -> bool:
        return self.low <= self.products <= self.high


@dataclass(frozen=True)
class PlanSheet:
    """`places`: the most natural clicks first within each kind. `gone`: (plan, kind, product, name) of the register whose product is
    nowhere any more. `stock`: products of the shop. `labelled`: how many have a label at all."""

    places: tuple[Place, ...]
    sizes: tuple[Size, ...]
    gone: tuple[tuple[str, str, str, str], ...]
    stock: int
    labelled: int
    kept: bool

    def counts(self) -> Mapping[str, int]:
        """ "add", "move", "stay", "gone" → how many."""
        return Counter(p.change for p in self.places) + Counter(gone=len(self.gone))


def p4p_plans(shop: Snapshot, rules: Rules) -> PlanSheet:
    """Platform-new products into acceleration; true hits alone, true quality together into boost (what is over goes to cost
    control); all others into ordinary plans or, in a shop of enough products, those that nobody opens into quick traffic.

    A product stays in the plan of the right kind that the register has it in, so that the sheet asks for no idle moves.
    """
    rows = ad_plans.standing(shop, rules).sort("natural", "product_id", descending=[True, False], nulls_last=True)
    held: dict[str, list[tuple[str, str]]] = {}
    named: dict[tuple[str, str], str] = {}
    for plan, product, kind, name in ads.assigned(shop).sort("plan", "product_id").collect().iter_rows():
        held.setdefault(product, []).append((plan, kind))
        named[plan, product] = name or product
    known = {row["product_id"]: row for row in rows.iter_rows(named=True)}
    groups = _groups(list(known.values()), rules)
    places = []
    for kind, wanted in groups:
        default = _usual(kind, held.values(), bool(wanted) and wanted[0][1][0].startswith("hit"))
        for row, reasons in wanted:
            product = row["product_id"]
            own = tuple(held.get(product, ()))
            alone = reasons[0].startswith("hit")
            plan = next((p for p, k in own if k == kind), f"爆品助推 {product}" if alone else default)
            if reasons[-1] == "new_first" and not any(k == kind for _, k in own):
                plan = f"{NEW} 2"
            told = row["label"] or ""
            places.append(Place(product, row["product_name"], kind, plan, reasons, told, row["natural"], row["inquiries"], own))
    gone = tuple(
        (plan, kind, product, named[plan, product])
        for product, plans in sorted(held.items())
        if product not in known
        for plan, kind in plans
    )
    labelled = rows["label"].len() - rows["label"].null_count()
    return PlanSheet(tuple(places), _sizes(places, rules), gone, len(known), labelled, bool(held))


Row = dict[str, Any]
Group = list[tuple[Row, tuple[str, ...]]]


def _groups(rows: list[Row], rules: Rules) -> list[tuple[str, Group]]:
    """Kind → products with their reasons, in the order of `rows`."""
    new = [r for r in rows if r["new"]]
    hits = [r for r in rows if r["hit"] and not r["new"]]
    good = [r for r in rows if r["quality"] and not r["hit"] and not r["new"]]
    rest = [r for r in rows if not (r["new"] or r["hit"] or r["quality"])]
    most, boost = int(rules["plan_new_max"]), int(rules["plan_boost_max"])
    second = int(rules["plan_new_second"])
    apart = {r["product_id"] for r in new[:second]} if len(new) > second else set()
    accelerated: Group = [(r, ("new", "new_first") if r["product_id"] in apart else ("new",)) for r in new[:most]]
    waist, over = (good[:boost], good[boost:]) if len(good) >= rules["plan_boost_min"] else ([], good)
    capped: Group = [(r, ("quality", "full" if waist else "few")) for r in over]
    plain: Group = [(r, ("full",)) for r in new[most:]]
    quick: Group = []
    for r in rest:
        code = "no_label" if r["label"] is None else "seen"
        if len(rows) >= rules["plan_quick_min_shop"] and not r["shop_clicks"] and len(quick) < rules["plan_quick_max"]:
            quick.append((r, ("unseen",)))
        else:
            plain.append((r, (code,)))
    boosted: Group = [(r, (_hit(r),)) for r in hits]
    return [(NEW, accelerated), (BOOST, boosted), (BOOST, [(r, ("quality",)) for r in waist]), (CAPPED, capped), (ORDINARY, plain), (QUICK, quick)]  # fmt: skip


def _hit(row: Row) -> str:
    if row["label"] and ad_plans.HIT in row["label"] and row["fresh"]:
        return "hit_label"
    return "hit_natural" if row["quality"] and row["much"] else "hit_list"


def _usual(kind: str, held: Iterable[list[tuple[str, str]]], alone: bool) -> str:
    """The register's largest plan of this kind, or a name for a new one."""
    sizes = Counter(plan for plans in held for plan, of in plans if of == kind)
    if alone or not sizes:
        return f"{kind} 1"
    return min(sizes, key=lambda plan: (-sizes[plan], plan))


def _sizes(places: list[Place], rules: Rules) -> tuple[Size, ...]:
    found = []
    for (kind, plan), n in Counter((p.kind, p.plan) for p in places).items():
        low, high = 1, inf
        if kind == NEW:
            high = rules["plan_new_max"]
        elif kind == BOOST:
            hit = any(p.plan == plan and p.reasons[0].startswith("hit") for p in places) and n <= rules["plan_hit_products"]
            low, high = (1, rules["plan_hit_products"]) if hit else (int(rules["plan_boost_min"]), rules["plan_boost_max"])
        elif kind == QUICK:
            high = rules["plan_quick_max"]
        found.append(Size(kind, plan, n, low, high))
    return tuple(found)


@dataclass(frozen=True)
class Overlap:
    """A word that is paid for and also brings clicks of its own. `natural` and `paid` are clicks, `shown` natural exposures;
    `top10` the Top 10's average exposures; `cost` of the same word in P4P, None where no report says it."""

    word: str
    natural: int
    paid: int
    shown: int
    top10: float | None
    cost: float | None

    @property
    def strong(self) -> bool:
        """Whether its natural exposures reach those of the Top 10."""
        return self.top10 is not None and self.shown >= self.top10


def overlaps(shop: Snapshot, days: int = 28, most: int = 30) -> tuple[Overlap, ...]:
    """Words whose natural clicks are at least their paid ones: what might have come without paying. Nothing says how much of it:
    only a test with the word off can. Most money first; a word listed twice under one spelling is left out of the money."""
    window = shop.last("keyword_effect", days)
    if window is None:
        return ()
    rows = window.rows.drop_nulls(["exposures", "clicks", "p4p_exposures", "p4p_clicks"])
    sums = rows.group_by("word", "occurrence").agg(
        pl.col("exposures", "clicks", "p4p_exposures", "p4p_clicks").sum(), pl.col("top10_exposures").sum()
    )
    alone = sums.filter(pl.len().over("word") == 1)
    free = pl.col("clicks") - pl.col("p4p_clicks")
    told = (
        alone.filter(pl.col("p4p_clicks") > 0, free >= pl.col("p4p_clicks"), pl.col("exposures") >= pl.col("p4p_exposures"))
        .join(ads.words(shop, days).select("word", pl.col("cost").cast(pl.Float64)), on="word", how="left")
        .select(
            "word",
            free.alias("natural"),
            pl.col("p4p_clicks").alias("paid"),
            (pl.col("exposures") - pl.col("p4p_exposures")).alias("shown"),
            "top10_exposures",
            "cost",
        )
        .sort("cost", "paid", "word", descending=[True, True, False], nulls_last=True)
        .head(most)
        .collect()
    )
    return tuple(Overlap(*row) for row in told.iter_rows())
