"""How a rate spreads over the items of one shop, and what that says of an item with few trials."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

EVEN = 1e4  # a shape this large: all items share one rate
FEWEST_EVENTS = 5  # below, a shop has no typical rate yet


@dataclass(frozen=True)
class Spread:
    """Items' rates ~ Gamma(shape `a`, rate `b`), events ~ Poisson(rate × trials): the negative-binomial model of counts.

    Unit of a rate: events per trial (inquiries per click, clicks per exposure below about 10 %).
    Assumes that items are exchangeable before their counts are seen, and that trials of one item are independent.
    Reference: the gamma-Poisson empirical Bayes of Robbins (1956) and DuMouchel, The American Statistician 53 (1999).
    """

    a: float
    b: float
    items: int
    events: float
    trials: float

    @property
    def typical(self) -> float:
        """Mean rate over the items."""
        return self.a / self.b

    def rate(self, events: ArrayLike, trials: ArrayLike) -> NDArray[np.float64]:
        """The shrunk rate: the fewer trials, the nearer to `typical`."""
        return (self.a + np.asarray(events, float)) / (self.b + np.asarray(trials, float))

    def interval(
        self, events: ArrayLike, trials: ArrayLike, level: float = 0.8
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Central interval of an item's rate at `level`."""
        from scipy.special import gammaincinv

        shape, scale = self.a + np.asarray(events, float), self.b + np.asarray(trials, float)
        tail = (1 - level) / 2
        return gammaincinv(shape, tail) / scale, gammaincinv(shape, 1 - tail) / scale

    def chance_of_at_most(self, events: ArrayLike, trials: ArrayLike) -> NDArray[np.float64]:
        """How often an item of this shop with so many trials has so few events or fewer."""
        from scipy.special import betainc

        p = self.b / (self.b + np.asarray(trials, float))
        return np.asarray(betainc(self.a, np.asarray(events, float) + 1, p))

    def chance_of_none(self, trials: ArrayLike) -> NDArray[np.float64]:
        """How often an item of the typical rate has no event in so many trials, the typical rate itself being known only from
        the shop's events so far: (T / (T + n)) ** E."""
        return np.asarray((self.trials / (self.trials + np.asarray(trials, float))) ** self.events)

    def trials_until_none_tells(self, chance: float) -> float:
        """Trials without any event after which an item of the typical rate would have none with at most this chance."""
        return self.trials * (chance ** (-1 / self.events) - 1)


def missing_events(events: ArrayLike) -> float:
    """Events that a shop still lacks before it has a typical rate; at least 1."""
    return max(1.0, FEWEST_EVENTS - float(np.nansum(np.asarray(events, float))))


def fit_spread(events: ArrayLike, trials: ArrayLike) -> Spread | None:
    """Maximum likelihood of the negative binomial. None where the items together have fewer than 5 events: no typical rate yet.

    The mean is held at total events / total trials (unbiased under the model) and only the spread is sought, so that one odd
    item cannot drag both.
    """
    x, n = np.asarray(events, float), np.asarray(trials, float)
    use = n > 0
    x, n = x[use], n[use]
    order = np.lexsort((x, n))  # rounding follows the order of a sum: the same items in another order must give the same digits
    x, n = x[order], n[order]
    total = float(x.sum())
    if total < FEWEST_EVENTS or len(n) < 3:
        return None
    from scipy.optimize import minimize_scalar
    from scipy.special import gammaln

    m = total / float(n.sum())

    def loss(log_a: float) -> float:
        a = np.exp(log_a)
        b = a / m
        return -float(np.sum(gammaln(a + x) - gammaln(a) + a * np.log(b / (b + n)) + x * np.log(n / (b + n))))

    best = minimize_scalar(loss, bounds=(np.log(0.05), np.log(EVEN)), method="bounded", options={"xatol": 1e-4})
    a = float(np.exp(best.x))
    return Spread(a, a / m, len(n), total, float(n.sum()))
