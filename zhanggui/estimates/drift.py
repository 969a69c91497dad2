"""Where a figure that was looked at on some days will stand on a later one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt

#: With three looks the interval is some thirteen times the noise: true, and useless.
FEWEST_LOOKS = 4


@dataclass(frozen=True)
class Ahead:
    """The figure expected on a day, with the interval that holds it in `chance` of the cases."""

    value: float
    low: float
    high: float
    looks: int


def ahead(days: Sequence[date], values: Sequence[float], to: date, chance: float = 0.9) -> Ahead | None:
    """A Brownian motion with drift through the looks, which may lie at unequal distances; None below `FEWEST_LOOKS` of them.

    x(t) moves by drift·g + noise of variance σ²·g over g days. With n looks over T days the drift is (last − first) ÷ T, σ² the
    mean of (move − drift·g)² ÷ g with n − 2 degrees of freedom, and h days ahead lie at last + drift·h ± t·σ·√(h + h²/T): exact
    under these assumptions. They fail where the rule itself is changed; no bound of the figure (100 %, 5 points) is known here.
    A figure that never moved gets an interval without width.

    `days` ascending and different, `to` not before the last. Reference: Brockwell & Davis, Introduction to Time Series and
    Forecasting (2016), 6.1 (random walk with drift).
    """
    from scipy.special import stdtrit

    looks = len(values)
    if looks < FEWEST_LOOKS:
        return None
    span = (days[-1] - days[0]).days
    drift = (values[-1] - values[0]) / span
    gaps = [(after - before).days for before, after in pairwise(days)]
    moves = [after - before for before, after in pairwise(values)]
    variance = sum((move - drift * gap) ** 2 / gap for move, gap in zip(moves, gaps, strict=True)) / (looks - 2)
    further = (to - days[-1]).days
    value = values[-1] + drift * further
    wide = float(stdtrit(looks - 2, (1 + chance) / 2)) * sqrt(variance * (further + further**2 / span))
    return Ahead(value, value - wide, value + wide, looks)
