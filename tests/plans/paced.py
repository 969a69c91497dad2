"""Made-up days of second-price auctions with the market's working hours, and what hindsight would have bought of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhanggui.plans.pacing import YESTERDAY, Pacing, begun, hour_shares, passed, share_gone

Floats = NDArray[np.float64]
HOURS = 24
WORKING = np.array([3, 2, 1.5, 1, 1, 1.5, 3, 5, 7, 8, 8, 7, 5, 5, 6, 7, 8, 8, 7, 6, 5, 5, 4, 3.5])


@dataclass(frozen=True)
class Auctions:
    """By auction: hour of the clock with fractions, value of the click, and the highest bid of the others."""

    clock: Floats
    value: Floats
    price: Floats

    def by_hour(self, what: Floats) -> Floats:
        return np.bincount(self.clock.astype(int), what, minlength=HOURS)


@dataclass(frozen=True)
class Shop:
    """Two days in a row of one market, and the budget of each."""

    yesterday: Auctions
    today: Auctions
    budget: float


def shop(seed: int, auctions: int) -> Shop:
    """A market: volume, prices and values go up and down with the hours; dear clicks tend to be worth more; each day differs a bit.

    The budget is 5–50 % of what all of yesterday's auctions would have cost.
    """
    rng = np.random.default_rng(seed)
    hours = WORKING * np.exp(0.2 * rng.standard_normal(HOURS))
    spread_value, spread_price, together = rng.uniform(0.4, 1.3), rng.uniform(0.4, 1.2), rng.uniform(-0.2, 0.6)
    swing_price, swing_value, peaks = rng.uniform(0, 0.5), rng.uniform(0, 0.3), rng.uniform(0, HOURS, 2)
    level, part = rng.uniform(0, 3), np.exp(rng.uniform(np.log(0.05), np.log(0.5)))

    def day() -> Auctions:
        share = hours * np.exp(0.1 * rng.standard_normal(HOURS))
        count = rng.multinomial(auctions, share / share.sum())
        clock = np.sort(np.repeat(np.arange(HOURS), count) + rng.random(auctions))
        wave_price, wave_value = (np.sin(2 * np.pi * (clock - peak) / HOURS) for peak in peaks)
        worth = rng.standard_normal(auctions)
        rivals = together * worth + np.sqrt(1 - together**2) * rng.standard_normal(auctions)
        today = level + 0.1 * rng.standard_normal()
        value = np.exp(spread_value * worth + swing_value * wave_value)
        return Auctions(clock, value, np.exp(spread_price * rivals + swing_price * wave_price + today))

    before, after = day(), day()
    return Shop(before, after, float(part * before.price.sum()))


def hindsight(value: Floats, cost: Floats, budget: float) -> tuple[float, float]:
    """The most value that the budget buys when all costs are known, the last piece in part; and that piece's value per money."""
    order = np.argsort(cost / value, kind="stable")
    paid, got = np.cumsum(cost[order]), np.cumsum(value[order])
    whole = int(np.searchsorted(paid, budget, side="right"))
    if whole == len(order):
        return float(got[-1]), 0.0
    last = order[whole]
    before_paid, before_got = (float(paid[whole - 1]), float(got[whole - 1])) if whole else (0.0, 0.0)
    rate = float(value[last] / cost[last])
    return before_got + (budget - before_paid) * rate, rate


@dataclass(frozen=True)
class Day:
    """How a day came out: value bought, part of the budget spent, and both beside hindsight."""

    reached: float
    spent: float
    end: Pacing


def clicked(price: float, bid: float) -> float:
    """What an auction costs: the others' highest bid and 0.01, never above the own bid; nothing if that is not above theirs."""
    return min(price + 0.01, bid) if bid > price else 0.0


def knows(market: Shop, spending: bool = True) -> tuple[float, tuple[float, ...]]:
    """What yesterday tells: its best price, and each hour's expected share of the spending (or of the volume only)."""
    y = market.yesterday
    _, price = hindsight(y.value, y.price, market.budget)
    won = y.value / price > y.price
    spent = y.by_hour(np.where(won, y.price, 0.0))
    return price, hour_shares(y.by_hour(np.ones(len(y.clock))).tolist(), spent.tolist(), float(won.sum()) if spending else 0.0)


def paced(market: Shop, factor: float = 1.0, trust: float = YESTERDAY, spending: bool = True, moved: bool = True) -> Day:
    """Today, auction by auction, begun with yesterday's price times a factor. `moved` False: the price stays as it was."""
    price, shares = knows(market, spending)
    now = begun(price * factor, market.budget, trust)
    day, got = market.today, 0.0
    edges = [share_gone(shares, h) for h in range(HOURS + 1)]
    gone = np.interp(day.clock, np.arange(HOURS + 1), edges)
    for value, rival, behind in zip(day.value.tolist(), day.price.tolist(), gone.tolist(), strict=True):
        cost = clicked(rival, now.bid(value))
        got += value if cost else 0.0
        now = passed(now, cost, behind) if moved else Pacing(now.price, now.budget, now.left - cost, behind, now.trust)
    bound, _ = hindsight(day.value, day.price, market.budget)
    return Day(got / bound, now.spent / now.budget, now)


def by_hour(market: Shop) -> Day:
    """Today with bids that change once an hour, as a person or a schedule would; the platform stops at the budget."""
    price, shares = knows(market)
    now, got, day = begun(price, market.budget), 0.0, market.today
    for hour in range(HOURS):
        here = day.clock.astype(int) == hour
        spent = 0.0
        for value, rival in zip(day.value[here].tolist(), day.price[here].tolist(), strict=True):
            if spent < now.left:
                cost = clicked(rival, now.bid(value))
                spent, got = spent + cost, got + (value if cost else 0.0)
        now = passed(now, spent, share_gone(shares, hour + 1))
    bound, _ = hindsight(day.value, day.price, market.budget)
    return Day(got / bound, now.spent / now.budget, now)
