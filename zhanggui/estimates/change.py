"""Has the newest period fallen against the periods before it, beyond their own noise?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

FEWEST_PERIODS = 5  # four before the newest: the least from which their own noise can be told


@dataclass(frozen=True)
class Change:
    """`ratio` newest / mean before, with its 90 % interval; `p` how often noise alone would fall as far."""

    newest: float
    before: float
    ratio: float
    low: float
    high: float
    p: float


def change(counts: ArrayLike) -> Change | None:
    """Compare the last count with the ones before it (same length of period each). None below five periods or without events.

    Counts are taken as over-dispersed Poisson: the variance is `phi` × mean, phi ≥ 1 from the periods before (Pearson), and
    the log ratio is compared with Student's t on their degrees of freedom. Assumes no trend among the periods before.
    """
    x = np.asarray(counts, float)
    if len(x) < FEWEST_PERIODS or not np.isfinite(x).all() or x[:-1].sum() == 0:
        return None
    from scipy.special import stdtr, stdtrit

    before, newest = x[:-1], float(x[-1])
    mean, n = float(before.mean()), len(before)
    phi = max(1.0, float(((before - mean) ** 2).sum() / mean / (n - 1)))
    error = float(np.sqrt(phi * (1 / max(newest, 0.5) + 1 / (mean * n))))
    log_ratio = float(np.log(max(newest, 0.5) / mean))
    t95 = float(stdtrit(n - 1, 0.95))
    null_error = float(np.sqrt(phi * (1 / mean + 1 / (mean * n))))
    p = float(stdtr(n - 1, (newest - mean) / mean / null_error))
    low, high = np.exp(log_ratio - t95 * error), np.exp(log_ratio + t95 * error)
    return Change(newest, mean, newest / mean, float(low), float(high), p)
