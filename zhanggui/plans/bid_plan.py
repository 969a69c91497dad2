"""What a bid plan says: from which bid to which, word by word, and what that is expected to bring a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from zhanggui.estimates.bid_curves import BidCurves, WordDays
from zhanggui.estimates.bid_fit import CLICKS_BEFORE, bid_curves
from zhanggui.estimates.spread import FEWEST_EVENTS
from zhanggui.facts import Snapshot
from zhanggui.measures.ads import BidKey
from zhanggui.plans.bid_day import HOLDS, DayBids, Steering, day_bids, holding
from zhanggui.plans.bid_days import Reading, ShopDays, shop_days

Floats = NDArray[np.float64]

#: What a plan may wait for, in the order in which it is looked for.
MISSING = (
    "budget",
    "keyword_report",
    "daily_rows",
    "fresh_rows",
    "bids",
    "exposures",
    "days",
    "hours",
    "budget_elsewhere",
    "clicks",
    "varied_bids",
)

#: What clicks and cost of all words may be off together, in ln: the model, and the drift of the market since the days of the reports.
ALIKE = 0.06


@dataclass(frozen=True)
class Range:
    """A figure a day, with the middle 80 % of what is known of it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Outlook:
    """What is expected a day. `cost` in the account's currency. `leads` None: the reports do not say what a click is worth."""

    clicks: Range
    cost: Range
    leads: Range | None


@dataclass(frozen=True)
class BidChange:
    """One word of one plan. Bids in the account's currency; `after` 0 stops the word. `reason`: a code that the pages have words for
    ("more", "less", "explore", "stop"). `clicks_seen`, `days_seen`: what the outlook rests on. `places`: in how many plans and groups the
    word stands; each is planned as if it were alone, though they may take each other's clicks."""

    plan: str
    ad_group: str
    word: str
    before: float
    after: float
    reason: str
    now: Outlook
    then: Outlook
    clicks_seen: int
    days_seen: int
    places: int = 1


@dataclass(frozen=True)
class PlanCost:
    """What one plan of the platform is expected to cost on the day: its words with a bid, and `elsewhere` those without. `needed`: what does
    for both on nine in ten of the busiest weekdays, clicks coming as they happen to come."""

    plan: str
    now: Range
    then: Range
    elsewhere: float
    needed: float


@dataclass(frozen=True)
class BidPlan:
    """`changes`: greatest expected gain first. `kept`: words whose bid stays, without those that stay off. `budget` a day. `gap`: how far
    the plan may be below the bound of a linear programme, as a part of the bound. `uniform`: what the best single bid for all words is
    expected to bring, as near as every word may come to it on that day, and `beats_uniform`: whether the plan's lower bound is above
    that; where it is not, `changes` are those towards the single bid. `elsewhere`: money a day that words cost of which no bid is known (those of automatic plans); it is left to them, and the outlooks are
    of the other words. `costs`: of each plan with words that have a bid. `explored`: money a day that is spent knowingly to learn.
    `missing`: what the plan waits for, by code, where there is none, and `clicks_needed`: how many more clicks, where that is it."""

    changes: tuple[BidChange, ...]
    kept: int
    budget: float
    now: Outlook
    then: Outlook
    gap: float
    uniform: Outlook | None = None
    beats_uniform: bool | None = None
    explored: float = 0
    elsewhere: float = 0
    costs: tuple[PlanCost, ...] = ()
    missing: tuple[str, ...] = ()
    clicks_needed: int = 0


@dataclass(frozen=True)
class BidSettings:
    """Settings of a plan. `lead_rates`: leads per click by word (all words or none), of which no page asks: with them the bench
    tells what a plan loses by curves that are learned from what it loses by lead rates that are. `least_clicks`: with fewer in the reports there is no plan: what words have in common, and is taken to be usual until it is known, is
    worth as many. `least_varied`: share of the clicks that words must have whose bids were varied. `seed`: of what is drawn, so that the
    same reports give the same plan."""

    steering: Steering = field(default_factory=lambda: Steering(draws=100))
    reading: Reading = field(default_factory=Reading)
    lead_rates: Mapping[str, float] | None = None
    least_clicks: int = CLICKS_BEFORE
    least_varied: float = 0.2
    seed: int = 0


def bid_plan(
    shop: Snapshot,
    budget: float | None = None,
    settings: BidSettings | None = None,
    in_force: Mapping[BidKey, float] | None = None,
) -> BidPlan:
    """The bids of the snapshot's day for `budget` (money a day, of the currency of the reports) over all words of the keyword report.

    `in_force`: the bids of now by plan, ad group and word, 0 is off, as they were last entered. The report is days old and does not name
    words that are off: without `in_force` changes start from bids of days ago, and a word that was stopped is lost after a week.
    Worth of a click: the leads it brings, from the reports (or as given); where they hold fewer than five, every click is worth the
    same, and `leads` are None. Bids of which no report tells are never guessed: such a word is left out, and a shop of which nothing can
    be said gets a plan without changes whose `missing` names why. `now` and `then` are of the weekday of the snapshot's day, and of the
    part of it that the money lasts. `ValueError`: a budget without end, or lead rates that are no rates or lack a word.
    """
    settings = settings or BidSettings()
    if budget is None or not budget > 0:
        return _waiting(budget, "budget")
    if np.isinf(budget):
        raise ValueError("the budget has no end: give the money of a day")
    found = shop_days(shop, settings.reading, budget, in_force)
    if isinstance(found, str):
        return _waiting(budget, found)
    elsewhere = sum(found.elsewhere.values())
    money = budget - elsewhere
    if money <= 0:
        return replace(_waiting(budget, "budget_elsewhere"), elsewhere=elsewhere)
    clicks = int(found.clicks_seen.sum())
    if clicks < max(settings.least_clicks, 1):
        return replace(_waiting(budget, "clicks"), clicks_needed=max(settings.least_clicks, 1) - clicks)
    curves = bid_curves(_with_leads_that_tell(found))
    if not found.clicks_seen[curves.varied].sum() >= max(settings.least_varied * clicks, 1):
        return _waiting(budget, "varied_bids")
    dice = np.random.default_rng(settings.seed)
    worth, possible = _worth(found, curves, settings, dice)
    factor = float(curves.week[shop.day.weekday()])
    day = day_bids(curves, found.now, found.last, worth, possible, money, factor, settings.steering, dice)
    expected = _Expected(curves, np.stack([found.now, day.bids, day.single], 1), worth, possible, money, factor, dice)
    expected.leads = curves.leads is not None or settings.lead_rates is not None
    changed = np.flatnonzero(day.bids != found.now)
    places = Counter(word for _, _, word in found.keys)
    gain = expected.gain(day.price)
    order = changed[np.argsort(-gain[changed], kind="stable")]
    busiest = _Expected(curves, np.stack([found.now, day.bids], 1), worth, possible, money, float(curves.week.max()), dice)
    return BidPlan(
        changes=tuple(_change(found, day, expected, places, int(i)) for i in order),
        kept=int(((day.bids == found.now) & (found.now > 0)).sum()),
        budget=budget,
        now=expected.total(0),
        then=expected.total(1),
        gap=day.gap,
        uniform=expected.total(2),
        beats_uniform=day.by_word,
        explored=day.explored,
        elsewhere=elsewhere,
        costs=_costs(found, expected, busiest, money, dice),
    )


def _with_leads_that_tell(found: ShopDays) -> WordDays:
    """The reports, without leads where they are too few for any rate."""
    leads = found.reports.leads
    few = leads is not None and np.nansum(np.where(np.isfinite(found.reports.clicks), leads, np.nan)) < FEWEST_EVENTS
    return replace(found.reports, leads=None) if few else found.reports


def _worth(found: ShopDays, curves: BidCurves, settings: BidSettings, dice: np.random.Generator) -> tuple[Floats, Floats]:
    """What a click of each word is worth, and what it may be (draws × words)."""
    draws = settings.steering.draws
    if settings.lead_rates is not None:
        given = np.array([settings.lead_rates.get(word, np.nan) for _, _, word in found.keys])
        if not np.all((given >= 0) & np.isfinite(given)):
            wrong = next(word for (_, _, word), rate in zip(found.keys, given, strict=True) if not 0 <= rate < np.inf)
            raise ValueError(f"lead_rates: no rate for the word {wrong}: give all words leads per click, or none")
        return given, np.tile(given, (draws, 1))
    if curves.leads is None:
        return np.ones(len(found.keys)), np.ones((draws, len(found.keys)))
    return curves.leads.mean, curves.leads.draws(draws, dice)


def _holding(bids: Floats, clicks: Floats, money: Floats, part: float) -> Floats:
    """Words × sets: by what the clicks of words whose bid is changed are less than the curves say, the first set being the bids of now, so
    that of what a set gains beyond now for the same money only `part` is left."""
    total = clicks.sum(0)
    gain = np.maximum(total - total[0] * money / max(money[0], 1e-9), 0) if money[0] > 0 else np.zeros_like(total)
    changed = bids != bids[:, :1]
    lost = (1 - part) * gain / np.maximum((clicks * changed).sum(0), 1e-9)
    return np.where(changed, np.maximum(1 - lost, 0.0), 1.0)


class _Expected:
    """What several sets of bids (words × sets) are expected to bring on the day, by word and together, with the middle 80 %."""

    leads = True

    def __init__(
        self,
        curves: BidCurves,
        bids: Floats,
        worth: Floats,
        possible: Floats,
        budget: float,
        factor: float,
        dice: np.random.Generator,
    ) -> None:
        clicks, cost = (x * factor for x in curves.at(bids))
        money = cost.sum(0)
        lasts = np.minimum(1, budget / np.maximum(money, 1e-9))
        holds = _holding(bids, clicks * lasts, money * lasts, HOLDS)
        clicks = clicks * holds
        leads = clicks * worth[:, None]
        self.figures = {"clicks": clicks * lasts, "cost": cost * lasts, "leads": leads * lasts}
        draws = len(possible)
        clicks, cost = (x * factor for x in curves.draws(bids, draws, dice))
        clicks, cost = (x * np.exp(dice.normal(0, ALIKE, (draws, 1, 1))) for x in (clicks, cost))
        money = cost.sum(1)
        lasts = np.minimum(1, budget / np.maximum(money, 1e-9))
        part = holding(draws, dice)
        holds = np.stack([_holding(bids, k * n, m * n, h) for k, n, m, h in zip(clicks, lasts, money, part, strict=True)])
        clicks, lasts = clicks * holds, lasts[:, None]
        self.drawn = {"clicks": clicks * lasts, "cost": cost * lasts, "leads": clicks * possible[:, :, None] * lasts}
        self.spans = {name: np.quantile(x, (0.1, 0.9), axis=0) for name, x in self.drawn.items()}

    def gain(self, price: float) -> Floats:
        """By word: what the change brings beyond what its money is worth elsewhere."""
        value, cost = self.figures["leads"], self.figures["cost"]
        return np.asarray(value[:, 1] - value[:, 0] - price * (cost[:, 1] - cost[:, 0]))

    def word(self, row: int, of: int) -> Outlook:
        return self._outlook({n: (x[row, of], *self.spans[n][:, row, of]) for n, x in self.figures.items()})

    def cost(self, rows: NDArray[np.intp], of: int) -> Range:
        """Of several words together."""
        value, drawn = self.figures["cost"][rows, of].sum(), self.drawn["cost"][:, rows, of].sum(1)
        low, high = np.quantile(drawn, (0.1, 0.9))
        return Range(float(value), float(min(low, value)), float(max(high, value)))

    def total(self, of: int) -> Outlook:
        spans = {n: np.quantile(x[:, :, of].sum(1), (0.1, 0.9)) for n, x in self.drawn.items()}
        return self._outlook({n: (x[:, of].sum(), *spans[n]) for n, x in self.figures.items()})

    def _outlook(self, told: Mapping[str, tuple[float, float, float]]) -> Outlook:
        ranges = {n: Range(float(v), float(min(low, v)), float(max(high, v))) for n, (v, low, high) in told.items()}
        return Outlook(ranges["clicks"], ranges["cost"], ranges["leads"] if self.leads else None)


def _change(found: ShopDays, day: DayBids, expected: _Expected, places: Mapping[str, int], row: int) -> BidChange:
    before, after = float(found.now[row]), float(day.bids[row])
    reason = "stop" if after == 0 else "explore" if day.tried[row] else "more" if after > before else "less"
    return BidChange(
        *found.keys[row],
        before=before,
        after=after,
        reason=reason,
        now=expected.word(row, 0),
        then=expected.word(row, 1),
        clicks_seen=int(found.clicks_seen[row]),
        days_seen=int(found.days_seen[row]),
        places=places[found.keys[row][2]],
    )


def _costs(
    found: ShopDays, expected: _Expected, busiest: _Expected, money: float, dice: np.random.Generator
) -> tuple[PlanCost, ...]:
    rows: dict[str, list[int]] = {}
    for row, (plan, _, _) in enumerate(found.keys):
        rows.setdefault(plan, []).append(row)
    told = []
    for plan, of in rows.items():
        at, elsewhere = np.array(of), found.elsewhere.get(plan, 0.0)
        clicks, cost = (busiest.drawn[name][:, at, 1].sum(1) for name in ("clicks", "cost"))
        came = np.minimum(cost * dice.poisson(clicks) / np.maximum(clicks, 1e-9), money)
        needed = float(np.quantile(came, 0.9)) + elsewhere
        told.append(PlanCost(plan, expected.cost(at, 0), expected.cost(at, 1), elsewhere, needed))
    return tuple(told)


def _waiting(budget: float | None, code: str) -> BidPlan:
    nothing = Outlook(Range(0, 0, 0), Range(0, 0, 0), None)
    return BidPlan((), 0, budget or 0, nothing, nothing, 0, missing=(code,))
