"""What goes on in the market and around the shop: planted on purpose, with ids, days and strength in truth.json.

Some stand only in the reports of their own (`AROUND`); those of `WITHIN` change the shop's own figures of the year as well, so
they are put in only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from sandbox.market import stream
from sandbox.shop import Shop

AROUND = ("season", "campaign", "fading_word", "phishing", "duplicate_buyer", "late_delivery", "price_war")
WITHIN = ("rising_product", "campaign_lift", "late_shipment")
CAMPAIGNS = {3: "三月新贸节", 9: "九月采购节"}


@dataclass(frozen=True)
class Happening:
    """One thing that happens. `ids`: whom it is about. `reports`: the tables whose files show it."""

    kind: str
    ids: dict[str, Any]
    days: tuple[date, date]
    strength: dict[str, float]
    reports: tuple[str, ...]

    def holds(self, day: date) -> bool:
        return self.days[0] <= day <= self.days[1]

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "ids": self.ids,
            "days": [day.isoformat() for day in self.days],
            "strength": {name: round(float(value), 4) for name, value in self.strength.items()},
            "reports": list(self.reports),
        }


def choose(wanted: str | Iterable[str]) -> list[str]:
    """`around`, `none`, `all` or names."""
    named = {"around": AROUND, "none": (), "all": (*AROUND, *WITHIN)}
    if isinstance(wanted, str) and wanted in named:
        return [*named[wanted]]
    given = {wanted} if isinstance(wanted, str) else set(wanted)
    if unknown := given - {*AROUND, *WITHIN}:
        raise ValueError(f"no such happenings: {sorted(unknown)}")
    return [kind for kind in (*AROUND, *WITHIN) if kind in given]


def campaign_weeks(shop: Shop) -> dict[str, list[int]]:
    """The weeks of each campaign of the year, those that begin in its month, by `name year`."""
    found: dict[str, list[int]] = {}
    for week, (start, _) in enumerate(shop.world.weeks):
        if start.month in CAMPAIGNS:
            found.setdefault(f"{CAMPAIGNS[start.month]} {start.year}", []).append(week)
    return found


def span(shop: Shop, weeks: list[int]) -> tuple[date, date]:
    return shop.world.weeks[weeks[0]][0], shop.world.weeks[weeks[-1]][1]


def campaign(shop: Shop) -> list[Happening]:
    """The platform's two large campaigns: more visitors come through venues, more RFQs are posted."""
    rng = stream(shop.world.seed, "campaign")
    return [
        Happening(
            "campaign",
            {"name": name.split()[0]},
            span(shop, weeks),
            {"venue_factor": round(rng.uniform(2.2, 3.2), 2), "request_factor": round(rng.uniform(1.6, 2.2), 2)},
            ("traffic_source", "rfq", "web_visit"),
        )
        for name, weeks in campaign_weeks(shop).items()
    ]


def campaign_lift(shop: Shop) -> list[Happening]:
    """What visits by nature grow by in the weeks of a campaign."""
    rng = stream(shop.world.seed, "campaign lift")
    return [
        Happening(
            "campaign_lift",
            {"name": name.split()[0]},
            span(shop, weeks),
            {"natural_factor": round(rng.uniform(1.25, 1.4), 2)},
            ("product_effect", "shop_overview"),
        )
        for name, weeks in campaign_weeks(shop).items()
    ]


def rising_product(shop: Shop) -> list[Happening]:
    """A product that no trouble holds, of middling traffic, which grows week by week to several times of it.

    Where it outgrows the showcase, a check that names it as strong and outside is right.
    """
    rng = stream(shop.world.seed, "rising product")
    world = shop.world
    held = {plant.key.get("product_id") for plant in shop.plants}
    usual = shop.effect["search_exposures"][:, -8:].mean(axis=1)
    free = [p for p in range(world.count) if not world.promoted[p] and not world.quiet[p] and world.ids[p] not in held]
    product = max((int(p) for p in rng.permutation(free)[:12]), key=lambda p: float(usual[p]))
    weeks = list(range(len(world.weeks) - 10, len(world.weeks)))
    growth = round(rng.uniform(1.18, 1.26), 3)
    strength = {"weekly_growth": growth, "factor_at_end": growth ** len(weeks)}
    return [Happening("rising_product", {"product_id": world.ids[product]}, span(shop, weeks), strength, ("product_effect",))]


def late_weeks(shop: Shop, name: str) -> list[int]:
    """Three weeks whose orders have all had time to arrive."""
    first = len(shop.world.weeks) - int(stream(shop.world.seed, name).integers(11, 14))
    return [first, first + 1, first + 2]


def late_delivery(shop: Shop) -> list[Happening]:
    """Three weeks of orders that the carrier brings late, though they left in time."""
    weeks = late_weeks(shop, "late delivery")
    days = float(stream(shop.world.seed, "late delivery days").integers(6, 12))
    return [Happening("late_delivery", {"carrier": "演示专线"}, span(shop, weeks), {"days_late": days}, ("logistics_order",))]


def late_shipment(shop: Shop) -> list[Happening]:
    """Three weeks of orders that leave the shop late."""
    weeks = late_weeks(shop, "late shipment")
    days = float(stream(shop.world.seed, "late shipment days").integers(3, 8))
    return [Happening("late_shipment", {}, span(shop, weeks), {"days_late": days}, ("order_lines", "logistics_order"))]


def price_war(shop: Shop) -> list[Happening]:
    """Rivals cut the prices of one category, and stay there."""
    rng = stream(shop.world.seed, "price war")
    weeks = list(range(len(shop.world.weeks) - int(rng.integers(6, 9)), len(shop.world.weeks)))
    ids = {"category": int(rng.integers(5)), "rivals": sorted(int(r) for r in rng.permutation(8)[:4])}
    return [
        Happening("price_war", ids, span(shop, weeks), {"price_factor": round(rng.uniform(0.75, 0.85), 3)}, ("rival_listing",))
    ]


def fading_word(shop: Shop) -> list[Happening]:
    """A word that buyers search less and less, on the platform and on the web."""
    rng = stream(shop.world.seed, "fading word")
    held = {plant.key.get("word") for plant in shop.plants}
    words = shop.words
    high = [p for p in range(words.paid, len(words.text)) if words.english[p] and words.text[p] not in held]
    word = max((int(p) for p in rng.permutation(high)[:20]), key=lambda p: float(np.nan_to_num(words.index[p])))
    weeks = list(range(len(shop.world.weeks) - 16, len(shop.world.weeks)))
    fall = round(rng.uniform(0.90, 0.94), 3)
    strength = {"weekly_factor": fall, "factor_at_end": fall ** len(weeks)}
    return [
        Happening("fading_word", {"word": words.text[word]}, span(shop, weeks), strength, ("keyword_index", "search_trend"))
    ]
