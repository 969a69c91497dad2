"""What a change did to some, told from what happened meanwhile to the others that were not changed."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_DAYS = 7  # on either side: a whole week


@dataclass(frozen=True)
class Shift:
    """`own` after the change as a multiple of what it would have been without it, with the 90 % interval. `without`: that, a day.

    `low` and `high` are None where too little happened for an interval.
    """

    ratio: float
    low: float | None
    high: float | None
    before: float
    after: float
    without: float


def share_shift(own: tuple[ArrayLike, ArrayLike], others: tuple[ArrayLike, ArrayLike]) -> Shift | None:
    """Daily figures (before, after) of those that were changed, and of the others on the same days.

    Whatever lifts or lowers all alike (market, season, weekday) leaves the odds of own against others as they are, so their ratio
    after to before is the effect. The variance of its log is phi × Σ 1/total, phi ≥ 1 by Pearson from the days around their own
    side's share, in the unit of the figure; Student's t on the days less two. Assumes that the change did not move the others, and
    that nobody chose whom to change by what their last days happened to be. None with fewer than a week on a side, or without any
    of the four totals. Reference: McCullagh & Nelder, Generalized Linear Models (1989), §4.5.
    """
    from scipy.stats import t

    sides = [(np.asarray(o, float), np.asarray(r, float)) for o, r in zip(own, others, strict=True)]
    if min(len(o) for o, _ in sides) < FEWEST_DAYS:
        return None
    totals = [float(x.sum()) for side in sides for x in side]
    own_before, rest_before, own_after, rest_after = totals
    if min(own_before, rest_before, rest_after) <= 0:
        return None
    without = own_before / len(sides[0][0]) * (rest_after / len(sides[1][1])) / (rest_before / len(sides[0][1]))
    after = own_after / len(sides[1][0])
    told = Shift(after / without, None, None, own_before / len(sides[0][0]), after, without)
    if own_after <= 0:
        return told
    degrees = sum(len(o) for o, _ in sides) - 2
    phi = max(1.0, sum(_pearson(o, r) for o, r in sides) / degrees)
    spread = t.ppf(0.95, degrees) * sqrt(phi * sum(1 / x for x in totals))
    middle = log(told.ratio)
    return Shift(told.ratio, exp(middle - spread), exp(middle + spread), told.before, after, without)


def _pearson(own: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """Σ of squared distances of each day's own part from the share of all days, by the binomial's variance."""
    of, share = own + others, own.sum() / (own + others).sum()
    some = of > 0
    expected = of[some] * share
    return float(((own[some] - expected) ** 2 / (expected * (1 - share))).sum())
