"""How far each row of a table is from what was expected, measured in the noise of rows of its size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GROUP = 5.0  # rows of a smaller figure are taken together to tell their noise
MOST_CLASSES, LEAST_CLASS, KNOTS = 50, 20, 200
CHI2_MEDIAN = 0.4549  # of one degree of freedom


def weighted_deviations(real: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Weight and score of each row; no row may be zero in both.

    A row's deviation is (real − expected) / the mean size of both, between −2 and 2; its weight is 1 / variance, its score weight ×
    deviation. Σ score / Σ weight over some rows is their common shift, and (Σ score)² / Σ weight is its square in units of noise.
    Wild rows are drawn in: a deviation counts for no more than a normal variable would be at its rank among the deviations of the
    calmer sign, and beyond the last of those as an exponential tail.
    """
    mean = (np.abs(real) + np.abs(expected)) / 2
    weight = 1 / _variance(real - expected, mean)
    z = (real - expected) / mean * np.sqrt(weight)
    calm = min((-z[z < 0], z[z > 0]), key=lambda side: np.quantile(side, 0.999) if len(side) else np.inf)
    return weight, np.sign(z) * _drawn_in(np.abs(z), calm) * np.sqrt(weight)


def _variance(moved: Floats, mean: Floats) -> Floats:
    """τ² + φ / mean of each row: relative noise and the noise of counting, both fitted to medians over up to 50 classes of size."""
    order = np.argsort(mean >= GROUP, kind="stable")  # by no finer size: small rows without events would come together
    total = np.cumsum(np.minimum(mean[order], GROUP))
    starts = np.flatnonzero(np.r_[True, np.diff(np.r_[0, total[:-1]] // GROUP) > 0] | (mean[order] >= GROUP))
    size, square, move = (np.add.reduceat(v[order], starts) for v in (mean, mean**2, moved))
    order = np.argsort(size, kind="stable")
    heavy = order[np.searchsorted(np.cumsum(size[order]), 0.01 * size.sum()) :]  # what bears 99 % of the figure
    classes = np.array_split(heavy, max(1, min(MOST_CLASSES, len(heavy) // LEAST_CLASS)))
    ratio = np.array([np.median(square[c] / size[c]) for c in classes])
    spread = np.array([np.median(move[c] ** 2 / size[c]) / CHI2_MEDIAN for c in classes])  # = φ + τ² · ratio
    found = max((_fit(ratio, spread, use) for use in ((1, 1), (1, 0), (0, 1))), key=lambda fit: fit[0])
    return np.asarray(np.maximum(found[2] + found[1] / mean, 1e-12))


def _fit(ratio: Floats, spread: Floats, use: tuple[int, int]) -> tuple[float, float, float]:
    """φ and τ² of spread = φ + τ² · ratio by least squares of relative errors, after how good the fit is; −∞ if one is negative."""
    scale = np.maximum(spread, 1e-300)
    for _ in range(5):
        terms = np.column_stack([use[0] / scale, use[1] * ratio / scale])
        phi, tau = np.linalg.lstsq(terms, spread / scale, rcond=None)[0]
        scale = np.maximum(phi + tau * ratio, 1e-300)
    if phi < 0 or tau < 0:
        return -np.inf, 0.0, 0.0
    return -float((spread / scale - 1 + np.log(scale / np.maximum(spread, 1e-300))).sum()), float(phi), float(tau)


def _drawn_in(z: Floats, calm: Floats) -> Floats:
    """`z` ≥ 0, or what a normal variable is at the place of `z` in the half distribution of `calm` where that is less."""
    from scipy.special import ndtri

    if len(calm) < 2:
        return z
    ranks = np.unique(np.round(np.geomspace(1, len(calm), KNOTS)).astype(int))
    at = np.sort(calm)[::-1][ranks - 1][::-1]
    normal = -ndtri((ranks - 0.5) / len(calm) / 2)[::-1]
    last = max(float(at[-1]), 1e-12)
    tail = normal[-1] * np.sqrt(np.maximum(z / last, 1))
    return np.minimum(z, np.where(z > last, tail, np.interp(z, np.r_[0.0, at], np.r_[0.0, normal])))
