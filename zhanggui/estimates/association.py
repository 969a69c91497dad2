"""Do two figures go together in this shop at all? A finding that claims a relation may only be made where they do."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def goes_with(x: ArrayLike, y: ArrayLike) -> float:
    """One-sided p of Spearman's rank correlation: how often shuffled figures would rise together as much. 1.0 without variety.

    Rows with a missing figure are left out. Fewer than 10 rows give 1.0: too few to claim anything.
    """
    from scipy.stats import spearmanr

    a, b = np.asarray(x, float), np.asarray(y, float)
    both = np.isfinite(a) & np.isfinite(b)
    a, b = a[both], b[both]
    if len(a) < 10 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return 1.0
    return float(spearmanr(a, b, alternative="greater").pvalue)


def higher_in(members: ArrayLike, others: ArrayLike) -> float:
    """One-sided p of the Mann-Whitney test: how often members would be so much higher than others by chance. 1.0 below 3 of each."""
    from scipy.stats import mannwhitneyu

    a, b = np.asarray(members, float), np.asarray(others, float)
    a, b = a[np.isfinite(a)], b[np.isfinite(b)]
    if len(a) < 3 or len(b) < 3:
        return 1.0
    return float(mannwhitneyu(a, b, alternative="greater").pvalue)


def more_than(larger: ArrayLike, smaller: ArrayLike, times: float = 1.0) -> NDArray[np.float64]:
    """Chance of so large a `larger` count beside `smaller`, were its rate only `times` the other's (same time for both).

    Exact conditional binomial test of two Poisson counts (Przyborowski & Wilenski, Biometrika 31, 1940), element by element.
    """
    from scipy.special import betainc

    x, y = np.asarray(larger, float), np.asarray(smaller, float)
    share = times / (1 + times)
    # P(X >= x | X + Y = x + y), X binomial with this share
    return np.asarray(np.where(x > 0, betainc(np.maximum(x, 1e-300), y + 1, share), 1.0))
