"""Troubles put into a shop on purpose: which, where, since when and how strong. What a check must find, and nothing else.

Plants never share a product or a word. A trouble that makes another check speak by right says so in `also`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.random import Generator

from sandbox import market
from sandbox.market import LEAD, World, stream
from sandbox.words import Words

CHECKS = {
    "no_inquiry_product": "PR01",
    "paid_no_inquiry_product": "AD01",
    "low_ctr_product": "PR05",
    "dead_product": "PR02",
    "weak_showcase": "PR03",
    "strong_unshowcased": "PR04",
    "mistyped_product": "PR06",
    "concentration": "TR01",
    "uncovered_word": "KW01",
    "behind_top10": "KW02",
    "brand_word": "KW03",
    "duplicate_word": "KW04",
    "falling_word": "KW06",
    "spend_without_leads": "AD02",
    "shop_drop": "TR02",
    "late_report": "DA01",
    "missing_week": "DA03",
}

#: Those of the daily work, which stand in a shop of `operations` with a level of strength; two of them are kinds of `CHECKS`.
OPERATIONS = {
    "falling_word": "KW06",
    "mistyped_product": "PR06",
    "rising_product": "PR07",
    "asked_trade_product": "PR08",
    "orphan_word": "PR09",
    "image_fault": "LI01",
    "country_loss": "TR03",
}
#: Falls that take the shop's exposures down with them, one to a shop: what an explanation of the fall must name first.
FALLEN = {"country_loss": "TR03", "word_loss": "KW06", "product_loss": "TR05"}
CODES = CHECKS | OPERATIONS | FALLEN
LEVELS = 3

QUARTER = 13  # weeks
STRONG_CLICKS = 290.0  # a week: 1,160 in 28 days, and above 900 even when the whole shop drops in the last week
STRONG_SHARE = 0.127  # of whole-shop clicks, so that a strong product is no concentration
CONCENTRATED_SHARE = 0.36
WASTED_CLICKS = 135.0  # a week: 540 in 28 days
LOW_CTR, LOW_CTR_EXPOSURES = 0.3, 1_650.0
DROP, FALL = 0.55, 0.35
FALLS = (0.5, 0.4, 0.3)  # by level
ORDERED = (2, 4, 6)  # orders in a quarter on a product that nobody asks about, by level
BUSY = 2.4  # times the usual traffic: a shop of 120 products whose countries can be told apart
TWICE_WEEKS = 4


@dataclass
class Plant:
    """One trouble. `since`: last day of the first week that shows it. `oracle`: chance that who knows the truth finds it."""

    kind: str
    key: dict[str, Any]
    since: str
    strength: dict[str, float]
    at: int = -1
    also: list[str] = field(default_factory=list)
    oracle: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        strength = {name: round(float(value), 4) for name, value in self.strength.items()}
        return {
            "kind": self.kind,
            "check": CODES[self.kind],
            "key": self.key,
            "since": self.since,
            "strength": strength,
            "also": self.also,
            "oracle": self.oracle,
        }


def choose(seed: int, wanted: str | Iterable[str]) -> list[str]:
    """The kinds of a shop, in the order of `CODES`."""
    rng = stream(seed, "plants")
    if wanted == "none" or (wanted in ("auto", "operations") and seed % 5 == 0):
        return []
    if wanted == "operations":
        rng = stream(seed, "operations")
        return [kind for kind in OPERATIONS if rng.random() < 0.6]
    if wanted == "all":
        return [kind for kind in CHECKS if kind not in ("shop_drop", "late_report")]
    if wanted == "auto":
        drawn = {kind for kind in CHECKS if rng.random() < 0.5}
        hides = [kind for kind in ("shop_drop", "late_report") if kind in drawn]
        if "falling_word" in drawn and hides:
            drawn -= {"falling_word"} if rng.random() < 0.5 else set(hides)
        return [kind for kind in CHECKS if kind in drawn]
    given = {wanted} if isinstance(wanted, str) else set(wanted)
    if unknown := given - set(CODES):
        raise ValueError(f"no such kinds of plants: {sorted(unknown)}")
    return [kind for kind in CODES if kind in given]


def levels(seed: int, wanted: str | Iterable[str]) -> dict[str, int]:
    """How strong each kind of `OPERATIONS` and `FALLEN` is in a shop of them, or where one is asked for by name."""
    named = [wanted] if isinstance(wanted, str) else [*wanted]
    if named in (["auto"], ["all"], ["none"]) or (named != ["operations"] and not {*named} & ({*CODES} - {*CHECKS})):
        return {}
    rng = stream(seed, "levels")
    return {kind: int(rng.integers(1, LEVELS + 1)) for kind in (*OPERATIONS, *FALLEN)}


def size(kinds: list[str], products: int) -> float:
    """How much busier than the real export the shop must be, for its strong products to stay below `STRONG_SHARE`."""
    strong = sum(kind in kinds for kind in ("no_inquiry_product", "paid_no_inquiry_product"))
    if not strong:
        return 1.0
    rest = STRONG_CLICKS / STRONG_SHARE * (1 - CONCENTRATED_SHARE * ("concentration" in kinds)) - STRONG_CLICKS * strong
    return max(1.0, (rest - WASTED_CLICKS * ("spend_without_leads" in kinds)) / (1387 / 365 * products))


def week_end(world: World, back: int) -> str:
    """Last day of the week that began `back` weeks before the end."""
    return world.weeks[max(len(world.weeks) - back, 0)][1].isoformat()


def take(world: World, rng: Generator, allowed: Iterable[Any], count: int = 1) -> list[int]:
    """Products that fit and that no other plant holds."""
    free = [i for i, fits in enumerate(allowed) if fits and i not in world.taken]
    chosen = [int(i) for i in rng.permutation(free)[:count]]
    if len(chosen) < count:
        raise ValueError("the shop has too few products for its plants")
    world.taken.update(chosen)
    return chosen


def set_clicks(world: World, product: int, clicks: float) -> float:
    """Bring a product to so many clicks a week through its exposures; gives its search exposures."""
    at_one = float((world.mix[product] * world.rates()[product]).sum())
    world.search[product] = max(clicks / at_one, market.LEAST_SEEN)
    return float(world.search[product])


def silence(world: World, product: int, weeks: int = QUARTER) -> None:
    """No inquiry, chat or order of the product in the last weeks."""
    world.leads[product, -weeks:] = 0.0


def product_plant(world: World, kind: str, product: int, since: str, **strength: float) -> Plant:
    return Plant(kind, {"product_id": world.ids[product]}, since, strength, product)


def no_inquiry_product(world: World, rng: Generator) -> list[Plant]:
    (product,) = take(world, rng, ~world.promoted & ~world.quiet)
    world.kind[product] = LEAD
    set_clicks(world, product, STRONG_CLICKS)
    silence(world, product)
    return [strong_silent(world, "no_inquiry_product", product)]


def paid_no_inquiry_product(world: World, rng: Generator) -> list[Plant]:
    (product,) = take(world, rng, world.promoted & ~world.showcase)
    world.kind[product] = LEAD
    world.natural[product] = 0.0  # all-site promotion only
    set_clicks(world, product, STRONG_CLICKS)
    silence(world, product)
    plant = strong_silent(world, "paid_no_inquiry_product", product)
    plant.also.append("PR01")  # it is a strong product without inquiries as well
    return [plant]


def strong_silent(world: World, kind: str, product: int) -> Plant:
    clicks = 4 * STRONG_CLICKS
    inquiries = clicks * market.INQUIRY_RATE
    return product_plant(
        world, kind, product, week_end(world, QUARTER), clicks_28d=clicks, expected_inquiries_28d=inquiries, lead_factor=0.0
    )


def low_ctr_product(world: World, rng: Generator) -> list[Plant]:
    (product,) = take(world, rng, world.promoted & ~world.showcase)
    world.natural[product] = 0.0
    world.search[product] = max(LOW_CTR_EXPOSURES, world.search[product])
    world.click_factor[product] = LOW_CTR
    expected = 4 * world.search[product]
    rate = market.SEARCH_RATE * world.category_factor[world.category[product]]
    return [
        product_plant(
            world,
            "low_ctr_product",
            product,
            week_end(world, len(world.weeks)),
            search_exposures_28d=expected,
            click_rate=rate * LOW_CTR,
            category_click_rate=rate,
        )
    ]


def dead_product(world: World, rng: Generator) -> list[Plant]:
    found = []
    for product in take(world, rng, ~world.promoted & ~world.quiet & (world.search > 4), int(rng.integers(2, 5))):
        weeks = int(rng.integers(14, min(21, len(world.weeks))))
        world.seen[product, -weeks:] = 0.0
        found.append(
            product_plant(
                world, "dead_product", product, week_end(world, weeks), weeks=weeks, mean_before=world.search[product]
            )
        )
    return found


def weak_showcase(world: World, rng: Generator) -> list[Plant]:
    found = []
    for product in take(world, rng, ~world.promoted & ~world.quiet, int(rng.integers(1, 3))):
        world.showcase[product] = True
        set_clicks(world, product, world.typical / 40)
        silence(world, product)
        clicks = 4 * world.clicks()[product]
        since = week_end(world, QUARTER)
        found.append(
            product_plant(world, "weak_showcase", product, since, clicks_28d=clicks, typical_clicks_28d=4 * world.typical)
        )
    return found


def strong_unshowcased(world: World, rng: Generator) -> list[Plant]:
    found = []
    for product in take(world, rng, world.promoted & ~world.showcase, int(rng.integers(1, 3))):
        set_clicks(world, product, 1.25 * world.typical)
        world.forced_inquiry.append(product)
        others = 4 * float(
            world.clicks()[world.promoted & ~world.showcase & ~np.isin(np.arange(world.count), [*world.taken])].max()
        )
        since = week_end(world, len(world.weeks))
        plant = product_plant(
            world, "strong_unshowcased", product, since, clicks_28d=5 * world.typical, others_clicks_28d=others
        )
        found.append(plant)
    return found


def mistyped_product(world: World, rng: Generator) -> list[Plant]:
    middle = ~world.promoted & ~world.quiet & (world.search < 30)
    (product,) = take(world, rng, middle & np.array([kind == LEAD for kind in world.kind]))
    silence(world, product)
    strong = world.levels.get("mistyped_product")
    orders = ORDERED[strong - 1] if strong else int(rng.integers(4, 7))
    people = [int(b) for b in rng.permutation(40)[:3]]
    when = sorted(int(w) for w in rng.integers(len(world.weeks) - 12, len(world.weeks), orders))
    planned = [(week, people[number % 3]) for number, week in enumerate(when)]
    world.forced_orders.append((product, planned))
    since = world.weeks[when[0]][1].isoformat()
    return [product_plant(world, "mistyped_product", product, since, orders_90d=orders, buyers_90d=min(orders, 3))]


def concentration(world: World, rng: Generator) -> list[Plant]:
    (product,) = take(world, rng, world.showcase & world.promoted)
    rest = float(np.delete(world.clicks(), product).sum())
    set_clicks(world, product, rest * CONCENTRATED_SHARE / (1 - CONCENTRATED_SHARE))
    since = week_end(world, len(world.weeks))
    clicks = 4 * float(world.clicks()[product])
    return [product_plant(world, "concentration", product, since, share=CONCENTRATED_SHARE, clicks_28d=clicks)]


OF_PRODUCTS: tuple[Callable[[World, Generator], list[Plant]], ...] = (
    no_inquiry_product,
    paid_no_inquiry_product,
    low_ctr_product,
    dead_product,
    weak_showcase,
    strong_unshowcased,
    mistyped_product,
    concentration,
)


def plant_products(world: World, kinds: list[str]) -> list[Plant]:
    """Put the chosen troubles of products into the shop."""
    from sandbox import operation_plants

    found = [p for make in OF_PRODUCTS if make.__name__ in kinds for p in make(world, stream(world.seed, make.__name__))]
    return found + operation_plants.plant_products(world, kinds)


def plant_words(world: World, words: Words, kinds: list[str]) -> list[Plant]:
    """Put the chosen troubles of words into the shop."""
    from sandbox import word_plants

    return word_plants.plant(world, words, kinds)


def plant_files(world: World, words: Words, kinds: list[str]) -> list[Plant]:
    """A fall of the whole shop in the last week, of one country, and reports that were not fetched."""
    from sandbox import operation_plants

    last = len(world.weeks) - 1
    rng = stream(world.seed, "files")
    found = operation_plants.plant_falls(world, words, kinds)
    if "shop_drop" in kinds:
        world.seen[:, last] *= DROP
        words.seen[:, last] *= DROP
        clicks = float(world.clicks().sum())
        found.append(Plant("shop_drop", {}, week_end(world, 1), {"factor": DROP, "clicks_week": clicks}, also=["KW06"]))
    if "late_report" in kinds:
        world.skip |= {("keyword_effect", last), ("keyword_effect", last - 1)}
        key = {"table": "keyword_effect"}
        found.append(Plant("late_report", key, week_end(world, 2), {"weeks": 2}))
    if "missing_week" in kinds:
        week = last - int(rng.integers(4, 6))  # in the middle of the last eight, before the last 28 days
        world.skip.add(("product_effect", week))
        end = world.weeks[week][1].isoformat()
        key = {"table": "product_effect", "period_end": end}
        found.append(Plant("missing_week", key, end, {"weeks": 1}))
    return found
