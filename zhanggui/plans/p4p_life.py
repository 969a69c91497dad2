"""The life of a P4P plan: cold start, scale-up, harvest; and what its figures say of going on, stopping or spending more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt

import polars as pl

from zhanggui.estimates.rates import Range, rate_range, trials_until
from zhanggui.estimates.spread import FEWEST_EVENTS
from zhanggui.facts import Snapshot, Window
from zhanggui.measures import ad_money, ads, money
from zhanggui.rulebook import Rules

DAYS = 91
Z80 = 1.2816


@dataclass(frozen=True)
class InquiryValue:
    """Order amount per inquiry of the whole shop over `days` days, in CNY, with its middle 80 %. `missing`: "" or why it is not
    known: "orders" (no overview, or too few), "rate" (no exchange rate)."""

    value: Range | None
    days: int = 0
    orders: int = 0
    missing: str = ""


@dataclass(frozen=True)
class WordLife:
    """A word of a plan in its cold start. `cost` in the account's currency; `ctr` with its middle 80 %. `verdict`: "keep", "stop", "asked" (its click rate is below the
    line, but it has inquiries: it stays) or "wait"."""

    plan: str
    word: str
    exposures: int
    clicks: int
    cost: float
    inquiries: int | None
    ctr: Range
    verdict: str


@dataclass(frozen=True)
class PlanLife:
    """`stage`: "cold" (too few inquiries to know a price), "scale" (known), "harvest" (its return is surely above the line).
    `roi` and `each` (money per inquiry) with their middle 80 %. `verdict`: "more", "hold", "less" or "wait"; `needs`: inquiries until
    the stage can be left. Money is in the account's currency; `daily` spend over the `days` that list it, `budget` as set. A plan may have an id alone."""

    plan_id: str | None
    plan: str | None
    stage: str
    verdict: str
    cost: float
    clicks: int
    inquiries: int | None
    ctr: Range | None
    each: Range | None
    roi: Range | None
    daily: float
    days: int
    budget: float | None
    needs: float = 0


@dataclass(frozen=True)
class Lives:
    """Plans, those of most money first, and the words of those in the cold start. `rate`: CNY for one unit of the account's money,
    None where it is not known; no return is told then."""

    plans: tuple[PlanLife, ...]
    words: tuple[WordLife, ...]
    value: InquiryValue
    days: int
    rate: float | None


def inquiry_value(shop: Snapshot, days: int = DAYS) -> InquiryValue:
    """What an inquiry of this shop is worth in orders: amount of the overview / its inquiries. A product of three uncertain counts:
    the order sizes are taken to vary as much as their mean, so that the relative variance is 2 / orders + 1 / inquiries."""
    window = shop.last("shop_overview", days)
    sums = window.sums().collect().row(0, named=True) if window else {}
    amount, orders, asked = (sums.get(c) for c in ("order_amount", "orders", "inquiries"))
    if window is None or not amount or not orders or not asked or orders < FEWEST_EVENTS:
        return InquiryValue(None, missing="orders")
    frame = pl.DataFrame({"amount": [float(amount)]})
    told = money.converted(frame, "amount", pl.lit("USD"), pl.lit(window.end), money.HOME, money.rates(shop))
    if told["amount:in"].item() != money.HOME:
        return InquiryValue(None, window.covered, int(orders), "rate")
    value, wide = float(told["amount"].item()) / asked, Z80 * sqrt(2 / orders + 1 / asked)
    return InquiryValue((value, value * exp(-wide), value * exp(wide)), window.covered, int(orders))


def lives(shop: Snapshot, rules: Rules, days: int = DAYS) -> Lives | None:
    """None without the plan report."""
    window = shop.last("p4p_plan", days)
    if window is None:
        return None
    value, rate = inquiry_value(shop), ad_money.rate(shop, window.end)
    rows = ads.by_plan(shop, days).filter(pl.col("cost") > 0).sort("cost", "plan", descending=[True, False]).collect()
    listed = _listed(window)
    plans = tuple(_plan(row, value, rate, rules, listed[row["plan_id"], row["plan"]]) for row in rows.iter_rows(named=True))
    cold = [p.plan for p in plans if p.stage == "cold" and p.plan is not None]
    return Lives(plans, _words(shop, cold, rules, days), value, window.covered, rate)


def _listed(window: Window) -> dict[tuple[str | None, str | None], int]:
    """Plan id and plan → days of the periods that list it."""
    tiles = window.rows.select("plan_id", "plan", "period_start", "period_end").unique()
    length = (pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1
    days = tiles.group_by("plan_id", "plan").agg(length.sum()).collect()
    return {(plan_id, plan): n for plan_id, plan, n in days.iter_rows()}


def _plan(row: dict, value: InquiryValue, rate: float | None, rules: Rules, days: int) -> PlanLife:  # type: ignore[type-arg]
    cost, clicks, asked = float(row["cost"]), row["clicks"] or 0, row["inquiries"]
    ctr = rate_range(clicks, row["exposures"]) if row["exposures"] and clicks <= row["exposures"] else None
    each = roi = None
    if asked:
        wide = Z80 / sqrt(asked)
        each = cost / asked, cost / asked * exp(-wide), cost / asked * exp(wide)
        if value.value and rate:
            worth, low, _ = value.value
            wide, back = sqrt(wide**2 + log(worth / low) ** 2), worth * asked / (cost * rate)
            roi = back, back * exp(-wide), back * exp(wide)
    budget = None if row["budget"] is None else float(row["budget"])
    one = PlanLife(row["plan_id"], row["plan"], "scale", "wait", cost, clicks, asked, ctr, each, roi, cost / days, days, budget)
    line = rules["p4p_scale_roi"]
    if asked is None or asked < FEWEST_EVENTS:
        return replace(one, stage="cold", needs=FEWEST_EVENTS - (asked or 0))
    if roi is None:
        return one
    if roi[1] >= line:
        return replace(one, stage="harvest", verdict="more")
    return replace(one, verdict="less" if roi[2] < line else "hold")


def _words(shop: Snapshot, plans: Sequence[str], rules: Rules, days: int) -> tuple[WordLife, ...]:
    if not plans:
        return ()
    line = rules["p4p_keep_ctr"]
    rows = ads.bids(shop, days).filter(pl.col("plan").is_in(plans), pl.col("exposures") > 0, pl.col("clicks").is_not_null())
    rows = rows.filter(pl.col("clicks") <= pl.col("exposures"), pl.col("cost").is_not_null())
    found = []
    for row in rows.sort("cost", "word", "ad_group", descending=[True, False, False]).collect().iter_rows(named=True):
        ctr, asked = rate_range(row["clicks"], row["exposures"]), row["inquiries"]
        side = _side(ctr, line)
        verdict = "asked" if asked and side != "keep" else side or "wait"
        found.append(
            WordLife(row["plan"], row["word"], row["exposures"], row["clicks"], float(row["cost"]), asked, ctr, verdict)
        )
    return tuple(found)


def _side(ctr: Range, line: float) -> str:
    """On which side of the line the whole range lies; "" where the line is in it."""
    return "keep" if ctr[1] >= line else "stop" if ctr[2] < line else ""


def exposures_needed(word: WordLife, line: float) -> float:
    """Further exposures of a word of the verdict "wait", at its present click rate, until it is told; infinite: not at this rate."""
    whole = trials_until(lambda clicks, shown: bool(_side(rate_range(clicks, shown), line)), word.ctr[0], word.exposures)
    return whole - word.exposures
