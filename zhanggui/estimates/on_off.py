"""On-off tests: advertising goes on and off by a drawn plan, and the difference is what the money really brought beyond natural traffic.

A *unit* is a stretch of the day's hours, a group of countries, or the whole shop; a *cell* is a unit in a part of a week. Two
neighbouring units in the same part of two successive weeks make a *block*: one coin says which of the two is on in the first week;
the other is on then in the second. So every unit is on half the time, on every weekday alike, half the units are on at any time,
and a day that is good or bad for all falls on both sides. Figures are arrays of (weeks, parts, units); NaN is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

DAILY = (1,) * 7
FEWEST_BLOCKS = 6  # of five blocks at least one subset in 31 lies on either side of the truth: no 90 % interval yet
FEWEST_PAST = 4  # weeks from which the shop's own up and down is known
MOST_WEEKS = 52
SUBSETS = 9_999
TAIL = 0.04  # 92 %, that nothing is taken for something in fewer than one of ten tests, with the luck of the drawn subsets


@dataclass(frozen=True, eq=False)
class Schedule:
    """`parts`: how many days each part of a week has; `on`: (weeks, parts, units). `guard`: how many of the first hours (days, where
    a part has several) of each cell are left uncounted, since buyers who saw the cell before still come."""

    units: tuple[str, ...]
    parts: tuple[int, ...]
    on: NDArray[np.bool_]
    guard: int = 0


@dataclass(frozen=True)
class Range:
    """A figure with its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Effect:
    """`each`: what switching one cell on added; `total`: the same over all cells that were on, `cells` of them. `on` and `off`: mean of
    a cell. `per_money`: added for each unit of money that being on cost more; None where that is not known, or was not more in almost
    every block. `counted`: the cells of the `blocks` that were judged; `lost` blocks had a missing cell."""

    each: Range
    total: Range
    on: float
    off: float
    cells: int
    per_money: Range | None
    blocks: int
    lost: int
    counted: NDArray[np.bool_]


def schedule(units: Sequence[str], weeks: int, seed: int, parts: tuple[int, ...] = DAILY, guard: int = 0) -> Schedule:
    """The plan of a seed, the same for ever. Neighbours in `units` should be of like size: they are set against each other.

    Raises ValueError unless weeks are a positive even number, the parts make a week and there is a unit.
    """
    if weeks < 2 or weeks % 2 or sum(parts) != 7 or not units:
        raise ValueError(f"not a plan: {weeks} weeks, parts {parts}, {len(units)} units")
    on = np.zeros((weeks, len(parts), len(units)), bool)
    for at in np.ndindex(weeks // 2, len(parts), len(units)):
        pair, part, unit = at
        coin = sha256(f"{seed}:{pair}:{part}:{unit // 2}".encode()).digest()[0] & 1
        first = bool(coin) ^ bool(unit % 2)
        on[2 * pair, part, unit], on[2 * pair + 1, part, unit] = first, not first
    return Schedule(tuple(units), tuple(parts), on, guard)


def effect(gained: ArrayLike, plan: Schedule, spent: ArrayLike | None = None, *, seed: int = 0) -> Effect | None:
    """What being on added, by blocks. None below six whole blocks, or where nothing was counted at all.

    Interval: the coins are all that is assumed. Take the blocks' differences on − off: around the truth each is as likely to be
    the one way as the other, so what a random subset of blocks says lies above the truth as often as below, and the middle 90 %
    (92, to be sure) of what many subsets say holds it that often: whatever the distribution of the counts, and however days or
    hours go together. The same holds for the ratio to money. The effect is that of the money as it was spent in the cells that were
    on (see `over_usual`). Assumes that nothing of a cell comes after the guard of the next, and that being on adds to each unit in about the same proportion to what it usually has; where it does not, the interval is too
    wide rather than too narrow. Reference: Hartigan, J. Am. Stat. Assoc. 64 (1969), typical values.
    """
    y = np.asarray(gained, float)
    more, cells = _differences(np.where(plan.on, y, -y))
    usual = np.broadcast_to(np.nansum(y, axis=0) / np.maximum(np.isfinite(y).sum(axis=0), 1), y.shape)
    level = _differences(np.where(plan.on, usual, 0.0))[0]
    cost = None if spent is None else _differences(np.where(plan.on, spent, -np.asarray(spent, float)))[0]
    known = np.isfinite(more)
    if known.sum() < FEWEST_BLOCKS or not level[known].any():
        return None
    chosen = np.random.default_rng(seed).random((SUBSETS, int(known.sum()))) < 0.5
    chosen = chosen[chosen.any(axis=1)]
    many = int(cells[known].sum())
    each = _typical(more[known], level[known] * many / level[known].sum(), chosen)
    counted = _of_cells(known, plan.on.shape)
    per_money = None
    if cost is not None and np.isfinite(cost[known]).all() and (chosen @ cost[known] > 0).mean() > 0.99:
        per_money = _typical(more[known], cost[known], chosen)
    return Effect(
        each=each,
        total=Range(each.value * many, each.low * many, each.high * many),
        on=float(y[plan.on & counted].mean()),
        off=float(y[~plan.on & counted].mean()),
        cells=many,
        per_money=per_money,
        blocks=int(known.sum()),
        lost=int((~known).sum()),
        counted=counted,
    )


def over_usual(spent: ArrayLike, past: ArrayLike, counted: NDArray[np.bool_]) -> float | None:
    """How many times as much as in the `past` weeks was spent in the cells `counted`; None where either is not known or was nothing.

    A daily budget that binds is not halved by a plan: what is off hands it over to what is on, up to twice the usual there.
    """
    now, before = np.asarray(spent, float), np.asarray(past, float)
    known = np.isfinite(before).sum(axis=0)
    usual = np.where(known, np.nansum(before, axis=0) / np.maximum(known, 1), np.nan)
    whole = float(np.broadcast_to(usual, now.shape)[counted].sum())
    ratio = float(now[counted].sum()) / whole if whole else np.nan
    return ratio if np.isfinite(ratio) else None


def _typical(more: Floats, per: Floats, chosen: NDArray[np.bool_]) -> Range:
    """A ratio of sums, with the middle of the same ratio over subsets of blocks."""
    below = chosen @ per
    low, high = np.quantile((chosen @ more)[below > 0] / below[below > 0], (TAIL, 1 - TAIL))
    return Range(float(more.sum() / per.sum()), float(low), float(high))


def _differences(signed: Floats) -> tuple[Floats, Floats]:
    """Blocks, each the sum of its signed cells, and how many cells of each were on. A single last unit is a block of its own."""
    weeks, parts, units = signed.shape
    two = signed.reshape(weeks // 2, 2, parts, units).sum(axis=1)
    even = units // 2 * 2
    paired = two[:, :, :even].reshape(weeks // 2, parts, even // 2, 2).sum(axis=3)
    alone = two[:, :, even:]
    return (
        np.concatenate([paired.ravel(), alone.ravel()]),
        np.concatenate([np.full(paired.size, 2.0), np.ones(alone.size)]),
    )


def _of_cells(known: NDArray[np.bool_], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which cells belong to blocks that are judged."""
    weeks, parts, units = shape
    even = units // 2 * 2
    paired = known[: weeks // 2 * parts * (even // 2)].reshape(weeks // 2, parts, even // 2)
    alone = known[paired.size :].reshape(weeks // 2, parts, units - even)
    return np.repeat(np.concatenate([np.repeat(paired, 2, axis=2), alone], axis=2), 2, axis=0)


# ---- before the start


def power(extra: float, past: ArrayLike, weeks: int) -> float | None:
    """How often a test of so many weeks tells from nothing an effect of `extra` a cell. None while the noise is not known.

    `past`: (weeks, parts, units) of the shop as it was without a test: how unlike two successive weeks are is the noise of a
    block. Taken at the upper end of what so many weeks leave open (60 %), and never below that of rare independent events.
    """
    from scipy.stats import chi2, nct, t

    y = np.asarray(past, float)
    if len(y) < FEWEST_PAST:
        return None
    moved = np.diff(y, axis=0)
    even = y.shape[2] // 2 * 2
    blocks = np.concatenate([moved[:, :, 0:even:2] - moved[:, :, 1:even:2], moved[:, :, even:]], axis=2)
    per_week = np.isfinite(blocks).sum(axis=0)
    if (per_week < FEWEST_PAST - 1).any():
        return None
    squares = float(np.nanmean(blocks**2, axis=0).sum())
    free = 2 * np.isfinite(blocks).sum() / 3  # differences of neighbours share a week: two thirds of them tell something new
    squares = max(squares * free / float(chi2.ppf(0.4, free)), 2 * float(np.nanmean(y, axis=0).sum()))
    if squares == 0:
        return None
    cells, pairs = y.shape[1] * y.shape[2], weeks // 2
    beyond = pairs * blocks[0].size - 1
    if beyond + 1 < FEWEST_BLOCKS:
        return 0.0
    return float(nct.sf(t.ppf(1 - TAIL, beyond), beyond, abs(extra) * cells * np.sqrt(pairs / squares)))


def days_needed(extra: float, past: ArrayLike, *, wanted: float = 0.8) -> int | None:
    """Days until the test finds an effect of `extra` a cell `wanted` of the time; None: not within a year, or the noise is not
    known (`power` says which). Whole pairs of weeks."""
    for weeks in range(2, MOST_WEEKS + 1, 2):
        found = power(extra, past, weeks)
        if found is None:
            return None
        if found >= wanted:
            return 7 * weeks
    return None
