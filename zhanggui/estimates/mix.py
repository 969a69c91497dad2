"""Why a rate of the whole shop moved: because its parts' rates moved, or because the parts have other weights than before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MixAndRate:
    """`before` and `after`: the whole's rate (events per trial). For each part, in the same unit: `mix`, what its other weight
    among the trials adds to the change, and `rate`, what its own rate adds. All mix and all rate together are after − before."""

    before: float
    after: float
    mix: Floats
    rate: Floats

    @property
    def change(self) -> float:
        """What is to be explained."""
        return self.after - self.before


def mix_and_rate(events: ArrayLike, trials: ArrayLike, new_events: ArrayLike, new_trials: ArrayLike) -> MixAndRate | None:
    """Split the change of Σ events / Σ trials over its parts (products, countries, sources), one entry each.

    rate_i = mean weight × change of the part's rate; mix_i = change of weight × (part's mean rate − whole's mean rate), means of
    the two times: symmetric, and exact without a rest. More weight on a part that is better than the whole counts for it. A part
    without trials at one time has no rate there: it is taken as unchanged, so that its coming or going is all mix. None where the
    whole has no trials at one of the times. Assumes that trials may be added up (never people). Arithmetic, not cause.
    ValueError: a figure is missing or negative. References: Simpson, J. R. Stat. Soc. B 13 (1951), for why the split is needed;
    Kitagawa, J. Am. Stat. Assoc. 50 (1955), for the split.
    """
    e0, n0, e1, n1 = (np.asarray(v, float) for v in (events, trials, new_events, new_trials))
    if not all(np.isfinite(v).all() and (v >= 0).all() and v.shape == e0.shape for v in (e0, n0, e1, n1)):
        raise ValueError("figures are there, not negative, and one for each part at both times")
    if n0.sum() == 0 or n1.sum() == 0:
        return None
    if (e0[n0 == 0] > 0).any() or (e1[n1 == 0] > 0).any():
        raise ValueError("a part has events without trials")
    w0, w1 = n0 / n0.sum(), n1 / n1.sum()
    r0, r1 = (np.divide(e, n, out=np.zeros_like(e), where=n > 0) for e, n in ((e0, n0), (e1, n1)))
    r0, r1 = np.where(n0 > 0, r0, r1), np.where(n1 > 0, r1, r0)
    before, after = float(e0.sum() / n0.sum()), float(e1.sum() / n1.sum())
    return MixAndRate(before, after, (w1 - w0) * ((r0 + r1) / 2 - (before + after) / 2), (w0 + w1) / 2 * (r1 - r0))
