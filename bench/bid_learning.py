"""Policies that bid on shops with hidden values from their reports only, beside one who knows everything: `python -m bench.bid_learning`.

The plan is the product's `bid_plan`, which reads the reports of the morning as they lie in the facts, and whose bids are entered as they
stand. It and its challenger, the best single bid, learn from the same kind of reports
on the same shops, days and searches. Two plain
policies stand beside them: constant bids, and bid = target cost per lead × lead rate that stays while it is within ±2.5 %; each also
with the level that hindsight would have chosen for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sandbox.bidders import BidShop, Played, bid_shop, told
from zhanggui.estimates.bid_curves import WordDays, share_on
from zhanggui.estimates.bid_fit import bid_curves
from zhanggui.facts import Snapshot
from zhanggui.measures.ads import BidKey
from zhanggui.plans.bid_choice import bid_choice
from zhanggui.plans.bid_day import Steering, lasting
from zhanggui.plans.bid_days import Reading, shop_days
from zhanggui.plans.bid_plan import BidPlan, BidSettings, bid_plan

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Policy = Callable[[list[Played], int], Floats]

DEVELOPMENT_SEEDS, ACCEPTANCE_SEEDS = range(1, 41), range(3001, 3051)
FROM, UNTIL = 8, 28  # days that count, the first day being 0
SETTLED = 1  # newest days of the reports that still change
STEERING = Steering()
FIRST = date(2026, 9, 7)  # a Monday, as day 0 of the made-up week


def word_days(shop: BidShop, played: list[Played], day: int, with_leads: bool) -> WordDays | None:
    """The reports of the morning of `day` without the days that still change; None before there are any."""
    r = told(played, day, with_leads)
    n = len(r.bid) - SETTLED
    if n < 1:
        return None
    return WordDays(
        bid=r.bid[:n],
        exposures=r.exposures[:n],
        clicks=r.clicks[:n],
        cost=r.cost[:n],
        leads=None if r.leads is None else r.leads[:n],
        on=share_on(r.hours[:n], r.by_hour[:n]),
        weekday=np.arange(n) % 7,
        age=day - np.arange(n, dtype=float),
        star=shop.star.astype(float),
        average_bid=shop.average_bid,
        heat=shop.heat,
        floor=shop.floor_bid,
        group=shop.group,
    )


def snapshot(shop: BidShop, played: list[Played], day: int, with_leads: bool) -> Snapshot:
    """The facts on the morning of `day`, as the files of `sandbox.bid_reports` bring them: words that are off have no row."""
    r, today = told(played, day, with_leads), FIRST + timedelta(days=day)
    if not len(r.bid):
        return Snapshot(today, {})
    days, row = np.nonzero(r.bid > 0)
    dates = pl.Series([FIRST + timedelta(days=d) for d in range(len(r.bid))], dtype=pl.Date)
    on = dates.gather(days)
    words = {
        "period_start": on,
        "period_end": on,
        "plan": pl.repeat("plan", len(row), eager=True),
        "ad_group": pl.Series([f"{g}" for g in shop.group]).gather(row),
        "word": pl.Series(shop.word).gather(row),
        "star": shop.star[row].astype(float),
        "bid": np.round(r.bid[days, row], 2),
        "exposures": r.exposures[days, row],
        "clicks": r.clicks[days, row],
        "cost": r.cost[days, row],
        "hours": r.hours[days, row],
        "inquiries": pl.repeat(None, len(row), dtype=pl.Float64, eager=True) if r.leads is None else r.leads[days, row],
        "average_bid": shop.average_bid[row],
        "floor_bid": shop.floor_bid[row],
        "heat": shop.heat[row],
    }
    each, hour = np.divmod(np.arange(r.by_hour.size), 24)
    on = dates.gather(each)
    hours = {"period_start": on, "period_end": on, "hour": [f"{h:02}:00" for h in hour], "exposures": r.by_hour.ravel()}
    return Snapshot(today, {"p4p_keyword": pl.DataFrame(words).lazy(), "p4p_hour": pl.DataFrame(hours).lazy()})


def keys(shop: BidShop) -> list[BidKey]:
    """Plan, ad group and word, as `snapshot` names them."""
    return [("plan", f"{g}", word) for g, word in zip(shop.group, shop.word, strict=True)]


class Planner:
    """The bids of the product's plan, entered every day. `known`: the lead rates of the words are given; otherwise they are learned as
    well. Until there is a plan: the bids of the start, varied."""

    def __init__(self, shop: BidShop, known: bool, settings: BidSettings | None = None) -> None:
        rates = dict(zip(shop.word, shop.lead_rate.tolist(), strict=True)) if known else None
        self.shop, self.known, self.now = shop, known, shop.start
        self.settings = replace(settings or BidSettings(), lead_rates=rates)
        self.dice = np.random.default_rng([shop.seed, 5])
        self.row = {key: i for i, key in enumerate(keys(shop))}
        self.plans: list[BidPlan] = []

    def __call__(self, played: list[Played], day: int) -> Floats:
        shop = self.shop
        facts = snapshot(shop, played, day, not self.known)
        plan = bid_plan(facts, shop.budget, self.settings, dict(zip(self.row, self.now.tolist(), strict=True)))
        if plan.missing:
            self.now = np.maximum(shop.start * np.exp(self.dice.normal(0, 0.2, len(shop.start))), shop.floor_bid)
        else:
            self.plans.append(plan)
            self.now = self.now.copy()
            for change in plan.changes:
                self.now[self.row[change.plan, change.ad_group, change.word]] = change.after
        self.now = np.round(self.now, 2)
        return self.now


class Single:
    """One bid for all words, learned from its own reports with the same reading and curves; until the days that count a tenth up or down
    from day to day, so that it learns. `early`: it reads a day more and needs fewer, and so begins three days before a plan can."""

    def __init__(self, shop: BidShop, known: bool, *, early: bool = False) -> None:
        self.shop, self.known, self.early = shop, known, early
        self.dice = np.random.default_rng([shop.seed, 6])
        self.bid = float(np.median(shop.start))
        self.now = np.zeros(len(shop.word))
        self.row = {key: i for i, key in enumerate(keys(shop))}

    def read(self, played: list[Played], day: int) -> tuple[WordDays | None, Ints]:
        """The reports, and which words they are of."""
        if self.early:
            return word_days(self.shop, played, day, not self.known), np.arange(len(self.now))
        force = dict(zip(self.row, self.now.tolist(), strict=True))
        found = shop_days(snapshot(self.shop, played, day, not self.known), Reading(), self.shop.budget, force)
        if isinstance(found, str):
            return None, np.arange(0)
        return found.reports, np.array([self.row[key] for key in found.keys])

    def __call__(self, played: list[Played], day: int) -> Floats:
        shop = self.shop
        reports, row = self.read(played, day)
        if reports is not None:
            curves = bid_curves(reports)
            worth = shop.lead_rate[row] if curves.leads is None else curves.leads.mean
            grid = self.bid * np.geomspace(1 - STEERING.change, 1 + STEERING.change, 13)
            clicks, cost = (
                x * curves.week[day % 7] for x in curves.at(np.where(grid >= shop.floor_bid[row][:, None], grid, 0.0))
            )
            self.bid = float(grid[np.argmax(lasting(clicks, cost, worth, shop.budget))])
        bid = self.bid * np.exp(self.dice.normal(0, 0.1)) if day < FROM else self.bid
        self.now = np.where(bid >= shop.floor_bid, np.round(bid, 2), 0.0)
        return self.now


class Target:
    """bid = target cost per lead × lead rate of the word, kept while the new one is within ±2.5 %; at most 30 % a day.

    `target` None: what a lead has cost in the reports so far. Rates that are not known: leads per click with twenty clicks of the shop's
    own rate added.
    """

    def __init__(self, shop: BidShop, known: bool, target: float | None = None) -> None:
        self.shop, self.known, self.target, self.now = shop, known, target, shop.start

    def __call__(self, played: list[Played], day: int) -> Floats:
        r = told(played, day)
        clicks, leads, cost = (x[:-SETTLED] for x in (r.clicks, r.leads, r.cost))
        if leads is None or not len(leads) or not leads.sum():
            return self.now
        usual = leads.sum() / clicks.sum()
        rate = self.shop.lead_rate if self.known else (leads.sum(0) + 20 * usual) / (clicks.sum(0) + 20)
        want = (self.target or cost.sum() / leads.sum()) * rate
        want = np.clip(want, self.now * (1 - STEERING.change), self.now * (1 + STEERING.change))
        self.now = np.where(np.abs(want / self.now - 1) > 0.025, want, self.now)
        return self.now  # a bid below the lowest that is taken shows nothing


def best_possible(shop: BidShop, days: int) -> Floats:
    """Leads a day of one who knows the curves and lead rates of the day: the optimum over forty bids a word."""
    bids = np.maximum(shop.start[:, None] * np.geomspace(0.12, 3.3, 40), shop.floor_bid[:, None])
    found = np.empty(days)
    for day in range(days):
        clicks, cost = shop.truth(day, bids)
        found[day] = bid_choice(cost, clicks * shop.lead_rate[:, None], shop.budget).value
    return found


@dataclass(frozen=True)
class Run:
    """By day: expected leads and money with the bids of that day (by the true curves), and what the clicks that came are worth."""

    worth: Floats
    cost: Floats
    came: Floats

    def share(self, best: Floats, start: int = FROM, until: int = UNTIL) -> float:
        """Expected leads of the days `start`..`until` by those of the best possible."""
        return float(self.worth[start : until + 1].sum() / best[start : until + 1].sum())


def run(shop: BidShop, policy: Policy, days: int) -> Run:
    played: list[Played] = []
    worth = []
    for day in range(days):
        bids = np.round(policy(played, day), 2)
        worth.append(shop.worth(day, bids))
        played.append(shop.play(day, bids))
    expected = np.array(worth)
    return Run(expected[:, 0], expected[:, 1], np.array([p.worth for p in played]))


def hindsight(runs: Sequence[Run]) -> Run:
    """The run that brought most on the days that count."""
    return max(runs, key=lambda r: float(r.worth[FROM : UNTIL + 1].sum()))


def compared(shop: BidShop, *, plain: bool = True) -> tuple[Floats, dict[str, Run]]:
    """The best possible by day, and every policy's run. `plain`: the plain policies too (up to the last day that counts)."""
    days = shop.days
    runs = {}
    for name, known in (("given", True), ("learned", False)):
        runs[name] = run(shop, Planner(shop, known), days)
        runs[f"single_{name}"] = run(shop, Single(shop, known), min(days, UNTIL + 1))
        if plain:
            runs[f"early_single_{name}"] = run(shop, Single(shop, known, early=True), UNTIL + 1)
            runs[f"target_{name}"] = run(shop, Target(shop, known), UNTIL + 1)
            own = shop.budget / best_possible(shop, 1)[0]
            runs[f"target_{name}_hindsight"] = hindsight(
                [run(shop, Target(shop, known, own * t), UNTIL + 1) for t in (0.7, 1, 1.4, 2, 2.8, 4)]
            )
    if plain:
        runs["constant"] = run(shop, lambda played, day: shop.start, UNTIL + 1)
        levels = [shop.start * f for f in (0.3, 0.4, 0.5, 0.6, 0.8)]
        runs["constant_hindsight"] = hindsight([run(shop, lambda played, day, b=b: b, UNTIL + 1) for b in levels])
    return best_possible(shop, days), runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs=2, default=(1, 8), help="first and last seed")
    parser.add_argument("--days", type=int, default=UNTIL + 1)
    wish = parser.parse_args()
    rows = []
    for seed in range(wish.seeds[0], wish.seeds[1] + 1):
        shop = bid_shop(seed, wish.days)
        best, runs = compared(shop)
        rows.append({name: (r.share(best), float(r.cost[FROM : UNTIL + 1].mean()) / shop.budget) for name, r in runs.items()})
        print(seed, f"{shop.budget:.0f} a day", " ".join(f"{n} {s:.3f}" for n, (s, _) in rows[-1].items()), flush=True)
    for name in rows[0]:
        shares, spent = np.array([r[name] for r in rows]).T
        print(
            f"{name:26} {shares.mean():.3f} of the best possible (lowest {shares.min():.2f}), spends {spent.mean():.2f} of the budget"
        )


if __name__ == "__main__":
    main()
