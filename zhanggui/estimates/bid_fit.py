"""The fit of bid curves to keyword reports: the model is that of `bid_curves`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhanggui.estimates.bid_curves import BINS, GRID, REACH, STEP, BidCurves, Shape, WordDays
from zhanggui.estimates.pooled import PooledRates, pooled_rates

Floats = NDArray[np.float64]

DAY_NOISE = 0.06  # variance of ln demand of a word from day to day
PRICE_NOISE = 0.25  # spread of ln price around the curve
PRICES_TELL = 12.0  # clicks of a word after which more prices tell no more: the model itself is off by as much
HALF_LIFE = 21.0  # days after which a day counts half
ROUNDS = 4  # of the fit; with two or seven the plans are as good
SEARCH_SHAPE = 2.0  # gamma shape of searches around a multiple of the heat: heat says little
CLICK_RATE = 0.02  # clicks per exposure to which rates are drawn while there are hardly any clicks
LEAD_RATE = 0.03  # leads per click, likewise
LEAST_VARIED = 0.05  # spread of ln bid below which a word's bid counts as never varied
FREELY = {
    "width": 0.4,
    "seen": 0.5,
    "clicked": 0.5,
    "rivals": 0.5,
}  # how far, in ln, figures of a shape may lie off the usual one
TRIED = 1.15  # by how much they are tried up and down in a round
WORDS_BEFORE, CLICKS_BEFORE = 10, 20  # what the usual spread of θ and price are worth before any are seen


@dataclass(frozen=True)
class _Told:
    """The reports, words × bins of ln bid, older days weighing less. `days` on and `exposures` there, as far as they tell of demand in spite
    of its noise; `clicks` and the exposures behind them, `views`; ln price by bid as weights, first and second moments."""

    exposures: Floats
    clicks: Floats
    views: Floats
    days: Floats
    weight: Floats
    price: Floats
    square: Floats


def bid_curves(told: WordDays) -> BidCurves:
    """The curves, fitted to the reports: rounds over what is common to all words and over the weekdays, always from the same start."""
    shape = Shape()
    centre = _centres(told)
    weight = 0.5 ** (told.age / HALF_LIFE)
    week = np.ones(7)
    fit = _Fit(told, centre, weight)
    for _ in range(ROUNDS):
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
        on = told.fitted
        self.day, self.word = np.nonzero(on)
        bid = told.bid[on]
        self.bin = np.clip(np.rint((np.log(bid) - centre[self.word] + REACH) / STEP), 0, len(BINS) - 1).astype(int)
        self.cell = self.word * len(BINS) + self.bin
        self.weight, self.on = weight[self.day], np.nan_to_num(told.on[on])
        self.exposures, self.clicks = told.exposures[on], np.nan_to_num(told.clicks[on])
        self.lasting = self.on > 0  # rows that tell of demand
        self.viewed = np.where(np.isfinite(told.clicks[on]), self.exposures, 0.0)  # exposures of which the clicks are known
        self.paid = np.isfinite(told.cost[on]) & np.isfinite(told.clicks[on]) & self.lasting
        cost = np.nan_to_num(told.cost[on])
        with np.errstate(divide="ignore", invalid="ignore"):
            self.ratio = np.where((self.clicks > 0) & (cost > 0), np.log(cost / np.maximum(self.clicks, 1) / bid), 0.0)
        floor = np.nan_to_num(told.floor)[self.word]
        free = (cost > 0) & (cost > 1.02 * floor * self.clicks)  # a price at the floor tells of no rival
        self.priced = np.where(free, self.clicks, 0.0) * self.weight
        self.words = len(centre)
        self.heat = _filled(told.heat)

    def _sum(self, figures: Floats) -> Floats:
        return np.asarray(np.bincount(self.cell, figures, self.words * len(BINS)), float).reshape(self.words, len(BINS))

    def binned(self, week: Floats) -> _Told:
        days = self.on * week[self.told.weekday[self.day]]
        shown = np.where(self.lasting, self.exposures, 0.0)
        usual = np.bincount(self.word, shown, self.words) / np.maximum(np.bincount(self.word, days, self.words), 1e-9)
        counts = self.weight / (1 + DAY_NOISE * usual[self.word] * days)
        k = self.weight * self.clicks
        cap = 1 / (1 + np.bincount(self.word, self.priced, self.words) / PRICES_TELL)
        p = self.priced * cap[self.word]
        return _Told(
            self._sum(counts * shown),
            self._sum(k),
            self._sum(self.weight * self.viewed),
            self._sum(counts * days),
            self._sum(p),
            self._sum(p * self.ratio),
            self._sum(p * self.ratio**2),
        )

    def click_prior(self, t: _Told, s: Shape) -> PooledRates:
        """What is known of click rates before a word's own, taking θ where it is usual."""
        u = BINS - GRID[np.argmin(np.abs(GRID - s.offset))]
        views = t.views @ np.exp(-s.clicked * np.log1p(s.place(u)))
        return pooled_rates(t.clicks.sum(1), views, self.told.group, CLICK_RATE)

    def posterior(self, t: _Told, s: Shape, rates: PooledRates) -> tuple[float, Floats, dict[str, Floats]]:
        """ln likelihood of all words; chances of θ; what searches and click rates are given θ."""
        from scipy.special import gammaln

        u = BINS[:, None] - GRID
        place = np.log1p(s.place(u))
        q, f, h = np.exp(-s.seen * place), np.exp(-s.clicked * place), s.price(u)
        seen, clicks = t.exposures.sum(1)[:, None], t.clicks.sum(1)[:, None]
        days, views = t.days @ q, t.views @ f
        mid = int(np.argmin(np.abs(GRID - s.offset)))
        ratio = (t.exposures.sum() + 1) / max(float(self.heat @ days[:, mid]), 1e-9)
        prior_s = SEARCH_SHAPE / (self.heat * ratio)[:, None]
        prior_c = rates.b[:, None]
        log = SEARCH_SHAPE * np.log(prior_s) - (SEARCH_SHAPE + seen) * np.log(prior_s + days) - s.seen * (t.exposures @ place)
        log = log + rates.a * np.log(prior_c) - (rates.a + clicks) * np.log(prior_c + views) - s.clicked * (t.clicks @ place)
        log = log + gammaln(rates.a + clicks) - gammaln(rates.a)
        log = log - (t.square.sum(1)[:, None] - 2 * t.price @ h + t.weight @ h**2) / (2 * PRICE_NOISE**2)
        log = log - 0.5 * ((GRID - s.offset) / s.spread) ** 2 - np.log(s.spread)
        top = log.max(1, keepdims=True)
        chance = np.exp(log - top)
        total = chance.sum(1, keepdims=True)
        given = {
            "searches": (SEARCH_SHAPE + seen) / (prior_s + days),
            "searches_shape": SEARCH_SHAPE + seen[:, 0],
            "click_rate": (rates.a + clicks) / (prior_c + views),
            "click_shape": rates.a + clicks[:, 0],
        }
        return float((top + np.log(total)).sum()), chance / total, given

    def better(self, t: _Told, s: Shape) -> Shape:
        """One round over the common figures: each is tried a step up and down; the constants follow from the chances of θ."""
        rates = self.click_prior(t, s)

        def score(shape: Shape) -> float:
            far = [np.log(getattr(shape, name) / getattr(Shape, name)) / by for name, by in FREELY.items()]
            return self.posterior(t, shape, rates)[0] - 0.5 * float(np.square(far).sum())

        best = score(s)
        for name in FREELY:
            for step in (TRIED, 1 / TRIED):
                trial = replace(s, **{name: getattr(s, name) * step})
                found = score(trial)
                if found > best:
                    s, best = trial, found
                    break
        _, chance, _ = self.posterior(t, s, self.click_prior(t, s))
        seen = t.exposures.sum(1) > 0
        if seen.any():
            mean = chance[seen] @ GRID
            off = chance[seen] @ GRID**2 - 2 * mean * mean.mean() + mean.mean() ** 2
            spread = np.sqrt((off.sum() + WORDS_BEFORE * Shape.spread**2) / (len(off) + WORDS_BEFORE))
            h = s.price(BINS[:, None] - GRID) - s.dearer
            gap = float((chance * (t.price.sum(1)[:, None] - t.weight @ h)).sum())
            s = replace(
                s,
                offset=float(np.clip(mean.mean(), -1, 1)),
                spread=float(spread),
                dearer=gap / (t.weight.sum() + CLICKS_BEFORE),
            )
        return s

    def week(self, t: _Told, s: Shape, week: Floats) -> Floats:
        """Demand by weekday, 1 being the mean of the days seen; drawn to 1 where a weekday was seen once or not at all."""
        _, chance, given = self.posterior(t, s, self.click_prior(t, s))
        q = np.exp(-s.seen * np.log1p(s.place(BINS[:, None] - GRID)))
        usual = (chance * given["searches"]) @ q.T
        expected = np.bincount(self.day, usual[self.word, self.bin] * self.on, len(self.told.on))
        got = np.bincount(self.day, np.where(self.lasting, self.exposures, 0.0), len(self.told.on))
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
            known = np.isfinite(self.told.leads) & np.isfinite(self.told.clicks)
            events, trials = (np.where(known, x, 0.0).sum(0) for x in (self.told.leads, self.told.clicks))
            leads = pooled_rates(events, trials, self.told.group, LEAD_RATE)
        found = BidCurves(s, self.centre, self.told.floor, chance, leads=leads, week=week, varied=self._varied(), **given)
        factor = self._dearer(found)
        return replace(found, shape=replace(s, dearer=s.dearer + float(np.log(factor))))

    def _varied(self) -> NDArray[np.bool_]:
        """Words whose bid was not always the same while they were seen."""
        bid = np.log(self.told.bid[self.day, self.word])
        n, x, x2 = (
            np.bincount(self.word, f, self.words) for f in (self.exposures, self.exposures * bid, self.exposures * bid**2)
        )
        mean = x / np.maximum(n, 1e-9)
        return np.asarray(np.sqrt(np.maximum(x2 / np.maximum(n, 1e-9) - mean**2, 0)) >= LEAST_VARIED)

    def _dearer(self, found: BidCurves) -> float:
        """What was paid over what the curves say of the same days: of all words, so that a plan spends what it says."""
        demand = self.on * found.week[self.told.weekday[self.day]]
        _, cost = found.at(self.told.bid.T)
        weight = np.where(self.paid, self.weight, 0.0)
        said = float((weight * cost[self.word, self.day] * demand).sum())
        paid = float((weight * np.nan_to_num(self.told.cost[self.day, self.word])).sum())
        usual = said / max(float((weight * self.clicks).sum()), 1.0)
        return float(np.clip((paid + CLICKS_BEFORE * usual) / max(said + CLICKS_BEFORE * usual, 1e-9), 0.5, 2))


def _filled(heat: Floats) -> Floats:
    """Heat without gaps: the middle one where none is told; 1 for all where nobody is told."""
    known = np.isfinite(heat) & (heat > 0)
    return np.where(known, heat, np.median(heat[known]) if known.any() else 1.0)
