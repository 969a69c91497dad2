"""Troubles of words: demand that no title meets, lost positions, others' brands, words listed twice, falls, wasted spend."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from sandbox import market
from sandbox import vocabulary as voc
from sandbox.market import World, stream
from sandbox.plants import FALL, FALLS, QUARTER, TWICE_WEEKS, WASTED_CLICKS, Plant, week_end
from sandbox.words import Words

HIGH = (350, 900)  # index of a planted word that is searched much
FEW = (0, 9)  # its seller index


def word_plant(words: Words, kind: str, place: int, since: str, **strength: float) -> Plant:
    return Plant(kind, {"word": words.text[place]}, since, strength, place)


def take(world: World, words: Words, rng: Generator, taken: set[int], count: int) -> list[int]:
    """English words without promotion that a title covers, of low index, and that no other plant holds."""
    titles = [voc.tokens(title) for title in world.titles]
    fits = [
        place
        for place in range(words.paid, len(words.text))
        if place not in taken
        and words.english[place]
        and not words.index[place] >= 200
        and voc.covered(words.text[place], titles)
    ]
    chosen = [int(place) for place in rng.permutation(fits)[:count]]
    taken.update(chosen)
    return chosen


def uncovered_word(world: World, words: Words, rng: Generator, taken: set[int]) -> list[Plant]:
    found = []
    for text in voc.pick(rng, voc.UNTITLED, int(rng.integers(2, 4))):
        index, sellers = float(rng.integers(*HIGH)), float(rng.integers(*FEW))
        place = words.add(text, rng.uniform(14, 35), rng.uniform(60, 250), index, sellers)
        taken.add(place)
        found.append(
            word_plant(words, "uncovered_word", place, week_end(world, len(world.weeks)), index=index, seller_index=sellers)
        )
    return found


def behind_top10(world: World, words: Words, rng: Generator, taken: set[int]) -> list[Plant]:
    found = []
    for place in take(world, words, rng, taken, int(rng.integers(1, 3))):
        words.index[place], words.sellers[place] = float(rng.integers(*HIGH)), float(rng.integers(*FEW))
        words.top10[place] = rng.uniform(800, 1600)
        words.natural[place] = 0.1 * words.top10[place]
        since = week_end(world, len(world.weeks))
        strength = {"exposures_week": words.natural[place], "top10_week": words.top10[place], "index": words.index[place]}
        found.append(word_plant(words, "behind_top10", place, since, **strength))
    return found


def brand_word(world: World, words: Words, rng: Generator, taken: set[int]) -> list[Plant]:
    found = []
    nouns = tuple(noun.lower() for category in voc.CATEGORIES for noun in category.nouns)
    brands = voc.pick(rng, voc.BRANDS, int(rng.integers(2, 4)))
    for brand, noun in zip(brands, voc.pick(rng, nouns, len(brands)), strict=True):
        exposures = float(rng.uniform(20, 80))
        published = rng.random() < 0.7
        index, sellers = (float(rng.integers(20, 150)), float(rng.integers(0, 6))) if published else (np.nan, np.nan)
        place = words.add(f"{brand} {noun}", exposures, exposures * rng.uniform(1.0, 2.0), index, sellers)
        taken.add(place)
        found.append(word_plant(words, "brand_word", place, week_end(world, len(world.weeks)), exposures_week=exposures))
    return found


def duplicate_word(world: World, words: Words, rng: Generator, taken: set[int]) -> list[Plant]:
    found = []
    mangled = [place for place, lost in enumerate(words.mangled) if lost and place not in taken]
    for place in (int(i) for i in rng.permutation(mangled)[: int(rng.integers(1, 3))]):
        taken.add(place)
        words.natural[place] = max(words.natural[place], 25.0)
        words.top10[place] = max(words.top10[place], 25.0)
        words.twice.append(place)
        since = week_end(world, TWICE_WEEKS)
        found.append(word_plant(words, "duplicate_word", place, since, weeks=TWICE_WEEKS, exposures_week=words.natural[place]))
    return found


def falling_word(world: World, words: Words, rng: Generator, taken: set[int]) -> list[Plant]:
    (place,) = take(world, words, rng, taken, 1)
    words.natural[place] = max(420.0, words.natural[place])
    words.top10[place] = 1.2 * words.natural[place]
    weeks = int(rng.integers(1, 3))
    strong = world.levels.get("falling_word")
    words.seen[place, -weeks:] = factor = FALLS[strong - 1] if strong else FALL
    strength = {"exposures_week": words.natural[place], "factor": factor, "weeks": weeks}
    return [word_plant(words, "falling_word", place, week_end(world, weeks), **strength)]


def spend_without_leads(world: World, words: Words, rng: Generator, taken: set[int]) -> list[Plant]:
    """One paid word brings every promoted product more clicks, in proportion, and no inquiry is traced to it."""
    place = int(rng.integers(words.paid))
    taken.add(place)
    clicked = np.where(world.promoted & (world.natural > 0), world.search * world.rates()[:, 1], 0.0)
    wanted = WASTED_CLICKS * clicked / clicked.sum()
    words.bought[place] += np.divide(wanted, world.rates()[:, 1])
    words.converts[place, -QUARTER:] = 0.0
    words.top10[place] = 0.8 * words.expected()[place]
    clicks = 4 * float((words.bought[place] * world.rates()[:, 1]).sum())
    return [
        word_plant(
            words,
            "spend_without_leads",
            place,
            week_end(world, QUARTER),
            clicks_28d=clicks,
            cost_28d=clicks * 0.96 * words.cpc[place],
            expected_leads_28d=clicks * market.P4P_LEAD_RATE,
        )
    ]


OF_WORDS: tuple[Callable[[World, Words, Generator, set[int]], list[Plant]], ...] = (
    uncovered_word,
    behind_top10,
    brand_word,
    duplicate_word,
    falling_word,
    spend_without_leads,
)


def plant(world: World, words: Words, kinds: list[str]) -> list[Plant]:
    """Put the chosen troubles into the words; no word carries two."""
    taken: set[int] = set()
    return [
        p for make in OF_WORDS if make.__name__ in kinds for p in make(world, words, stream(world.seed, make.__name__), taken)
    ]
