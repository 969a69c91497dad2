"""Pacing: how high to bid now, so that the day's money lasts through the market's hours and buys the most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, isfinite

import numpy as np

HOURS = 24

#: How much of a day yesterday's best price is worth, against what today has shown; and a price of which nothing is known.
YESTERDAY = 0.1
UNKNOWN = 0.0

#: Chosen on made-up days only: a deviation is corrected within a fifth of the day, sooner at its end, and never by more than half
#: a logarithm at once.
MEMORY = 0.2
ENDING = 0.01
STEP = 0.5

#: Clicks of an hour from which its own share of the spending counts as much as its share of the volume.
CLICKS_OF_AN_HOUR = 10


@dataclass(frozen=True, slots=True)
class Pacing:
    """Where a day's money stands.

    `price`: the value that one unit of money has to bring; who bids value / price buys everything that brings more and nothing that
    brings less, which is optimal where the charge does not hang on the own bid. `budget`, `left`: money. `gone`: the part (0–1) of
    the day's expected spending that lies behind. `trust`: the part of a day that the first price is worth.
    """

    price: float
    budget: float
    left: float
    gone: float
    trust: float

    @property
    def spent(self) -> float:
        return self.budget - self.left

    def bid(self, value: float) -> float:
        """The bid for a click of this value (in any unit; the price is in the same), never above what is left: 0 when all is gone.

        Where the platform charges later than it counts, one click can still come on top.
        """
        return max(min(value / self.price, self.left), 0.0)


def begun(price: float, budget: float, trust: float = YESTERDAY) -> Pacing:
    """The morning. `price`: yesterday's best one, or any guess with trust `UNKNOWN`. ValueError unless both are above zero."""
    if not (isfinite(price) and price > 0 and isfinite(budget) and budget > 0 and trust >= 0):
        raise ValueError(f"a price and a budget above zero are needed, not {price}, {budget} (trust {trust})")
    return Pacing(price, budget, budget, 0.0, trust)


def passed(now: Pacing, cost: float, gone: float) -> Pacing:
    """The state after a step: an auction (`cost` 0 when it was lost) or an hour's report. `gone`: the day's share behind it.

    What was spent is compared with what the rest of the day can afford for this share; the price moves by the deviation, the less
    the more of the day has been seen (up to `MEMORY`). Only the own spending is looked at: what lost auctions would have cost is
    nothing an advertiser is told. After Balseiro & Gur, Management Science 65 (2019), with the step in the logarithm, so that no
    unit matters, and with the target taken anew from what is left. ValueError for a negative cost or a share that goes back.
    """
    if not (0 <= cost < inf and gone >= now.gone):
        raise ValueError(f"cost {cost} or share {gone} after {now.gone}: neither goes back, and both are numbers")
    gone = min(gone, 1.0)
    left, share, rest = now.left - cost, gone - now.gone, 1 - now.gone
    price = now.price
    if now.left > 0 and rest > 0:
        over = cost * rest / now.left - share
        memory = max(min(now.trust + gone, MEMORY, 1 - gone + ENDING), share, 1e-9)
        price *= exp(max(-STEP, min(STEP, over / memory)))
    return Pacing(price, now.budget, left, gone, now.trust)


def hour_shares(volume: Sequence[float], spent: Sequence[float], clicks: float) -> tuple[float, ...]:
    """Each hour's expected share of a day's spending, from reports of days on which the money lasted.

    `volume` (exposures or searches) and `spent` by hour of the platform's clock, summed over these days, `clicks` of all hours.
    Shares of the spending, drawn towards those of the volume where clicks are few: equal spending for equal volume would pay too
    much for the dear hours. ValueError unless 24 hours with some volume are given.
    """
    seen, paid = np.asarray(volume, float), np.asarray(spent, float)
    if seen.shape != (HOURS,) or paid.shape != (HOURS,) or seen.min() < 0 or paid.min() < 0 or not seen.sum() > 0:
        raise ValueError("24 hours of volume and spending are needed, none below zero, some volume above")
    own = clicks / (clicks + HOURS * CLICKS_OF_AN_HOUR) if paid.sum() > 0 else 0.0
    shares = (1 - own) * seen / seen.sum() + (own * paid / paid.sum() if own else 0.0)
    return tuple(float(s) for s in shares)


def share_gone(shares: Sequence[float], clock: float) -> float:
    """The part of the day's expected spending that lies before this hour of the clock (0–24, with fractions)."""
    hour = min(max(int(clock), 0), HOURS)
    part = shares[hour] * (clock - hour) if hour < HOURS else 0.0
    return min(float(sum(shares[:hour])) + part, 1.0)
