"""When in the year a word is searched more than usual, and whether two years agree on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

YEAR = 52  # weeks
YEARS = 2  # the least: one year cannot tell a season from a fashion
WHOLE = 0.9  # share of a year's weeks that must have a figure


@dataclass(frozen=True)
class Season:
    """`coefficient`: mean heat of the best of the coming weeks over the year's mean, averaged over `years`; `least`: the same in the
    year that shows it least. `week`: the first day of that week in the year to come."""

    coefficient: float
    least: float
    week: date
    years: int


@dataclass(frozen=True)
class TooShort:
    """`weeks` more weeks of figures are needed."""

    weeks: int


def season(weeks: Sequence[date], heat: Sequence[float | None], after: date, ahead: int = 8) -> Season | TooShort:
    """The season coefficient of the `ahead` weeks after a day, from a weekly series (first days of weeks, any gaps).

    The series is cut into years of 52 weeks back from its newest week. In each, a week's heat, averaged with its two neighbours,
    is held against the mean of that year: a slow rise or fall of the whole word is no season. Assumes that the season comes at
    the same time each year; Easter, Ramadan and the like move and are seen a little flat. Reference: the ratio-to-average method
    of seasonal indices (Macaulay 1931), with a year's mean in place of a moving one.
    """
    told = {day: float(h) for day, h in zip(weeks, heat, strict=True) if h is not None}
    if not told:
        return TooShort(YEARS * YEAR)
    last = max(told)
    row = [told.get(last - timedelta(weeks=back)) for back in range((last - min(told)).days // 7 + 1)]
    years = [row[n * YEAR : (n + 1) * YEAR] for n in range(len(row) // YEAR)]
    known = [np.array([np.nan if h is None else h for h in y]) for y in years]
    kept = [y for y in known if np.isfinite(y).mean() >= WHOLE and np.nanmean(y) > 0]
    if len(kept) < YEARS:
        return TooShort(max(YEARS * YEAR - len(row), 1))
    ratios = np.array([_smooth(y) / np.nanmean(y) for y in kept])  # years × weeks back from the newest
    first = after + timedelta(days=1)
    coming = [first + timedelta(weeks=n) for n in range(ahead)]
    places = [(last - day).days // 7 % YEAR for day in coming]
    mean = ratios.mean(axis=0)[places]
    best = int(np.nanargmax(mean))
    return Season(float(mean[best]), float(ratios[:, places[best]].min()), coming[best], len(kept))


def _smooth(year: np.ndarray) -> np.ndarray:
    """Each week with the ones beside it; the ends of the year are neighbours. A missing week is left out."""
    near = np.stack([np.roll(year, 1), year, np.roll(year, -1)])
    counted = np.isfinite(near)
    return np.where(counted, near, 0).sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
