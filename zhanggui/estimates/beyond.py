"""Which parts of a whole bring clearly more, or clearly less, for what goes into them than all the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Apart:
    """By part: `rest` events per trial of all others, `expected` at that rate, `ratio` of its own rate to it with the 90 % range
    `low`..`high` (infinite where the others have none), and the chances of so many (`above`) or so few (`below`) events if the
    part were like the others: each already multiplied by the number of parts, since many are looked at."""

    rest: Floats
    expected: Floats
    ratio: Floats
    low: Floats
    high: Floats
    above: Floats
    below: Floats


def apart(events: ArrayLike, trials: ArrayLike) -> Apart:
    """Each part against the others. Trials (clicks, money) are positive; events come one by one and independently.

    Given all E events, those of a part are binomial with its share of the trials: the exact conditional comparison of two Poisson
    rates. The range is Clopper and Pearson's of that share. Reference: Przyborowski & Wilenski, Biometrika 31 (1940).
    """
    from scipy.special import betainc, betaincinv

    x, n = np.asarray(events, float), np.asarray(trials, float)
    whole, share = x.sum(), n / n.sum()
    others = np.maximum(n.sum() - n, 1e-12)
    rest = (whole - x) / others
    above = np.where(x > 0, betainc(np.maximum(x, 1), whole - np.maximum(x, 1) + 1, share), 1.0)
    below = np.where(x < whole, betainc(np.maximum(whole - x, 1e-12), x + 1, 1 - share), 1.0)  # its small chances stay exact
    least = np.where(x > 0, betaincinv(np.maximum(x, 1), whole - np.maximum(x, 1) + 1, 0.05), 0.0)
    most = np.where(x < whole, betaincinv(x + 1, np.maximum(whole - x, 1e-12), 0.95), 1.0)
    scale = others / n
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(rest > 0, x / n / rest, np.inf)
        high = np.where(most < 1, most / (1 - most) * scale, np.inf)
        low = np.where(least < 1, least / (1 - least) * scale, np.inf)
    many = len(x)
    return Apart(rest, rest * n, ratio, low, high, np.minimum(1, above * many), np.minimum(1, below * many))
