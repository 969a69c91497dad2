"""Shops that buy clicks by word: rivals with hidden bids, hidden values, a budget that ends the day, and reports that hide the place.

A day is played search by search in its sums: per word and hour so many searches, some of them see the advertisement, some of those
click, and each click pays what its own auction asks: (next score × next bid) ÷ own score + 0.01, never more than the bid. When the
budget of the day is gone nothing is shown any more. A report comes two days late and once more a day later with what was missing.

Nothing here knows the product's code. Money in CNY, scores as the platform's example has them (20 beside 15).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sandbox.market import stream

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WORDS, GROUPS = 150, 10
BUDGETS = (60.0, 200.0)  # CNY a day, drawn evenly on the log scale: from very tight to ample for so many words
PLACES, MAIN_PLACES, MAIN_STAR = 19, 5, 3  # with fewer stars a word cannot stand among the first five
MARKET_BID, STEP = 2.0, 0.01
FLOOR_SHARES = (0.1, 0.4)  # lowest bid by the usual one, by shop
UNLIKE = (0.1, 0.9)  # spread of ln lead rate over the words of a shop: from nearly equal to very different
SEARCHES, CLICK_RATE, LEAD_RATE = 220.0, 0.03, 0.05  # a day and word; per search on the first place; per click
DEMAND_NOISE = 0.2  # of ln searches of a word from day to day
DRAWS = 64  # auctions per word from which those of the searches are taken
LATE, SHORT_CLICKS, SHORT_LEADS = 2, 0.03, 0.3  # days until a report is there, and what it then lacks for one more day
REACH = np.linspace(-3.5, 3.5, 141)  # log of own score × bid to that of the typical rival: where the true curves are worked out
DRIFTS = np.geomspace(0.6, 1.7, 5)
STARS = ((0, 1, 2, 3, 4, 5), (0.02, 0.04, 0.08, 0.20, 0.38, 0.28))
HOURS = 1 + 0.7 * np.sin((np.arange(24) - 5) / 24 * 2 * np.pi)
WEEK = np.array([1.08, 1.12, 1.1, 1.08, 1.0, 0.78, 0.84])


@dataclass(frozen=True)
class Report:
    """What the keyword report says, days × words (the newest day last), and the account's by the hour, days × 24.

    `leads` None: the report does not carry them. `hours`: how long the advertisement was on, of 24.
    """

    bid: Floats
    exposures: Floats
    clicks: Floats
    cost: Floats
    leads: Floats | None
    hours: Floats
    by_hour: Floats


@dataclass(frozen=True)
class Played:
    """A day as it was: `report` when complete, `early` as it is first told; `worth` the leads that its clicks are worth."""

    report: dict[str, Floats]
    early: dict[str, Floats]
    worth: float
    cost: float


@dataclass(frozen=True)
class BidShop:
    """Words in rows. The first block is what a seller sees, the second is hidden.

    `start`: the bids that the shop begins with. `rivals`: words × draws × rivals, score × bid as it is in single auctions, ascending,
    0 where a rival is absent; `drift`: days × words, by which all rivals of a word are higher than that.
    """

    seed: int
    budget: float
    word: tuple[str, ...]
    group: Ints
    star: Ints
    heat: Floats
    average_bid: Floats
    floor_bid: Floats

    searches: Ints  # days × words × 24
    volume: Floats  # days × words: what is to be expected of searches
    click_rate: Floats
    lead_rate: Floats
    score: Floats
    fall: Floats
    rivals: Floats
    drift: Floats

    @property
    def days(self) -> int:
        return len(self.volume)

    @property
    def start(self) -> Floats:
        return np.maximum(self.average_bid, self.floor_bid)

    def auctions(self, reach: Floats) -> tuple[Floats, Floats]:
        """Place (0 is the first, ≥ PLACES is not shown) and the next one's score × bid. `reach`: words × n own score × bid."""
        ahead = (self.rivals[:, None] >= reach[:, :, None, None]).sum(-1)  # words × n × draws
        ahead = np.where((self.star < MAIN_STAR)[:, None, None], np.maximum(ahead, MAIN_PLACES), ahead)
        next_at = self.rivals.shape[-1] - 1 - ahead
        below = np.take_along_axis(self.rivals[:, None], np.maximum(next_at, 0)[..., None], 3)[..., 0]
        return ahead.astype(float), np.where(next_at >= 0, below, 0.0)

    def seen_and_clicked(self, place: Floats) -> tuple[Floats, Floats]:
        """Chance that a search sees the place, and that it clicks there in parts of the click rate of the first place."""
        shown = (place < PLACES) & (self.star > 0).reshape(-1, *[1] * (place.ndim - 1))
        fall = self.fall.reshape(-1, *[1] * (place.ndim - 1))
        seen = np.where(shown, (1 + place) ** (-fall / 2), 0.0)
        return seen, np.where(shown, (1 + place) ** -fall, 0.0)

    @cached_property
    def _typical(self) -> Floats:
        return np.log(np.median(self.rivals.max(-1), axis=1))

    @cached_property
    def _curves(self) -> tuple[Floats, Floats]:
        """Clicks per search in parts of the click rate, words × steps of REACH; and what they pay in score × bid, the lowest bid
        included, for each of DRIFTS: drifts × words × steps."""
        clicks = np.empty((len(self.word), len(REACH)))
        pays = np.empty((len(DRIFTS), *clicks.shape))
        least = ((self.floor_bid - STEP) * self.score)[:, None, None]
        for i in range(0, len(REACH), 8):
            part = slice(i, i + 8)
            place, below = self.auctions(np.exp(self._typical[:, None] + REACH[part]))
            _, clicked = self.seen_and_clicked(place)
            clicks[:, part] = clicked.mean(-1)
            for n, drift in enumerate(DRIFTS):
                pays[n, :, part] = (clicked * np.maximum(below, least / drift)).mean(-1)
        return clicks, pays

    def truth(self, day: int, bids: Floats) -> tuple[Floats, Floats]:
        """Expected clicks and cost of a whole day with money enough. `bids`: words × n; 0 is off."""
        clicks, pays = self._curves
        drift = self.drift[day]
        of = np.clip(np.searchsorted(DRIFTS, drift) - 1, 0, len(DRIFTS) - 2)
        near = np.clip((drift - DRIFTS[of]) / (DRIFTS[of + 1] - DRIFTS[of]), 0, 1)[:, None]
        rows = np.arange(len(drift))
        pays = pays[of, rows] * (1 - near) + pays[of + 1, rows] * near
        with np.errstate(divide="ignore"):
            reach = np.log(bids * (self.score / drift)[:, None]) - self._typical[:, None]
        at = np.clip((reach - REACH[0]) / (REACH[1] - REACH[0]), 0, len(REACH) - 1.001)
        many, paid = _between(clicks, at), _between(pays, at)
        on = (bids >= self.floor_bid[:, None]) * (self.volume[day] * self.click_rate)[:, None]
        price = paid * (drift / self.score)[:, None] + STEP * many
        return on * many, on * np.minimum(price, bids * many)

    def worth(self, day: int, bids: Floats) -> tuple[float, float]:
        """Expected leads and cost of the day: where the money ends early, of the part of the day that it lasts."""
        clicks, cost = self.truth(day, bids[:, None])
        lasts = min(1.0, self.budget / max(cost.sum(), 1e-9))
        return float((clicks[:, 0] * self.lead_rate).sum() * lasts), float(cost.sum() * lasts)

    def play(self, day: int, bids: Floats) -> Played:
        """The day with these bids (0 is off). The same day draws the same searches whatever the bids are."""
        dice = np.random.default_rng([self.seed, 77, day])
        on = np.where(bids >= self.floor_bid, bids, 0.0)
        place, below = (a[:, 0] for a in self.auctions((on * self.score / self.drift[day])[:, None]))
        seen, clicked = self.seen_and_clicked(place)
        seen, clicked = seen * (on > 0)[:, None], clicked * (on > 0)[:, None]
        rate = self.click_rate * clicked.sum(1) / np.maximum(seen.sum(1), 1e-12)
        exposures = dice.binomial(self.searches[day], seen.mean(1)[:, None])
        clicks = dice.binomial(exposures, np.minimum(rate, 1)[:, None])
        row, hour = (np.repeat(a, clicks.ravel()) for a in np.divmod(np.arange(clicks.size), 24))
        time = hour + dice.random(len(row))
        heap = np.cumsum(clicked, 1)
        draw = (heap[row] < (dice.random(len(row)) * heap[row, -1])[:, None]).sum(1)
        price = np.maximum(below[row, draw] * self.drift[day, row] / self.score[row] + STEP, self.floor_bid[row])
        price = np.minimum(price, on[row])
        order = np.argsort(time)
        spent = np.cumsum(price[order])
        fit = order[: int(np.searchsorted(spent, self.budget)) + 1]
        end = float(time[fit[-1]]) if spent.size and spent[-1] >= self.budget else 24.0
        lasted = np.clip(end - np.arange(24), 0, 1)
        exposures = np.maximum(dice.binomial(exposures, lasted), 0)
        words = len(bids)
        kept = np.bincount(row[fit], minlength=words)
        exposures[:, int(min(end, 23))] += np.maximum(kept - exposures.sum(1), 0)
        report = {
            "bid": on,
            "exposures": exposures.sum(1).astype(float),
            "clicks": kept.astype(float),
            "cost": np.round(np.bincount(row[fit], price[fit], words), 2),
            "leads": dice.binomial(kept, self.lead_rate).astype(float),
            "hours": np.where(on > 0, np.round(end, 1), 0.0),
            "by_hour": exposures.sum(0).astype(float),
        }
        told = dice.binomial(kept, 1 - SHORT_CLICKS)
        early = report | {
            "clicks": told.astype(float),
            "cost": np.round(report["cost"] * told / np.maximum(kept, 1), 2),
            "leads": dice.binomial(report["leads"].astype(int), 1 - SHORT_LEADS).astype(float),
        }
        return Played(report, early, float(kept @ self.lead_rate), float(report["cost"].sum()))


def _between(table: Floats, at: Floats) -> Floats:
    left = at.astype(int)
    part = at - left
    return np.asarray(np.take_along_axis(table, left, 1) * (1 - part) + np.take_along_axis(table, left + 1, 1) * part)


def told(played: list[Played], day: int, with_leads: bool = True) -> Report:
    """What the reports say on the morning of `day`, days being counted from 0."""
    known = max(0, day - LATE + 1)
    rows = [p.report for p in played[: max(0, known - 1)]] + [p.early for p in played[max(0, known - 1) : known]]
    kept = {
        name: np.array([r[name] for r in rows]) for name in ("bid", "exposures", "clicks", "cost", "leads", "hours", "by_hour")
    }
    if not with_leads:
        kept["leads"] = None  # type: ignore[assignment]
    return Report(**kept)


def bid_shop(
    seed: int, days: int = 60, words: int = WORDS, *, two_kinds: bool = False, demand_noise: float = DEMAND_NOISE
) -> BidShop:
    """A drawn shop: what its words are worth, who else bids for them, and every search of its days.

    `two_kinds`: rivals bid either high or low, hardly any between, which no smooth curve describes. `demand_noise`: of ln searches of a
    word from day to day.
    """
    dice = stream(seed, "bidders")
    group = dice.choice(GROUPS, words, p=dice.dirichlet(np.full(GROUPS, 3.0)))
    unlike = dice.uniform(*UNLIKE)  # two thirds of its variance lie between the groups
    worth_of_group = LEAD_RATE * np.exp(dice.normal(0, unlike * 0.82, GROUPS) - unlike**2 / 3)
    own = 3 / unlike**2
    lead_rate = np.minimum(worth_of_group[group] * dice.gamma(own, 1 / own, words), 0.5)
    click_rate = np.minimum(CLICK_RATE * np.exp(dice.normal(0, 0.3, GROUPS))[group] * dice.gamma(5, 1 / 5, words), 0.4)
    volume = SEARCHES * np.exp(dice.normal(0, 1.2, words) - 0.72)
    level = MARKET_BID * np.exp(dice.normal(0, 0.45, words)) * (worth_of_group[group] / LEAD_RATE) ** 0.4
    star = dice.choice(STARS[0], words, p=STARS[1])
    score = np.maximum(4.0 * star, 0.1) * np.exp(dice.normal(0, 0.12, words))
    rivals, average = _rivals(dice, level, words, two_kinds)
    return BidShop(
        seed=seed,
        budget=float(np.exp(dice.uniform(*np.log(BUDGETS)))),
        word=tuple(f"group {g} word {i}" for i, g in enumerate(group)),
        group=group,
        star=star,
        heat=np.ceil(volume * 30 * np.exp(dice.normal(0, 0.35, words))),
        average_bid=np.round(average * np.exp(dice.normal(0, 0.15, words)), 1),
        floor_bid=np.maximum(np.round(level * dice.uniform(*FLOOR_SHARES) * np.exp(dice.normal(0, 0.2, words)), 1), 0.1),
        click_rate=click_rate,
        lead_rate=lead_rate,
        score=score,
        fall=dice.uniform(0.6, 1.1) * np.exp(dice.normal(0, 0.2, words)),
        rivals=rivals,
        drift=_drift(dice, days, words),
        **_searches(dice, volume, days, demand_noise),
    )


def _rivals(dice: Generator, level: Floats, words: int, two_kinds: bool) -> tuple[Floats, Floats]:
    """Score × bid of the rivals in single auctions, ascending; and the average of their bids."""
    most = 24
    there = dice.integers(3, most + 1, words)[:, None] > np.arange(most)
    bids = level[:, None] * np.exp(dice.normal(0, 0.45, (words, most)))
    if two_kinds:
        bids = (
            level[:, None] * np.where(dice.random((words, most)) < 0.3, 3.0, 0.35) * np.exp(dice.normal(0, 0.1, (words, most)))
        )
    scores = 4.0 * dice.choice(STARS[0][1:], (words, most), p=np.array(STARS[1][1:]) / sum(STARS[1][1:]))
    present = there[:, None, :] & (dice.random((words, DRAWS, most)) < 0.75)
    single = np.where(present, (bids * scores)[:, None, :] * np.exp(dice.normal(0, 0.25, (words, DRAWS, most))), 0.0)
    return np.sort(single, axis=-1), (bids * there).sum(1) / there.sum(1)


def _drift(dice: Generator, days: int, words: int, spread: float = 0.15, memory: float = 20) -> Floats:
    keep = np.exp(-1 / memory)
    steps = dice.normal(0, spread, (days, words))
    for day in range(1, days):
        steps[day] = keep * steps[day - 1] + np.sqrt(1 - keep**2) * steps[day]
    return np.asarray(np.exp(steps))


def _searches(dice: Generator, volume: Floats, days: int, spread: float) -> dict[str, NDArray]:
    expected = volume * WEEK[np.arange(days) % 7][:, None]
    noise = np.exp(
        dice.normal(-0.005, 0.1, (days, 1)) + dice.normal(-(spread**2) / 2, spread, (days, len(volume)))
    )  # of mean 1
    return {"volume": expected, "searches": dice.poisson((expected * noise)[:, :, None] * HOURS / HOURS.sum())}
