"""A window against the one before it: how far a figure has moved, and whether that is more than its usual up and down."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhanggui.estimates.change import FEWEST_PERIODS


@dataclass(frozen=True)
class Comparison:
    """`newest` over `before` is `ratio`, with its 90 % interval. The interval is None where the noise is not known yet."""

    newest: float
    before: float
    ratio: float
    low: float | None
    high: float | None

    @property
    def moved(self) -> bool | None:
        """Whether it has moved beyond its own noise; None: not known yet."""
        return None if self.low is None or self.high is None else self.low > 1 or self.high < 1


Sums = tuple[float, float]  # events, trials


def compare(new: Sums, old: Sums, events: ArrayLike, trials: ArrayLike | None = None) -> Comparison | None:
    """One window against another of the same length: (events, trials) of each; a plain count has 1 for its trials.

    `events` (and `trials`) are the figure's own whole periods of one length, oldest first: they tell its noise. The variance of
    events is phi × their mean, phi from the differences of neighbouring periods (von Neumann), which a slow trend does not touch;
    phi ≥ 1, and money has the phi of its own unit. Interval: Student's t on the log of the ratio, with two thirds of the
    degrees of freedom, the efficiency of those differences. Fewer than five periods: no interval. None where the older window
    has no events, or one has no trials.
    """
    if new[1] <= 0 or old[1] <= 0 or old[0] <= 0:
        return None
    newest, before, spread = new[0] / new[1], old[0] / old[1], _spread(events, trials)
    if spread is None:
        return Comparison(newest, before, newest / before, None, None)
    phi, t = spread
    some = max(new[0], phi / 2)  # none at all still has an interval: half of what comes at once
    return _within(newest, before, some / new[1] / before, t * sqrt(phi * (1 / some + 1 / old[0])))


def behind(events: ArrayLike, trials: ArrayLike, standard: float) -> Comparison | None:
    """The newest period's rate against a known one (the peers'), with the noise of the own periods. None without a rate."""
    x, n = np.asarray(events, float), np.asarray(trials, float)
    if not len(x) or standard <= 0 or not (np.isfinite(x[-1]) and n[-1] > 0):
        return None
    rate, spread = float(x[-1] / n[-1]), _spread(x, n)
    if spread is None:
        return Comparison(rate, standard, rate / standard, None, None)
    phi, t = spread
    some = max(float(x[-1]), phi / 2)
    return _within(rate, standard, some / float(n[-1]) / standard, t * sqrt(phi / some))


def _within(newest: float, before: float, middle: float, wide: float) -> Comparison:
    return Comparison(newest, before, newest / before, middle * exp(-wide), middle * exp(wide))


def _spread(events: ArrayLike, trials: ArrayLike | None) -> tuple[float, float] | None:
    """phi, and how many standard errors an interval reaches; None while the noise is not known."""
    from scipy.special import stdtrit

    x = np.asarray(events, float)
    n = np.ones_like(x) if trials is None else np.asarray(trials, float)
    known = np.isfinite(x) & np.isfinite(n) & (n > 0)
    phi = noise(x[known], n[known])
    return None if phi is None else (phi, float(stdtrit(2 * (known.sum() - 1) / 3, 0.95)))


def noise(events: NDArray[np.float64], trials: NDArray[np.float64]) -> float | None:
    """Variance over mean of a period's events, at least 1; None below five periods or without events."""
    if len(events) < FEWEST_PERIODS or events.sum() == 0:
        return None
    rate = events.sum() / trials.sum()
    squares = np.diff(events / trials) ** 2 / (rate * (1 / trials[1:] + 1 / trials[:-1]))
    return max(1.0, float(squares.mean()))
