"""Has the newest period fallen against the periods before it, beyond their own noise?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_PERIODS = 5  # four before the newest: the least from which their own noise can be told


@dataclass(frozen=True)
class Change:
    """`newest` and `before` are means a period; `ratio` of the two with its 90 % interval; `periods` that are fallen (1 or 2);
    `p` how often noise alone would fall as far."""

    newest: float
    before: float
    ratio: float
    low: float
    high: float
    periods: int
    p: float


def change(counts: ArrayLike, like: tuple[float, float] | None = None, *, rise: bool = False) -> Change | None:
    """Compare the last count with the ones before it (same length of period each). None below five periods or without events.

    `rise`: the chance of so large a rise is told instead of that of a fall.

    A fall may be one period old or two: both are tried, the clearer one is told, and its p is doubled for the choice. Counts
    are taken as over-dispersed Poisson: the variance is `phi` × mean, phi ≥ 1 from the periods before (Pearson), compared with
    Student's t on their degrees of freedom. `like`: phi of series of the same kind and the degrees of freedom that it is to count
    for, so that few periods borrow their noise from the others. Assumes no trend among the periods before.
    """
    x = np.asarray(counts, float)
    if len(x) < FEWEST_PERIODS or not np.isfinite(x).all() or x[:-2].sum() == 0:
        return None
    newest, one_before = (1 if rise else -1) * (x[[-1, -2]] - x[:-2].mean())
    recent = (1, 2) if newest >= one_before / 2 else (1,)  # a move of which half has come back is over
    best = min((_against(x[:-k], x[-k:], like, rise) for k in recent), key=lambda c: c.p)
    return replace(best, p=min(1.0, 2 * best.p))


def dispersion(before: NDArray[np.float64]) -> float:
    """Variance over mean of the periods (Pearson); 1 without events."""
    mean = float(before.mean())
    return float(((before - mean) ** 2).sum() / mean / (len(before) - 1)) if mean > 0 else 1.0


def _against(before: NDArray[np.float64], recent: NDArray[np.float64], like: tuple[float, float] | None, rise: bool) -> Change:
    from scipy.special import stdtr, stdtrit

    mean, newest, n, k = float(before.mean()), float(recent.mean()), len(before), len(recent)
    other, lent = like or (0.0, 0.0)
    freedom = n - 1 + lent
    phi = max(1.0, (dispersion(before) * (n - 1) + other * lent) / freedom)
    null_error = float(np.sqrt(phi * mean * (1 / k + 1 / n)))
    p = float(stdtr(freedom, (-1 if rise else 1) * (newest - mean) / null_error))
    floor = max(newest, 0.5 / k)
    error = float(np.sqrt(phi * (1 / (floor * k) + 1 / (mean * n))))
    t95 = float(stdtrit(freedom, 0.95))
    log_ratio = float(np.log(floor / mean))
    return Change(
        newest, mean, newest / mean, float(np.exp(log_ratio - t95 * error)), float(np.exp(log_ratio + t95 * error)), k, p
    )
