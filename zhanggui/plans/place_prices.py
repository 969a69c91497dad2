"""What each place of an auction asks for: the lowest bid that gets it, and what a click costs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhanggui.estimates.auction import charge, rank_value

DIGITS = 9  # of score × bid: a tie of cents is a tie, whatever the last bit says


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
        self.score, self.factor, self.reserve, self.rivals = score, factor, reserve, list(rivals)
        values = np.round([float(rank_value(bid, score, reserve=reserve)) for bid, score in rivals], DIGITS)
        ahead = np.argsort(-values, kind="stable")
        self.values = values[ahead[values[ahead] > 0]]
        self.behind = [int(i) for i in ahead[: len(self.values)]]
        self.places = len(self.values) + 1 if places is None else places

    def at(self, bid: float) -> Standing:
        """Where a bid stands; a rival of equal score × bid stays ahead."""
        really = round(bid * self.factor, DIGITS)
        value = round(float(rank_value(really, self.score, reserve=self.reserve)), DIGITS)
        ahead = int((self.values >= value).sum())
        if value <= 0 or ahead >= self.places:
            return Standing(0, bid, 0.0, None)
        after = self.behind[ahead] if ahead < len(self.behind) else None
        following = (None, None) if after is None else self.rivals[after]
        return Standing(ahead + 1, bid, float(charge(really, self.score, *following, reserve=self.reserve)), after)

    def prices(self) -> list[Standing]:
        """Every place that can be had alone, the first on top, with the lowest bid in whole cents that gets it."""
        needed = np.append(self.values / self.score, self.reserve) / self.factor
        cents = np.unique(np.floor(needed * 100)[:, None] + np.arange(-1, 3))
        lowest: dict[int, Standing] = {}
        for one in (self.at(int(n) / 100) for n in cents if n > 0):
            if one.place:
                lowest.setdefault(one.place, one)
        return [lowest[place] for place in sorted(lowest)]
