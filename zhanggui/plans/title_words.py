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
WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")

Parts = frozenset[str]


@dataclass(frozen=True)
class Piece:
    """A word as it is written, and the folded words in it: Lace-Up holds lace and up."""

    text: str
    parts: Parts
    old: bool = False  # it stands in today's title

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
    today: str, words: Sequence[str], weights: Mapping[str, float], must: Collection[str], spelling: Mapping[str, str]
) -> list[Piece]:
    """What a title may be made of: each word in its heaviest spelling, today's title first."""
    spelled: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    found = [(w, weights[word]) for word in words for w in WORD.findall(word)]
    old = list(dict.fromkeys(WORD.findall(today)))
    fold = _folds({w for w, _ in found} | set(old) | set(must))
    pieces = {}
    for word in old:
        parts = frozenset(fold[word]) - JOINING
        if parts and parts not in pieces:
            pieces[parts] = Piece(word, parts, old=True)
    for word, weight in found:
        for part in fold[word]:
            whole = word if len(fold[word]) == 1 else part
            spelled[part][whole] += weight
    for part in must:
        spelled[part][part] += 0.0
    for part, forms in spelled.items():
        if part not in JOINING and frozenset({part}) not in pieces:
            best = max(forms, key=lambda form: (forms[form], form))
            pieces[frozenset({part})] = Piece(spelling.get(part) or _written(best), frozenset({part}))
    return list(pieces.values())


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
