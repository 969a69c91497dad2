"""Which items have risen against their own past, beyond its noise and beyond what all the others rose."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_PERIODS = 8  # six before the newest two: below, the noise of a past is hardly known


@dataclass(frozen=True)
class Rise:
    """By item: `newest` and `before`, means a period; `periods` since when (1 or 2); `p`, how often noise alone rises as far."""

    newest: NDArray[np.float64]
    before: NDArray[np.float64]
    periods: NDArray[np.int64]
    p: NDArray[np.float64]


def rise(counts: ArrayLike, lifts: tuple[float, float] = (1.0, 1.0)) -> Rise:
    """`counts`: items × periods of one length, oldest first. `lifts`: what others' counts are multiplied by in the newest period,
    and in the newest two, at least 1: an item has to beat that.

    A rise may be one period old or two; both are tried and p is doubled for the choice. Counts are over-dispersed Poisson:
    variance phi × mean, phi ≥ 1 from the item's own past (Pearson), against Student's t; where that is laxer than the exact
    test of two Poisson means (binomial given their sum), the exact one counts, since small counts are skewed. Assumes no trend
    in the past. Raises ValueError below `FEWEST_PERIODS`.
    """
    from scipy.special import betainc, stdtr

    x = np.asarray(counts, float)
    if x.ndim != 2 or x.shape[1] < FEWEST_PERIODS:
        raise ValueError(f"items × at least {FEWEST_PERIODS} periods, not {x.shape}")
    past = x[:, :-2]
    n = past.shape[1]
    total = past.sum(axis=1)
    mean = np.maximum(total, 0.5) / n
    phi = np.maximum(1.0, ((past - mean[:, None]) ** 2).sum(axis=1) / mean / (n - 1))
    found = []
    for k, lift in zip((1, 2), lifts, strict=True):
        recent, usual = x[:, -k:].sum(axis=1), mean * lift
        error = np.sqrt(phi * usual * (1 / k + lift / n))
        rough = stdtr(n - 1, -(recent / k - usual) / error)
        exact = np.where(recent > 0, betainc(np.maximum(recent, 1), total + 1, k * lift / (k * lift + n)), 1.0)
        found.append((np.maximum(rough, exact), recent / k))
    since = np.where(found[0][0] < found[1][0], 1, 2)
    p, newest = (np.where(since == 1, found[0][i], found[1][i]) for i in (0, 1))
    return Rise(newest, total / n, since, np.minimum(1.0, 2 * p))
