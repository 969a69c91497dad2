"""The bids of one day, from the curves of its words: the most leads for the money within bounds, and a little money to learn.

Three answers are made and compared. By word: the multiple-choice knapsack over the bids that a word may have next, each worth its
expected leads; these are means of what is possible, already drawn to those of similar words, so that what looks good by chance alone is
not preferred (the winner's curse). One bid for all words: the challenger, from the same curves. And trials: words that neither would
buy, but that would be worth buying if their lead rate were as high as it may well be; they get a small share of the budget, and none
once it is known what they bring. Words by word replace the single bid only where they are better in most of what is possible.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from zhanggui.estimates.bid_curves import BidCurves
from zhanggui.plans.bid_choice import Choice, bid_choice

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Of what the curves say that a plan gains, this part came about on shops made up to tune it, give or take: bids are chosen where the
#: curves are too kind (the winner's curse).
HOLDS, HOLDS_SPREAD = 0.7, 0.2
MORE_CURSED = 0.5  # of what does not come about, this part falls on bids by word alone and spares a single bid; tuned likewise
VARY = 0.15  # share by which a bid is moved off for words whose bid was never varied
HOPE = 1.5  # standard deviations that count as "may well be"
LEVELS = 9  # bids that are looked at per word


@dataclass(frozen=True)
class Steering:
    """How a day's bids are chosen. The first three are the shop's to set, and shares (0.3: 30 %).

    `change`: most that a bid may rise or fall a day. `dead_band`: a change that is smaller is left out. `explore`: most of the budget
    for learning: trials, and what moving bids off costs or saves. `sure`: in how much of what is possible (a share) the bids by word
    must be better than the single bid. `draws`: possibilities that are drawn.
    """

    change: float = 0.3
    dead_band: float = 0.05
    explore: float = 0.05
    sure: float = 0.8
    draws: int = 40


@dataclass(frozen=True)
class DayBids:
    """Per word: `bids` (0 is off), `tried` (bought, or changed, only to learn), and `single`, the bids on the way to the single bid `one`.

    `by_word`: whether the bids are those by word or those of `single`. `explored`: money expected to be moved by
    learning. `gap`, `price`: see `Choice`.
    """

    bids: Floats
    tried: Flags
    single: Floats
    one: float
    by_word: bool
    explored: float
    gap: float
    price: float


def bounds(now: Floats, last: Floats, floor: Floats, change: float) -> tuple[Floats, Floats]:
    """Lowest and highest bid that each word may have next, in whole cents; it may always be off.

    `now`: bids, 0 is off. `last`: the newest bid above 0: a word that is off may come back at any bid up to `change` above it.
    """
    low = np.ceil(np.maximum(np.where(now > 0, now * (1 - change), floor), floor) * 100 - 1e-6) / 100
    high = np.floor(last * (1 + change) * 100 + 1e-6) / 100
    return low, np.maximum(high, low)


def holding(draws: int, dice: Generator) -> Floats:
    """The part of a plan's gain that comes about, drawn."""
    return np.clip(dice.normal(HOLDS, HOLDS_SPREAD, draws), 0, 1)


def lasting(clicks: Floats, cost: Floats, worth: Floats, budget: float) -> Floats:
    """Value of whole plans, of the part of the day that the money lasts. Clicks and cost: … × words × plans; worth: … × words."""
    return np.asarray((clicks * worth[..., None]).sum(-2) * np.minimum(1, budget / np.maximum(cost.sum(-2), 1e-9)))


def day_bids(
    curves: BidCurves,
    now: Floats,
    last: Floats,
    worth: Floats,
    possible: Floats,
    budget: float,
    factor: float,
    steering: Steering,
    dice: Generator,
) -> DayBids:
    """The bids of a day whose demand is `factor` times the usual.

    `worth`: expected leads per click of each word (or anything else that a click is worth); `possible`: draws × words, what it may be.
    """
    floor = np.maximum(np.nan_to_num(curves.floor), 0.01)
    low, high = bounds(now, last, floor, steering.change)
    steps = np.linspace(0, 1, LEVELS)
    levels = np.exp(np.log(low)[:, None] * (1 - steps) + np.log(high)[:, None] * steps)
    little = np.abs(levels - now[:, None]) <= steering.dead_band * now[:, None]
    levels = np.c_[np.where(little, np.nan, levels), np.where(now >= low, now, np.nan)]
    clicks, cost = (np.where(np.isfinite(levels), x * factor, np.nan) for x in curves.at(levels))
    rows = np.arange(len(now))

    def by_words(money: float, free: Flags) -> tuple[Floats, Choice]:
        skip = np.where(free, 1.0, np.nan)[:, None]
        choice = bid_choice(cost * skip, clicks * worth[:, None] * skip, money)
        return np.where(choice.level >= 0, levels[rows, choice.level], 0.0), choice

    grid = np.exp(np.linspace(np.log(low.min()), np.log(high.max()), 60))
    ones = np.where(grid >= floor[:, None], np.clip(grid, low[:, None], high[:, None]), 0.0)
    many, paid = (x * factor for x in curves.at(ones))

    def single(money: float, free: Flags) -> int:
        return int(np.argmax(lasting(many * free[:, None], paid * free[:, None], worth, money)))

    everyone = np.ones(len(now), bool)
    plan, choice = by_words(budget, everyone)
    one = single(budget, everyone)
    unsure = possible.std(0)

    def whole(by_word: bool) -> tuple[Floats, Flags, float]:
        """The bids as they would be entered: with trials, varied, in cents; which of them only to learn; and the money that learning moves."""
        bids = plan if by_word else ones[:, one]
        off = (bids == 0) & (unsure > 1e-9 * worth)
        tried = _trials(off, clicks, cost, worth + HOPE * unsure, choice.price, steering.explore * budget)
        free = tried.level < 0
        if tried.cost > 0:
            rest = by_words(budget - tried.cost, free)[0] if by_word else ones[:, single(budget - tried.cost, free)]
            bids = np.where(free, rest, levels[rows, tried.level])
        bids = np.where(bids > 0, np.clip(np.round(bids, 2), low, high), 0.0)
        moved, paid = _moved_off(curves, bids, factor, low, high, steering, steering.explore * budget - tried.cost, dice)
        return moved, ~free | ((moved != bids) & (bids == now)), tried.cost + paid

    both = whole(True), whole(False)
    k, c = curves.draws(np.stack([both[0][0], both[1][0], now], 1), len(possible), dice)
    value, money = lasting(k, c * factor, possible, budget), np.minimum((c * factor).sum(1), budget)
    gained = value[:, 0] - value[:, 2] * money[:, 0] / np.maximum(money[:, 2], 1e-9)
    value[:, 0] -= MORE_CURSED * (1 - holding(len(possible), dice)) * np.maximum(gained, 0) * (money[:, 2] > 0)
    by_word = bool(np.mean(value[:, 0] > value[:, 1]) >= steering.sure)
    bids, tried, explored = both[0] if by_word else both[1]
    return DayBids(bids, tried, ones[:, one], float(grid[one]), by_word, explored, choice.gap, choice.price)


def _moved_off(
    curves: BidCurves, bids: Floats, factor: float, low: Floats, high: Floats, steering: Steering, money: float, dice: Generator
) -> tuple[Floats, float]:
    """Bids that were never varied moved off, up or down, those first that move least money, until `money` is reached; and the money."""
    by = np.exp(VARY * dice.choice((-1, 1), len(bids)))
    off, back = (np.clip(np.round(bids * x, 2), low, high) for x in (by, 1 / by))
    off = np.where((bids > 0) & ~curves.varied, np.where(off == bids, back, off), bids)
    _, cost = curves.at(np.stack([bids, off], 1))
    by = np.where(off != bids, np.abs(cost[:, 1] - cost[:, 0]) * factor, 0.0)
    order = np.argsort(by, kind="stable")
    fits = np.empty(len(bids), bool)
    fits[order] = np.cumsum(by[order]) <= max(money, 0.0) + 1e-12
    return np.where(fits, off, bids), float(by[fits].sum())


def _trials(off: Flags, clicks: Floats, cost: Floats, hoped: Floats, price: float, money: float) -> Choice:
    """Words of `off` that would be worth more than the price of money if they were worth what is hoped."""
    good = off[:, None] & (clicks * hoped[:, None] > price * cost) & (cost > 0)
    good &= price > 0  # with money for everything there is nothing to choose
    return bid_choice(np.where(good, cost, np.nan), np.where(good, clicks * hoped[:, None], np.nan), money)
