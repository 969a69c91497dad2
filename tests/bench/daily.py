"""Made-up daily figures of a shop with known events, and the rules of thumb that a detector is measured against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

DAYS, EVENTS, QUIET = 730, 8, 56
LEVEL, SPREAD = (100, 1000), (0.05, 0.15)
SIZES = (0.55, 0.65, 1.35, 1.5, 2.0)

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


def series(seed: int, many: int = 60, events: int = EVENTS) -> Iterator[tuple[Counts, Flags]]:
    """Two years of a daily count and which of its days are events.

    A level of 100 to 1,000 a day that drifts by up to ±30 % over the two years in a slow wave; a week whose weekend is 15 to 45 %
    below its middle; gamma-Poisson noise with a relative spread of 5 to 15 % on top of Poisson's; after the first 8 weeks, `events`
    single days, at least two days apart, that are multiplied by one of `SIZES` (−45 % to +100 %). The spread
    was chosen so that the rule of thumb below comes out as in the study that the acceptance figures are from (F1 .085).
    """
    dice = np.random.default_rng(seed)
    day = np.arange(DAYS)
    for _ in range(many):
        level = np.exp(dice.uniform(np.log(LEVEL[0]), np.log(LEVEL[1])))
        week = 1 + dice.normal(0, 0.05, 7)
        week[5:] -= dice.uniform(0.15, 0.45)
        drift = 1 + dice.uniform(0, 0.3) * np.sin(2 * np.pi * (day / DAYS * dice.uniform(0.5, 2) + dice.uniform()))
        mean = level * week[day % 7] * drift
        event = np.zeros(DAYS, bool)
        event[QUIET + 2 * dice.choice((DAYS - QUIET) // 2, events, replace=False)] = True
        mean[event] *= dice.choice(SIZES, events)
        spread = dice.uniform(*SPREAD)
        yield dice.poisson(mean * dice.gamma(1 / spread**2, spread**2, DAYS)), event


def week_over_week(counts: Counts, change: float = 0.2) -> Flags:
    """The rule of thumb: red if a day differs from the same day a week ago by more than `change`."""
    told = np.zeros(len(counts), bool)
    told[7:] = np.abs(counts[7:] / np.maximum(counts[:-7], 1) - 1) > change
    return told


def hits(told: Flags, event: Flags) -> NDArray[np.int64]:
    """Found, falsely told, missed."""
    return np.array([(told & event).sum(), (told & ~event).sum(), (~told & event).sum()])


def precision_and_f1(found: Sequence[int] | NDArray[np.int64]) -> tuple[float, float]:
    """Precision and F1 of counts as `hits` gives them."""
    right, wrong, missed = (float(x) for x in found)
    return right / max(right + wrong, 1), 2 * right / max(2 * right + wrong + missed, 1)
