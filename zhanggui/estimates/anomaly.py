"""Is today's figure out of the usual? One figure over time, judged only by what came before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FEWEST = 20  # points to compare with, below which nothing is called unusual
CYCLES, FEWEST_CYCLES = 7, 3  # a season's expectation is the median of the last cycles at the same place in the cycle
WINDOW = 4000  # points looked back upon
TAIL = 2  # percent left out at either end of the usual range
SHORT = 3  # the usual range is widened at either end by this part of it for each point it is drawn from
NARROWER = 0.7  # a season is believed where its usual range is at most this part of the range without it
LIMIT = 0.3  # widths of the usual range beyond its edge, from which a point is called unusual


@dataclass(frozen=True)
class Watch:
    """One entry for each point. `expected`, and `low` and `high` of the usual range, in the unit of the figure: NaN where
    nothing can be expected yet. `beyond`: distance outside the usual range in its own widths (0 inside). `score` is that on a
    scale from 0 (usual) up to 1, NaN where the figure is missing or nothing can be said. `unusual`: the verdict. `needs`: points
    that are still lacking before a figure at this place can be judged, 0 where it was."""

    expected: Floats
    low: Floats
    high: Floats
    beyond: Floats
    score: Floats
    unusual: NDArray[np.bool_]
    needs: NDArray[np.int64]


def watch(values: ArrayLike, seasons: Sequence[int] = (), limit: float = LIMIT, memory: int = 0) -> Watch:
    """Judge every point by the points before it: nothing later is looked at, and a longer series changes no earlier answer.

    `values`: a figure at equal distances, in order; a missing one is NaN and stays missing. `seasons`: lengths of cycles that may
    show, in points (7 for days; 1 means that the level wanders). `limit` in widths of the usual range. `memory`: for so many
    points the same is not told again: a score counts only if it exceeds all of theirs.

    Figures are taken as square roots (of signed size), on which counts have an even noise. A candidate for the expectation is the
    middle of all that came before and, for each season, the median of the last 7 cycles at the same place; the one with the
    narrowest usual range is used, a season only if its range is at most 0.7 of the range without. The usual range leaves out 2 %
    of the past deviations at either end, over at most 4,000 points, and is a little wider where they are few, so that some 95 % of
    quiet days lie in it. It is renewed after every two-hundredth part of the past.

    Assumes that deviations of the past are like those to come; says nothing of why. A figure may be out of the usual by chance:
    how often is shown in bench/results/anomalies.json. Reference for the expectation and the robust range: the seasonal hybrid
    test of Hochenbaum, Vallis & Kejariwal (arXiv 1704.07706, 2017), here without looking ahead.
    """
    y = np.asarray(values, float)
    x = np.sign(y) * np.sqrt(np.abs(y))
    n = len(x)
    lengths = sorted(set(seasons))
    expected = [np.zeros(n), *(_expected(x, season) for season in lengths)]
    least = [FEWEST, *(max(FEWEST, season) for season in lengths)]
    middle, low, high = (np.full(n, np.nan) for _ in range(3))
    here = 0
    while here < n:
        end = min(n, here + max(1, min(here, WINDOW) // 200))
        past = slice(max(0, here - WINDOW), here)
        narrowest = np.inf
        for e, fewest in zip(expected, least, strict=True):
            away = x[past] - e[past]
            away = away[np.isfinite(away)]
            if len(away) < fewest:
                continue
            edges = _edges(away)
            if edges[2] - edges[0] < NARROWER * narrowest:
                narrowest = edges[2] - edges[0]
                for into, edge in zip((low, middle, high), edges, strict=True):
                    into[here:end] = np.where(np.isfinite(e[here:end]), e[here:end] + edge, into[here:end])
        here = end
    known_before = np.r_[0, np.cumsum(np.isfinite(x))[:-1]] if n else np.zeros(0, np.int64)
    width = np.maximum(high - low, 1e-9 + 1e-4 * np.fmax.accumulate(np.abs(np.nan_to_num(x))) if n else 0)
    beyond = np.maximum(np.maximum(x - high, low - x), 0) / width
    beyond = _anew(beyond, memory)
    return Watch(
        expected=_squared(middle),
        low=_squared(low),
        high=_squared(high),
        beyond=beyond,
        score=beyond / (1 + beyond),
        unusual=np.nan_to_num(beyond) >= limit,
        needs=np.where(np.isfinite(low), 0, np.maximum(1, FEWEST - known_before)),
    )


def _squared(roots: Floats) -> Floats:
    return np.asarray(np.sign(roots) * roots**2)


def _edges(away: Floats) -> Floats:
    """Lower edge, middle and upper edge of the usual range of these deviations."""
    low, middle, high = np.percentile(away, (TAIL, 50, 100 - TAIL))
    wider = (high - low) * SHORT / len(away)
    return np.array([low - wider, middle, high + wider])


def _expected(x: Floats, season: int) -> Floats:
    """The median of the last cycles at the same place in the cycle, missing ones left out; NaN before there are enough."""
    n = len(x)
    cycles = -(-n // season)
    table = np.full((cycles + CYCLES, season), np.nan)
    table[CYCLES:].reshape(-1)[:n] = x
    ordered = np.sort(np.lib.stride_tricks.sliding_window_view(table, CYCLES, axis=0)[:-1], axis=-1)  # NaN go last
    count = np.isfinite(ordered).sum(-1)
    lower, upper = (
        np.take_along_axis(ordered, np.maximum(place, 0)[..., None], -1)[..., 0] for place in ((count - 1) // 2, count // 2)
    )
    return np.asarray(np.where(count >= FEWEST_CYCLES, (lower + upper) / 2, np.nan).reshape(-1)[:n])


def _anew(beyond: Floats, memory: int) -> Floats:
    """0 where one of the last `memory` points was as far out."""
    if not memory or not len(beyond):
        return beyond
    padded = np.r_[np.full(memory, -1.0), np.nan_to_num(beyond, nan=-1.0)]
    before = np.lib.stride_tricks.sliding_window_view(padded[:-1], memory).max(-1)
    return np.where(np.isnan(beyond) | (beyond > before), beyond, 0.0)
