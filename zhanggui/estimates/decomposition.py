"""How much of a change is due to which step: a count that comes about step by step, split into additive parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite, log, prod

TINY = 1e-20  # stands for zero: as it shrinks the parts go to their limit


def log_mean(a: float, b: float) -> float:
    """The logarithmic mean of two positive numbers: between their geometric and their arithmetic mean."""
    ratio = log(b) - log(a)
    return (b - a) / ratio if abs(ratio) > 1e-6 else (a + b) / 2  # of two tiny differences the quotient has no digits left


def factor_parts(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """What each factor adds to the change of the product of all; the unit is the product's.

    Additive LMDI-I: part i = L(after, before) · ln(after_i / before_i), L the logarithmic mean of the two products. The parts add
    up to the change, and with the two times swapped every part turns its sign. A zero stands as 1e-20; what that and rounding
    leave over goes to the largest part. Arithmetic, not cause. ValueError: a factor is negative or not finite, or has no partner.
    Reference: Ang, Energy Policy 33 (2005) 867-871; for zeros Ang & Liu, Energy Policy 35 (2007) 238-246.
    """
    if len(before) != len(after) or not all(isfinite(x) and x >= 0 for x in (*before, *after)):
        raise ValueError("factors are finite, not negative, and the same at both times")
    old, new = [max(x, TINY) for x in before], [max(x, TINY) for x in after]
    if old == new:
        return [0.0] * len(old)
    weight = log_mean(max(prod(old), TINY), max(prod(new), TINY))
    parts = [weight * (log(b) - log(a)) for a, b in zip(old, new, strict=True)]
    largest = max(range(len(parts)), key=lambda i: abs(parts[i]))
    parts[largest] += prod(after) - prod(before) - sum(parts)
    return parts


def step_parts(before: Sequence[float], after: Sequence[float]) -> list[float] | None:
    """What the first level of a funnel, and then the rate of each further step, adds to the change of the last level.

    Levels go from the widest (exposures, clicks, inquiries). None where a level has events and the one above it has none: then
    no rate of that step can be told.
    """
    if any(low > 0 and high == 0 for levels in (before, after) for high, low in pairwise(levels)):
        return None
    return factor_parts(_factors(before), _factors(after))


def _factors(levels: Sequence[float]) -> list[float]:
    """The first level, then each level over the one above; a rate of nothing is 1, so that the level above bears the zero."""
    return [levels[0], *(low / high if high else 1.0 for high, low in pairwise(levels))]
