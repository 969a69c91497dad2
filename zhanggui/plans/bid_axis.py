"""The cells of one axis (hours, regions or labels) as figures that may be: what multipliers of their bids bring and cost, and which are chosen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhanggui.estimates.unlike import Unlike
from zhanggui.plans.bid_choice import bid_choice
from zhanggui.plans.bid_response import NOW, TIMES, Response

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LOWEST, HIGHEST, STEP, FINE = 0.7, 2.0, 0.05, 0.01  # multipliers of a region or label, and of many together
NEAR = 0.05  # by how much those are moved, to spend the money of now, of which it is not sure that they should be
SLOPES = 0.3  # how far, in ln, clicks of a cell may answer to a multiplier more or less than those of all
#: On shops made up to tune it, prices rose by a tenth more than the curves say; both slopes may be off for all cells together, in ln.
DEARER, OFF = 1.1, 0.25
PRICES, PRICE_NOISE = 0.25, 0.5  # spread of ln price of a click over cells, and that of single clicks
DRAWS = 400


class Axis:
    """The cells of an axis as figures a day, expected in row 0 and drawn in the others: `value` (leads), `cost`, and what a multiplier does
    to either, rows × cells × `TIMES`."""

    def __init__(
        self, clicks: Floats, cost: Floats, days: int, rates: Unlike, response: Response, dice: np.random.Generator
    ) -> None:
        """`clicks`, `cost`: of all `days` days, at least one click each, and some cost in all."""
        n, usual = clicks, cost.sum() / clicks.sum()
        self.rates, self.rates_drawn = rates.mean, rates.draws(DRAWS, dice)
        part = n / (n + (PRICE_NOISE / PRICES) ** 2)
        dear = part * np.log((cost / usual + 1) / (n + 1))
        unsure = dice.normal(size=(DRAWS, len(n))) * PRICES * np.sqrt(1 - part)
        self.value = np.vstack([n * self.rates, n * self.rates_drawn]) / days
        self.cost = n / days * usual * np.exp(np.vstack([dear, dear + unsure]))
        own, all_, dearer = (dice.normal(0, s, (DRAWS, w)) for s, w in ((SLOPES, len(n)), (OFF, 1), (OFF, 1)))
        slope = np.exp(np.vstack([np.zeros(len(n)), own + all_]))[:, :, None]
        steeper = DEARER * np.exp(np.vstack([[[0.0]], dearer]))[:, :, None]
        pick = np.arange(DRAWS) % len(response.clicks_drawn)
        many = np.vstack([response.clicks, response.clicks_drawn[pick]])[:, None]
        price = np.vstack([response.cost, response.cost_drawn[pick]])[:, None] / many
        self.many = many**slope
        self.paid = self.many * price**steeper

    def at(self, table: Floats, times: Floats) -> Floats:
        """`table` at a multiplier per cell; 0 is off."""
        left = np.clip(np.searchsorted(TIMES, times, side="right") - 1, 0, len(TIMES) - 2)
        part = (times - TIMES[left]) / (TIMES[left + 1] - TIMES[left])
        cells = np.arange(len(times))
        read = table[:, cells, left] * (1 - part) + table[:, cells, left + 1] * part
        return np.asarray(np.where(times > 0, read, 0.0))

    def surely(self, times: Floats) -> Floats:
        """Per cell, in how many draws its multiplier brings more than the money that it moves is worth elsewhere."""
        near = slice(NOW - 1, NOW + 2, 2)
        dv, dc = ((x[:, :, None] * y[:, :, near]).sum(1) for x, y in ((self.value, self.many), (self.cost, self.paid)))
        price = (dv[:, 1] - dv[:, 0]) / np.maximum(dc[:, 1] - dc[:, 0], 1e-12)
        gain = self.value * (self.at(self.many, times) - 1) - price[:, None] * self.cost * (self.at(self.paid, times) - 1)
        return np.asarray((gain[1:] > 0).mean(0))

    def others(self, times: Floats, free: Flags, low: float, high: float) -> tuple[Floats, Floats, Floats]:
        """Per row: by what all `free` cells are multiplied so that the money is that of now; leads and cost of the whole by then, the money
        lasting for part of the day where it would be more."""
        whole, fixed = self.cost.sum(1), (self.cost * self.at(self.paid, times))[:, ~free].sum(1)
        table = (self.cost[:, :, None] * self.paid)[:, free].sum(1)
        values = (self.value[:, :, None] * self.many)[:, free].sum(1)
        own = (self.value * self.at(self.many, times))[:, ~free].sum(1)
        times_of, leads, cost = (np.empty(len(whole)) for _ in range(3))
        for i in range(len(whole)):
            g = float(np.clip(np.interp(whole[i] - fixed[i], table[i], TIMES), low, high)) if free.any() else 1.0
            spent = fixed[i] + np.interp(g, TIMES, table[i])
            lasts = min(1.0, whole[i] / max(spent, 1e-12))
            times_of[i], leads[i], cost[i] = g, (own[i] + np.interp(g, TIMES, values[i])) * lasts, spent * lasts
        return times_of, leads, cost


def levels(axis: Axis, low: float, high: float, dead_band: float, together: Flags) -> tuple[Floats, float]:
    """A multiplier per cell for the money of now, none of them off, and a finer one near 1 for all that go `together`; and the bound. Changes of
    single cells that are smaller than the dead band are left out."""
    grid = np.round(np.arange(low, high + FINE / 2, FINE), 2)
    coarse = np.isin(grid, np.round(np.arange(LOWEST, HIGHEST + STEP / 2, STEP), 2))
    coarse &= (np.abs(grid - 1) > dead_band + 1e-9) | (grid == 1)
    near = np.abs(grid - 1) <= NEAR + 1e-9
    many, paid = (np.array([np.interp(grid, TIMES, x) for x in table[0]]) for table in (axis.many, axis.paid))
    value, cost = axis.value[0][:, None] * many, axis.cost[0][:, None] * paid
    value, cost = (
        np.vstack([np.where(coarse, x, np.nan)[~together], np.where(near, x[together].sum(0), np.nan)]) for x in (value, cost)
    )
    # what the lowest level costs and brings is had in any case
    rows, least = np.arange(len(cost)), np.argmax(np.isfinite(cost), axis=1)
    own, had = cost[rows, least], value[rows, least]
    left = max(0.0, float(axis.cost[0].sum() - own.sum()))
    choice = bid_choice(cost - own[:, None], np.maximum(value - had[:, None], 0), left)
    chosen, times = grid[np.where(choice.level < 0, least, choice.level)], np.empty(len(together))
    times[~together], times[together] = chosen[:-1], chosen[-1]
    return times, choice.bound + float(had.sum())


def hours_off(axis: Axis, high: float) -> tuple[Floats, float]:
    """Hours that are off (0), the money that they free being spent by raising all other bids alike; and the bound."""
    best, bound, times = -1.0, 0.0, np.ones(axis.value.shape[1])
    for g in np.arange(1.0, high + STEP / 2, STEP):
        many, paid = (np.array([np.interp(g, TIMES, x) for x in table[0]]) for table in (axis.many, axis.paid))
        choice = bid_choice((axis.cost[0] * paid)[:, None], (axis.value[0] * many)[:, None], float(axis.cost[0].sum()))
        bound = max(bound, choice.bound)
        if choice.value > best:
            best, times = choice.value, np.where(choice.level >= 0, 1.0, 0.0)
    return times, bound
