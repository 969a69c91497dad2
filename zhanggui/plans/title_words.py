"""The words of titles and searches: folded so that two spellings are one, and as a title writes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from zhanggui.measures.text import tokens

#: Words that join others. No search needs them, and a title of this trade does without.
JOINING = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "or", "the", "to", "with"])
#: Lace-Up, men's; and numbers with what is part of them: SS-316L, 12.5V, 10,000mAh, 20*30cm, 1/2, 3-in-1 and 3 in 1.
WORD = re.compile(r"[^\W_]+(?:(?:[-'’.]|(?<=\d)(?:[,/*×]|\s+in\s+)(?=\d))[^\W_]+)*")

Parts = frozenset[str]


@dataclass(frozen=True)
class Piece:
    """A word as it is written, and the folded words in it: Lace-Up holds lace and up."""

    text: str
    parts: Parts
    old: bool = False  # it stands in today's title
    kept: bool = False  # it must stand in the new one, as it is

    @property
    def ordered(self) -> tuple[str, ...]:
        """Its folded words as they stand in it."""
        return parts_of([self.text])[0]


def parts_of(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The folded words of each text in order, joining words left out."""
    spelled = [WORD.findall(text) for text in texts]
    fold = _folds({word for words in spelled for word in words})
    return [tuple(p for word in words for p in fold[word] if p not in JOINING) for words in spelled]


def covered_by(title: str, words: Sequence[str]) -> list[bool]:
    """Whether each word stands whole in the title, in whatever order."""
    held = set(parts_of([title])[0])
    return [bool(parts) and held.issuperset(parts) for parts in parts_of(words)]


def _folds(words: Collection[str]) -> dict[str, list[str]]:
    listed = sorted(words)
    frame = pl.DataFrame({"w": listed}, schema={"w": pl.String}).select(tokens(pl.col("w")))
    return dict(zip(listed, frame.to_series().to_list(), strict=True))


def pieces_of(
    today: str,
    words: Sequence[str],
    weights: Mapping[str, float],
    keep: Collection[str],
    must: Collection[str],
    spelling: Mapping[str, str],
) -> list[Piece]:
    """What a title may be made of: each word in its heaviest spelling, today's title first. A word of it that is to be kept, or
    that holds a number, is never taken apart."""
    spelled: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    found = [(w, weights[word]) for word in words for w in WORD.findall(word)]
    old = list(dict.fromkeys(WORD.findall(today)))
    stay = {w for word in keep for w in WORD.findall(word)}
    fold = _folds({w for w, _ in found} | set(old) | stay | set(must))
    kept = {frozenset(fold[word]) - JOINING for word in stay}
    pieces: dict[Parts, Piece] = {}
    for word in old:
        parts = frozenset(fold[word]) - JOINING
        if parts and parts not in pieces:
            pieces[parts] = Piece(word, parts, old=True, kept=parts in kept)
    standing = frozenset[str]().union(*(p.parts for p in pieces.values() if p.kept))
    whole = standing.union(*(p.parts for p in pieces.values() if len(p.parts) > 1 and numbered(p.text)))
    for word, weight in found:
        for part in fold[word]:
            spelled[part][word if len(fold[word]) == 1 else part] += weight
    for part in must:
        spelled[part][part] += 0.0
    for part, forms in spelled.items():
        if part not in JOINING and part not in whole and frozenset({part}) not in pieces:
            best = max(forms, key=lambda form: (forms[form], form))
            pieces[frozenset({part})] = Piece(spelling.get(part) or _written(best), frozenset({part}))
    return [p for p in pieces.values() if p.kept or numbered(p.text) or not p.parts <= standing]


def numbered(word: str) -> bool:
    """Whether a word holds a number: a model, a power, a size."""
    return any(c.isdigit() for c in word)


def _written(word: str) -> str:
    """As a title writes it: Waterproof, USB, 1000W."""
    return word.upper() if word[:1].isdigit() or word in UPPER else word[:1].upper() + word[1:]


UPPER = frozenset(
    [
        "usb",
        "led",
        "oem",
        "odm",
        "moq",
        "ip",
        "uv",
        "rgb",
        "ce",
        "eu",
        "uk",
        "us",
        "eva",
        "pu",
        "pvc",
        "tpu",
        "tpr",
        "abs",
        "cob",
        "ac",
        "dc",
        "rv",
        "diy",
        "hd",
        "gps",
        "rfid",
        "nfc",
    ]
)
