"""The buyers' words: how often the shop is seen for each, what the platform publishes about it, and what is paid for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox import vocabulary as voc
from sandbox.market import STANDARD_MIX, Floats, Ints, World, stream

PAID_WORDS = 40
MISSING_SHARE = 113 / 500  # words without published indices
WORD_RATE = 266 / 26_483  # clicks per exposure that is not P4P

HIGH_INDEX, HIGH_SELLERS = (250, 1500), (16, 40)  # natural words that are searched much are offered by many
LOW_INDEX = (4, 165)


@dataclass
class Words:
    """True parameters by word. `index` and `sellers` are NaN where the platform publishes nothing.

    `bought[k, p]`: standard-promotion exposures a week that paid word k brings product p. The paid words come first.
    """

    text: list[str]
    english: list[bool]
    mangled: list[bool]
    natural: Floats
    seen: Floats
    top10: Floats
    index: Floats
    sellers: Floats
    bought: Floats
    cpc: Floats
    stars: Ints
    converts: Floats
    twice: list[int]

    @property
    def paid(self) -> int:
        return len(self.bought)

    def expected(self) -> Floats:
        """Exposures a week in the steady weeks."""
        return self.natural + np.pad(self.bought.sum(axis=1), (0, len(self.text) - self.paid))

    def add(self, text: str, natural: float, top10: float, index: float, sellers: float) -> int:
        """One more word, without promotion; gives its place."""
        self.text.append(text)
        self.english.append(True)
        self.mangled.append(False)
        self.natural = np.append(self.natural, natural)
        self.top10 = np.append(self.top10, top10)
        self.index = np.append(self.index, index)
        self.sellers = np.append(self.sellers, sellers)
        self.seen = np.vstack([self.seen, np.ones(self.seen.shape[1])])
        return len(self.text) - 1


def vocabulary(world: World, count: int) -> tuple[list[str], list[bool], list[bool], list[int]]:
    """Words, whether English, whether the platform lost a letter, and the category of those that a title covers (else -1)."""
    rng = stream(world.seed, "vocabulary")
    foreign = voc.foreign_words(rng)[: round(0.24 * count)]
    nouns = [noun.lower() for category in voc.CATEGORIES for noun in category.nouns]
    strange = [f"{noun} {extra}" for noun in nouns for extra in voc.COLLOQUIAL]
    odd = min(round(0.12 * count), len(strange))
    found: dict[str, int] = {}
    while len(found) < count - len(foreign) - odd:
        product = int(rng.integers(world.count))
        category = int(world.category[product])
        if len(found) < PAID_WORDS and category != len(found) % len(voc.CATEGORIES):
            continue
        found.setdefault(voc.english_word(rng, voc.CATEGORIES[category], world.titles[product]), category)
    strange = [strange[i] for i in rng.permutation(len(strange))[:odd]]
    text = [*found, *strange, *(word for word, _ in foreign)]
    english = [True] * (len(found) + odd) + [False] * len(foreign)
    mangled = [False] * (len(found) + odd) + [lost for _, lost in foreign]
    return text, english, mangled, [*found.values(), *[-1] * (odd + len(foreign))]


def bought_exposures(world: World, category: list[int]) -> Floats:
    """Each promoted product's standard promotion, divided over the paid words of its category."""
    rng = stream(world.seed, "promotion")
    budget = np.where(world.promoted, STANDARD_MIX * world.natural, 0.0)
    fits = np.array(category[:PAID_WORDS])[:, None] == world.category[None, :]
    shares = fits * (rng.random(fits.shape) < 0.6) * rng.lognormal(0, 0.6, (PAID_WORDS, 1))
    lonely = shares.sum(axis=0) == 0
    shares[:, lonely] = fits[:, lonely]
    return shares / shares.sum(axis=0) * budget


def words(world: World, count: int) -> Words:
    """The words of a shop without any trouble."""
    text, english, mangled, category = vocabulary(world, count)
    rng = stream(world.seed, "words")
    bought = bought_exposures(world, category)
    usual = np.clip(rng.lognormal(np.log(16), 0.9, count), 7, 500) * world.size * world.count / 120 * 240 / count
    natural = np.maximum(usual, 6.0)
    natural[:PAID_WORDS] = 15 + 0.25 * bought.sum(axis=1)
    own = natural + np.pad(bought.sum(axis=1), (0, count - PAID_WORDS))
    top10 = np.clip(own * rng.lognormal(0.6, 0.9, count), 11, None)
    top10 = np.minimum(top10, np.maximum(330, own / 0.35))  # the shop is never far behind where much is searched
    index = np.clip(np.round(rng.lognormal(np.log(26), 1.1, count)), *LOW_INDEX)
    sellers = np.where(rng.random(count) < 0.67, 0, rng.poisson(1 + index / 20)).astype(float)
    unpublished = rng.random(count) < MISSING_SHARE
    may_be_high = np.array([c >= 0 or not e for c, e in zip(category, english, strict=True)])
    high = may_be_high & ~unpublished & (rng.random(count) < np.where(np.arange(count) < PAID_WORDS, 0.3, 0.05))
    index[high] = np.round(HIGH_INDEX[0] + (HIGH_INDEX[1] - HIGH_INDEX[0]) * rng.random(high.sum()) ** 2)
    sellers[high] = rng.integers(*HIGH_SELLERS, high.sum())
    index[unpublished] = sellers[unpublished] = np.nan
    return Words(
        text=text,
        english=english,
        mangled=mangled,
        natural=natural,
        seen=np.ones((count, len(world.weeks))),
        top10=top10,
        index=index,
        sellers=sellers,
        bought=bought,
        cpc=np.round(rng.uniform(5.5, 9.0, PAID_WORDS), 2),
        stars=rng.integers(3, 6, PAID_WORDS),
        converts=np.ones((PAID_WORDS, len(world.weeks))),
        twice=[],
    )
