"""The bids of one day, from what is known of the words: the most leads for the money, within bounds, learning as it goes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from zhanggui.estimates.bid_curves import BidCurves
from zhanggui.plans.bid_choice import bid_choice

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Steering:
    """Settings. `change`: most change of a bid a day; `dead_band`: smaller changes are left out; `vary`: spread of ln bid that is put
    in so that the curves can be learned; `bold`: how far a plan follows one drawn possibility instead of the mean (0..1);
    `caution`: standard deviations taken off a word's value; `sure`: the plan by word replaces the single bid when it is better in so many
    of 100 draws."""

    change: float = 0.3
    dead_band: float = 0.025
    vary: float = 0.1
    bold: float = 0.0
    curious: float = 0.0
    explore: float = 0.1
    hope: float = 1.5
    sure: float = 0.8
    levels: int = 9
    draws: int = 40


@dataclass(frozen=True)
class DayBids:
    bids: Floats
    planned: Floats
    uniform: float
    by_word: bool
    gap: float


def allowed(now: Floats, last: Floats, floor: Floats, change: float, levels: int) -> Floats:
    """Words × levels of bids that a word may have next: its bid within ± `change`; one that is off, any from the floor up to there."""
    top = last * (1 + change)
    low = np.where(now > 0, now * (1 - change), np.minimum(floor, top))
    low, top = np.maximum(low, floor), np.maximum(top, floor)
    steps = np.linspace(0, 1, levels)
    return np.asarray(np.exp(np.log(low)[:, None] * (1 - steps) + np.log(top)[:, None] * steps))


def single_bids(levels: Floats, now: Floats, last: Floats, floor: Floats, change: float) -> Floats:
    """words × levels: each word's bid on its way to the single bid."""
    want = np.where(levels[None] >= floor[:, None], levels[None], 0.0)
    low = np.where(now > 0, np.maximum(now * (1 - change), floor), floor)[:, None]
    top = np.maximum(last * (1 + change), floor)[:, None]
    return np.where(want > 0, np.clip(want, low, top), 0.0)


def lasting(clicks: Floats, cost: Floats, worth: Floats, budget: float) -> Floats:
    """Value of whole plans along the last axis but words (first axis... words × plans)."""
    total = cost.sum(-2)
    return (clicks * worth[..., None]).sum(-2) * np.minimum(1, budget / np.maximum(total, 1e-9))


def day_bids(
    curves: BidCurves,
    now: Floats,
    last: Floats,
    worth: Floats,
    worth_draws: Floats,
    budget: float,
    factor: float,
    steering: Steering,
    dice: Generator,
) -> DayBids:
    floor = np.maximum(np.nan_to_num(curves.floor), 0.01)
    levels = allowed(now, last, floor, steering.change, steering.levels)
    clicks, cost = curves.at(levels)
    value = clicks * (worth + steering.curious * worth_draws.std(0))[:, None]
    if steering.bold > 0:
        k, c = curves.draws(levels, 1, dice)
        drawn = k[0] * worth_draws[dice.integers(len(worth_draws))][:, None]
        value = value * (1 - steering.bold) + steering.bold * drawn
    rows = np.arange(len(now))

    def by_words(money: float, free: Floats) -> tuple[Floats, float, float]:
        skip = np.where(free, 1.0, np.nan)[:, None]
        choice = bid_choice(cost * factor * skip, value * factor * skip, money)
        plan = np.where(choice.level >= 0, levels[rows, choice.level], 0.0)
        near = (now > 0) & (plan > 0) & (np.abs(np.log(np.maximum(plan, 1e-9) / np.maximum(now, 1e-9))) < steering.dead_band)
        return np.where(near, now, plan), choice.price, choice.gap

    grid = np.exp(np.linspace(np.log(max(last.min() * 0.5, 0.05)), np.log(last.max() * 1.5), 60))
    ones = single_bids(grid, now, last, floor, steering.change)
    k1, c1 = curves.at(ones)

    def single(money: float, free: Floats) -> int:
        return int(np.argmax(lasting(k1 * free[:, None], c1 * factor * free[:, None], worth, money)))

    everyone = np.ones(len(now), bool)
    plan, price, gap = by_words(budget, everyone)
    best = single(budget, everyone)
    two = np.stack([plan, ones[:, best]], 1)
    k, c = curves.draws(two, steering.draws, dice)
    v = lasting(k, c * factor, worth_draws[: steering.draws], budget)
    by_word = bool(np.mean(v[:, 0] > v[:, 1]) >= steering.sure)
    planned = plan if by_word else ones[:, best]
    if steering.explore > 0 and price > 0:
        hoped = clicks * (worth + steering.hope * worth_draws.std(0))[:, None]
        worthy = (planned == 0)[:, None] & (hoped > price * cost) & (cost > 0)
        tried = bid_choice(np.where(worthy, cost * factor, np.nan), np.where(worthy, hoped * factor, np.nan), steering.explore * budget)
        free = tried.level < 0
        if tried.cost > 0:
            rest = by_words(budget - tried.cost, free)[0] if by_word else ones[:, single(budget - tried.cost, free)]
            planned = np.where(free, rest, levels[rows, tried.level])
    bids = planned * np.exp(dice.normal(0, steering.vary, len(plan)))
    bids = np.where(planned > 0, np.maximum(np.clip(bids, now * (1 - steering.change), np.maximum(last * (1 + steering.change), floor)), floor), 0.0)
    return DayBids(bids, planned, float(grid[best]), by_word, gap)
