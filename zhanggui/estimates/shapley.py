"""What each factor of a product adds to its change, averaged over all orders in which the factors may change."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import factorial, isfinite, prod

MOST_FACTORS = 12  # the work doubles with each


def shapley_parts(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """What each factor adds to `prod(after) - prod(before)`; the unit is the product's. The parts add up to the change.

    Part i is the mean, over all orders of the factors, of what the product gains as factor i goes from its old value to its new
    one while those before it in the order have already changed. Zeros need no care. A second opinion on the split by logarithmic
    means: where both agree, the split does not hang on the method. Arithmetic, not cause. ValueError: a factor is not finite or has
    no partner, or there are more than 12. Reference: Shapley (1953); Ang, Energy Policy 32 (2004) 1131-1139.
    """
    n = len(before)
    if len(after) != n or n > MOST_FACTORS or not all(map(isfinite, (*before, *after))):
        raise ValueError(f"factors are finite, the same at both times, and at most {MOST_FACTORS}")
    parts = []
    for i in range(n):
        others = [j for j in range(n) if j != i]
        total = 0.0
        for size in range(n):
            weight = factorial(size) * factorial(n - size - 1) / factorial(n)
            for changed in combinations(others, size):
                total += weight * prod(after[j] if j in changed else before[j] for j in others)
        parts.append(total * (after[i] - before[i]))
    return parts
