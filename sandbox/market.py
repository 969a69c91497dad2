"""The truth behind the figures: who the products are, how much they are seen, and how often buyers act.

A product is seen in four places: search and elsewhere (recommendations, venues), each by nature or paid. Paid search is
partly standard promotion (bought by word), the rest all-site promotion. Exposures are Poisson, clicks binomial given
exposures, inquiries and chats Poisson given clicks. The rates are those of one real export (365 products, one week).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sandbox import vocabulary as voc

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

EXPOSURES = 54_082 / 365  # search exposures per product and week
SEARCH_RATE = 630 / 54_082
OTHER_RATE = 0.0427  # clicks per exposure elsewhere, by nature
OTHER_PAID_RATE = 0.0206
INQUIRY_RATE = 18 / 1_387  # per whole-shop click
CHAT_RATE = 34 / 1_387
VISITOR_RATE = 0.80
ORDER_RATE = 0.012  # per click on a product of type 交易品
P4P_LEAD_RATE = 0.026  # 询盘个数 of the P4P report (inquiries and chats) per P4P click

SHOWCASE_SHARE, PROMOTED_SHARE, QUIET_SHARE = 15 / 365, 134 / 365, 0.22
STREAMS = ("search_natural", "search_paid", "other_natural", "other_paid")
PROMOTED_MIX = (0.10, 0.90, 0.0743, 0.3642)  # exposures per search exposure of a promoted product, by stream
UNPROMOTED_MIX = (1.0, 0.0, 1.7, 0.0)
STANDARD_MIX = 0.36  # of a promoted product's search exposures; a part of the 0.90
LEAST_SEEN = 0.8  # exposures a week: nothing natural goes unseen for thirteen weeks
GAP = 2.15  # clicks of the weakest showcase product to those of the strongest other one
STEADY_WEEKS = 13  # the last weeks have neither season nor growth

TRADE, LEAD = "交易品", "商机品"


def stream(seed: int, name: str) -> Generator:
    """An own source of chance per subject, so that a plant in one leaves the others as they were."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def click_rates() -> Floats:
    return np.array([SEARCH_RATE, SEARCH_RATE, OTHER_RATE, OTHER_PAID_RATE])


def clicks_per_exposure(promoted: bool) -> float:
    """Whole-shop clicks that come with one search exposure."""
    return float(np.dot(PROMOTED_MIX if promoted else UNPROMOTED_MIX, click_rates()))


@dataclass
class World:
    """True parameters. Arrays are by product, or by product and week."""

    seed: int
    size: float
    weeks: list[tuple[date, date]]
    season: Floats
    ids: list[str]
    titles: list[str]
    models: list[str]
    category: Ints
    category_factor: Floats
    kind: list[str]
    owners: list[str]
    price: Floats
    min_order: Ints
    created: list[date]
    showcase: Flags
    promoted: Flags
    quiet: Flags
    typical: float
    search: Floats
    natural: Floats
    mix: Floats
    click_factor: Floats
    seen: Floats
    leads: Floats
    taken: set[int] = field(default_factory=set)
    forced_inquiry: list[int] = field(default_factory=list)
    forced_orders: list[tuple[int, list[tuple[int, int]]]] = field(default_factory=list)
    forced_leads: list[tuple[int, int]] = field(default_factory=list)
    levels: dict[str, int] = field(default_factory=dict)
    skip: set[tuple[str, int]] = field(default_factory=set)
    plants: list[Any] = field(default_factory=list)
    targets: Any = None

    @property
    def count(self) -> int:
        return len(self.ids)

    def rates(self) -> Floats:
        """Clicks per exposure, by product and stream."""
        return np.outer(self.category_factor[self.category] * self.click_factor, click_rates())

    def clicks(self) -> Floats:
        """Expected whole-shop clicks a week in the steady weeks, by product."""
        return (self.search[:, None] * self.mix * self.rates()).sum(axis=1)


def calendar(end: date, count: int) -> list[tuple[date, date]]:
    """`count` weeks, Sunday to Saturday, the last one ending on `end`."""
    if end.weekday() != 5:
        raise ValueError(f"{end}: the platform's week ends on a Saturday")
    lasts = [end - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    return [(last - timedelta(days=6), last) for last in lasts]


def seasons(count: int) -> Floats:
    """Mild growth and season, level in the last weeks."""
    back = np.arange(count - 1, -1, -1) - (STEADY_WEEKS - 1)
    early = np.clip(back, 0, None)
    return 1.0 - 0.12 * early / 39 + 0.05 * np.sin(2 * np.pi * early / 26)


def weights(rng: Generator, count: int, size: float) -> tuple[Floats, Flags, Flags, Flags]:
    """Expected search exposures a week (before the category's factor), and the showcase, promoted and quiet flags.

    Showcase and promoted products carry nearly all traffic, as in the real export; about a fifth is hardly ever seen.
    """
    kinds = np.zeros(count, dtype=np.int64)
    in_case = max(4, round(SHOWCASE_SHARE * count))
    paid = round(PROMOTED_SHARE * count)
    quiet = round(QUIET_SHARE * count)
    kinds[:in_case], kinds[in_case:paid], kinds[paid : paid + quiet] = 3, 2, 1
    rng.shuffle(kinds)
    search = np.empty(count)
    search[kinds == 1] = rng.uniform(1.0, 2.0, quiet)
    middle = kinds == 0
    raw = np.clip(rng.lognormal(np.log(13), 0.7, middle.sum()), 3.5, 60)
    search[middle] = raw * 17.5 / raw.mean() * size
    total = EXPOSURES * count * size - search[kinds <= 1].sum()
    shape = np.zeros(count)
    shape[kinds == 3] = rng.uniform(1.0, 1.12, in_case)
    shape[kinds == 2] = (0.35 + 0.65 * rng.random(paid - in_case) ** 1.1) / GAP
    strong = kinds >= 2
    search[strong] = shape[strong] * total / shape.sum()
    return search, kinds == 3, strong, kinds == 1


def world(seed: int, count: int, weeks: list[tuple[date, date]], size: float) -> World:
    """A shop without any trouble."""
    rng = stream(seed, "products")
    category = rng.permutation(np.arange(count) % len(voc.CATEGORIES))
    search, showcase, promoted, quiet = weights(rng, count, size)
    factor = rng.uniform(0.88, 1.13, len(voc.CATEGORIES))
    share = search[promoted].sum() / (search / factor[category])[promoted].sum()
    factor = np.clip(factor / share, 0.85, 1.15)
    exposed = np.maximum(
        search / factor[category], 1.0
    )  # a weight is one of clicks: what a category clicks more, it is seen less
    models, titles = [], list[str]()
    for number in range(count):
        model = voc.model_number(rng)
        while model in models:
            model = voc.model_number(rng)
        models.append(model)
        titles.append(voc.title(rng, voc.CATEGORIES[category[number]], model))
    base = np.array([voc.CATEGORIES[c].price for c in category])
    first = weeks[0][0]
    return World(
        seed=seed,
        size=size,
        weeks=weeks,
        season=seasons(len(weeks)),
        ids=voc.product_ids(rng, count),
        titles=titles,
        models=models,
        category=category,
        category_factor=factor,
        kind=[TRADE if u < 0.4 else LEAD for u in rng.random(count)],
        owners=["-" if u < 25 / 365 else voc.OWNERS[number % 3] for number, u in enumerate(rng.random(count))],
        price=np.round(base * rng.uniform(0.6, 1.8, count), 2),
        min_order=rng.choice([2, 10, 20, 50, 100], count),
        created=[first - timedelta(days=int(d)) for d in rng.integers(30, 900, count)],
        showcase=showcase,
        promoted=promoted,
        quiet=quiet,
        typical=float(search[showcase].mean() * clicks_per_exposure(True)),
        search=exposed,
        natural=exposed.copy(),
        mix=np.where(promoted[:, None], PROMOTED_MIX, UNPROMOTED_MIX),
        click_factor=np.ones(count),
        seen=np.ones((count, len(weeks))),
        leads=np.ones((count, len(weeks))),
    )
