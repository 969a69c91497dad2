"""Hours, regions and labels on made-up shops with hidden lead rates: `python -m bench.bid_cells [--seeds FIRST LAST]`.

Clicks, cost and bids by word are those of `sandbox.bidders`, whose auctions are not the model of the curves. Its clicks fall into hours,
regions and labels by hidden shares; each of these has a hidden lead rate, a hidden price, and a hidden
answer to bids, stronger or weaker than that of all; in every third shop all cells are alike. The product's plan reads reports only. What it is worth is said by the hidden
figures, at equal money: all bids, over the proposed multipliers, are moved alike until the whole costs what it costs now. Beside it
stand bids as they are, and the rule of the raw rate: cells below the mean are off, those above get bids × 1.5.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bench.bid_learning import FIRST, snapshot
from bench.results import rounded
from sandbox.bidders import HOURS, bid_shop, told
from zhanggui.facts import Snapshot
from zhanggui.plans.bid_cells import AXES, KINDS, CellPlan, bid_cells

Floats = NDArray[np.float64]

DEVELOPMENT, ACCEPTANCE = range(1, 121), range(5001, 5151)
DAYS = (30, 62)  # of reports, fewest and one more than most
WORDS = (20, 80)
CELLS = {"hour": (24, 25), "region": (4, 13), "label": (3, 10)}
UNLIKE = (0.2, 0.9)  # spread of ln lead rate over the cells of an axis
ANSWERS, DEAR, MOVES = (
    0.25,
    0.2,
    0.1,
)  # spreads, in ln: how a cell answers to bids, its price of a click, its share from day to day
GRID = np.geomspace(0.4, 3.5, 60)


@dataclass(frozen=True)
class Hidden:
    """An axis as it is: clicks a day of its cells at the bids of now, their price and lead rate, and how they answer to bids."""

    clicks: Floats
    price: Floats
    rate: Floats
    answer: Floats
    many: Floats  # clicks of all words at bids × GRID, beside now
    paid: Floats  # price of a click, likewise

    def at(self, times: Floats) -> tuple[float, float]:
        """Leads and cost a day; 0 is off."""
        many = np.where(times > 0, np.interp(times, GRID, self.many) ** self.answer, 0.0) * self.clicks
        return float(many @ self.rate), float(many @ (self.price * np.interp(times, GRID, self.paid)))

    def leads(self, times: Floats) -> float:
        """Leads a day for the money of now: all bids over `times` are moved alike until it is spent."""
        money = self.at(np.ones(len(times)))[1]
        low, high = 0.4, 3.0
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if self.at(times * middle)[1] < money else (low, middle)
        found, cost = self.at(times * low)
        return found * min(1.0, money / max(cost, 1e-9))

    def gain(self, times: Floats) -> float:
        """Leads a day more than with bids as they are."""
        return self.leads(times) - self.at(np.ones(len(times)))[0]


def alike(seed: int) -> bool:
    return seed % 3 == 0


def made(seed: int) -> tuple[Snapshot, dict[str, Hidden]]:
    """The reports of a shop, and what they hide, by axis."""
    dice = np.random.default_rng([seed, 41])
    days, words = int(dice.integers(*DAYS)), int(dice.integers(*WORDS))
    shop = replace(bid_shop(seed, days + 3, words), budget=1e9)
    bids = [
        np.round(np.maximum(shop.start * 0.6 * np.exp(dice.normal(0, 0.25, words)), shop.floor_bid), 2) for _ in range(days)
    ]
    played = [shop.play(day, b) for day, b in enumerate(bids)]
    today = days + 1
    facts = snapshot(shop, played, today, True)
    report = told(played, today)
    clicks = report.clicks.sum(1)
    many, paid = (x.sum(0) for x in shop.truth(today, np.maximum(report.bid[-1][:, None] * np.r_[1.0, GRID], 0)))
    spread = {axis: 0.0 if alike(seed) else float(dice.uniform(*UNLIKE)) for axis in AXES}
    frames, hidden = dict(facts.frames), {}
    usual = sum(p.worth for p in played) / max(sum(p.report["clicks"].sum() for p in played), 1)
    rows: dict[str, list[pl.DataFrame]] = {table: [] for table in AXES.values()}
    for axis, table in AXES.items():
        cells = int(dice.integers(*CELLS[axis]))
        share = HOURS * np.exp(dice.normal(0, 0.3, 24)) if axis == "hour" else dice.dirichlet(np.full(cells, 1.5)) + 1e-4
        share = share / share.sum()
        rate = np.exp(dice.normal(0, 1, cells) * spread[axis])
        rate = np.minimum(usual * rate / (share @ rate), 0.6)
        price, answer = (np.exp(dice.normal(0, s, cells) * (not alike(seed))) for s in (DEAR, ANSWERS))
        price = price / (share @ price)
        drawn = share * np.exp(dice.normal(0, MOVES, (len(clicks), cells)))
        of = dice.multinomial(clicks.astype(int), drawn / drawn.sum(1, keepdims=True))
        cost = of * price * (report.cost.sum(1) / np.maximum((of * price).sum(1), 1e-9))[:, None]
        rows[table].append(_rows(axis, of, cost, dice.binomial(of, rate)))
        each = float(report.cost.sum() / max(clicks.sum(), 1))
        hidden[axis] = Hidden(clicks.mean() * share, each * price, rate, answer, many[1:] / many[0], paid[1:] / np.maximum(many[1:], 1e-9) / (paid[0] / many[0]))  # fmt: skip
    frames |= {table: pl.concat(parts, how="diagonal").lazy() for table, parts in rows.items()}
    return Snapshot(facts.day, frames), hidden


def _rows(axis: str, clicks: NDArray[np.int64], cost: Floats, leads: NDArray[np.int64]) -> pl.DataFrame:
    days, cells = clicks.shape
    on = pl.Series([FIRST + timedelta(days=d) for d in range(days) for _ in range(cells)], dtype=pl.Date)
    names = [f"{c:02}:00" if axis == "hour" else f"{c:02}" for _ in range(days) for c in range(cells)]
    which = {"hour": names} if axis == "hour" else {"kind": [KINDS[axis]] * len(names), "target": names}
    figures = {"exposures": clicks.ravel() * 30, "clicks": clicks.ravel(), "cost": pl.Series(np.round(cost.ravel(), 2)).cast(pl.Decimal(18, 2)), "inquiries": leads.ravel()}  # fmt: skip
    return pl.DataFrame({"period_start": on, "period_end": on, "plan": "plan", **which, **figures})


def raw_rule(plan: CellPlan) -> Floats:
    """Off below the mean of the reports, × 1.5 above."""
    clicks, leads = (
        np.array([float(x or 0) for x in column]) for column in zip(*[(c.clicks, c.inquiries) for c in plan.cells], strict=True)
    )
    return np.where(leads * clicks.sum() >= leads.sum() * clicks, 1.5, 0.0)


def judged(seed: int) -> list[dict[str, Any]]:
    """Per axis of a shop: what the plan and the raw rule are worth beside bids as they are."""
    facts, hidden = made(seed)
    found = []
    for axis, plan in bid_cells(facts).items():
        if plan.missing:
            found.append({"axis": axis, "alike": alike(seed), "missing": plan.missing[0], "curves": plan.curves})
            continue
        truth = hidden[axis]
        at = [int(c.name[:2]) for c in plan.cells]
        truth = replace(truth, **{n: getattr(truth, n)[at] for n in ("clicks", "price", "rate", "answer")})
        now = truth.at(np.ones(len(at)))[0]
        times = np.array([c.times if c.times != 1 else plan.others for c in plan.cells])
        gain = truth.gain(times)
        rates = [(c.rate, r) for c, r in zip(plan.cells, truth.rate, strict=True) if c.rate]
        found.append(
            {
                "axis": axis,
                "alike": alike(seed),
                "proposed": plan.proposed,
                "gain": gain / now,
                "raw": truth.gain(raw_rule(plan)) / now,
                "said": plan.gain.value / now if plan.gain else None,
                "covers": plan.gain.low <= gain <= plan.gain.high if plan.gain else None,
                "rates_cover": [r.low <= true <= r.high for r, true in rates],
            }
        )
    return found


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Of axes × shops: gains as a part of the leads of now."""
    told: dict[str, Any] = {}
    done = [r for r in rows if "missing" not in r]
    for axis in (*AXES, "all"):
        for name, same in (("unlike", False), ("alike", True)):
            mine = [r for r in done if r["alike"] is same and axis in (r["axis"], "all")]
            made_plans = [r for r in mine if r["proposed"]]
            told[f"{axis}_{name}"] = {
                "shops": len(mine),
                "proposed": len(made_plans) / max(len(mine), 1),
                "gain": float(np.mean([r["gain"] for r in mine])),
                "worst": float(min(r["gain"] for r in mine)),
                "raw_rule": float(np.mean([r["raw"] for r in mine])),
            }
            if made_plans:
                told[f"{axis}_{name}"] |= {
                    "gain_where_proposed": float(np.mean([r["gain"] for r in made_plans])),
                    "said_where_proposed": float(np.mean([r["said"] for r in made_plans])),
                    "worse_than_now": float(np.mean([r["gain"] < 0 for r in made_plans])),
                }
    ranges = [r["covers"] for r in done if r["covers"] is not None]
    return told | {
        "waits": len(rows) - len(done),
        "gain_range_cover": float(np.mean(ranges)),
        "rate_range_cover": float(np.mean([c for r in done for c in r["rates_cover"]])),
        "ranges": len(ranges),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs=2, default=(DEVELOPMENT[0], DEVELOPMENT[-1]), help="first and last seed")
    wish = parser.parse_args()
    told = summary([row for seed in range(wish.seeds[0], wish.seeds[1] + 1) for row in judged(seed)])
    print(json.dumps(rounded(told), indent=1))


if __name__ == "__main__":
    main()
