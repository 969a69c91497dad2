"""The auction of 外贸直通车: who stands where for which bid, and what a click there costs.

A generalized second price with quality scores. Advertisers are ranked by score × bid; whoever is clicked pays just enough to stay
ahead of the next one: next score × next bid ÷ own score + 0.01, never more than the own bid. References: Edelman, Ostrovsky and
Schwarz, American Economic Review 97 (2007); Varian, International Journal of Industrial Organization 25 (2007). The platform's guide
gives the formula as an upper bound of the charge.

Choices where the guide is silent:
- Reserve: a bid below it takes no part. The last place pays it, and no place pays less (without this, somebody could come to pay less
  by having a rival more).
- Ties of score × bid go to the earlier advertiser of the row, or to a random one if dice are given.
- Nothing is rounded: a charge is what clicks cost on average. An account that is debited in whole cents differs by half a cent a click.
- A score of 0 (0★) is not shown at all.
Unit of bids, charges and reserve: the account's currency. A place is 1 for the first; 0 is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhanggui.rulebook import Rules

STEP = 0.01  # what the charge is above the bare minimum
BLOCK = 1 << 15  # figures handled at once, so that they stay in the processor's cache

Floats = NDArray[np.float64]
#: What "premium 120 %" means: "on_top" the bid × 2.2, "of_bid" the bid × 1.2.
Reading = Literal["on_top", "of_bid"]


@dataclass(frozen=True)
class Places:
    """Place (int32, 1 is the first, 0 is not shown) and charge of a click (0 where not shown), in the shape of the bids."""

    place: NDArray[np.int32]
    charge: Floats


def charge(
    bid: ArrayLike, score: ArrayLike, next_bid: ArrayLike | None, next_score: ArrayLike | None, *, reserve: ArrayLike
) -> Floats:
    """What a click costs the advertiser ahead of `next`. No next one: None, or NaN or 0 in an array. Arrays are broadcast.

    Never above the bid, never below the reserve unless the bid itself is.
    """
    low = 0.0 if next_bid is None or next_score is None else np.asarray(next_bid, float) * np.asarray(next_score, float)
    return _charge(np.asarray(bid, float), np.asarray(score, float), np.nan_to_num(low), np.asarray(reserve, float))


def _charge(bid: Floats, score: Floats, below: Floats, reserve: Floats) -> Floats:
    """`below`: the next one's score × bid, 0 where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        price = np.where(below > 0, below / score + STEP, 0.0)
    return np.asarray(np.minimum(bid, np.maximum(price, reserve)))


def reading_of(rules: Rules) -> Reading | None:
    """What a premium means in this shop: its own number `premium_on_top`. None: nobody has told yet."""
    told = rules.values.get("premium_on_top")
    return None if told is None else "on_top" if told else "of_bid"


def bid_with(base: ArrayLike, premiums: ArrayLike, *, reading: Reading | None) -> Floats:
    """The bid after the premiums of all its labels, which multiply. `premiums` in percent, one label along the last axis; NaN is a label
    without a premium. Where the reading is not known (None) and a premium is set, the bid is not known either: NaN."""
    if reading not in ("on_top", "of_bid", None):
        raise ValueError(f"a premium is read as 'on_top' or 'of_bid', not {reading!r}")
    percent = np.asarray(premiums, float)
    factors = percent / 100 + (1 if reading == "on_top" else 0) if reading else np.full(percent.shape, np.nan)
    return np.asarray(np.asarray(base, float) * np.prod(np.where(np.isnan(percent), 1.0, factors), axis=-1))


def auctions(
    bids: ArrayLike,
    scores: ArrayLike,
    *,
    reserve: float,
    places: int | None = None,
    dice: np.random.Generator | None = None,
) -> Places:
    """Many auctions at once. `bids` and `scores`: auctions × advertisers, or one row for all auctions; NaN takes no part.

    `places`: how many are shown; None is all who take part. The last one shown still pays by the one who just missed.
    `dice`: ties by chance instead of by the order of the row.
    """
    bid, score = np.broadcast_arrays(np.atleast_2d(np.asarray(bids, float)), np.asarray(scores, float))
    n, m = bid.shape
    place, paid = np.zeros((n, m), np.int32), np.zeros((n, m))
    rows = max(1, BLOCK // max(m, 1))
    for at in range(0, n, rows):
        part = slice(at, at + rows)
        place[part], paid[part] = _block(bid[part], score[part], reserve, m if places is None else min(places, m), dice)
    return Places(place, paid)


def _block(
    bid: Floats, score: Floats, reserve: float, places: int, dice: np.random.Generator | None
) -> tuple[NDArray[np.int32], Floats]:
    n, m = bid.shape
    value = rank_value(bid, score, reserve=reserve)
    chance = () if dice is None else (dice.random((n, m)),)
    order = np.lexsort((*chance, -value), axis=1)
    ranked = np.take_along_axis(value, order, 1)
    below = np.zeros((n, m))
    below[:, :-1] = ranked[:, 1:]
    shown = ranked > 0
    shown[:, places:] = False
    rows = np.arange(n)[:, None]
    cost = _charge(bid[rows, order], score[rows, order], below, np.asarray(reserve))
    place, paid = np.empty((n, m), np.int32), np.empty((n, m))
    place[rows, order] = np.where(shown, np.arange(1, m + 1, dtype=np.int32), 0)
    paid[rows, order] = np.where(shown, cost, 0.0)
    return place, paid


def rank_value(bid: ArrayLike, score: ArrayLike, *, reserve: float) -> Floats:
    """Score × bid, by which advertisers are ranked; 0 for who takes no part (a bid below the reserve, a score of 0, NaN)."""
    bid, score = np.asarray(bid, float), np.asarray(score, float)
    return np.where((bid >= reserve) & (bid > 0) & (score > 0), bid * score, 0.0)


def against(bids: ArrayLike, score: ArrayLike, rivals: ArrayLike, *, reserve: float, places: int | None = None) -> Places:
    """One advertiser against given rivals: place and charge for every own bid, as from `auctions` with us last in the row (a rival of
    equal score × bid stays ahead).

    `rivals`: auctions × rivals (or one row of rivals), their `rank_value`, in any order. `bids`: a grid for all auctions, or
    auctions × grid. `score`: one figure, or one per auction. The answer is auctions × grid (just the grid for one row of rivals).
    """
    theirs = np.asarray(rivals, float)
    single = theirs.ndim == 1
    theirs = -np.sort(-np.nan_to_num(np.atleast_2d(theirs)), axis=1)
    n, m = theirs.shape
    own = np.broadcast_to(np.asarray(bids, float), (n, np.shape(bids)[-1]))
    scores = np.broadcast_to(np.asarray(score, float), (n,))[:, None]
    place, paid = np.zeros(own.shape, np.int32), np.zeros(own.shape)
    theirs = np.concatenate([theirs, np.zeros((n, 1))], axis=1)
    rows = max(1, BLOCK // max(own.shape[1], 1))
    for at in range(0, n, rows):
        part = slice(at, at + rows)
        mine = rank_value(own[part], scores[part], reserve=reserve)
        ahead = np.zeros(mine.shape, np.intp)
        for rival in range(m):
            ahead += theirs[part, rival, None] >= mine
        shown = (mine > 0) & (ahead < (m + 1 if places is None else places))
        below = np.take_along_axis(theirs[part], ahead, 1)
        place[part] = np.where(shown, ahead + 1, 0)
        paid[part] = np.where(shown, _charge(own[part], scores[part], below, np.asarray(reserve)), 0.0)
    return Places(place[0], paid[0]) if single else Places(place, paid)
