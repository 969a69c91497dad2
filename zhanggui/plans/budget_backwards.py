"""From a goal back to the money: turnover → orders → leads → clicks → bought clicks → budget; and how likely that money is to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import exp, sqrt

import numpy as np
import polars as pl

from zhanggui.facts import Snapshot, Window
from zhanggui.measures import ad_budget, ad_money
from zhanggui.measures.series import span
from zhanggui.rulebook import Rules

DAYS = 91
DRAWS = 20_000
Z80 = 1.2816
#: What the paid share of the clicks is bought with: brand ads and P4P together.
BOUGHT = ("P4P", "问鼎", "顶展")
#: Figures of the register that a budget can be worked back from.
GOALS = {"商机": "leads", "询盘": "inquiries"}
QUARTERS = ("goal_quarter_1_share", "goal_quarter_2_share", "goal_quarter_3_share", "goal_quarter_4_share")


@dataclass(frozen=True)
class Rate:
    """One step of the chain. `value` in its own unit; `spread`: relative standard deviation of what is known of it, 0 for a figure
    that somebody has set. `own`: whether it is made from the shop's reports."""

    value: float
    spread: float = 0.0
    own: bool = False

    @property
    def low(self) -> float:
        return self.value * exp(-Z80 * self.spread)

    @property
    def high(self) -> float:
        return self.value * exp(Z80 * self.spread)


@dataclass(frozen=True)
class Chain:
    """`order_value`: USD an order; `order_rate`: orders per lead; `lead_rate`: leads per click; `paid_share`: part of the clicks that is
    bought; `cpc`: CNY for a bought click."""

    order_value: Rate
    order_rate: Rate
    lead_rate: Rate
    paid_share: Rate
    cpc: Rate


NAMES = tuple(f.name for f in fields(Chain))


@dataclass(frozen=True)
class Needed:
    """What a goal takes: `turnover` USD, orders, leads, clicks, bought clicks, `budget` CNY (`low`..`high`: the middle 80 %)."""

    turnover: float
    orders: float
    leads: float
    clicks: float
    paid: float
    budget: float
    low: float
    high: float

    @property
    def per_lead(self) -> float:
        """Money for each lead of the shop, bought or not."""
        return self.budget / self.leads if self.leads else 0.0


def known_rates(shop: Snapshot, rules: Rules, figure: str = "turnover", days: int = DAYS) -> dict[str, Rate]:
    """What the shop's own reports of the last `days` days say of the chain; a step of which they say nothing is left out.

    Spreads are those of counts (1 / events; order sizes vary as much as their mean). Orders and leads are of the overview, leads
    there being inquiries where it has no lead count, or where the goal `figure` is "inquiries". Clicks that the overview does not
    count are those of the product report, over the days that both reports cover.
    """
    found: dict[str, Rate] = {"paid_share": Rate(rules["p4p_paid_click_share"])}
    over = shop.last("shop_overview", days)
    sums = _sums(over)
    orders, amount, clicks = sums.get("orders"), sums.get("order_amount"), sums.get("shop_clicks")
    counted = "shop_leads" if figure != "inquiries" and sums.get("shop_leads") else "inquiries"
    leads = asked = sums.get(counted)
    if not clicks:
        asked, clicks = _asked_and_clicked(shop, counted, days)
    if orders and amount:
        found["order_value"] = Rate(float(amount) / orders, sqrt(1 / orders), True)
    if orders and leads:
        found["order_rate"] = Rate(orders / leads, sqrt(1 / orders + 1 / leads), True)
    if asked and clicks:
        found["lead_rate"] = Rate(asked / clicks, sqrt(1 / asked), True)
    if price := _click_price(shop, days):
        found["cpc"] = price
    return found


def _click_price(shop: Snapshot, days: int) -> Rate | None:
    """CNY a bought click, of the account or of its words; None without figures, or without a rate of the account's currency."""
    for table in ("p4p_account", "p4p_keyword"):
        window = shop.last(table, days)
        sums, rate = _sums(window), ad_money.rate(shop, window.end) if window else None
        if rate and sums.get("clicks") and sums.get("cost"):
            return Rate(float(sums["cost"]) * rate / sums["clicks"], sqrt(1 / sums["clicks"]), True)
    return None


def _asked_and_clicked(shop: Snapshot, counted: str, days: int) -> tuple[float | None, float | None]:
    """`counted` of the overview and clicks of the product report, over those periods of one that the other covers wholly."""
    tables = "shop_overview", "product_effect"
    for one, other in (tables, tables[::-1]):
        window = shop.last(one, days)
        pairs = [shop.window(other, *tile) for tile in (window.tiles if window else ())]
        both = [p for p in pairs if p.complete]
        if both:
            sums = {t: [_sums(shop.window(t, p.start, p.end)) for p in both] for t in tables}
            return _added(sums["shop_overview"], counted), _added(sums["product_effect"], "shop_clicks")
    return None, None


def _added(sums: Sequence[Mapping[str, float]], column: str) -> float | None:
    known = [s[column] for s in sums if s[column] is not None]
    return sum(known) if len(known) == len(sums) else None


def _sums(window: Window | None) -> Mapping[str, float]:
    return window.sums().collect().row(0, named=True) if window else {}


def needed(chain: Chain, figure: str, goal: float, seed: int = 1) -> Needed:
    """What a goal takes: of "turnover" in USD, of "leads", or of "inquiries", where the chain's leads are inquiries."""
    c, whole, draws = chain, figure == "turnover", _drawn(chain, seed)
    leads = goal / c.order_value.value / c.order_rate.value if whole else goal
    orders = leads * c.order_rate.value
    clicks = leads / c.lead_rate.value
    budget = clicks * c.paid_share.value * c.cpc.value
    asked = goal / draws["order_value"] / draws["order_rate"] if whole else goal
    low, high = np.quantile(asked * draws["paid_share"] * draws["cpc"] / draws["lead_rate"], (0.1, 0.9))
    turnover = goal if whole else orders * c.order_value.value
    return Needed(turnover, orders, leads, clicks, clicks * c.paid_share.value, budget, float(low), float(high))


def chance(chain: Chain, budget: float, figure: str, goal: float, seed: int = 1) -> float:
    """How likely a budget is to reach the goal: what is known of each rate, and the luck of so many leads and orders, drawn 20,000 times.

    Leads are Poisson, orders binomial of them; an order's size varies as much as its mean. Steps are taken to be independent, and
    the natural clicks to come along in the same proportion.
    """
    rng, draws = np.random.default_rng(seed + 1), _drawn(chain, seed)
    clicks = budget / draws["cpc"] / draws["paid_share"]
    came = rng.poisson(np.minimum(clicks * draws["lead_rate"], 1e9))
    if figure != "turnover":
        return float((came >= goal).mean())
    orders = rng.binomial(came, np.minimum(draws["order_rate"], 1.0))
    amount = np.where(orders > 0, rng.gamma(np.maximum(orders, 1)) * draws["order_value"], 0.0)
    return float((amount >= goal).mean())


def _drawn(chain: Chain, seed: int) -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    rng = np.random.default_rng(seed)
    drawn = {}
    for name in NAMES:
        rate: Rate = getattr(chain, name)
        drawn[name] = rate.value * np.exp(rate.spread * rng.standard_normal(DRAWS))
    return drawn


@dataclass(frozen=True)
class Stretch:
    """A quarter or month with its part of the year and what it takes. `quarter` 1–4, `month` 1–12 or None for the quarter itself."""

    quarter: int
    month: int | None
    share: float
    needed: Needed


def by_time(whole: Needed, rules: Rules) -> tuple[Stretch, ...]:
    """The year by the rulebook's quarters, each in three equal months: the parts add up to the whole."""
    weights = [rules[name] for name in QUARTERS]
    found: list[Stretch] = []
    for quarter, weight in enumerate(weights, 1):
        share = weight / sum(weights)
        found.append(Stretch(quarter, None, share, _part(whole, share)))
        found += [Stretch(quarter, 3 * quarter - 2 + i, share / 3, _part(whole, share / 3)) for i in range(3)]
    return tuple(found)


def _part(whole: Needed, share: float) -> Needed:
    return replace(whole, **{f.name: getattr(whole, f.name) * share for f in fields(Needed)})


def goal_of(shop: Snapshot, year: int) -> tuple[str, float] | None:
    """The goal of the register for a year of the whole shop: ("turnover", USD), ("leads", count) or ("inquiries", count); the first of these goes."""
    rows = shop.scan("goal").filter(
        pl.col("year") == year,
        *(pl.col(c).is_null() for c in ("quarter", "month", "product_line", "country", "buyer_class", "person")),
    )
    told = {figure: (value, unit) for figure, value, unit in rows.select("figure", "value", "unit").collect().iter_rows()}
    if "成交额" in told and told["成交额"][1] in ("USD", None):
        return "turnover", float(told["成交额"][0])
    return next(((figure, float(told[f][0])) for f, figure in GOALS.items() if f in told), None)


def budget_of(shop: Snapshot, year: int) -> float | None:
    """CNY that the register allows P4P and brand ads together in a year; None where it does not say, or a currency has no rate."""
    held = [b for b in ad_budget.registered(shop) if b.key["channel"] in BOUGHT and (b.start, b.end) == span(year, None, None)]
    amounts = [b.amount for b in held if b.amount is not None]
    return sum(amounts) if 0 < len(amounts) == len(held) else None
