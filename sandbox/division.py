"""A whole divided without a remainder: what one report tells by hour, another by product, and both add up to the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from sandbox.market import Floats, Ints


@dataclass(frozen=True)
class Paid:
    """What paid clicks brought and cost, by whatever divides them. Cost in fen, so that sums are exact."""

    exposures: Ints
    clicks: Ints
    fen: Ints
    leads: Ints

    def total(self) -> tuple[int, int, int, int]:
        return int(self.exposures.sum()), int(self.clicks.sum()), int(self.fen.sum()), int(self.leads.sum())

    def by(self, groups: Ints, count: int) -> Paid:
        """Added up again over coarser groups: `groups[i]` is the group of part i."""
        parts = [np.zeros(count, dtype=np.int64) for _ in range(4)]
        for part, figures in zip(parts, (self.exposures, self.clicks, self.fen, self.leads), strict=True):
            np.add.at(part, groups, figures)
        return Paid(*parts)


def shares(total: int, weights: Ints | Floats) -> Ints:
    """Whole parts in proportion to the weights that add up to the total (largest remainders first)."""
    weights = np.asarray(weights, dtype=float)
    if not total or not weights.sum():
        return np.zeros(len(weights), dtype=np.int64)
    exact = total * weights / weights.sum()
    parts = np.floor(exact).astype(np.int64)
    parts[np.argsort(parts - exact, kind="stable")[: total - int(parts.sum())]] += 1
    return parts


def drawn_from(rng: Generator, parts: Ints, count: int) -> Ints:
    """`count` of the things counted in `parts`, drawn without putting back."""
    count = min(count, int(parts.sum()))
    return np.asarray(rng.multivariate_hypergeometric(parts, count, method="marginals"), dtype=np.int64)


def scatter(rng: Generator, exposures: int, clicks: int, fen: int, leads: int, weights: Floats) -> Paid:
    """A total divided by chance: nowhere more clicks than exposures, more leads than clicks, or cost without a click."""
    odds = weights / weights.sum()
    clicked = rng.multinomial(clicks, odds)
    seen = rng.multinomial(exposures - clicks, odds) + clicked
    return Paid(seen, clicked, shares(fen, clicked), drawn_from(rng, clicked, leads))
