"""Policies that bid on hidden-value shops from their reports only, beside one who knows everything."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sandbox.bidders import BidShop, bid_shop, told
from zhanggui.estimates.bid_curves import BidCurves, Shape, WordDays, bid_curves, share_on
from zhanggui.plans.bid_choice import bid_choice
from zhanggui.plans.bid_day import Steering, day_bids, lasting

Floats = NDArray[np.float64]


def word_days(shop: BidShop, played: list, day: int, leads: bool, settle: int = 1) -> WordDays | None:
    r = told(played, day, leads)
    n = len(r.bid) - settle
    if n < 1:
        return None
    return WordDays(
        r.bid[:n], r.exposures[:n], r.clicks[:n], r.cost[:n], None if r.leads is None else r.leads[:n],
        share_on(r.hours.max(1), r.by_hour)[:n], np.arange(n) % 7, day - np.arange(n).astype(float),
        shop.star.astype(float), shop.average_bid, shop.heat, shop.floor_bid, shop.group,
    )


def run(shop: BidShop, policy, days: int):
    played, worth = [], []
    for day in range(days):
        bids = np.round(policy(played, day), 2)
        worth.append(shop.worth(day, bids))
        played.append(shop.play(day, bids))
    return np.array(worth), played


class Learner:
    def __init__(self, shop, known, steering=Steering(), uniform=False, seed=0, rounds=1):
        self.shop, self.known, self.steering, self.uniform = shop, known, steering, uniform
        self.dice = np.random.default_rng([shop.seed, 5, seed])
        self.now = self.last = shop.start
        self.shape = None
        self.rounds = rounds
        self.switched = []
        self.bid = float(np.median(shop.start))
        self.t = 0.0

    def __call__(self, played, day):
        s = self.shop
        wd = word_days(s, played, day, not self.known)
        if wd is None:
            if self.uniform:
                b = self.bid * np.exp(self.dice.normal(0, 0.1))
                out = np.where(b >= s.floor_bid, b, 0)
            else:
                out = np.maximum(s.start * np.exp(self.dice.normal(0, 0.2, len(s.start))), s.floor_bid)
        else:
            t = time.perf_counter()
            c = bid_curves(wd, start=self.shape, rounds=self.rounds if self.shape else 4)
            self.shape = c.shape
            worth = s.lead_rate if self.known else c.leads.mean
            f = float(c.week[day % 7])
            if self.uniform:
                grid = self.bid * np.exp(np.linspace(np.log(0.7), np.log(1.3), 13))
                ones = np.where(grid[None] >= s.floor_bid[:, None], grid[None], 0.0)
                k, cost = c.at(ones)
                self.bid = float(grid[np.argmax(lasting(k, cost * f, worth, s.budget))])
                b = self.bid * np.exp(self.dice.normal(0, self.steering.vary))
                out = np.where(b >= s.floor_bid, b, 0)
            else:
                wdraw = np.broadcast_to(worth, (self.steering.draws, len(worth))) if self.known else c.leads.draws(self.steering.draws, self.dice)
                d = day_bids(c, self.now, self.last, worth, wdraw, s.budget, f, self.steering, self.dice)
                self.switched.append(d.by_word)
                out = d.bids
                self.now = d.planned
                self.last = np.where(d.planned > 0, d.planned, self.last)
            self.t += time.perf_counter() - t
        return out


def clairvoyant(shop, days):
    lv = np.exp(np.linspace(-2, 1.2, 40))
    bids = np.maximum(shop.start[:, None] * lv, shop.floor_bid[:, None])
    out = []
    for day in range(days):
        c, k = shop.truth(day, bids)
        out.append(bid_choice(k, c * shop.lead_rate[:, None], shop.budget).value)
    return np.array(out)


class Rule:
    """bid = target CPL × rate, band ±2.5 %."""

    def __init__(self, shop, known, change=0.3):
        self.shop, self.known, self.now, self.change = shop, known, shop.start, change

    def __call__(self, played, day):
        s = self.shop
        r = told(played, day, True)
        if len(r.bid) < 4:
            return self.now
        k, l, c = r.clicks[:-1].sum(0), r.leads[:-1].sum(0), r.cost[:-1].sum()
        if l.sum() < 1:
            return self.now
        cpl = c / l.sum()
        rate = s.lead_rate if self.known else np.where(k >= 20, l / np.maximum(k, 1), l.sum() / k.sum())
        want = np.maximum(np.clip(cpl * rate, self.now * (1 - self.change), self.now * (1 + self.change)), s.floor_bid)
        self.now = np.where(np.abs(want / self.now - 1) > 0.025, want, self.now)
        return self.now


def trial(seeds, days=29, policies=None, verbose=True):
    rows = []
    for seed in seeds:
        s = bid_shop(seed, days=60)
        top = clairvoyant(s, days)
        w = slice(8, 29)
        res = {}
        for name, make in policies.items():
            p = make(s)
            worth, played = run(s, p, days)
            real = np.array([x.worth for x in played])
            res[name] = (worth[w, 0].sum() / top[w].sum(), worth[w, 1].mean() / s.budget, real[w].sum() / top[w].sum(), getattr(p, "t", 0), np.mean(getattr(p, "switched", [0])))
        rows.append([res[n] for n in policies])
        if verbose:
            print(seed, f"B={s.budget:.0f}", "  ".join(f"{n} {v[0]:.3f}/{v[1]:.2f}/{v[2]:.2f}/{v[4]:.2f}" for n, v in res.items()), f"t={sum(v[3] for v in res.values()):.1f}", flush=True)
    m = np.array(rows)
    print("MEAN", "  ".join(f"{n} {m[:, i, 0].mean():.3f} (min {m[:, i, 0].min():.2f}) spend {m[:, i, 1].mean():.2f} real {m[:, i, 2].mean():.3f}" for i, n in enumerate(policies)), flush=True)
    return m


if __name__ == "__main__":
    P = {
        "known": lambda s: Learner(s, True),
        "uni-k": lambda s: Learner(s, True, uniform=True),
        "learned": lambda s: Learner(s, False),
        "uni-l": lambda s: Learner(s, False, uniform=True),
        "rule-k": lambda s: Rule(s, True),
        "rule-l": lambda s: Rule(s, False),
        "const": lambda s: (lambda p, d: s.start),
        "const.5": lambda s: (lambda p, d: np.maximum(s.start*.5,s.floor_bid)),
    }
    trial(range(1, 9), policies=P)
