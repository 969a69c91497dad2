"""Which parts of a whole (countries, channels, products) have moved by themselves, and not because everything has?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhanggui.estimates.change import FEWEST_PERIODS, Change, change, dispersion

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PartMove:
    """`place` of the part among the rows; `own` its change against its own past, `beside` against its past as the rest has moved.
    `p` the larger of the two; `share` of all that the falling (or rising) parts have lost (or won), over the periods of `own`."""

    place: int
    own: Change
    beside: Change
    p: float
    share: float


def moved_parts(counts: ArrayLike, *, added: bool = True, rise: bool = False) -> list[PartMove]:
    """The parts that fell (or rose) against their own past and beside the rest, the least likely by noise first.

    `counts`: one row per part, one column per period of one length, oldest first; a missing one is NaN, and its row is left out.
    The rest's move is that of the sum of the others, or, where parts may not be added up (people), the middle one of the others'
    moves. Each p is that of `change`, with noise borrowed from the other parts: the middle one of theirs counts twice as much as the
    part's own. Who looks at many parts multiplies p by their number. Empty below two parts or five periods.
    """
    x = np.asarray(counts, float)
    if x.ndim != 2 or len(x) < 2:
        return []
    known = np.isfinite(x).all(axis=1)
    places, x = np.flatnonzero(known), x[known]
    if len(x) < 2 or x.shape[1] < FEWEST_PERIODS:
        return []
    found, noise = [], np.array([dispersion(row[:-2]) for row in x])
    lent = min(2, len(x) - 1) * (x.shape[1] - 3)
    for row, place in enumerate(places):
        like = (float(np.median(np.delete(noise, row))), float(lent))
        own = change(x[row], like, rise=rise)
        if own is None or (own.newest >= own.before) != rise or own.newest == own.before:
            continue
        level = _level(np.delete(x, row, axis=0), own.periods, added)
        if level is None:
            continue
        beside = change(
            x[row] * (level[-own.periods :].mean() / level), like, rise=rise
        )  # all at the newest level: its noise is known
        if beside is None:
            continue
        found.append(PartMove(int(place), own, beside, max(own.p, beside.p), _share(x if not rise else -x, row, own.periods)))
    return sorted(found, key=lambda f: (f.p, f.place))


def _level(others: Floats, periods: int, added: bool) -> Floats | None:
    """How the others stood in each period, 1 being their usual; None where they had nothing."""
    rows = others.sum(axis=0, keepdims=True) if added else others
    usual = rows[:, :-periods].mean(axis=1, keepdims=True)
    rows, usual = rows[usual[:, 0] > 0], usual[usual[:, 0] > 0]
    if not len(rows):
        return None
    level = np.median(rows / usual, axis=0)
    return level if (level > 0).all() else None


def _share(x: Floats, row: int, periods: int) -> float:
    """Of what all parts that moved this way have lost a period, what this one has."""
    lost = np.maximum(x[:, :-periods].mean(axis=1) - x[:, -periods:].mean(axis=1), 0)
    return float(lost[row] / lost.sum())
