"""Do two figures of other shops rise together, by how much, and would it have been seen?"""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, ceil, sqrt, tanh

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

#: A relation that would matter: half of the way to a perfect one. Whoever sees none must have looked at enough shops to see this.
WORTH_SEEING = 0.5
Z_95, Z_80 = 1.959964, 0.841621  # 5 % false alarms on both sides; seen in four cases of five
FEWEST = 10


@dataclass(frozen=True)
class Together:
    """Spearman's correlation with its 95 % interval over `n` shops; `needs` more shops before "none" may be said."""

    rho: float | None
    low: float | None
    high: float | None
    n: int
    needs: int

    @property
    def verdict(self) -> str:
        """more, less (they go together, or against each other), none, or unknown."""
        if self.low is None or self.high is None:
            return "unknown"
        if self.low > 0:
            return "more"
        if self.high < 0:
            return "less"
        return "unknown" if self.needs else "none"


def enough() -> int:
    """Shops among which a correlation of `WORTH_SEEING` is seen in four cases of five."""
    return ceil(3 + (1 + WORTH_SEEING**2 / 2) * ((Z_95 + Z_80) / atanh(WORTH_SEEING)) ** 2)


def together(x: ArrayLike, y: ArrayLike) -> Together:
    """Rank correlation of two figures; equal ones share their mean rank. Rows with a missing figure are left out.

    Interval: tanh(atanh ρ ± 1.96·√((1 + ρ²/2) ÷ (n − 3))), Bonett & Wright, Psychometrika 65 (2000) 23–28. It assumes shops
    that are drawn independently; a list of the best only shows a part of the market, in which relations look weaker. Fewer than
    ten shops, or a figure that is the same everywhere: no correlation.
    """
    a, b = np.asarray(x, float), np.asarray(y, float)
    both = np.isfinite(a) & np.isfinite(b)
    a, b = a[both], b[both]
    n = len(a)
    needs = max(enough() - n, 0)
    if n < FEWEST or np.ptp(a) == 0 or np.ptp(b) == 0:
        return Together(None, None, None, n, max(needs, FEWEST - n))
    first, second = (pl.Series(v).rank("average").to_numpy() for v in (a, b))
    rho = float(np.clip(np.corrcoef(first, second)[0, 1], -0.999999, 0.999999))
    wide = Z_95 * sqrt((1 + rho**2 / 2) / (n - 3))
    return Together(rho, tanh(atanh(rho) - wide), tanh(atanh(rho) + wide), n, needs)
