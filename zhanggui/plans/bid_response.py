"""What it does to multiply all bids by the same: clicks and cost of all words beside now, from their curves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhanggui.estimates.bid_fit import bid_curves
from zhanggui.facts import Snapshot
from zhanggui.measures.ads import BidKey
from zhanggui.plans.bid_days import shop_days
from zhanggui.plans.bid_plan import BidSettings

Floats = NDArray[np.float64]

#: Multipliers at which the curves are read; between them, straight lines.
TIMES = np.array([0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0])
NOW = int(np.flatnonzero(TIMES == 1.0)[0])


@dataclass(frozen=True)
class Response:
    """Clicks and cost of all words at bids × `TIMES`, beside those at × 1; expected, and drawn (draws × times)."""

    clicks: Floats
    cost: Floats
    clicks_drawn: Floats
    cost_drawn: Floats


def bid_response(shop: Snapshot, settings: BidSettings, in_force: Mapping[BidKey, float] | None = None) -> Response | str:
    """From the daily keyword reports, as `bid_plan` reads them; else what is missing, by its codes (see
    `bid_plan.MISSING`), or "off": no word has a bid."""
    found = shop_days(shop, settings.reading, None, in_force)
    if isinstance(found, str):
        return found
    clicks = int(found.clicks_seen.sum())
    if clicks < max(settings.least_clicks, 1):
        return "clicks"
    curves = bid_curves(replace(found.reports, leads=None))
    if not found.clicks_seen[curves.varied].sum() >= max(settings.least_varied * clicks, 1):
        return "varied_bids"
    bids = found.now[:, None] * TIMES
    expected = [x.sum(0) for x in curves.at(bids)]
    drawn = [x.sum(1) for x in curves.draws(bids, settings.steering.draws, np.random.default_rng(settings.seed))]
    if not all(x[..., NOW].min() > 0 for x in (*expected, *drawn)):
        return "off"
    return Response(*(x / x[..., NOW : NOW + 1] for x in (*expected, *drawn)))
