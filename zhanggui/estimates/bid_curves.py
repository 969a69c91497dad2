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

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEP, REACH = 0.05, 2.5  # ln bid is kept in bins of five per cent, up to twelve times below and above the typical bid of a word
BINS = np.arange(-REACH, REACH + STEP / 2, STEP)
APART = 2  # steps between two points of the grid of θ
GRID = np.arange(-1.2, 1.2 + STEP, APART * STEP)
DAY_NOISE = 0.06  # variance of ln demand of a word from day to day
PRICE_NOISE, PRICES_TELL = 0.25, 12.0  # spread of ln price; clicks after which more prices tell no more, the model being off by as much
HALF_LIFE = 21.0  # days after which a day counts half
ROUNDS = 4


@dataclass(frozen=True)
class WordDays:
    """Keyword reports as arrays: days × words (oldest day first, NaN where a word has no row), and what is known of the words.

    `on`: per day the share of a day's demand that fell into the time the advertisement was on (see `share_on`). `weekday`: 0..6.
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
    """Share of each day's demand that fell into its first `hours`. `by_hour`: exposures, days × 24, from the report by hour; None or
    nothing seen: demand is taken to be even over the day."""
    hours = np.clip(np.nan_to_num(hours, nan=24.0), 0, 24)
    lasted = np.clip(hours[:, None] - np.arange(24), 0, 1)
    profile = np.full(24, 1 / 24)
    if by_hour is not None and len(by_hour):
        seen = np.where(lasted > 0, np.nan_to_num(by_hour), 0.0)
        even = 0.02 * seen.sum() / 24  # an hour that was never reached is taken to be a common one
        for _ in range(8):
            scale = seen.sum(1) / np.maximum(lasted @ profile, 1e-9)
            profile = (seen.sum(0) + even) / (scale @ lasted + even * 24)
            profile = profile / profile.sum()
    return np.asarray(lasted @ profile)


@dataclass(frozen=True)
class Rates:
    """Rates of words, gamma: shape `a` + events over a / `of_group` + trials. `sure`: gamma shape of what is known of a word's group."""

    a: float
    of_group: Floats
    sure: Floats
    group: Ints
    events: Floats
    trials: Floats

    @property
    def b(self) -> Floats:
        return np.asarray(self.a / self.of_group)

    @property
    def mean(self) -> Floats:
        return np.asarray((self.a + self.events) / (self.b + self.trials))

    def draws(self, count: int, dice: Generator) -> Floats:
        """Draws × words: words of a group rise and fall together as far as their group is unknown."""
        of_group = self.of_group * (dice.gamma(self.sure, size=(count, len(self.sure))) / self.sure)[:, self.group]
        return np.asarray(dice.gamma(self.a + self.events, size=of_group.shape) / (self.a / of_group + self.trials))


def pooled_rates(events: Floats, trials: Floats, group: Ints, typical: float = 0.03) -> Rates:
    """Rates of words, drawn to those of their group, and these to that of all, by as much as few trials deserve.

    A word with very many trials speaks for itself, not for its group: of its trials only as many count there as would be needed to
    know it. `typical`: what the rate of all is drawn to while there are hardly any events.
    """
    groups = int(group.max()) + 1 if len(group) else 0
    a, level = 4.0, float((events.sum() + 2) / (trials.sum() + 2 / typical))
    of_group = np.full(groups, level)
    for _ in range(2):
        part = 1 / (1 + trials * of_group[group] / a)
        y, n = np.bincount(group, events * part, groups), np.bincount(group, trials * part, groups)
        between, level = _gamma_of(y, n, typical)
        of_group = (between + y) / (between / level + n)
        a, _ = _gamma_of(events, trials * of_group[group], 1.0, fixed=True)
    return Rates(a, of_group[group], between + y, group, events, trials)


SHAPES = np.geomspace(0.7, 40, 14)[:, None]


def _gamma_of(events: Floats, trials: Floats, typical: float, fixed: bool = False) -> tuple[float, float]:
    """Shape and mean of the gamma from which rates of so many events in so many trials come: the likeliest, with a shape of about 3
    taken for usual. `fixed`: the mean is `typical`."""
    from scipy.special import gammaln

    mean = np.full_like(SHAPES, typical)
    for _ in range(0 if fixed else 5):
        weight = trials / (trials + SHAPES / mean)
        raw = events / np.maximum(trials, 1e-12)
        mean = ((weight * raw).sum(1, keepdims=True) + 0.5 * typical) / (weight.sum(1, keepdims=True) + 0.5)
    b = SHAPES / mean
    log = gammaln(SHAPES + events) - gammaln(SHAPES) + SHAPES * np.log(b / (b + trials)) - events * np.log(b + trials)
    score = log.sum(1) - 0.5 * (np.log(SHAPES[:, 0] / 3) / 0.8) ** 2
    best = int(np.argmax(score))
    return float(SHAPES[best, 0]), float(mean[best, 0])


@dataclass(frozen=True)
class _Told:
    """The reports by word and bin of ln bid: days on (weighted, `days`; and as they count for demand, `noisy`), exposures, clicks,
    and of ln price by bid the weights, first and second moments."""

    exposures: Floats
    clicks: Floats
    views: Floats
    days: Floats
    weight: Floats
    price: Floats
    square: Floats


@dataclass(frozen=True)
class BidCurves:
    """Curves of all words. `chance`: words × grid of θ; `searches`, `click_rate` given θ, with the gamma shapes behind them."""

    shape: Shape
    centre: Floats
    floor: Floats
    chance: Floats
    searches: Floats
    searches_shape: Floats
    click_rate: Floats
    click_shape: Floats
    leads: Rates | None
    week: Floats

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


def bid_curves(told: WordDays, *, start: Shape | None = None, rounds: int = ROUNDS) -> BidCurves:
    """The curves, fitted to the reports. `start`: the shape of yesterday's fit, from which today's is sought."""
    shape = start or Shape()
    centre = _centres(told)
    weight = 0.5 ** (told.age / HALF_LIFE)
    week = np.ones(7)
    fit = _Fit(told, centre, weight)
    for _ in range(rounds):
        binned = fit.binned(week)
        shape = fit.better(binned, shape)
        week = fit.week(binned, shape, week)
    return fit.curves(fit.binned(week), shape, week)


def _centres(told: WordDays) -> Floats:
    """ln of the bid around which θ is sought: the average bid of sellers, higher for words of few stars."""
    with np.errstate(divide="ignore", invalid="ignore"):
        usual = np.log(np.where(told.average_bid > 0, told.average_bid, np.nan))
        own = np.nanmean(np.where(told.bid > 0, np.log(told.bid), np.nan)) if np.any(told.bid > 0) else 0.0
        stars = np.log(np.where(told.star > 0, told.star, np.nan))
    middle = np.nanmean(stars) if np.isfinite(stars).any() else 0.0
    usual = np.where(np.isfinite(usual), usual, np.nanmean(usual) if np.isfinite(usual).any() else own)
    return np.asarray(usual - np.where(np.isfinite(stars), stars - middle, 0.0))


class _Fit:
    """What the rounds of a fit share: the cells of the reports by word and bin, and priors that follow the data."""

    def __init__(self, told: WordDays, centre: Floats, weight: Floats) -> None:
        self.told, self.centre = told, centre
        on = (told.bid > 0) & np.isfinite(told.exposures) & (told.on[:, None] > 0)
        self.day, self.word = np.nonzero(on)
        bid = told.bid[on]
        self.bin = np.clip(np.rint((np.log(bid) - centre[self.word] + REACH) / STEP), 0, len(BINS) - 1).astype(int)
        self.cell = self.word * len(BINS) + self.bin
        self.weight = weight[self.day]
        self.exposures, self.clicks = told.exposures[on], np.nan_to_num(told.clicks[on])
        cost = np.nan_to_num(told.cost[on])
        with np.errstate(divide="ignore", invalid="ignore"):
            self.ratio = np.where((self.clicks > 0) & (cost > 0), np.log(cost / np.maximum(self.clicks, 1) / bid), 0.0)
        floor = np.nan_to_num(told.floor)[self.word]
        free = (cost > 0) & (cost > 1.02 * floor * self.clicks)  # a price at the floor tells of no rival
        self.priced = np.where(free, self.clicks, 0.0) * self.weight
        self.words = len(centre)
        self.heat = _filled(told.heat)

    def _sum(self, figures: Floats) -> Floats:
        return np.bincount(self.cell, figures, self.words * len(BINS)).reshape(self.words, len(BINS))

    def binned(self, week: Floats) -> _Told:
        days = self.told.on[self.day] * week[self.told.weekday[self.day]]
        usual = np.bincount(self.word, self.exposures, self.words) / np.maximum(np.bincount(self.word, days, self.words), 1e-9)
        counts = self.weight / (1 + DAY_NOISE * usual[self.word] * days)
        k = self.weight * self.clicks
        cap = 1 / (1 + np.bincount(self.word, self.priced, self.words) / PRICES_TELL)
        p = self.priced * cap[self.word]
        return _Told(
            self._sum(counts * self.exposures),
            self._sum(k),
            self._sum(self.weight * self.exposures),
            self._sum(counts * days),
            self._sum(p),
            self._sum(p * self.ratio),
            self._sum(p * self.ratio**2),
        )

    def click_prior(self, t: _Told, s: Shape) -> Rates:
        """What is known of click rates before a word's own, taking θ where it is usual."""
        u = BINS - GRID[np.argmin(np.abs(GRID - s.offset))]
        views = t.views @ np.exp(-s.clicked * np.log1p(s.place(u)))
        return pooled_rates(t.clicks.sum(1), views, self.told.group, 0.02)

    def posterior(self, t: _Told, s: Shape, rates: Rates) -> tuple[float, Floats, dict[str, Floats]]:
        """ln likelihood of all words; chances of θ; what searches and click rates are given θ."""
        from scipy.special import gammaln

        u = BINS[:, None] - GRID
        place = np.log1p(s.place(u))
        q, f, h = np.exp(-s.seen * place), np.exp(-s.clicked * place), s.price(u)
        seen, clicks = t.exposures.sum(1)[:, None], t.clicks.sum(1)[:, None]
        days, views = t.days @ q, t.views @ f
        mid = int(np.argmin(np.abs(GRID - s.offset)))
        ratio = (t.exposures.sum() + 1) / max(float(self.heat @ days[:, mid]), 1e-9)
        prior_s = 2.0 / (self.heat * ratio)[:, None]
        prior_c = rates.b[:, None]
        log = 2 * np.log(prior_s) - (2 + seen) * np.log(prior_s + days) - s.seen * (t.exposures @ place)
        log = log + rates.a * np.log(prior_c) - (rates.a + clicks) * np.log(prior_c + views) - s.clicked * (t.clicks @ place)
        log = log + gammaln(rates.a + clicks) - gammaln(rates.a)
        log = log - (t.square.sum(1)[:, None] - 2 * t.price @ h + t.weight @ h**2) / (2 * PRICE_NOISE**2)
        log = log - 0.5 * ((GRID - s.offset) / s.spread) ** 2 - np.log(s.spread)
        top = log.max(1, keepdims=True)
        chance = np.exp(log - top)
        total = chance.sum(1, keepdims=True)
        given = {
            "searches": (2 + seen) / (prior_s + days),
            "searches_shape": 2 + seen[:, 0],
            "click_rate": (rates.a + clicks) / (prior_c + views),
            "click_shape": rates.a + clicks[:, 0],
        }
        return float((top + np.log(total)).sum()), chance / total, given

    def better(self, t: _Told, s: Shape) -> Shape:
        """One round over the common figures: each is tried a step up and down; the constants follow from the chances of θ."""

        rates = self.click_prior(t, s)

        def score(shape: Shape) -> float:
            far = [
                np.log(shape.rivals / 12) / 0.5,
                np.log(shape.width / 0.7) / 0.4,
                np.log(shape.seen / 0.4) / 0.5,
                np.log(shape.clicked / 0.4) / 0.5,
            ]
            return self.posterior(t, shape, rates)[0] - 0.5 * float(np.square(far).sum())

        best = score(s)
        for name in ("width", "seen", "clicked", "rivals"):
            for step in (1.15, 1 / 1.15):
                trial = replace(s, **{name: getattr(s, name) * step})
                found = score(trial)
                if found > best:
                    s, best = trial, found
                    break
        _, chance, _ = self.posterior(t, s, self.click_prior(t, s))
        seen = t.exposures.sum(1) > 0
        if seen.any():
            mean = chance[seen] @ GRID
            spread = np.sqrt(((chance[seen] @ GRID**2 - 2 * mean * mean.mean() + mean.mean() ** 2).sum() + 10 * 0.16) / (seen.sum() + 10))
            h = s.price(BINS[:, None] - GRID) - s.dearer
            gap = float((chance * (t.price.sum(1)[:, None] - t.weight @ h)).sum())
            s = replace(s, offset=float(np.clip(mean.mean(), -1, 1)), spread=float(spread), dearer=gap / (t.weight.sum() + 20))
        return s

    def week(self, t: _Told, s: Shape, week: Floats) -> Floats:
        """Demand by weekday, 1 being the mean of the days seen; drawn to 1 where a weekday was seen once or not at all."""
        _, chance, given = self.posterior(t, s, self.click_prior(t, s))
        q = np.exp(-s.seen * np.log1p(s.place(BINS[:, None] - GRID)))
        usual = (chance * given["searches"]) @ q.T
        expected = np.bincount(self.day, usual[self.word, self.bin] * self.told.on[self.day], len(self.told.on))
        got = np.bincount(self.day, self.exposures, len(self.told.on))
        seen = (expected > 0) & (got > 0)
        if seen.sum() < 2:
            return week
        high = np.log(got[seen] / expected[seen])
        of = self.told.weekday[seen]
        weight = np.minimum(1.0, expected[seen] / np.median(expected[seen]) * 2)
        many = np.bincount(of, weight, 7)
        high = high - np.average(high, weights=weight)
        return np.asarray(np.exp(np.bincount(of, weight * high, 7) / (many + 0.5)))

    def curves(self, t: _Told, s: Shape, week: Floats) -> BidCurves:
        _, chance, given = self.posterior(t, s, self.click_prior(t, s))
        leads = None
        if self.told.leads is not None:
            k = np.bincount(self.word, self.clicks, self.words)
            got = np.nan_to_num(self.told.leads)[self.day, self.word]
            leads = pooled_rates(np.bincount(self.word, got, self.words), k, self.told.group)
        found = BidCurves(s, self.centre, self.told.floor, chance, leads=leads, week=week, **given)
        factor = self._dearer(found)
        return replace(found, shape=replace(s, dearer=s.dearer + float(np.log(factor))))

    def _dearer(self, found: BidCurves) -> float:
        """What was paid by what the curves say of the same days: of all words, so that a plan spends what it says."""
        demand = self.told.on * found.week[self.told.weekday]
        _, cost = found.at(self.told.bid.T)
        said = float((self.weight * (cost[self.word, self.day] * demand[self.day])).sum())
        paid = float((self.weight * np.nan_to_num(self.told.cost[self.day, self.word])).sum())
        usual = said / max(float((self.weight * self.clicks).sum()), 1.0)
        return float(np.clip((paid + 20 * usual) / max(said + 20 * usual, 1e-9), 0.5, 2))


def _filled(heat: Floats) -> Floats:
    """Heat without gaps: the middle one where none is told; 1 for all where nobody is told."""
    known = np.isfinite(heat) & (heat > 0)
    return np.where(known, heat, np.median(heat[known]) if known.any() else 1.0)
