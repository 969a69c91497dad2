"""Rates of items that come in groups: each drawn to its group's, and the groups to that of all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHAPES = np.geomspace(0.7, 40, 14)[
    :, None
]  # shapes that are tried: from rates that differ as much as they please to equal ones
USUAL_SHAPE, USUAL_SPREAD = (
    3.0,
    0.8,
)  # of the shape itself, in ln: with hardly any events rates are taken to differ by about 60 %
USUAL_EVENTS = 2.0  # what the typical rate is worth before any events are seen


@dataclass(frozen=True)
class PooledRates:
    """By item: gamma of shape `a` + events and rate a / `of_group` + trials. `sure`: by group, the shape of its own gamma. `level`: the
    shape of the gamma of what all have in common."""

    a: float
    of_group: Floats
    sure: Floats
    level: float
    group: Ints
    events: Floats
    trials: Floats

    @property
    def b(self) -> Floats:
        return np.asarray(self.a / self.of_group)

    @property
    def mean(self) -> Floats:
        return np.asarray((self.a + self.events) / (self.b + self.trials))

    def draws(self, count: int, dice: Generator) -> Floats:
        """Draws × items: items of a group rise and fall together as far as their group is not known, and all of them as far as the level of
        all is not."""
        level = dice.gamma(self.level, size=(count, 1)) / self.level
        of_group = self.of_group * level * (dice.gamma(self.sure, size=(count, len(self.sure))) / self.sure)[:, self.group]
        return np.asarray(dice.gamma(self.a + self.events, size=of_group.shape) / (self.a / of_group + self.trials))


def pooled_rates(events: Floats, trials: Floats, group: Ints, typical: float) -> PooledRates:
    """Rates of items, gamma-Poisson in two layers, empirical Bayes. Unit: events per trial, well below 1.

    `group`: per item the number of its group, from 0. `typical`: to what the rate of all is drawn while there are hardly any events.
    An item with very many trials speaks for itself, not for its group: of its trials only as many count there as are needed to know
    it (random effects). Assumes that items of a group, and groups, are exchangeable. Reference: Christiansen and Morris, J. Am. Stat.
    Assoc. 92 (1997), hierarchical Poisson regression.
    """
    groups = int(group.max()) + 1 if len(group) else 0
    a, of_group = 4.0, np.full(groups, float((events.sum() + USUAL_EVENTS) / (trials.sum() + USUAL_EVENTS / typical)))
    sure = np.full(groups, a)
    for _ in range(2):
        part = 1 / (1 + trials * of_group[group] / a)
        y, n = (np.bincount(group, x * part, groups).astype(float) for x in (events, trials))
        between, level = _gamma_of(y, n, typical, fixed=False)
        sure = between + y
        of_group = sure / (between / level + n)
        a, _ = _gamma_of(events, trials * of_group[group], 1.0, fixed=True)
    return PooledRates(a, of_group[group], sure, float(events.sum()) + USUAL_EVENTS, group, events, trials)


def _gamma_of(events: Floats, trials: Floats, typical: float, *, fixed: bool) -> tuple[float, float]:
    """Shape and mean of the gamma that the rates come from. `fixed`: the mean is `typical`."""
    from scipy.special import gammaln

    mean, few = np.full_like(SHAPES, typical), USUAL_EVENTS / typical
    for _ in range(0 if fixed else 5):
        weight, usual = trials / (trials + SHAPES / mean), few / (few + SHAPES / mean)
        raw = events / np.maximum(trials, 1e-12)
        mean = ((weight * raw).sum(1, keepdims=True) + usual * typical) / (weight.sum(1, keepdims=True) + usual)
    b = SHAPES / mean
    log = gammaln(SHAPES + events) - gammaln(SHAPES) + SHAPES * np.log(b / (b + trials)) - events * np.log(b + trials)
    score = log.sum(1) - 0.5 * (np.log(SHAPES[:, 0] / USUAL_SHAPE) / USUAL_SPREAD) ** 2
    best = int(np.argmax(score))
    return float(SHAPES[best, 0]), float(mean[best, 0])
