"""Which products' titles hold a word, which words only one product holds, and who comes next to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures import keywords, products
from zhanggui.measures.text import tokens


@dataclass(frozen=True)
class Titles:
    """Titles as bits: `holding` maps a folded token to the set of products, as one number; bit i is `ids[i]`."""

    ids: list[str]
    holding: dict[str, int]

    def with_all(self, wanted: list[str]) -> int:
        """The products whose title has every token, in any order; none for no token."""
        if not wanted:
            return 0
        return reduce(lambda held, token: held & self.holding.get(token, 0), wanted, (1 << len(self.ids)) - 1)

    def names(self, bits: int) -> Iterator[str]:
        while bits:
            low = bits & -bits
            yield self.ids[low.bit_length() - 1]
            bits ^= low


def titles(shop: Snapshot) -> Titles:
    """The titles of the products that are still there, `Titles.ids` in order of product_id."""
    rows = products.title_words(shop).join(products.current(shop), on="product_id").sort("product_id", "token").collect()
    holding: dict[str, int] = {}
    number: dict[str, int] = {}
    for product, token in rows.select("product_id", "token").iter_rows():
        holding[token] = holding.get(token, 0) | 1 << number.setdefault(product, len(number))
    return Titles(list(number), holding)


def searched(shop: Snapshot, days: int) -> pl.DataFrame:
    """word, exposures, clicks, index, tokens: the words with which buyers met the shop or which the platform says they search.
    A sum of which a part is missing is missing."""
    words = keywords.effect(shop, days).filter((pl.col("exposures") > 0) | (pl.col("index") > 0))
    sums = [whole_sum(c) for c in ("exposures", "clicks")]
    merged = words.group_by("word").agg(*sums, pl.col("index").max())
    return merged.with_columns(tokens(pl.col("word")).alias("tokens")).sort("word").collect()


@dataclass(frozen=True)
class Orphan:
    """A word that no product keeps but `keeper` if all products without effect went. `taker` has most of its words, of those
    that would stay, and lacks `missing`; None where no title shares a word with it."""

    word: str
    exposures: float | None
    clicks: float | None
    index: float | None
    keeper: str
    taker: str | None
    missing: tuple[str, ...]


def orphans(shop: Snapshot, going: list[str], days: int) -> list[Orphan]:
    """The words that `going` products would take with them, the most seen first. Of several that hold a word, the one that holds
    most such words keeps it, so that as few products as can be are kept."""
    known, clicks = titles(shop), _clicks(shop, days)
    gone = sum(1 << i for i, product in enumerate(known.ids) if product in set(going))
    lost = [
        (row, held)
        for row in searched(shop, days).iter_rows(named=True)
        if (held := known.with_all(row["tokens"])) and not held & ~gone
    ]
    holds: dict[str, int] = {}
    for _, held in lost:
        for product in known.names(held):
            holds[product] = holds.get(product, 0) + 1
    found = []
    for row, held in lost:
        keeper = min(known.names(held), key=lambda p: (-holds[p], p))
        taker, missing = _taker(known, row["tokens"], gone, clicks)
        found.append(Orphan(row["word"], row["exposures"], row["clicks"], row["index"], keeper, taker, missing))
    return sorted(found, key=lambda o: (-(o.exposures or 0), -(o.index or 0), o.word))


def _clicks(shop: Snapshot, days: int) -> dict[str, int]:
    rows = products.effect(shop, days).select("product_id", pl.col("shop_clicks").fill_null(0)).collect()
    return dict(rows.iter_rows())


def _taker(known: Titles, wanted: list[str], gone: int, clicks: dict[str, int]) -> tuple[str | None, tuple[str, ...]]:
    """The staying product that has most of the tokens, the most opened of equals."""
    shared: dict[str, list[str]] = {}
    for token in wanted:
        for product in known.names(known.holding.get(token, 0) & ~gone):
            shared.setdefault(product, []).append(token)
    if not shared:
        return None, tuple(wanted)
    taker = min(shared, key=lambda p: (-len(shared[p]), -clicks.get(p, 0), p))
    return taker, tuple(t for t in wanted if t not in shared[taker])
