"""What will have been spent by the end of a stretch of days, from what has been spent and the pace of the last weeks."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhanggui.estimates.comparison import noise

RECENT = 4  # weeks that tell the pace
Z90 = 1.645
FARTHEST = 6  # weeks between two that tell how the pace wanders: the farther, the fewer pairs


def spend_forecast(done: float, left: int, weeks: ArrayLike) -> tuple[float, float, float] | None:
    """Spend by the end with its 90 % range: `done` so far, `left` days to come, `weeks` of spend, oldest first (NaN: not covered).

    The days to come cost what a day of the last four whole weeks did; their noise is that of the weeks (variance over mean, from
    neighbouring weeks), and so is that of the pace itself. The pace wanders on as it has: what weeks that lie apart differ more than
    neighbours do is put to a random walk, whose sum over n weeks varies by n³/3 of its weekly step, and by 1.5 n² more since the
    pace is on average a week and a half old. None below five known weeks.
    """
    known = np.asarray(weeks, float)
    known = known[np.isfinite(known)]
    phi = noise(known, np.ones(len(known)))
    recent = float(known[-RECENT:].sum())
    if phi is None or recent <= 0:
        return None
    rest = recent / (7 * RECENT) * left
    n, step = left / 7, _step(known) * recent / RECENT
    wide = Z90 * sqrt(phi * rest * (1 + rest / recent) + step**2 * (n**3 / 3 + 1.5 * n**2))
    return done + rest, done + max(0.0, rest - wide), done + rest + wide


def _step(weeks: NDArray[np.float64]) -> float:
    """How far the pace wanders in a week, as a share of it: from the squared differences of weeks that lie one and several apart."""
    lag = max(2, min(FARTHEST, len(weeks) // 2))
    near, far = (float(np.mean((weeks[apart:] - weeks[:-apart]) ** 2)) for apart in (1, lag))
    return sqrt(max(0.0, far - near) / (lag - 1)) / float(weeks.mean())
