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
    """At least `weeks` more weekly figures are needed: of a download by the month, as many as if it had hardly begun."""

    weeks: int


def season(weeks: Sequence[date], heat: Sequence[float | None], after: date, ahead: int = 8) -> Season | TooShort:
    """The season coefficient of the `ahead` weeks that begin after a day, from a weekly series (first days of weeks, any gaps).

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
    known = np.array([np.nan if h is None else h for h in row])
    kept = _years(known)
    if len(kept) < YEARS:
        more = max(YEARS * YEAR - len(row), 1)
        while len(_years(np.concatenate([np.ones(more), known]))) < YEARS:
            more += 1
        return TooShort(more)
    ratios = np.array([_smooth(y) / np.nanmean(y) for y in kept])  # years × weeks back from the newest
    first = (after - last).days // 7 + 1  # weeks from the newest to the first that has not begun
    coming = [last + timedelta(weeks=first + n) for n in range(ahead)]
    places = [-(first + n) % YEAR for n in range(ahead)]
    mean = ratios.mean(axis=0)[places]
    best = int(np.nanargmax(mean))
    return Season(float(mean[best]), float(ratios[:, places[best]].min()), coming[best], len(kept))


def _years(weeks: np.ndarray) -> list[np.ndarray]:
    """The years back from the newest week (which comes first) that are told nearly whole."""
    cut = [weeks[n * YEAR : (n + 1) * YEAR] for n in range(len(weeks) // YEAR)]
    return [y for y in cut if np.isfinite(y).mean() >= WHOLE and np.nanmean(y) > 0]


def _smooth(year: np.ndarray) -> np.ndarray:
    """Each week with the ones beside it; the ends of the year are neighbours. A missing week is left out."""
    near = np.stack([np.roll(year, 1), year, np.roll(year, -1)])
    counted = np.isfinite(near)
    return np.where(counted, near, 0).sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
