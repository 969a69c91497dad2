"""Which bid for which word: the most value within a budget, one level per cell, with a bound that shows how much better it could be.

A cell is whatever has a bid of its own: a word, or a word in an hour and a country. This is the multiple-choice knapsack problem.
Per cell only the upper concave hull of (cost, value) matters to the linear programme; taking the steps of all hulls from the steepest
down is its optimum, and the steps that no longer fit, taken in part, make it the bound (Sinha and Zoltners, Operations Research 27,
1979). Groups of cells may have budgets of their own inside the whole one; all limit the same money, so the steepest step that still
fits in part is the optimum there too. The whole steps are a choice; what is left is improved by a dynamic programme over the few
levels that could still be part of a better one (the core: Pisinger, European Journal of Operational Research 83, 1995).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

ENOUGH = 1e-6  # as a part of the value: no better choice is sought closer to the bound than this
WIDTH = 2000  # part choices that are carried from cell to cell, at most
MUCH = 1e200
HAIR = 1e-12  # of a budget: more than roundings add up to
DEPTH = 120  # cells of the core that are looked at, at most; where neither is reached, the choice is the best there is

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Choice:
    """`level`: per cell the column chosen, -1 is off. `cost`, `value`: of all cells together. `bound`: no choice within the budget has
    more value. `price`: value that one unit of money more would bring (0: there is money for everything)."""

    level: Ints
    cost: float
    value: float
    bound: float
    price: float

    @property
    def gap(self) -> float:
        """How far the value may be below the best, as a part of the bound."""
        return max(0.0, 1 - self.value / self.bound) if self.bound > 0 else 0.0


def bid_choice(
    cost: ArrayLike,
    value: ArrayLike,
    budget: float,
    *,
    groups: ArrayLike | None = None,
    group_budgets: ArrayLike | None = None,
) -> Choice:
    """The levels that bring the most value for at most `budget`. Besides the levels given every cell may be off: cost 0, value 0.

    `cost`, `value`: cells × levels, of the same period as the budget; NaN in either: no such level. Levels need no order and need
    not be concave. `groups`: per cell the number of its group; `group_budgets`: per group its own budget.
    """
    costs, values = np.array(cost, float, ndmin=2), np.array(value, float, ndmin=2)
    if costs.shape != values.shape or (groups is None) != (group_budgets is None):
        raise ValueError(f"cost {costs.shape} and value {values.shape} differ in shape, or groups come without their budgets")
    absent = np.isnan(costs) | np.isnan(values)
    group = np.zeros(len(costs), np.intp) if groups is None else np.asarray(groups, np.intp)
    limits = np.minimum(np.full(1, budget) if group_budgets is None else np.asarray(group_budgets, float), budget)
    if np.any(costs[~absent] < 0) or not (limits >= 0).all() or not budget < np.inf:
        raise ValueError("a cost or a budget is below 0 or no number")
    absent |= costs > limits[group][:, None]
    costs[absent], values[absent] = np.inf, -np.inf
    costs, values = np.c_[np.zeros(len(costs)), costs], np.c_[np.zeros(len(costs)), values]

    level, bound, price, prices = _greedy(costs, values, budget, group, limits)
    at = np.arange(len(level))
    free = [one for one in range(len(limits)) if prices[one] <= price]  # groups that end where all the money ends
    pots = [[one] for one in range(len(limits)) if one not in free] + [free] * (len(free) > 1) + [[one] for one in free]
    for pot in pots:
        mine = np.isin(group, pot)
        paid = costs[at, level]
        rest = budget if mine.all() else budget * (1 - HAIR) - _sum(paid[~mine])
        allotted = min(float(limits[pot].sum()), rest)
        changed = level.copy()
        changed[mine] = _improved(
            level[mine], costs[mine], values[mine], allotted, max(prices[one] for one in pot), max(20, DEPTH // len(pots))
        )
        paid = costs[at, changed]
        if _sum(paid) <= budget and np.all(np.bincount(group, paid, len(limits)) <= limits):
            level = changed
    total = float(values[at, level].sum())
    return Choice(level - 1, float(costs[at, level].sum()), total, max(bound, total), price)


def _sum(money: Floats) -> float:
    """Not below the sum in either of the ways in which it may be added up again: what is within the budget here is so there."""
    return max(float(money.sum()), float(money.cumsum()[-1])) if len(money) else 0.0


def _steps(costs: Floats, values: Floats) -> tuple[Ints, Ints, Ints, Floats, Floats]:
    """Walks along all hulls at once: from each cell's point to the one of the steepest ascent, the farthest if there are several.

    Level where each hull begins; then per step, steepest first: its cell, its level, its cost and its value."""
    cells, before = np.arange(len(costs)), np.full(len(costs), np.inf)
    first = now = np.argmax(np.where(costs <= 0, values, -np.inf), axis=1)
    found: list[tuple[Ints, Ints, Floats, Floats, Floats]] = []
    while len(cells) or not found:
        c, v, at = costs[cells], values[cells], np.arange(len(cells))
        dc, dv = c - c[at, now][:, None], v - v[at, now][:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = np.where((dc > 0) & (dv > 0), dv / dc, 0.0)
        steepest = slope.max(axis=1)
        to = np.argmax(np.where(slope >= steepest[:, None], dv, -np.inf), axis=1)
        more = np.flatnonzero(steepest > 0)
        before = np.minimum(before, steepest)[more]  # no rounding may put a later step first
        cells, now = cells[more], to[more]
        found.append((cells, now, dc[more, now], dv[more, now], before))
    cell, to, cost, value, slope = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.argsort(-slope, kind="stable")
    return first, cell[order], to[order], cost[order], value[order]


def _greedy(
    costs: Floats, values: Floats, budget: float, group: Ints, limits: Floats
) -> tuple[Ints, float, float, list[float]]:
    """Levels by whole steps; the optimum of the linear programme, that takes the last ones in part; the slopes where the money ends:
    that of all, and that of each group."""
    level, *steps = _steps(costs, values)
    bound, price, prices = float(values[np.arange(len(level)), level].sum()), 0.0, [0.0] * len(limits)
    part, parts = budget, limits.tolist()
    whole, wholes = budget * (1 - HAIR), (limits * (1 - HAIR)).tolist()
    stuck = [False] * len(level)
    for cell, to, cost, value, own in zip(*(x.tolist() for x in (*steps, group[steps[0]])), strict=True):
        if part < cost and part <= parts[own]:
            price = price or value / cost
        paid = min(cost, part, parts[own])
        bound += value * (paid / cost)
        part, parts[own] = part - paid, parts[own] - paid
        if paid < cost:
            prices[own] = prices[own] or value / cost
        if stuck[cell] or cost > min(whole, wholes[own]):
            stuck[cell] = True
        else:
            level[cell] = to
            whole, wholes[own] = whole - cost, wholes[own] - cost
    return level, bound, price, prices


def _improved(level: Ints, costs: Floats, values: Floats, budget: float, price: float, depth: int) -> Ints:
    """A choice of at least as much value for at most the budget.

    With every unit of money priced, each cell has a best level (`home`); any other loses something, and so does money left over. A better
    choice loses less in all than the given one. Part choices (money over home's, loss) are carried from cell to cell, without those
    that lose too much already or that another one beats in money and value."""
    at = np.arange(len(level))
    worth = np.where(np.isfinite(costs), values - price * np.where(np.isfinite(costs), costs, 0), -np.inf)
    best = worth.max(axis=1)
    home = np.argmin(np.where(worth >= best[:, None], costs, np.inf), axis=1)
    loss = best[:, None] - worth
    slack = float(budget * (1 + HAIR) - costs[at, home].sum())  # what fills the budget to the cent may be a rounding above it
    most = float(loss[at, level].sum() + price * (budget - costs[at, level].sum()))
    enough = ENOUGH * float(values[at, level].sum())
    keep = loss < most
    keep[at, home] = True
    core = np.flatnonzero(keep.sum(axis=1) > 1)
    over = costs[core] - costs[core, home[core]][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(keep[core] & (over != 0), loss[core] / np.abs(over), MUCH)  # what a unit of money loses there
    order = np.argsort(rate.min(axis=1), kind="stable")[:depth]
    core, over, rate = core[order], over[order], rate[order]
    spend = _least_later(np.where(over > 0, rate, MUCH), price)
    save = _least_later(np.where(over < 0, rate, MUCH), MUCH)
    money, lost = np.zeros(1), np.zeros(1)
    trail: list[tuple[Ints, Ints]] = []
    found: tuple[int, int] | None = None
    if slack >= 0 and price * slack < most:
        most, found = price * slack, (-1, 0)
    for k, cell in enumerate(core):
        if most <= enough or not len(money):
            break
        options = np.flatnonzero(keep[cell] & (loss[cell] < most))
        if home[cell] not in options:
            options = np.append(options, home[cell])
        m = (money[:, None] + (costs[cell, options] - costs[cell, home[cell]])).ravel()
        g = (lost[:, None] + loss[cell, options]).ravel()
        least = g + np.where(m > slack, save[k] * (m - slack), spend[k] * (slack - m))
        good = np.flatnonzero(least < most)
        good = good[np.lexsort((g[good], m[good]))]
        v = price * m[good] - g[good]
        good = good[np.append(True, v[1:] > np.maximum.accumulate(v)[:-1])] if len(good) else good
        if len(good) > WIDTH:
            place = np.floor((m[good] - m[good[0]]) * (WIDTH / (m[good[-1]] - m[good[0]])))
            by = np.lexsort((least[good], place))
            good = good[by[np.append(True, np.diff(place[by]) > 0)]]
        money, lost = m[good], g[good]
        trail.append((good // len(options), options[good % len(options)]))
        left = np.where(money <= slack, lost + price * (slack - money), np.inf)
        top = int(np.argmin(left)) if len(left) else 0
        if len(left) and left[top] < most:
            most, found = float(left[top]), (k, top)
    if found is None:
        return level
    chosen = home.copy()
    k, state = found
    for step in range(k, -1, -1):
        parents, to = trail[step]
        chosen[core[step]], state = to[state], parents[state]
    if _sum(costs[at, chosen]) > budget:  # by a rounding
        return _improved(level, costs, values, budget * (1 - 2 * HAIR), price, depth)
    return chosen if values[at, chosen].sum() > values[at, level].sum() else level


def _least_later(rates: Floats, at_most: float) -> Floats:
    """For each cell the least rate of all cells behind it."""
    least = np.minimum.accumulate(rates.min(axis=1, initial=MUCH)[::-1])[::-1]
    return np.minimum(np.append(least[1:], MUCH), at_most)
