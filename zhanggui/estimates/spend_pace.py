"""What will have been spent by the end of a stretch of days, from what has been spent and the pace of the last weeks."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from zhanggui.estimates.comparison import noise

RECENT = 4  # weeks that tell the pace
Z90 = 1.645


def spend_forecast(done: float, left: int, weeks: ArrayLike) -> tuple[float, float, float] | None:
    """Spend by the end with its 90 % range: `done` so far, `left` days to come, `weeks` of spend, oldest first (NaN: not covered).

    The days to come cost what a day of the last four whole weeks did; their noise is that of the weeks (variance over mean, from
    neighbouring weeks), and so is that of the pace itself. None below five known weeks.
    """
    known = np.asarray(weeks, float)
    known = known[np.isfinite(known)]
    phi = noise(known, np.ones(len(known)))
    recent = float(known[-RECENT:].sum())
    if phi is None or recent <= 0:
        return None
    rest = recent / (7 * RECENT) * left
    wide = Z90 * sqrt(phi * rest * (1 + rest / recent))
    return done + rest, done + max(0.0, rest - wide), done + rest + wide
