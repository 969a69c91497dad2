"""Rates of a handful of items when it is not known either how unlike they are: what each may be, all together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from zhanggui.estimates.spread import FEWEST_EVENTS

Floats = NDArray[np.float64]

#: Spreads of ln rate that are tried beside none at all; before anything is seen, their scale, and the chance that the items are alike.
APART = np.append(0.0, np.arange(0.1, 1.55, 0.1))
USUALLY, ALIKE = 0.5, 0.25
STEPS = np.linspace(-3.5, 3.5, 57)  # of a rate off the middle, in spreads


@dataclass(frozen=True)
class Unlike:
    """`weight`: the chance of each spread of `APART`. `rates`: spreads × steps, those that are possible; `chance`: items × spreads × steps,
    given the spread. `events`: of all items."""

    weight: Floats
    rates: Floats
    chance: Floats
    events: float

    @property
    def alike(self) -> float:
        """The chance that all items share one rate."""
        return float(self.weight[0])

    @property
    def mean(self) -> Floats:
        """By item: what its rate is expected to be."""
        return np.asarray((self.chance * self.rates).sum(2) @ self.weight)

    def draws(self, count: int, dice: Generator) -> Floats:
        """Draws × items, each draw with a spread and a level of its own."""
        spread = dice.choice(len(self.weight), count, p=self.weight)
        heap = np.cumsum(self.chance[:, spread], axis=2)  # items × draws × steps
        step = (heap < dice.random((*heap.shape[:2], 1)) * heap[:, :, -1:]).sum(2)
        level = dice.gamma(self.events, size=(count, 1)) / self.events
        return np.asarray(self.rates[spread[:, None], step.T] * level)


def unlike(events: ArrayLike, trials: ArrayLike) -> Unlike | None:
    """As `shrunk`, but with all spreads kept that the items may have instead of the likeliest alone, and with log-normal rates.

    For hours, regions or labels: of a few items the likeliest spread is often far off, and whoever takes it for known is too sure of each.
    What makes hours or regions differ multiplies, and a gamma as wide as that would have many of them bring nearly nothing.
    Assumes exchangeable items, and events by Poisson. Unit: events per trial, well below 1; the rate of all is taken as it is. None with
    fewer than 5 events, or fewer than two items with trials.
    Reference: Kass and Steffey, J. Am. Stat. Assoc. 84 (1989).
    """
    x, n = np.asarray(events, float), np.asarray(trials, float)
    if x.sum() < FEWEST_EVENTS or (n > 0).sum() < 2:
        return None
    rates = x.sum() / n.sum() * np.exp(APART[:, None] * STEPS - APART[:, None] ** 2 / 2)
    log = x[:, None, None] * np.log(rates) - n[:, None, None] * rates - STEPS**2 / 2
    most = log.max(axis=2, keepdims=True)
    chance = np.exp(log - most)
    likely = (np.log(chance.sum(2)) + most[:, :, 0]).sum(0)
    before = np.exp(-0.5 * (APART[1:] / USUALLY) ** 2)
    likely = likely + np.log(np.append(ALIKE, (1 - ALIKE) * before / before.sum()))
    weight = np.exp(likely - likely.max())
    return Unlike(weight / weight.sum(), rates, chance / chance.sum(2, keepdims=True), float(x.sum()))
