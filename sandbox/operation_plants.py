"""Troubles of the daily work, each planted weak, middling or strong: kinds beside those of `plants.CHECKS`, put in only where they
are asked for (`operations`, or by name), so that shops without them stay as they were.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from sandbox import market
from sandbox import vocabulary as voc
from sandbox.market import TRADE, World, stream
from sandbox.people import COUNTRY_ODDS
from sandbox.plants import QUARTER, Plant, product_plant, set_clicks, silence, take, week_end
from sandbox.words import Words

#: Strength of each kind by level 1 (weak), 2, 3 (strong).
GROWTH = (1.8, 3.0, 5.0)  # exposures of the last weeks to those before
ASKED = (3, 6, 12)  # inquiries in a quarter on a product that nobody orders
SEARCHED = (40.0, 100.0, 180.0)  # index of a word whose only product is without effect
LEFT = (0.5, 0.3, 0.1)  # visitors of a country to those before
LOST = (0.5, 0.3, 0.1)  # exposures of a word or product to those before
GREY = (0.05, 0.4, 1.0)  # of a main image, from its left edge, that is grey where all should be white
SIDE = (780, 600, 350)  # pixels of a main image that should have a thousand

SELDOM = 0.02
RISING_EXPOSURES = 160.0  # a week
ASKED_CLICKS = 14.0  # a week
WORD_SHARE = 0.1  # of the shop's search exposures that its largest word brings
COUNTRIES = (0, 1, 2, 3)  # places in voc.COUNTRIES: the largest, so that the fall of one is seen in the whole shop
RARE = ("Vineyard", "Stargazing", "Falconry", "Lighthouse", "Regatta", "Igloo")


def level(world: World, kind: str) -> int:
    """1, 2 or 3; 0 in a shop whose plants all have the usual strength."""
    return world.levels.get(kind, 0)


def rising_product(world: World, rng: Generator) -> list[Plant]:
    """A middling product that is seen several times as often since a week or two."""
    (product,) = take(world, rng, ~world.promoted & ~world.quiet & ~world.showcase)
    world.search[product] = RISING_EXPOSURES
    weeks, factor = int(rng.integers(1, 3)), GROWTH[level(world, "rising_product") - 1]
    world.seen[product, -weeks:] = factor
    told = {"factor": factor, "weeks": weeks, "exposures_week": RISING_EXPOSURES}
    plant = product_plant(world, "rising_product", product, week_end(world, weeks), **told)
    plant.also.append("PR04")  # it may outgrow the showcase
    return [plant]


def asked_trade_product(world: World, rng: Generator) -> list[Plant]:
    """A product typed for direct orders that buyers ask about and nobody orders."""
    middle = ~world.promoted & ~world.quiet & ~world.showcase
    (product,) = take(world, rng, middle & np.array([kind == TRADE for kind in world.kind]))
    set_clicks(world, product, ASKED_CLICKS)
    silence(world, product, len(world.weeks))
    count = ASKED[level(world, "asked_trade_product") - 1]
    when = sorted(int(w) for w in rng.integers(len(world.weeks) - QUARTER + 1, len(world.weeks), count))
    world.forced_leads += [(product, week) for week in when]
    since = world.weeks[when[0]][1].isoformat()
    return [product_plant(world, "asked_trade_product", product, since, leads_90d=count)]


def orphan_word(world: World, rng: Generator) -> list[Plant]:
    """The product of an orphan word: unseen for a quarter and more, the only one whose title has a rare use. The word follows in
    `orphan_words`."""
    (product,) = take(world, rng, ~world.promoted & ~world.quiet & ~world.showcase & (world.search > 4))
    weeks = int(rng.integers(14, min(21, len(world.weeks))))
    world.seen[product, -weeks:] = 0.0
    title = world.titles[product]
    lead = next(lead for lead in voc.LEADS if title.startswith(lead))
    rare = str(rng.choice(RARE))
    world.titles[product] = f"{rare}{title.removeprefix(lead)}"[:128].rsplit(" ", 1)[0]
    dead = product_plant(world, "dead_product", product, week_end(world, weeks), weeks=weeks, mean_before=world.search[product])
    word = Plant("orphan_word", {"word": ""}, week_end(world, weeks), {"weeks": weeks}, product)
    return [dead, word]


def orphan_words(world: World, words: Words, planted: list[Plant]) -> None:
    """The word of each orphan's product: its rare use and its noun."""
    rng = stream(world.seed, "orphan words")
    for plant in (p for p in planted if p.kind == "orphan_word"):
        title = world.titles[plant.at]
        noun = next(n for n in voc.CATEGORIES[world.category[plant.at]].nouns if n in title)
        text = f"{title.split()[0]} {noun}".lower()
        index = SEARCHED[level(world, "orphan_word") - 1]
        exposures = float(rng.uniform(20, 40))
        words.add(text, exposures, exposures * rng.uniform(1.1, 1.6), index, float(rng.integers(0, 6)))
        plant.key["word"] = text
        plant.strength |= {"index": index, "exposures_week": exposures}


def orphaned(world: World, words: Words, planted: list[Plant]) -> list[str]:
    """The words that only products of `dead_product` plants carry in their titles: whoever calls them orphans is right."""
    dead = {plant.at for plant in planted if plant.kind == "dead_product"}
    titles = [voc.tokens(title) for title in world.titles]
    found = []
    for text in words.text:
        holders = {place for place, title in enumerate(titles) if voc.tokens(text) <= title}
        found += [text] if holders and holders <= dead else []
    return found


def image_fault(world: World, rng: Generator) -> list[Plant]:
    """A main image that is too small, or has a grey ground on a part of it."""
    found = []
    for product in take(world, rng, world.promoted, int(rng.integers(1, 3))):
        strong = level(world, "image_fault") - 1
        told = {"side": SIDE[strong], "grey": 0.0} if rng.random() < 0.5 else {"side": 1000, "grey": GREY[strong]}
        found.append(product_plant(world, "image_fault", product, world.weeks[-1][1].isoformat(), **told))
    return found


def country_loss(world: World, words: Words) -> list[Plant]:
    """Fewer visitors of one country, and so fewer of the whole shop, since two weeks."""
    rng = stream(world.seed, "country_loss")
    place, weeks = int(rng.choice(COUNTRIES)), 2
    factor = LEFT[level(world, "country_loss") - 1]
    odds = float(COUNTRY_ODDS[place])
    lost = odds * (1 - factor)
    visitors = 0.85 * market.VISITOR_RATE * float(world.clicks().sum()) * odds
    world.seen[:, -weeks:] *= 1 - lost
    words.seen[:, -weeks:] *= 1 - lost
    strength = {"factor": factor, "weeks": weeks, "share": odds, "visitors_week": visitors}
    since = week_end(world, weeks)
    return [Plant("country_loss", {"country": voc.COUNTRIES[place]}, since, strength, place, also=["TR02"])]


def word_loss(world: World, words: Words) -> list[Plant]:
    """The word that brings the shop most falls since two weeks, and the shop's exposures with it."""
    rng = stream(world.seed, "word_loss")
    titles = [voc.tokens(title) for title in world.titles]
    fits = [
        place
        for place in range(words.paid, len(words.text))
        if words.english[place] and not words.index[place] >= 200 and voc.covered(words.text[place], titles)
    ]
    place, weeks = int(rng.choice(fits)), 2
    factor = LOST[level(world, "word_loss") - 1]
    words.natural[place] = WORD_SHARE * float(world.search.sum())
    words.top10[place] = 1.2 * words.natural[place]
    words.seen[place, -weeks:] = factor
    world.seen[:, -weeks:] *= 1 - WORD_SHARE * (1 - factor)
    strength = {"exposures_week": words.natural[place], "factor": factor, "weeks": weeks, "share": WORD_SHARE}
    return [Plant("word_loss", {"word": words.text[place]}, week_end(world, weeks), strength, place)]


def product_loss(world: World, words: Words) -> list[Plant]:
    """One of the products that buyers see most falls since two weeks."""
    rng = stream(world.seed, "product_loss")
    (product,) = take(world, rng, world.showcase & world.promoted)
    weeks, factor = 2, LOST[level(world, "product_loss") - 1]
    world.seen[product, -weeks:] = factor
    told = {"factor": factor, "weeks": weeks, "exposures_week": float(world.search[product])}
    return [product_plant(world, "product_loss", product, week_end(world, weeks), **told)]


OF_SHOP = (country_loss, word_loss, product_loss)


def plant_falls(world: World, words: Words, kinds: list[str]) -> list[Plant]:
    return [p for make in OF_SHOP if make.__name__ in kinds for p in make(world, words)]


OF_PRODUCTS: tuple[Callable[[World, Generator], list[Plant]], ...] = (
    rising_product,
    asked_trade_product,
    orphan_word,
    image_fault,
)


def plant_products(world: World, kinds: list[str]) -> list[Plant]:
    return [p for make in OF_PRODUCTS if make.__name__ in kinds for p in make(world, stream(world.seed, make.__name__))]


def country_odds(planted: list[Plant], world: World, week: int) -> market.Floats:
    """Where the visitors of a week live, by voc.COUNTRIES."""
    odds = COUNTRY_ODDS.copy()
    for plant in (p for p in planted if p.kind == "country_loss"):
        if week >= len(world.weeks) - int(plant.strength["weeks"]):
            odds[plant.at] *= plant.strength["factor"]
    return odds / odds.sum()


def asking(world: World) -> market.Floats:
    """How often a product is asked about, 1 being usual. In a shop of `operations` types are right but for the plants: what is typed
    for direct orders is ordered, and seldom asked about first. Whether a check then speaks is left to chance."""
    return np.array([SELDOM if world.levels and kind == TRADE else 1.0 for kind in world.kind])
