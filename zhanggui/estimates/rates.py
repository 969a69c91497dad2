"""What a rate is at least, from few trials."""

from __future__ import annotations

import numpy as np


def least_rate(events: int, trials: int, sure: float) -> float:
    """The rate above which it is with certainty `sure`, from events among trials: Clopper and Pearson (1934), one-sided."""
    from scipy.special import betaincinv

    return float(betaincinv(events, trials - events + 1, 1 - sure)) if events else 0.0


def trials_until(rate: float, wanted: float, sure: float) -> float:
    """Trials after which a rate that stays as it is (above `wanted`) is surely at least `wanted`; infinite if it is not above."""
    from scipy.special import betaincinv

    if rate <= wanted:
        return float("inf")
    trials = np.arange(1, 20_001, dtype=float)
    low = betaincinv(np.maximum(rate * trials, 1e-9), trials * (1 - rate) + 1, 1 - sure)
    enough = np.flatnonzero(low >= wanted)
    return float(trials[enough[0]]) if len(enough) else float("inf")
