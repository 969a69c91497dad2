"""Rates of many items, each drawn towards the shop's own by as much as its few trials deserve; and so in a fairer order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhanggui.estimates.spread import fit_spread


@dataclass(frozen=True)
class Shrunk:
    """By item: the shrunk `rate` with its central 80 % interval. `typical` is the rate of all items, `weight` the share of its own."""

    rate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    weight: NDArray[np.float64]
    typical: float


def shrunk(events: ArrayLike, trials: ArrayLike) -> Shrunk | None:
    """Events per trial (leads per click, clicks per exposure below about 10 %), gamma-Poisson, the prior fitted to the items.

    The posterior mean is (a + events) / (b + trials): an item without trials has the typical rate, one with many its own.
    Assumes exchangeable items. None where the items have too few events for a typical rate. Reference: Efron & Morris, J. Am.
    Stat. Assoc. 70 (1975), for why this beats raw rates; DuMouchel (1999) for counts.
    """
    x, n = np.asarray(events, float), np.asarray(trials, float)
    spread = fit_spread(x, n)
    if spread is None:
        return None
    low, high = spread.interval(x, n)
    return Shrunk(spread.rate(x, n), low, high, n / (spread.b + n), spread.typical)
