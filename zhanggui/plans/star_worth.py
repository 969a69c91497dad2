"""Is the star worth it here? Peers' stars beside what they get, the part of this shop's business that a star can count, and what
the climb takes against what it could bring. Padded orders are no way: nothing here counts on an order that no buyer wants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from zhanggui.estimates.ranks import Together, together
from zhanggui.estimates.spread import FEWEST_EVENTS
from zhanggui.facts import Snapshot
from zhanggui.measures import ad_money, money, orders
from zhanggui.measures import online as compared
from zhanggui.plans.star import Plan

YEAR = 365
MONTH = 30
#: What of other shops may go with their star, by table; the first that can be judged decides.
OF_PEERS = {
    "industry_ranking": ("inquiries", "visits", "orders"),
    "rival_shop": ("sales_30d", "transactions", "reviews"),
}
TOWARDS = ("inquiries", "visits")


@dataclass(frozen=True)
class Relation:
    """A figure of peers beside their star; `industry` of a ranking."""

    table: str
    column: str
    found: Together
    industry: str = ""


@dataclass(frozen=True)
class Online:
    """What was sold through Trade Assurance and what was not, over the days of the last year that the orders reach over: deals, and money in CNY where all of it has a
    rate (else None). `by`: all, first (a buyer's first deal of those days) or again."""

    by: str
    online: int
    offline: int
    online_cny: float | None
    offline_cny: float | None

    @property
    def share(self) -> float | None:
        """Of deals."""
        deals = self.online + self.offline
        return self.online / deals if deals else None

    @property
    def money_share(self) -> float | None:
        if self.online_cny is None or self.offline_cny is None or self.online_cny + self.offline_cny <= 0:
            return None
        return self.online_cny / (self.online_cny + self.offline_cny)


@dataclass(frozen=True)
class Worth:
    """`answer`: yes (the star goes with inquiries or clicks), no (it does not, or what it costs is more than a lead costs in P4P),
    unknown (`wanted`: tables to be brought, `needs` more shops). `break_even`: leads a month that pay for one month of the plan at
    the price of a lead in P4P (CNY); `leads`: the shop's leads of the last 30 days or so. `days`: first and last day of `online`."""

    answer: str
    because: str
    relations: tuple[Relation, ...]
    online: tuple[Online, ...]
    wanted: tuple[str, ...] = ()
    needs: int = 0
    plan_cny: float | None = None
    lead_cny: float | None = None
    break_even: float | None = None
    leads: float | None = None
    days: tuple[date, date] | None = None


def worth(shop: Snapshot, plan: Plan | None = None, hour_price: float | None = None) -> Worth:
    """The answer and what it stands on. `hour_price` (CNY) turns the plan's minutes into money; without it only its money counts."""
    found = relations(shop)
    judged = [r for r in found if r.column in TOWARDS]
    main = next((r for r in judged if r.found.verdict != "unknown"), None)
    cost = None if plan is None else plan.cents / 100 + plan.minutes / 60 * (hour_price or 0)
    lead, leads = _lead_price(shop), _leads(shop)
    even = cost / lead if cost is not None and lead else None
    base = Worth(
        "yes", "relation", tuple(found), tuple(online(shop)), (), 0, cost, lead, even, leads, compared.told(shop, YEAR)
    )
    if main is None:
        needs = min((r.found.needs for r in judged if r.found.n), default=0)
        return replace(
            base, answer="unknown", because="few" if needs else "no_peers", wanted=("industry_ranking",), needs=needs
        )
    if main.found.verdict != "more":
        return replace(base, answer="no", because="no_relation")
    if even is not None and leads is not None and even > leads:
        return replace(base, answer="no", because="dear")
    return base


def relations(shop: Snapshot) -> list[Relation]:
    """Star against inquiries, visits and orders of the industry that the ranking tells most of; against sales of the rivals."""
    found = []
    for table, columns in OF_PEERS.items():
        rows = shop.scan(table).filter(pl.col("star").is_not_null()).collect()
        industry = ""
        if table == "industry_ranking" and rows.height:
            most = rows.group_by("industry").len().sort("len", "industry", descending=[True, False], nulls_last=True)
            industry = most["industry"][0] or ""
            rows = rows.filter(pl.col("industry").eq_missing(most["industry"][0]))
        elif rows.height:
            rows = rows.sort("seen").unique(subset="shop", keep="last", maintain_order=True)
        if rows.height:
            stars = rows["star"].to_numpy()
            found += [
                Relation(table, c, together(stars, rows[c].cast(pl.Float64).to_numpy()), industry)
                for c in columns
                if rows[c].null_count() < rows.height
            ]
    return found


def _deals(shop: Snapshot, days: tuple[date, date]) -> pl.DataFrame:
    """Every order and offline deal of the days: day, buyer, online, cny (missing without a rate)."""
    placed = orders.by_order(shop, YEAR).select(
        pl.col("created").alias("day"), "buyer", "currency", pl.col("order_amount").cast(pl.Float64).alias("amount"),
        pl.lit(True).alias("online"),
    )  # fmt: skip
    offline = shop.scan("offline_deal").select(
        pl.col("closed_on").alias("day"), "buyer", "currency", pl.col("amount").cast(pl.Float64), pl.lit(False).alias("online")
    )
    both = (
        pl.concat([placed.with_columns(pl.col("day").cast(pl.Date)), offline])
        .filter(pl.col("day").is_between(*days))
        .sort("day")
        .collect()
    )
    told = money.converted(both, "amount", pl.col("currency"), pl.col("day"), money.HOME, money.rates(shop))
    return told.with_columns(pl.when(pl.col("amount:in") == money.HOME).then(pl.col("amount")).alias("cny"))


def online(shop: Snapshot) -> list[Online]:
    """All deals, buyers' first ones, and those of buyers who buy again. Over those days of the last year that the orders reach over.
    Empty without them, and without the register 线下成交: then nobody knows what is sold off the platform."""
    days = compared.told(shop, YEAR)
    if days is None or not shop.has("offline_deal"):
        return []
    deals = _deals(shop, days).with_columns(pl.col("buyer").str.strip_chars().str.to_lowercase())
    nth = pl.int_range(pl.len()).over("buyer")
    named = deals.filter(pl.col("buyer").is_not_null()).with_columns(nth.alias("nth"))
    parts = {"all": deals, "first": named.filter(pl.col("nth") == 0), "again": named.filter(pl.col("nth") > 0)}
    return [_split(name, rows) for name, rows in parts.items() if rows.height]


def _split(name: str, rows: pl.DataFrame) -> Online:
    parts = [rows.filter(online=flag) for flag in (True, False)]
    sums = [float(p["cny"].sum()) if p["cny"].null_count() == 0 else None for p in parts]
    return Online(name, parts[0].height, parts[1].height, *sums)


def _lead_price(shop: Snapshot) -> float | None:
    """CNY for one inquiry in P4P over the last 90 days; None without spend, without a rate of the account's currency, or with too few
    inquiries to know a price."""
    window = shop.last("p4p_account", 90) or shop.last("p4p_keyword", 90)
    if window is None:
        return None
    sums, rate = window.sums().collect().row(0, named=True), ad_money.rate(shop, window.end)
    cost, inquiries = sums.get("cost"), sums.get("inquiries")
    return float(cost) * rate / inquiries if rate and cost and inquiries and inquiries >= FEWEST_EVENTS else None


def _leads(shop: Snapshot) -> float | None:
    """Inquiries of the shop over the last whole weeks of a month, brought to 30 days."""
    window = shop.last("shop_overview", 28)
    if window is None or not window.covered:
        return None
    inquiries = window.sums().collect().row(0, named=True).get("inquiries")
    return None if inquiries is None else inquiries * MONTH / window.covered
