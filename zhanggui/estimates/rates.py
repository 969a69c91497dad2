"""What a rate is at least, or between which bounds it lies, from few trials."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, inf

Range = tuple[float, float, float]  # value, low, high

MIDDLE = 0.9  # one-sided: the range is the middle 80 %
COUNTABLE = 2.0**53  # beyond it a float no longer counts single trials


def least_rate(events: float, trials: float, sure: float) -> float:
    """The rate above which it is with certainty `sure`, from events among trials: Clopper and Pearson (1934), one-sided."""
    from scipy.special import betaincinv

    return float(betaincinv(events, trials - events + 1, 1 - sure)) if events else 0.0


def rate_range(events: float, trials: float) -> Range:
    """A share with its middle 80 %: Jeffreys' interval, which holds its level for few trials."""
    from scipy.special import betaincinv

    shape = events + 0.5, trials - events + 0.5
    low = float(betaincinv(*shape, 1 - MIDDLE)) if events else 0.0
    return events / trials, low, float(betaincinv(*shape, MIDDLE)) if events < trials else 1.0


def trials_until(told: Callable[[float, float], bool], rate: float, trials: float) -> float:
    """The number of trials, beyond the `trials` there are, after which `told` (events, trials) first holds if the rate stays as it is.

    It must not hold of `trials` yet, and hold for good once it does. Infinite where no countable number is enough.
    """
    low, high = float(trials), 2.0 * trials
    while not told(rate * high, high):
        low, high = high, 2 * high
        if high > COUNTABLE:
            return inf
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if told(rate * middle, middle) else (middle, high)
    return float(ceil(high))
