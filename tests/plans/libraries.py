"""Made-up libraries of weighted keywords, and the title that somebody makes by hand: the heaviest keywords one after another."""

from __future__ import annotations

import numpy as np

from zhanggui.plans.title_words import parts_of

NOUNS = ("power station", "solar generator", "battery pack", "camping lantern", "work light", "solar panel", "flood light")
BEFORE = (
    "portable", "rechargeable", "foldable", "waterproof", "outdoor", "solar", "mini", "large capacity", "fast charging", "lithium",
    "lifepo4", "wireless", "emergency", "wholesale", "custom", "oem", "lightweight", "high power", "dimmable", "magnetic", "cordless",
    "flexible", "super bright", "industrial", "heavy duty", "smart", "pure sine wave", "multifunction", "compact", "silent",
)  # fmt: skip
AFTER = (
    "for camping", "for home", "1000w", "2000w", "300w", "with usb", "with solar panel", "for hiking", "220v", "110v", "for car",
    "kit", "for garage", "with stand", "for boat", "for fishing", "for rv", "off grid", "backup", "for travel",
)  # fmt: skip


def library(seed: int, count: int = 450) -> dict[str, float]:
    """Keywords with weights as skewed as search indices are: one of three nouns, none to two words before it, one phrase after it or none."""
    rng = np.random.default_rng(seed)
    found: dict[str, float] = {}
    nouns = [NOUNS[i] for i in rng.permutation(len(NOUNS))[:3]]
    while len(found) < count:
        before = [BEFORE[i] for i in rng.permutation(len(BEFORE))[: rng.integers(0, 3)]]
        after = [AFTER[rng.integers(len(AFTER))]] if rng.random() < 0.4 else []
        word = " ".join([*before, nouns[rng.choice(3, p=(0.6, 0.25, 0.15))], *after])
        found.setdefault(word, float(np.ceil(rng.lognormal(3.3, 1.1))))
    return found


def joined(weights: dict[str, float], limit: int = 128) -> str:
    """The heaviest keywords one after another, each new word once, as long as they fit."""
    title: list[str] = []
    for word in sorted(weights, key=lambda w: (-weights[w], w)):
        new = [part for part in parts_of([word])[0] if part not in title]
        if len(" ".join([*title, *new])) <= limit:
            title += new
    return " ".join(title)


def weight_of(title: str, weights: dict[str, float]) -> float:
    """The weight of the keywords that stand whole in a title, counted by sets alone."""
    held = set(parts_of([title])[0])
    return sum(weight for word, weight in weights.items() if held.issuperset(parts_of([word])[0]))
