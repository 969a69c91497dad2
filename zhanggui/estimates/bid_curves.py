"""What a bid brings, word by word, from daily keyword reports: clicks, cost and leads of a whole day as curves of the bid.

The place that a bid got is in no report, so it is a hidden step between. Model, per word w and bid b, with u = ln b − θ_w:
- place: J rivals, of whom each stands ahead with chance Φ(−u/τ); θ_w is the bid at which half of them do;
- seen and clicked: exposures = searches × (1 + place)^−α, clicks = exposures × click rate × (1 + place)^−β;
- price: the highest rival below, the quantile Φ(u/τ)·n/(n+1) of the rivals with n of them below; never above the bid, never below the
  lowest bid that the platform takes.
J, τ, α, β are those of all words; θ_w is normal around ln(average bid of sellers) − ln(promotion score) + a constant (score × bid is
what ranks); searches are gamma around a multiple of the search heat, click rates gamma around those of the word's group. θ_w is kept
as chances on a grid, given which everything else is conjugate: no sampling, and the uncertainty comes with it. What is common to all
words is fitted by the likelihood of all (empirical Bayes), so that a word with few clicks has the curve of its like.

Assumes: words do not compete with each other; rivals do not answer to our bids; the market moves slowly (older days count less); the
demand of a day is as its weekday, with noise of a quarter from day to day; only days whose figures no longer change are given. Money in
the currency of the reports. A bid that was never varied leaves θ_w to the price paid and to the average bid.
References: the probit of place in ln bid and pooled slopes as in Ghose and Yang, Management Science 55 (2009), and Rutz and Bucklin,
J. Marketing Research 48 (2011); price and place: Edelman, Ostrovsky, Schwarz, American Economic Review 97 (2007); empirical Bayes:
Efron and Morris, J. Am. Stat. Assoc. 70 (1975).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from zhanggui.estimates.pooled import PooledRates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEP, REACH = 0.05, 2.5  # ln bid is kept in bins of five per cent, up to twelve times below and above the typical bid of a word
BINS = np.arange(-REACH, REACH + STEP / 2, STEP)
APART = 2  # steps between two points of the grid of θ
GRID = np.arange(-1.2, 1.2 + STEP, APART * STEP)


@dataclass(frozen=True)
class WordDays:
    """Keyword reports as arrays: days × words (oldest day first, NaN where a word has no row), and what is known of the words.

    `on`: the share of a day's demand that fell into the time the word was on (see `share_on`); NaN where that is not known: such a day
    tells of click rates and prices, not of demand. `weekday`: per day, 0..6.
    `age`: days before the day that is planned. `leads` None: the reports have none. Of words: promotion score 0..5, average bid of
    sellers, search heat, lowest bid (NaN where not told), and the number of the group with whose words a word is pooled.
    """

    bid: Floats
    exposures: Floats
    clicks: Floats
    cost: Floats
    leads: Floats | None
    on: Floats
    weekday: Ints
    age: Floats
    star: Floats
    average_bid: Floats
    heat: Floats
    floor: Floats
    group: Ints

    @property
    def fitted(self) -> NDArray[np.bool_]:
        """Rows that tell of a word's curve: those with a bid, and with exposures, of days on which it was on."""
        return np.asarray((self.bid > 0) & np.isfinite(self.exposures) & ~(self.on <= 0))


@dataclass(frozen=True)
class Shape:
    """What is common to all words: J, τ, α, β; the constants of θ (`offset`, `spread`) and of the price (`dearer`, in ln)."""

    rivals: float = 12.0
    width: float = 0.7
    seen: float = 0.4
    clicked: float = 0.4
    offset: float = 0.0
    spread: float = 0.4
    dearer: float = 0.0

    def place(self, u: Floats) -> Floats:
        """Rivals ahead, 0 being the first place."""
        from scipy.special import ndtr

        return np.asarray(self.rivals * ndtr(-u / self.width))

    def price(self, u: Floats) -> Floats:
        """ln of price by bid."""
        from scipy.special import ndtr, ndtri

        behind = np.maximum(ndtr(u / self.width), 1e-9)
        n = self.rivals * behind
        return np.asarray(np.minimum(np.maximum(self.width * ndtri(behind * n / (n + 1)), -4) - u + self.dearer, 0.0))


def share_on(hours: Floats, by_hour: Floats | None) -> Floats:
    """Share of a day's demand that fell into its first `hours` (days × words; NaN: the whole day).

    `by_hour`: exposures, days × 24, from the report by hour; None or nothing seen: demand is taken to be even over the day.
    """
    hours = np.clip(np.nan_to_num(hours, nan=24.0), 0, 24)
    lasted = np.clip(hours.max(axis=1, initial=0)[:, None] - np.arange(24), 0, 1)
    profile = np.full(24, 1 / 24)
    if by_hour is not None and len(by_hour):
        seen = np.where(lasted > 0, np.nan_to_num(by_hour), 0.0)
        even = 0.02 * seen.sum() / 24  # an hour that was never reached is taken to be a common one
        for _ in range(8):
            scale = seen.sum(1) / np.maximum(lasted @ profile, 1e-9)
            profile = (seen.sum(0) + even) / (scale @ lasted + even * 24)
            profile = profile / profile.sum()
    until = np.concatenate([[0.0], np.cumsum(profile)])
    return np.asarray(np.interp(hours, np.arange(25), until))


@dataclass(frozen=True)
class BidCurves:
    """Curves of all words. `chance`: words × grid of θ; `searches`, `click_rate` given θ, with the gamma shapes behind them.

    `week`: demand by weekday beside the usual. `varied`: words whose bid was not always the same."""

    shape: Shape
    centre: Floats
    floor: Floats
    chance: Floats
    searches: Floats
    searches_shape: Floats
    click_rate: Floats
    click_shape: Floats
    leads: PooledRates | None
    week: Floats
    varied: NDArray[np.bool_]

    @cached_property
    def _tables(self) -> tuple[Floats, Floats]:
        """Clicks and ln price by bin, words × bins, the mean over θ: clicks a day, and what they cost by their bid."""
        place = np.log1p(self.shape.place(BINS[:, None] - GRID))
        f = np.exp(-(self.shape.seen + self.shape.clicked) * place).T
        price = np.exp(self.shape.price(BINS[:, None] - GRID)).T
        weight = self.chance * self.searches * self.click_rate
        clicks = weight @ f
        return clicks, weight @ (f * price) / np.maximum(clicks, 1e-30)

    def at(self, bids: Floats) -> tuple[Floats, Floats]:
        """Expected clicks and cost of a whole day of no particular weekday. `bids`: words × levels; 0, NaN and a bid that is below the
        floor are off."""
        clicks, price = (_read(t, self._where(bids)) for t in self._tables)
        on = bids >= self._least
        paid = np.minimum(np.maximum(price * np.nan_to_num(bids), self._least), bids)
        return np.where(on, clicks, 0.0), np.where(on, clicks * paid, 0.0)

    def draws(self, bids: Floats, count: int, dice: Generator) -> tuple[Floats, Floats]:
        """As `at`, drawn from what is still possible: draws × words × levels."""
        heap = np.cumsum(self.chance, 1)
        pick = (heap[None] < (dice.random((count, len(heap))) * heap[:, -1])[:, :, None]).sum(-1)
        rows = np.arange(len(heap))
        scale = self.searches[rows, pick] * self.click_rate[rows, pick]
        scale = scale * dice.gamma(self.searches_shape, size=scale.shape) / self.searches_shape
        shape = self.click_shape[rows]
        scale = scale * dice.gamma(shape, size=scale.shape) / shape
        with np.errstate(divide="ignore", invalid="ignore"):
            u = np.log(bids)[None] - self.centre[:, None] - GRID[pick][:, :, None]
        u = np.nan_to_num(u, nan=-9.0, neginf=-9.0)
        clicks = scale[:, :, None] * np.exp(-(self.shape.seen + self.shape.clicked) * np.log1p(self.shape.place(u)))
        paid = np.minimum(np.maximum(np.exp(self.shape.price(u)) * bids, self._least), bids)
        on = bids >= self._least
        return np.where(on, clicks, 0.0), np.where(on, clicks * paid, 0.0)

    @cached_property
    def _least(self) -> Floats:
        return np.maximum(np.nan_to_num(self.floor, nan=0.0), 1e-9)[:, None]

    def _where(self, bids: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            at = (np.log(bids) - self.centre[:, None] + REACH) / STEP
        return np.clip(np.nan_to_num(at, nan=0.0, neginf=0.0), 0, len(BINS) - 1.001)


def _read(table: Floats, at: Floats) -> Floats:
    left = at.astype(int)
    part = at - left
    return np.take_along_axis(table, left, 1) * (1 - part) + np.take_along_axis(table, left + 1, 1) * part
