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
    order = np.lexsort((a, b))  # rounding follows the order of a sum
    a, b = a[order], b[order]
    if len(a) < 10 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return 1.0
    return float(spearmanr(a, b, alternative="greater").pvalue)


def among_best(members: ArrayLike, others: ArrayLike, best: float = 0.1) -> float:
    """One-sided p: how often so many members would lie above the level that only the `best` part of the others passes.

    Exact binomial. A few weak members do not hide that the rest are strong, as they would in a comparison of mean ranks.
    1.0 with fewer than 3 members or 10 others.
    """
    from scipy.special import betainc

    a, b = np.asarray(members, float), np.asarray(others, float)
    a, b = a[np.isfinite(a)], b[np.isfinite(b)]
    if len(a) < 3 or len(b) < 10:
        return 1.0
    level = np.quantile(b, 1 - best)
    above = int((a > level).sum())
    share = max(best, float((b > level).mean()))
    return float(betainc(above, len(a) - above + 1, share)) if above else 1.0


def more_than(larger: ArrayLike, smaller: ArrayLike, times: float = 1.0) -> NDArray[np.float64]:
    """Chance of so large a `larger` count beside `smaller`, were its rate only `times` the other's (same time for both).

    Exact conditional binomial test of two Poisson counts (Przyborowski & Wilenski, Biometrika 31, 1940), element by element.
    """
    from scipy.special import betainc

    x, y = np.asarray(larger, float), np.asarray(smaller, float)
    share = times / (1 + times)
    # P(X >= x | X + Y = x + y), X binomial with this share
    return np.asarray(np.where(x > 0, betainc(np.maximum(x, 1e-300), y + 1, share), 1.0))
