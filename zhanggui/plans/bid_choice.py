"""Which bid for which word: the most value within a budget, one level per cell, with a bound that shows how much better it could be.

A cell is whatever has a bid of its own: a word, or a word in an hour and a country. This is the multiple-choice knapsack problem.
Per cell only the upper concave hull of (cost, value) matters to the linear programme; taking the steps of all hulls from the steepest
down is its optimum, and the step that no longer fits, taken in part, is the bound (Sinha and Zoltners, Operations Research 27, 1979).
Groups of cells may have budgets of their own inside the whole one; both limit the same money, so the steepest step that still fits
anywhere is the optimum there too. What is left of the money is filled with levels that fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    if costs.shape != values.shape:
        raise ValueError(f"cost {costs.shape} and value {values.shape} differ in shape")
    absent = np.isnan(costs) | np.isnan(values)
    if np.any(costs[~absent] < 0) or not budget >= 0:
        raise ValueError("costs and budget are not below 0")
    cells = len(costs)
    costs[absent], values[absent] = np.inf, -np.inf
    costs, values = np.c_[np.zeros(cells), costs], np.c_[np.zeros(cells), values]
    group = np.zeros(cells, np.intp) if groups is None else np.asarray(groups, np.intp)
    limits = np.array([np.inf]) if group_budgets is None else np.asarray(group_budgets, float)

    steps = _steps(costs, values)
    level, bound, price = _greedy(steps, costs, values, budget, group, limits)
    _fill(level, costs, values, budget, group, limits)
    at = np.arange(cells)
    return Choice(level - 1, float(costs[at, level].sum()), float(values[at, level].sum()), bound, price)


@dataclass(frozen=True)
class _Steps:
    """The edges of all hulls, steepest first: from one level of a cell to the next on its hull."""

    cell: Ints
    to: Ints
    cost: Floats
    value: Floats
    first: Ints  # per cell the level on which its hull begins


def _steps(costs: Floats, values: Floats) -> _Steps:
    """Walks along all hulls at once: from each cell's point to the one of the steepest ascent, the farthest if there are several."""
    cells = np.arange(len(costs))
    first = np.argmax(np.where(costs <= 0, values, -np.inf), axis=1)
    found: list[tuple[Ints, Ints, Floats, Floats]] = []
    now = first
    while len(cells):
        c, v = costs[cells], values[cells]
        dc, dv = c - c[np.arange(len(cells)), now][:, None], v - v[np.arange(len(cells)), now][:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = np.where((dc > 0) & (dv > 0), dv / dc, 0.0)
        steepest = slope.max(axis=1)
        to = np.argmax(np.where(slope >= steepest[:, None], dv, -np.inf), axis=1)
        more = steepest > 0
        cells, to, dc, dv = cells[more], to[more], dc[more], dv[more]
        at = np.arange(len(cells))
        found.append((cells, to, dc[at, to], dv[at, to]))
        now = to
    cell, to, dc, dv = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.argsort(-dv / dc, kind="stable")
    return _Steps(cell[order], to[order], dc[order], dv[order], first)


def _greedy(
    steps: _Steps, costs: Floats, values: Floats, budget: float, group: Ints, limits: Floats
) -> tuple[Ints, float, float]:
    """The whole steps of the linear programme's optimum as levels; its value, the bound; the slope where the money ends."""
    level = steps.first.copy()
    base = float(values[np.arange(len(level)), level].sum())
    if not len(steps.cell):
        return level, base, 0.0
    part = np.zeros(len(steps.cell))  # of each step, what its group can pay
    for one in range(len(limits)):
        mine = np.flatnonzero(group[steps.cell] == one)
        spent = np.cumsum(steps.cost[mine])
        part[mine] = np.clip((limits[one] - spent + steps.cost[mine]) / steps.cost[mine], 0, 1)
    paid = part * steps.cost
    spent = np.cumsum(paid)
    fits = np.divide(budget - spent + paid, paid, out=np.zeros(len(paid)), where=paid > 0)
    taken = part * np.clip(fits, 0, 1)
    bound = base + float((taken * steps.value).sum())
    whole = np.flatnonzero(taken >= 1)
    level[steps.cell[whole]] = steps.to[whole]  # later steps of a cell overwrite earlier ones
    ends = np.flatnonzero((fits < 1) & (paid > 0))
    price = float(steps.value[ends[0]] / steps.cost[ends[0]]) if len(ends) else 0.0
    return level, bound, price


def _fill(level: Ints, costs: Floats, values: Floats, budget: float, group: Ints, limits: Floats) -> None:
    """Spends what is left: again and again the change of one cell that adds the most value and still fits."""
    at = np.arange(len(level))
    while True:
        now = costs[at, level]
        left = budget - now.sum()
        room = np.minimum(left, limits - np.bincount(group, now, len(limits)))[group]
        dc, dv = costs - now[:, None], values - values[at, level][:, None]
        gain = np.where(dc <= room[:, None], dv, 0.0)
        best = int(np.argmax(gain))
        cell, to = divmod(best, costs.shape[1])
        if gain[cell, to] <= 0:
            return
        level[cell] = to
