"""A made-up shop hour by hour, with and without advertising: what is natural, what is paid, and what the paid takes from the natural."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.estimates.on_off import Floats, Schedule

HOURS = 1.0 + 0.8 * np.cos(2 * np.pi * (np.arange(24) - 10) / 24)  # most at ten in the morning
WEEK = np.array([0.8, 1.1, 1.1, 1.1, 1.1, 1.0, 0.8])


@dataclass(frozen=True)
class Shop:
    """Visits or leads. `natural` and `paid` an hour in the mean; `taken`: how many natural ones each paid one replaces; `late`: the part
    of the effect that comes in the hour after. `day` and `hour`: spread of what is good or bad for all of a day and of an hour
    (logs), each like the one before by `like`; `lumps`: counts come in lumps, variance over mean. `budget`: the part of a mean day's paid
    clicks that the daily budget buys, spread over the hours that are on (windows only); `halved`: whether it was halved for the test."""

    natural: float = 2.0
    paid: float = 0.6
    taken: float = 0.0
    late: float = 0.0
    day: float = 0.15
    hour: float = 0.25
    like: float = 0.7
    lumps: float = 1.8
    budget: float = np.inf
    halved: bool = False

    def moods(self, rng: np.random.Generator, n: int, spread: float) -> Floats:
        shocks = rng.normal(0, spread * np.sqrt(1 - self.like**2), n)
        mood = np.empty(n)
        last = rng.normal(0, spread)
        for i, shock in enumerate(shocks):
            last = mood[i] = self.like * last + shock
        return np.exp(mood - spread**2 / 2)

    def rates(self, rng: np.random.Generator, weeks: int) -> tuple[Floats, Floats]:
        """(off, on) of each hour of each day: what is to be expected then."""
        days = 7 * weeks
        shape = np.outer(np.tile(WEEK, weeks) * self.moods(rng, days, self.day), HOURS)
        shape *= self.moods(rng, days * 24, self.hour).reshape(days, 24)
        return self.natural * shape, (self.natural + (1 - self.taken) * self.paid) * shape

    def bought(self, off: Floats, switched: Floats, part: float = 1.0) -> Floats:
        """(days, 1): the part of the clicks to be had in the hours that are on which `part` of the daily budget buys."""
        wanted = (off * switched).sum(axis=1, keepdims=True)
        return np.minimum(1, part * self.budget * off.sum(axis=1).mean() / np.maximum(wanted, 1e-9))

    def seen(self, off: Floats, on: Floats, switched: Floats) -> Floats:
        """What is to be expected of each hour when it is switched like this."""
        extra = ((on - off) * switched).ravel()
        return off + ((1 - self.late) * extra + self.late * np.concatenate([[0.0], extra[:-1]])).reshape(off.shape)

    def drawn(self, rng: np.random.Generator, rates: Floats) -> Floats:
        """Negative binomial, with variance `lumps` × mean."""
        more = self.lumps - 1
        return rng.poisson(rng.gamma(rates / more, more)).astype(float)


def by_windows(hourly: Floats, windows: int, guard: int) -> Floats:
    """(days, 24) → (weeks, 7, windows), each window without its first `guard` hours."""
    days = len(hourly)
    return hourly.reshape(days // 7, 7, windows, 24 // windows)[..., guard:].sum(axis=-1)


def past(shop: Shop, rng: np.random.Generator, weeks: int, windows: int, guard: int) -> Floats:
    """Weeks with advertising always on."""
    return by_windows(shop.drawn(rng, shop.rates(rng, weeks)[1]), windows, guard)


def spent_before(shop: Shop, rng: np.random.Generator, weeks: int, windows: int, guard: int) -> Floats:
    """What each cell cost in weeks with advertising always on."""
    off, _ = shop.rates(rng, weeks)
    return 2.5 * by_windows(rng.poisson(3 * off * shop.bought(off, np.ones_like(off))).astype(float), windows, guard)


def run(shop: Shop, rng: np.random.Generator, plan: Schedule) -> tuple[Floats, Floats, float]:
    """What was counted and spent in each cell of a test, and the true effect: mean of (on − off) of what counts.

    Plans of seven parts switch windows of the day, others countries.
    """
    if len(plan.parts) < 7:
        return _countries(shop, rng, plan)
    weeks, _, windows = plan.on.shape
    off, on = shop.rates(rng, weeks)
    hourly_on = np.repeat(plan.on.reshape(-1, windows), 24 // windows, axis=1)
    bought = shop.bought(off, hourly_on, 0.5 if shop.halved else 1.0)
    counted = by_windows(shop.drawn(rng, shop.seen(off, on, hourly_on * bought)), windows, plan.guard)
    clicks = rng.poisson(np.where(hourly_on, 3 * off * bought, 0)).astype(float)
    always = shop.bought(off, np.ones_like(off)) * np.ones_like(off)
    truth = float(by_windows(shop.seen(off, on, always) - off, windows, plan.guard).mean())
    return counted, 2.5 * by_windows(clicks, windows, plan.guard), truth


def _countries(shop: Shop, rng: np.random.Generator, plan: Schedule) -> tuple[Floats, Floats, float]:
    """Countries of unlike size, the larger first; days are good or bad for all, and for each by itself. What is late comes a day late."""
    weeks, _, many = plan.on.shape
    days = 7 * weeks
    shape = np.outer(np.tile(WEEK, weeks) * shop.moods(rng, days, shop.day), 24 * np.geomspace(1, 0.2, many))
    shape *= np.stack([shop.moods(rng, days, shop.hour) for _ in range(many)], axis=1)
    off, on = shop.natural * shape, (shop.natural + (1 - shop.taken) * shop.paid) * shape
    switched = np.repeat(plan.on, plan.parts, axis=1).reshape(days, many)

    def seen(switched: Floats) -> Floats:
        extra = (on - off) * switched
        return off + (1 - shop.late) * extra + shop.late * np.vstack([np.zeros(many), extra[:-1]])

    def cells(daily: Floats) -> Floats:
        ends = np.cumsum(plan.parts)
        weekly = daily.reshape(weeks, 7, many)
        return np.stack([weekly[:, e - n + plan.guard : e].sum(axis=1) for e, n in zip(ends, plan.parts, strict=True)], axis=1)

    clicks = rng.poisson(np.where(switched, 3 * off, 0)).astype(float)
    truth = float(cells(seen(np.ones_like(off)) - off).mean())
    return cells(shop.drawn(rng, seen(switched))), 2.5 * cells(clicks), truth
