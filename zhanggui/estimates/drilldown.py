"""Which parts of the shop account for a change: the combinations of attributes whose rows moved together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import exp, log

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zhanggui.estimates.deviation import weighted_deviations

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Rows = NDArray[np.bool_]
Subset = tuple[int, ...]

FEWEST_ROWS = 20  # rows with a figure, below which their noise cannot be told
MOST_ATTRIBUTES = 6
MOST_CAUSES = 30
ODDS = 0.05


@dataclass(frozen=True)
class Cause:
    """Rows that share these values of these attributes, and moved otherwise than the rest.

    `change` is real − expected over the rows that no clearer cause has claimed, in the unit of the figure; `share` of the whole
    change, negative where it went the other way, None where the whole did not change. `odds`: how often noise alone brings forth
    so clear a cause in a whole table, at most.
    """

    where: dict[str, str]
    rows: int
    expected: float
    real: float
    change: float
    share: float | None
    odds: float


@dataclass(frozen=True)
class Drilldown:
    """`causes`, the largest change first. Their changes and the `residual` add up to `change`, the whole of real − expected."""

    change: float
    causes: tuple[Cause, ...]
    residual: float


def drill_down(frame: pl.DataFrame, attributes: list[str], real: str, expected: str, odds: float = ODDS) -> Drilldown | None:
    """Find the combinations of `attributes` that moved. None with fewer than 20 rows that have a figure: too few to tell.

    `frame`: a row for each combination that occurs, with figures `real` and `expected` that may be added up (never people, never
    rates: see `mix_and_rate`). A missing attribute is a value of its own. ValueError: a figure is missing, or there are more than
    six attributes. `odds`: at most so often is anything named in a table where nothing but noise has moved.

    Every cell of every subset of attributes is a candidate. Its gain is the likelihood ratio of a shift of its own against none,
    or against the shift that everything has in common where that is less. The cell of the highest gain is taken, unless some of
    its own parts, each with its own shift and its own price of being named, describe its rows better; its rows are put aside, and
    the search goes on while a gain exceeds log(subsets × cells of the subset / odds), Bonferroni's price. So a uniform move of
    the whole has no cause here: it stays in the residual.

    Assumes that rows are independent but for the causes, and noise as in `weighted_deviations`. It tells where a change sits, not
    why. References: the spatial scan statistic of Kulldorff, Communications in Statistics 26 (1997) 1481-1496; the setting is that
    of RiskLoc (Kalander, arXiv 2205.10004, 2022).
    """
    if len(attributes) > MOST_ATTRIBUTES:
        raise ValueError(f"more than {MOST_ATTRIBUTES} attributes: {len(attributes)}")
    frame = frame.sort(attributes)
    r, e = (frame[c].cast(pl.Float64).fill_null(float("nan")).to_numpy() for c in (real, expected))
    if not (np.isfinite(r).all() and np.isfinite(e).all()):
        raise ValueError("a figure is missing")
    change = float(r.sum() - e.sum())
    live = np.abs(r) + np.abs(e) > 0
    if live.sum() < FEWEST_ROWS:
        return None
    r, e = r[live], e[live]
    codes, names = _coded(frame.filter(pl.Series(live)), attributes)
    causes = []
    for subset, rows, at_odds in _Search(codes, *weighted_deviations(r, e), odds).causes():
        was, now = float(e[rows].sum()), float(r[rows].sum())
        where = {attributes[a]: names[a][codes[a][rows][0]] for a in subset}
        causes.append(Cause(where, int(rows.sum()), was, now, now - was, (now - was) / change if change else None, at_odds))
        if len(causes) == MOST_CAUSES:
            break
    causes.sort(key=lambda c: -abs(c.change))
    return Drilldown(change, tuple(causes), change - sum(c.change for c in causes))


def _coded(frame: pl.DataFrame, attributes: list[str]) -> tuple[list[Codes], list[list[str]]]:
    """Each attribute as whole numbers, and what they stand for, in order of the values: that of the rows changes nothing."""
    codes, names = [], []
    for attribute in attributes:
        values = frame[attribute].cast(pl.String).fill_null("—")
        known = values.unique().sort()
        codes.append(values.replace_strict(known, pl.int_range(len(known), eager=True), return_dtype=pl.Int64).to_numpy())
        names.append(known.to_list())
    return codes, names


class _Search:
    """The rows' cells in every subset of the attributes, and what of them is still unexplained."""

    def __init__(self, codes: list[Codes], weight: Floats, score: Floats, odds: float) -> None:
        sizes = [int(c.max()) + 1 for c in codes]
        subsets = [s for k in range(1, len(codes) + 1) for s in combinations(range(len(codes)), k)]
        self.codes, self.weight, self.score = codes, weight, score
        self.left = np.ones(len(weight), bool)
        self.cell: dict[Subset, Codes] = {}
        self.count: dict[Subset, int] = {}
        self.price: dict[Subset, float] = {}
        for subset in subsets:
            number = np.zeros(len(weight), np.int64)
            for a in subset:
                number = number * sizes[a] + codes[a]
            there, self.cell[subset] = np.unique(number, return_inverse=True)
            self.count[subset] = len(there)
            self.price[subset] = log(len(subsets) * len(there) / odds)
        self.odds = odds

    def causes(self) -> Iterator[tuple[Subset, Rows, float]]:
        """The cells worth naming, the clearest first: attributes, rows that none before it has claimed, odds."""
        while self.left.any():
            gains = self._gains()
            best = self._clearest(gains)
            if best is None:
                return
            subset, cell = best
            rows = (self.cell[subset] == cell) & self.left
            self.left &= ~rows
            yield subset, rows, min(1.0, self.odds * exp(self.price[subset] - gains[subset][cell]))

    def _gains(self) -> dict[Subset, Floats]:
        w, s = self.weight * self.left, self.score * self.left
        sums = {subset: (self._sum(subset, w), self._sum(subset, s)) for subset in self.cell}
        single = [pair for subset, pair in sums.items() if len(subset) == 1]
        common = _common(np.concatenate([w for w, _ in single]), np.concatenate([s for _, s in single]))
        return {subset: _gain(*pair, common) for subset, pair in sums.items()}

    def _sum(self, subset: Subset, figures: Floats) -> Floats:
        return np.bincount(self.cell[subset], figures, self.count[subset]).astype(float)

    def _clearest(self, gains: dict[Subset, Floats]) -> tuple[Subset, int] | None:
        worth = [
            (-float(gain[cell]), subset, int(cell))
            for subset, gain in gains.items()
            for cell in np.flatnonzero(gain > self.price[subset])
        ]
        return next(((s, cell) for _, s, cell in sorted(worth) if not self._parts_tell_more(s, cell, gains)), None)

    def _parts_tell_more(self, subset: Subset, cell: int, gains: dict[Subset, Floats]) -> bool:
        """Do some values of a further attribute, each with its own shift, describe the cell's rows better than one shift?"""
        inside = np.flatnonzero((self.cell[subset] == cell) & self.left)
        weight, score = self.weight[inside], self.score[inside]
        noise = float(len(inside))
        whole = max(_rest(weight, score), noise)
        for a in range(len(self.codes)):
            if a in subset:
                continue
            finer = tuple(sorted((*subset, a)))
            named = gains[finer][self.cell[finer][inside]] > self.price[finer]
            value = self.codes[a][inside]
            parts = np.unique(value[named])
            rest = float((score[~named] ** 2 / weight[~named]).sum())
            rest += sum(_rest(weight[here], score[here]) for here in (named & (value == p) for p in parts))
            if len(parts) and noise / 2 * log(whole / max(rest, noise)) > self.price[finer] * (len(parts) - 1):
                return True
        return False


def _rest(weight: Floats, score: Floats) -> float:
    """Squares, in units of noise, that a common shift of these rows leaves over."""
    return float(((score - score.sum() / weight.sum() * weight) ** 2 / weight).sum())


def _common(weight: Floats, score: Floats) -> float:
    """The middle one of the shifts of the cells of single attributes, by weight: how far everything has moved."""
    use = weight > 0
    shift = score[use] / weight[use]
    order = np.argsort(shift, kind="stable")
    bulk = np.cumsum(weight[use][order])
    return float(shift[order][np.searchsorted(bulk, bulk[-1] / 2)])


def _gain(weight: Floats, score: Floats, common: float) -> Floats:
    """By how much, in nats, a shift of its own tells more of a cell than none does, and more than the common one does."""
    over = score - common * weight
    least = np.where(score * over > 0, np.minimum(np.abs(score), np.abs(over)), 0)
    return np.asarray(least**2 / (2 * np.maximum(weight, 1e-300)))
