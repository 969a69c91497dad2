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
from zhanggui.measures.ad_plans import BOOST, BRAND, CAPPED, COUNTRIES, NEW, ORDINARY, POSITIONS, QUICK, SMART, WHOLE_SHOP
from zhanggui.rulebook import Rules

PROPOSED = NEW, BOOST, CAPPED, ORDINARY, QUICK
#: Of the kinds of which nothing is proposed the ones that are bought by word: beside them a product has its plan as any other.
BOUGHT = "bought"
#: Kinds of the register of which nothing is proposed from the data: code of the reason.
NOT_PROPOSED = {
    COUNTRIES: "countries",
    WHOLE_SHOP: "whole_shop",
    SMART: "smart",
    POSITIONS: "positions",
    **dict.fromkeys(BRAND, BOUGHT),
}
Held = tuple[str, str]  # a plan of the register and its kind


@dataclass(frozen=True)
class Place:
    """One product and its plan. `reasons`: what the product is ("new", "hit_label", "hit_list", "hit_natural", "quality", "unseen",
    "seen", "ordinary", "unreported", "old_label", "no_label"), then why there: "fits" (the plan that has it is right), "kept" (a kind
    of `NOT_PROPOSED`), "new_first", "full", "few". `held`: the plans that the register has it in now; `leaves`: those of them that it
    is to leave."""

    product_id: str
    name: str
    kind: str
    plan: str
    reasons: tuple[str, ...]
    label: str
    natural: int | None
    inquiries: int | None
    held: tuple[Held, ...] = ()
    leaves: tuple[Held, ...] = ()

    @property
    def change(self) -> str:
        """ "stay" where the register has it in this plan already, "move" where it is to leave another, else "add"."""
        if self.leaves:
            return "move"
        return "stay" if (self.plan, self.kind) in self.held else "add"

    @property
    def hit(self) -> bool:
        return self.reasons[0].startswith("hit")


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
    nowhere any more. `stock`: products of the shop. `labelled`: how many have a label at all; `stale`: these labels are too old to say anything."""

    places: tuple[Place, ...]
    sizes: tuple[Size, ...]
    gone: tuple[tuple[str, str, str, str], ...]
    stock: int
    labelled: int
    kept: bool
    stale: bool = False

    def counts(self) -> Mapping[str, int]:
        """ "add", "move", "stay", "gone" → how many."""
        return Counter(p.change for p in self.places) + Counter(gone=len(self.gone))


def p4p_plans(shop: Snapshot, rules: Rules) -> PlanSheet:
    """Platform-new products into acceleration; true hits alone, true quality together into boost (what is over goes to cost
    control); all others into ordinary plans or, in a shop of enough products, those that nobody opens into quick traffic.

    A product stays in a plan of the register that is right for it, and is never taken out of a kind of `NOT_PROPOSED`, so that the
    sheet asks for no idle moves. Without any product nothing is proposed.
    """
    frame = ad_plans.standing(shop, rules).sort("natural", "product_id", descending=[True, False], nulls_last=True)
    if frame.is_empty():
        return PlanSheet((), (), (), 0, 0, shop.has("p4p_assignment"))
    register = _register(shop, frame)
    rows = sorted(
        frame.iter_rows(named=True), key=lambda r: bool(r["new"]) or not r["hit"]
    )  # hits say whose plans are their own
    together = Counter(plan for row in rows for plan, _ in register.held.get(row["product_id"], ()))
    large = ad_plans.limits(QUICK, 0, len(rows), rules)[1] > 0
    own: set[str] = set()
    places, free = [], []
    for row in rows:
        held = register.held.get(row["product_id"], ())

        def right(at: Held, row: Row = row) -> bool:
            plan, kind = at
            if kind in NOT_PROPOSED or (plan, row["product_id"]) in register.wrong or (kind == QUICK and not large):
                return False
            if row["new"]:
                return kind == NEW
            return (together[plan] == 1 or plan == _alone(row)) if row["hit"] else plan not in own

        wanted = ad_plans.GOOD_KINDS if row["hit"] or row["quality"] else ad_plans.OTHER_KINDS
        best = sorted(filter(right, held), key=lambda at: at[1] not in wanted)[:1]
        stays = [*best, *(at for at in held if NOT_PROPOSED.get(at[1], BOUGHT) != BOUGHT)]
        if stays:
            plan, kind = stays[0]
            places.append(_place(row, kind, plan, (_is(row), "fits" if best else "kept"), held, stays))
        else:
            free.append(row)
        if row["hit"] and not row["new"] and (best or not stays):
            own.add(best[0][0] if best else _alone(row))
    usual = {kind: _usual(kind, register.held.values(), own) for kind in PROPOSED}
    filled = Counter(p.plan for p in places)
    for kind, row, reasons in _sorted_in(free, {kind: filled[plan] for kind, plan in usual.items()}, len(rows), rules):
        held = register.held.get(row["product_id"], ())
        if reasons[0].startswith("hit"):
            plan = _alone(row)
        else:
            plan = f"{NEW} 2" if "new_first" in reasons else usual[kind]
            plan = next((p for p, k in held if k == kind and p not in own), plan)
        places.append(_place(row, kind, plan, reasons, held, [(plan, kind)]))
    order = {row["product_id"]: n for n, row in enumerate(rows)}
    places.sort(key=lambda p: ((*PROPOSED, *NOT_PROPOSED).index(p.kind), order[p.product_id]))
    stale = ad_plans.labels_stale(shop, rules)
    labelled = frame["label"].len() - frame["label"].null_count()
    return PlanSheet(
        tuple(places), _sizes(places, len(rows), rules), register.gone, len(rows), labelled, bool(register.held), stale
    )


Row = dict[str, Any]


@dataclass(frozen=True)
class _Register:
    """`held`: product → its plans. `wrong`: (plan, product) of a kind that is not for it. `gone` as in `PlanSheet`."""

    held: Mapping[str, tuple[Held, ...]]
    wrong: frozenset[tuple[str, str]]
    gone: tuple[tuple[str, str, str, str], ...]


def _register(shop: Snapshot, known: pl.DataFrame) -> _Register:
    frame = known.lazy().with_columns(pl.lit(True).alias("there")).drop("product_name")
    rows = (
        ads.assigned(shop)
        .join(frame, on="product_id", how="left")
        .select("plan", "plan_kind", "product_id", "product_name", "there", ad_plans.misfit().is_not_null().alias("wrong"))
        .sort("product_id", "plan")
        .collect()
    )
    held: dict[str, tuple[Held, ...]] = {}
    wrong, gone = set(), []
    for plan, kind, product, name, there, unfit in rows.iter_rows():
        held[product] = (*held.get(product, ()), (plan, kind))
        if unfit:
            wrong.add((plan, product))
        if not there:
            gone.append((plan, kind, product, name or product))
    return _Register(held, frozenset(wrong), tuple(gone))


def _place(row: Row, kind: str, plan: str, reasons: tuple[str, ...], held: tuple[Held, ...], stays: Iterable[Held]) -> Place:
    leaves = tuple(at for at in held if at not in stays and at[1] not in NOT_PROPOSED)
    return Place(
        row["product_id"], row["product_name"], kind, plan, reasons, row["label"] or "", row["natural"], row["inquiries"],
        held, leaves,
    )  # fmt: skip


def _alone(hit: Row) -> str:
    """The name of the plan that a hit has for itself."""
    return f"爆品助推 {hit['product_id']}"


def _is(row: Row) -> str:
    """The code of what a product is."""
    if row["new"]:
        return "new"
    if row["hit"]:
        return _hit(row)
    if row["quality"]:
        return "quality"
    if row["label"] is None:
        return "no_label"
    if row["fresh"] is None:
        return "old_label"
    if row["shop_clicks"] is None:
        return "unreported"
    return "seen" if row["shop_clicks"] else "unseen"


def _sorted_in(free: list[Row], filled: Mapping[str, int], stock: int, rules: Rules) -> list[tuple[str, Row, tuple[str, ...]]]:
    """Products that no plan holds rightly: kind, product, reasons. `filled`: how many the plan that takes more of a kind has."""
    new = [r for r in free if r["new"]]
    good = [r for r in free if r["quality"] and not r["hit"] and not r["new"]]
    least, _ = ad_plans.limits(BOOST, inf, stock, rules)
    room, boost, quick = (ad_plans.limits(kind, inf, stock, rules)[1] - filled[kind] for kind in (NEW, BOOST, QUICK))
    second = int(rules["plan_new_second"])
    apart = {r["product_id"] for r in new[:second]} if len(new) > second and not filled[NEW] else set()
    enough = len(good) + filled[BOOST] >= least
    found: list[tuple[str, Row, tuple[str, ...]]] = []
    for n, row in enumerate(new):
        first = ("new_first",) if row["product_id"] in apart else ()
        found.append((NEW, row, ("new", *first)) if n < room else (ORDINARY, row, ("new", "full")))
    found += [(BOOST, r, (_hit(r),)) for r in free if r["hit"] and not r["new"]]
    for n, row in enumerate(good):
        if enough and n < boost:
            found.append((BOOST, row, ("quality",)))
        else:
            found.append((CAPPED, row, ("quality", "full" if enough else "few")))
    for row in (r for r in free if not (r["new"] or r["hit"] or r["quality"])):
        if quick > 0 and row["shop_clicks"] == 0:
            quick -= 1
            found.append((QUICK, row, ("unseen",)))
        else:
            found.append((ORDINARY, row, (_is(row),)))
    return found


def _hit(row: Row) -> str:
    if row["label"] and ad_plans.HIT_LABEL in row["label"] and row["fresh"]:
        return "hit_label"
    return "hit_natural" if row["quality"] and row["much"] else "hit_list"


def _usual(kind: str, held: Iterable[tuple[Held, ...]], own: set[str]) -> str:
    """The register's largest plan of this kind that is not a hit's own, or a name for a new one."""
    sizes = Counter(plan for plans in held for plan, of in plans if of == kind and plan not in own)
    return min(sizes, key=lambda plan: (-sizes[plan], plan)) if sizes else f"{kind} 1"


def _sizes(places: list[Place], stock: int, rules: Rules) -> tuple[Size, ...]:
    """Of the kinds that are proposed."""
    counted = Counter((p.kind, p.plan) for p in places if p.kind not in NOT_PROPOSED)
    return tuple(Size(kind, plan, n, *ad_plans.limits(kind, n, stock, rules)) for (kind, plan), n in counted.items())
