"""A new title for one product, from the shop's own words: what it would cover beyond today's title, and what it would lose."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import and_

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import keywords, library, products
from zhanggui.measures.languages import languages
from zhanggui.measures.measure import DEFAULT_DAYS
from zhanggui.plans.title_words import JOINING, WORD, covered_by, numbered, parts_of
from zhanggui.plans.titles import EFFORT, Title, build

CROWDED = 10  # titles that carry a word already: one more brings the shop nothing new
SEEN_IN = 2  # different words in which a new part must stand, unless a title has it: one alone may be a slip of the keys
NEW = 4  # words that are not in today's title: each is a claim about the product that a person has to confirm
#: Whom a product is for. A title says it by what the product is, never by what is searched.
AUDIENCES = frozenset(
    [
        "adult",
        "baby",
        "boy",
        "child",
        "children",
        "female",
        "girl",
        "infant",
        "junior",
        "kid",
        "ladie",
        "lady",
        "male",
        "man",
        "men",
        "mens",
        "toddler",
        "unisex",
        "woman",
        "women",
    ]
)


@dataclass(frozen=True)
class Covered:
    """A word that a title covers whole. `index` and `exposures` are missing where the reports have none; `others`: titles of other
    products that carry it too."""

    word: str
    index: float | None
    exposures: int | None
    others: int


@dataclass(frozen=True)
class Proposal:
    """Today's title and the best one, side by side.

    `now`, `then`: words covered; `gained`, `lost`: those of one and not of the other, the most searched first. `new`: words of the
    new title that today's does not hold: a person has to say whether they are true of the product. `candidates`: words that the
    title could be made of.
    """

    product_id: str
    today: str
    title: Title
    now: tuple[Covered, ...]
    then: tuple[Covered, ...]
    gained: tuple[Covered, ...]
    lost: tuple[Covered, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    candidates: int
    held: tuple[str, ...]

    @property
    def heat_now(self) -> float:
        """Indices of the words of today's title, added up; a word without one adds nothing."""
        return sum(c.index or 0 for c in self.now)

    @property
    def heat_then(self) -> float:
        """The same of the new title."""
        return sum(c.index or 0 for c in self.then)

    @property
    def exposures_lost(self) -> int | None:
        """Exposures of the lost words that no other title of the shop carries; None where those of one are missing."""
        told = [c.exposures for c in self.lost if not c.others]
        return None if None in told else sum(n for n in told if n is not None)


class NoWords(ValueError):
    """No word of the library fits the product: its head is in none, or every word is crowded or somebody's brand."""


def propose(
    shop: Snapshot,
    product_id: str,
    *,
    limit: int = 128,
    own_brands: Sequence[str] = (),
    keep: Collection[str] = (),
    without: Collection[str] = (),
    new: int = NEW,
    crowded: int = CROWDED,
    days: int = DEFAULT_DAYS,
    effort: float = EFFORT,
) -> Proposal:
    """The title with the most heat for a product. `LookupError` if there is none of this id, `NoWords`, `titles.DoesNotFit`,
    `titles.TooHard`.

    The heat of a word is its keyword index: whole where today's title carries it already, else over 1 + the other titles that do,
    and 0 from `crowded` of them on (few products, many words). Only words whose index is published, whose head and half of whose
    parts stand in today's title, in English, without numbers of other models, another audience, a brand of others or a marked
    word. Words by which the product was clicked stay covered, and the numbers of its model stay; at most `new` words are not of
    today's title.
    """
    known = products.titles(shop).sort("product_id").collect()
    titles = dict(known.iter_rows())
    today = titles[product_id]
    words = _words(shop, own_brands, days)
    listed = words["word"].to_list()
    others = _carrying({p: t for p, t in titles.items() if p != product_id}, listed)
    words = words.with_columns(pl.Series("now", covered_by(today, listed), pl.Boolean), pl.Series("others", others, pl.Int64))
    fitting = _fitting(words, today, list(titles.values()), own_brands, [*library.marked(shop, *library.UNWANTED), *without])
    weights = {
        word: index if now else index / (1 + others)
        for word, index, now, others in fitting.select("word", "index", "now", "others").iter_rows()
        if now or others < crowded
    }
    if not weights:
        raise NoWords(product_id)
    clicked = _clicked(shop, product_id, days)
    now = words.filter("now")
    held = tuple(now.filter(pl.col("word").is_in(clicked) & pl.col("brand").is_null())["word"].to_list())
    title = build(
        weights,
        today=today,
        keep=[*keep, *models(today)],
        held=held,
        last=_head(weights),
        new=new,
        spelling=_spelling(titles.values()),
        neighbours={pair for parts in parts_of(titles.values()) for pair in pairwise(parts)},
        limit=limit,
        effort=effort,
    )
    words = words.with_columns(pl.Series("then", covered_by(title.text, words["word"].to_list()), pl.Boolean))
    then, before = words.filter("then"), words.filter("now")
    old, fresh = set(parts_of([today])[0]), parts_of([title.text])[0]
    return Proposal(
        product_id,
        today,
        title,
        _covered(before),
        _covered(then),
        _covered(then.filter(~pl.col("now"))),
        _covered(before.filter(~pl.col("then"))),
        tuple(p for p in fresh if p not in old),
        gone(today, title.text),
        len(weights),
        held,
    )


def _words(shop: Snapshot, own: Sequence[str], days: int) -> pl.DataFrame:
    """word, index, exposures, brand: every word once, from the shop's traffic and the platform's index."""
    seen = (
        keywords.effect(shop, days)
        .group_by("word")
        .agg(pl.col("index").max(), pl.when(pl.col("exposures").count() > 0).then(pl.col("exposures").sum()))
    )
    listed = library.searched(shop).group_by("word").agg(pl.col("index").max().alias("listed"))
    both = seen.join(listed, on="word", how="full", coalesce=True)
    named = keywords.with_brand(both.with_columns(pl.coalesce("listed", "index").alias("index")), own)
    return named.sort("word").collect()


def _carrying(titles: Mapping[str, str], words: list[str]) -> list[int]:
    """How many of the titles hold each word whole; the titles that hold one part are the bits of a number."""
    holding: dict[str, int] = defaultdict(int)
    for at, parts in enumerate(parts_of(titles.values())):
        for part in set(parts):
            holding[part] |= 1 << at
    return [reduce(and_, (holding.get(p, 0) for p in parts)).bit_count() if parts else 0 for parts in parts_of(words)]


def _fitting(words: pl.DataFrame, today: str, titles: list[str], own: Sequence[str], banned: list[str]) -> pl.DataFrame:
    """The words that may stand in a title of this product.

    A part that titles of the shop hold must stand in one beside what this product is, or it is of other products; one that no
    title holds must be an English word of several searches, or it may be a slip of the keys.
    """
    free = words.filter(pl.col("index") > 0, pl.col("brand").is_null())
    listed = free["word"].to_list()
    ordered = parts_of(listed)
    held = set(parts_of([today])[0])
    sold = subject(ordered, [head_of(word) for word in listed], held)
    told = [set(parts) for parts in parts_of(titles)]
    in_titles = set[str]().union(*told)
    beside = held.union(*(parts for parts in told if sold in parts), *parts_of(own))
    spoken = languages(listed, in_titles) | languages({part for parts in ordered for part in parts} - in_titles)
    often = Counter(part for parts in ordered for part in set(parts))
    bad = [set(parts) for parts in parts_of(banned) if parts]

    def fresh(part: str) -> bool:
        return part not in in_titles and often[part] >= SEEN_IN and len(part) > 1 and spoken[part] == "en"

    def fits(word: str, parts: tuple[str, ...]) -> bool:
        return (
            len(head_of(word)) > 1
            and head_of(word) in held
            and 2 * len(held & set(parts)) >= len(set(parts))
            and spoken[word] in ("en", None)
            and all(part in beside or fresh(part) for part in parts)
            and all(part in held for part in parts if part in AUDIENCES or numbered(part))
            and not any(one <= set(parts) for one in bad)
        )

    return free.filter(pl.Series([fits(w, p) for w, p in zip(listed, ordered, strict=True)], dtype=pl.Boolean))


def head_of(word: str) -> str:
    """What a word is about, folded: the last word before a joining one. "shoes for men" → shoe."""
    spelled = WORD.findall(word.lower())
    until = next((i for i, w in enumerate(spelled) if i and w in JOINING), len(spelled))
    parts = parts_of([" ".join(spelled[:until])])[0]
    return parts[-1] if parts else ""


def subject(words: Sequence[Sequence[str]], heads: Sequence[str], held: Collection[str]) -> str:
    """What a product is: the part of its title that searches most often end with, and seldom hold elsewhere; "" if none does."""
    ends = Counter(head for head in heads if head in held and len(head) > 1)
    holds = Counter(part for parts in words for part in set(parts))
    return max(ends, key=lambda head: (ends[head] ** 2 / holds[head], head), default="")


def models(title: str) -> list[str]:
    """Words of letters and digits: models, powers, sizes."""
    return [w for w in WORD.findall(title) if numbered(w) and any(c.isalpha() for c in w)]


def gone(today: str, then: str) -> tuple[str, ...]:
    """What today's title holds and the other does not: numbers as they are written, other words folded."""
    words, standing = WORD.findall(today), {w.lower() for w in WORD.findall(then)} | set(parts_of([then])[0])
    told = [[word] if numbered(word) else parts for word, parts in zip(words, parts_of(words), strict=True)]
    return tuple(dict.fromkeys(p for one in told for p in one if p.lower() not in standing))


def _head(weights: dict[str, float]) -> str:
    """The head that buyers search most: each stands in today's title."""
    heat: dict[str, float] = defaultdict(float)
    for word, weight in weights.items():
        heat[head_of(word)] += weight
    return max(heat, key=lambda head: (heat[head], head))


def _clicked(shop: Snapshot, product_id: str, days: int) -> list[str]:
    """Words by which buyers have come to the product."""
    window = shop.last("product_keyword", days)
    if window is None:
        return []
    rows = window.rows.filter(pl.col("product_id") == product_id, pl.col("search_clicks") > 0)
    return rows.select("word").unique().collect()["word"].to_list()


def _spelling(titles: Collection[str]) -> dict[str, str]:
    """Folded word → how the shop's titles write it most often."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    counted = Counter(w for title in titles for w in WORD.findall(title))
    listed = list(counted)
    for word, parts in zip(listed, parts_of(listed), strict=True):
        if len(parts) == 1:
            forms[parts[0]][word] += counted[word]
    return {part: max(seen, key=lambda w: (seen[w], w)) for part, seen in forms.items()}


def _covered(words: pl.DataFrame) -> tuple[Covered, ...]:
    ordered = words.sort("index", "exposures", "word", descending=[True, True, False], nulls_last=True)
    return tuple(Covered(*row) for row in ordered.select("word", "index", "exposures", "others").iter_rows())
