"""What each place of an auction asks for: the lowest bid that gets it, and what a click costs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhanggui.estimates.auction import against, rank_value

CENT = 0.01


@dataclass(frozen=True)
class Standing:
    """`place`: 1 is the first, 0 is not shown. `bid`: before premiums, in the account's currency. `charge`: of a click. `after`: number in
    the list of rivals of the one whose bid sets the charge; None where nobody comes next."""

    place: int
    bid: float
    charge: float
    after: int | None


class Auction:
    """One advertiser against rivals of given bid and score. `factor`: by what premiums multiply the own bid. `places`: how many are shown;
    None is all. ValueError unless score and factor are above 0."""

    def __init__(
        self,
        score: float,
        rivals: Sequence[tuple[float, float]],
        *,
        reserve: float,
        factor: float = 1.0,
        places: int | None = None,
    ) -> None:
        if not (score > 0 and factor > 0):
            raise ValueError(f"score {score} and factor {factor} have to be above 0")
        self.score, self.factor, self.reserve, self.places = score, factor, reserve, places
        self.values = np.array([rank_value(bid, score, reserve=reserve) for bid, score in rivals], float)
        self.order = np.argsort(-self.values, kind="stable")

    def at(self, bid: float) -> Standing:
        """Where a bid stands; a rival of equal score × bid stays ahead."""
        return self._at(np.array([bid]))[0]

    def prices(self) -> list[Standing]:
        """Every place that can be had alone, the first on top, with the lowest bid in whole cents that gets it."""
        needed = np.append(self.values / self.score, self.reserve) / self.factor
        cents = np.floor(needed / CENT)[:, None] + np.arange(-1, 3)
        told = self._at(np.asarray(np.unique(cents[cents > 0]) * CENT, np.float64))
        lowest: dict[int, Standing] = {}
        for one in told:
            if one.place:
                lowest.setdefault(one.place, one)
        return [lowest[place] for place in sorted(lowest)]

    def _at(self, bids: NDArray[np.float64]) -> list[Standing]:
        bids = np.round(bids, 6)
        told = against(np.round(bids * self.factor, 9), self.score, self.values, reserve=self.reserve, places=self.places)
        behind = [int(i) for i in self.order if self.values[i] > 0]
        return [
            Standing(place, bid, charge, behind[place - 1] if 0 < place <= len(behind) else None)
            for place, bid, charge in zip(told.place.tolist(), bids.tolist(), told.charge.tolist(), strict=True)
        ]
