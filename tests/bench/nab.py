"""The scoring of the Numenta Anomaly Benchmark, version 1.1 (Lavin & Ahmad, ICMLA 2015), written anew from its rules.

A detector gives every row a score from 0 to 1; the rows at or above a threshold are its alarms, one threshold for all files. The
first 15 % of a file (at most 750 rows) count neither for nor against. In a labelled window the earliest alarm counts, by a sigmoid
that falls from 1 at the left edge of the window to 0 at its right; a window without one costs `miss`. An alarm outside costs `false`
times a sigmoid that grows from 0 at the right edge of the window before it to 1 far from it. The threshold is the best one. The
result is put on a scale where no alarm at all is 0 and every window found at its first row is 100.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: What a false alarm and a missed window cost; a window found is worth 1.
PROFILES = {"standard": (0.11, 1.0), "reward_low_FP_rate": (0.22, 1.0), "reward_low_FN_rate": (0.11, 2.0)}
PROBATION, MOST_PROBATION = 0.15, 750


@dataclass(frozen=True)
class Stream:
    """One file: its figures, its labelled windows as first and last row, and the rows of a day."""

    name: str
    values: Floats
    windows: tuple[tuple[int, int], ...]
    rows_a_day: int


def streams(folder: Path) -> list[Stream]:
    """All files of the benchmark, by name."""
    labels = json.loads((folder / "labels" / "combined_windows.json").read_text("utf-8"))
    found = []
    for name in sorted(labels):
        with (folder / "data" / name).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))[1:]
        first: dict[str, int] = {}
        for i, (stamp, *_) in enumerate(rows):
            first.setdefault(stamp, i)
        windows = tuple((first[a[:19]], first[b[:19]]) for a, b in labels[name])
        stamps = [datetime.fromisoformat(stamp) for stamp, *_ in rows[:51]]
        apart = median((b - a).total_seconds() for a, b in pairwise(stamps))
        found.append(Stream(name, np.array([float(value) for _, value in rows]), windows, round(86400 / apart)))
    return found


def score(streams: Sequence[Stream], scores: Sequence[Floats], profile: str = "standard") -> float:
    """The benchmark's figure of a detector, at the threshold that is best for it."""
    _, miss = PROFILES[profile]
    windows = sum(len(s.windows) for s in streams)
    worst = -miss * windows
    height, gain = (np.concatenate(part) for part in zip(*map(_steps, streams, scores, [profile] * len(streams)), strict=True))
    order = np.argsort(-height, kind="stable")
    total = worst + np.cumsum(gain[order])
    last_of_its_height = np.r_[np.diff(height[order]) != 0, True]
    best = max(worst, float(total[last_of_its_height].max()))
    return 100 * (best - worst) / (windows - worst)


def _steps(stream: Stream, scores: Floats, profile: str) -> tuple[Floats, Floats]:
    """The rows that count: their heights, and what the total gains as the threshold falls to each of them in turn."""
    false, miss = PROFILES[profile]
    n = len(stream.values)
    row = np.arange(n)
    worth = np.full(n, -false)
    inside = np.full(n, -1)
    for k, (first, last) in enumerate(stream.windows):
        worth[last + 1 :] = false * _sigmoid((row[last + 1 :] - last) / (last - first))
        worth[first : last + 1] = _sigmoid(-(last + 1 - row[first : last + 1]) / (last - first + 1)) / _sigmoid(-1.0)
        inside[first : last + 1] = k
    begin = min(int(PROBATION * n), MOST_PROBATION)
    height, worth, inside = scores[begin:], worth[begin:], inside[begin:]
    order = np.argsort(-height, kind="stable")
    gain = worth.copy()
    for k in range(len(stream.windows)):
        mine = order[inside[order] == k]
        gain[mine] = np.diff(np.maximum.accumulate(np.r_[-miss, worth[mine]]))
    return height, gain


def _sigmoid(place: Floats | float) -> Floats:
    """2 / (1 + e^(5 · place)) − 1, and −1 beyond 3 lengths of the window."""
    at = np.asarray(place, float)
    return np.where(at > 3, -1.0, 2 / (1 + np.exp(5 * np.minimum(at, 3))) - 1)


def windowed_gaussian(values: Floats, window: int = 6400, step: int = 100) -> Floats:
    """The benchmark's own simple detector: the tail of a normal distribution fitted to the last values. Published: 39.6."""
    from scipy.special import ndtr

    found = np.zeros(len(values))
    for i in range(1, len(values)):
        start = max(0, (i - window) // step * step)
        past = values[start : min(i, start + window)]
        found[i] = ndtr(abs(values[i] - past.mean()) / (past.std() or 1e-6))
    return found
