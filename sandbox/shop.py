"""A drawn shop: every figure that the platform would report, and the truth from which it was drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.random import Generator

from sandbox import market, operation_plants, orders, plants, vocabulary
from sandbox import words as vocab
from sandbox.market import Floats, Ints, World
from sandbox.orders import OrderLine
from sandbox.words import Words

END = date(2026, 11, 14)
WEEKS, PRODUCTS, WORDS = 52, 120, 240
LEAST_WEEKS, LEAST_PRODUCTS, LEAST_WORDS = 20, 100, 120


@dataclass
class Shop:
    """The figures of a year.

    `effect`: by product and week, under the names of the product report. `word_effect`: by word and week. `p4p`: by paid word
    and week. `second`: the second row of words that a week's file lists twice, {word: {column: by week}}; zero where not.
    """

    world: World
    words: Words
    effect: dict[str, Ints]
    gmv: Floats
    word_effect: dict[str, Ints]
    word_figures: dict[str, Floats]
    second: dict[int, dict[str, Ints]]
    p4p: dict[str, Ints]
    cost: Floats
    orders: list[OrderLine]
    plants: list[plants.Plant]

    def written(self, table: str) -> list[int]:
        """Weeks whose file exists."""
        return [w for w in range(len(self.world.weeks)) if (table, w) not in self.world.skip]

    def last(self, table: str, count: int) -> list[int]:
        """Of the last `count` weeks, those whose file exists."""
        return [w for w in self.written(table) if w >= len(self.world.weeks) - count]

    def truth(self) -> dict[str, Any]:
        """What stands in truth.json."""
        return {
            "seed": self.world.seed,
            "shop": vocabulary.SHOP,
            "end": self.world.weeks[-1][1].isoformat(),
            "weeks": len(self.world.weeks),
            "products": self.world.count,
            "size": round(self.world.size, 3),
            "plants": [plant.as_dict() for plant in self.plants],
        }


def draw(
    seed: int,
    *,
    weeks: int = WEEKS,
    products: int = PRODUCTS,
    words: int = WORDS,
    end: date = END,
    plants_of: str | Iterable[str] = "auto",
) -> Shop:
    """The shop of a seed. `plants_of`: auto (about half the kinds; none for a seed divisible by five), operations (the same of its
    kinds, in a busier shop), none, all, or names."""
    for name, given, least in (
        ("weeks", weeks, LEAST_WEEKS),
        ("products", products, LEAST_PRODUCTS),
        ("words", words, LEAST_WORDS),
    ):
        if given < least:
            raise ValueError(f"{name}: at least {least}, or the plants do not fit beside natural products")
    kinds = plants.choose(seed, plants_of)
    levels = plants.levels(seed, plants_of)
    world = market.world(seed, products, market.calendar(end, weeks), plants.BUSY if levels else plants.size(kinds, products))
    world.levels = levels
    planted = plants.plant_products(world, kinds)
    shop_words = vocab.words(world, words)
    operation_plants.orphan_words(world, shop_words, planted)
    planted += plants.plant_words(world, shop_words, kinds)
    planted += plants.plant_files(world, shop_words, kinds)
    shop = figures(world, shop_words, planted)
    from sandbox import oracle  # it reads shops, so it cannot be imported before them

    for plant in planted:
        if plant.kind in levels:
            plant.strength["level"] = levels[plant.kind]
        plant.oracle = round(oracle.chance(shop, plant), 6)
    return shop


def bought(world: World, words: Words, rng: Generator) -> tuple[Ints, Ints]:
    """Exposures and clicks of standard promotion by paid word, product and week: the first draws of the year's figures."""
    exposures = rng.poisson(words.bought[:, :, None] * (world.season * world.seen)[None])
    return exposures, rng.binomial(exposures, world.rates()[None, :, 1, None])


def figures(world: World, words: Words, planted: list[plants.Plant]) -> Shop:
    """Draw the year."""
    rng = market.stream(world.seed, "figures")
    level = np.maximum(world.search[:, None] * world.season, market.LEAST_SEEN) * world.seen
    rates = world.rates()
    standard_exposures, standard_clicks = bought(world, words, rng)
    standard = np.where(world.promoted, vocab.STANDARD_MIX * world.natural, 0.0)[:, None] * world.season * world.seen
    seen, clicked = [], []
    for place in range(len(market.STREAMS)):
        mean = level * world.mix[:, place, None]
        if market.STREAMS[place] == "search_paid":
            mean = np.maximum(mean - standard, 0.0)
        exposures = rng.poisson(mean)
        seen.append(exposures)
        clicked.append(rng.binomial(exposures, rates[:, place, None]))
    std = (standard_exposures.sum(axis=0), standard_clicks.sum(axis=0))
    effect: dict[str, Ints] = {}
    for name, part, extra in (("exposures", seen, std[0]), ("clicks", clicked, std[1])):
        natural_search, site_search, natural_other, site_other = part
        effect[f"search_{name}"] = natural_search + site_search + extra
        effect[f"standard_{name}"] = extra
        effect[f"allsite_{name}"] = site_search + site_other
        effect[f"paid_{name}"] = extra + site_search + site_other
        effect[f"shop_{name}"] = natural_search + site_search + natural_other + site_other + extra
    clicks = effect["shop_clicks"]
    visitors = np.maximum(rng.binomial(clicks, market.VISITOR_RATE), np.minimum(clicks, 1))
    asking = world.leads * operation_plants.asking(world)[:, None]
    inquiries = np.minimum(rng.poisson(market.INQUIRY_RATE * clicks * asking), clicks)
    for product in world.forced_inquiry:
        if inquiries[product, -4:].sum() == 0:
            inquiries[product, -2] = 1
            clicks[product, -2] = max(clicks[product, -2], 1)
            visitors[product, -2] = max(visitors[product, -2], 1)
    for product, week in world.forced_leads:
        for column in (inquiries, clicks, visitors):
            column[product, week] = max(column[product, week], inquiries[product, week] + (column is inquiries))
    effect["inquiries"] = inquiries
    effect["chatters"] = np.minimum(rng.poisson(market.CHAT_RATE * clicks * asking), visitors)
    effect["visitors"] = visitors
    effect["inquirers"] = np.minimum(inquiries - rng.binomial(np.maximum(inquiries - 1, 0), 0.11), visitors)
    effect["favourites"] = np.minimum(rng.poisson(0.0113 * visitors), visitors)
    effect["sharers"] = np.minimum(rng.poisson(0.002 * visitors), visitors)
    effect["comparers"] = np.minimum(rng.poisson(0.003 * visitors), visitors)
    lines = orders.draw(world, clicks)
    counted = orders.per_product(world, lines)
    effect["orders_submitted"], effect["rts_buyers"] = counted.orders, counted.buyers
    p4p = {"exposures": standard_exposures.sum(axis=1), "clicks": standard_clicks.sum(axis=1)}
    p4p["inquiries"] = np.minimum(rng.poisson(market.P4P_LEAD_RATE * p4p["clicks"] * words.converts), p4p["clicks"])
    cost = np.round(p4p["clicks"] * words.cpc[:, None] * rng.uniform(0.92, 1.0, p4p["clicks"].shape), 2)
    word_effect, word_figures, second = word_reports(world, words, p4p)
    return Shop(world, words, effect, counted.gmv, word_effect, word_figures, second, p4p, cost, lines, planted)


def word_reports(
    world: World, words: Words, p4p: dict[str, Ints]
) -> tuple[dict[str, Ints], dict[str, Floats], dict[int, dict[str, Ints]]]:
    """The keyword report: the shop's own figures, the platform's figures, and the rows of words listed twice."""
    rng = market.stream(world.seed, "keyword report")
    beside = ((0, len(words.text) - words.paid), (0, 0))
    free = rng.poisson(words.natural[:, None] * world.season * words.seen)
    own: dict[str, Ints] = {"p4p_exposures": np.pad(p4p["exposures"], beside), "p4p_clicks": np.pad(p4p["clicks"], beside)}
    own["exposures"] = free + own["p4p_exposures"]
    own["clicks"] = rng.binomial(free, vocab.WORD_RATE) + own["p4p_clicks"]
    demand = world.season * rng.lognormal(0, 0.04, free.shape)
    top10 = np.round(words.top10[:, None] * demand)
    figures: dict[str, Floats] = {
        "p4p_hours": np.where(own["p4p_exposures"] > 0, rng.uniform(120, 167, free.shape).round(1), 0.0),
        "top10_exposures": top10,
        "top10_clicks": rng.binomial(top10.astype(np.int64), 0.03).astype(float),
        "index": np.round(words.index[:, None] * np.clip(rng.normal(1, 0.03, free.shape), 0.92, 1.08)),
        "sellers": np.repeat(words.sellers[:, None], free.shape[1], axis=1),
    }
    second: dict[int, dict[str, Ints]] = {}
    for word in words.twice:
        first = own["exposures"][word, -plants.TWICE_WEEKS :]
        exposures = np.maximum(rng.poisson(0.4 * words.natural[word], len(first)), 1)
        exposures += exposures == first
        silent = np.zeros(free.shape[1] - len(first), dtype=np.int64)
        second[word] = {
            "exposures": np.concatenate([silent, exposures]),
            "clicks": np.concatenate([silent, rng.binomial(exposures, vocab.WORD_RATE)]),
        }
    return own, figures, second
