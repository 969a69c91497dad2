"""The budgets of advertisements that hold today, and the money that P4P has taken, period by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures import ad_money, ads, money
from zhanggui.measures.measure import DEFAULT_DAYS
from zhanggui.measures.series import Series, series, span, with_rows

P4P = "P4P"


@dataclass(frozen=True)
class Budget:
    """A budget of advertisements. `amount` in the currency that was asked for, None without a rate; `key` as in the register."""

    key: Mapping[str, Any]
    start: date
    end: date
    amount: float | None

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def registered(shop: Snapshot, into: str = money.HOME) -> list[Budget]:
    """Every budget of advertisements in the register whose days are known, by the rates of the snapshot's day; the shortest first."""
    rows = ads.budgets(shop).collect()
    told = money.converted(rows, "amount", pl.col("currency"), pl.lit(shop.day), into, money.rates(shop))
    found = []
    for row in told.iter_rows(named=True):
        if days := span(row["year"], row["quarter"], row["month"]):
            key = {c: row[c] if row[c] is not None else "" for c in ("year", "quarter", "month", "channel")}
            found.append(Budget(key, *days, float(row["amount"]) if row["amount:in"] == into else None))
    return sorted(found, key=lambda b: (b.days, b.start))


def budgets(shop: Snapshot, into: str = money.HOME) -> list[Budget]:
    """Budgets of P4P that hold on the day of the snapshot, the shortest first."""
    return [b for b in registered(shop, into) if b.key["channel"] == P4P and b.start <= shop.day <= b.end]


def spend(shop: Snapshot) -> Series | None:
    """The cost of the whole account in CNY, period by period, missing without a rate; None without the account report."""
    one = series(shop, "p4p_account", DEFAULT_DAYS)
    if one is None:
        return None
    rows = shop.scan("p4p_account").group_by("period_start", "period_end")
    cost = whole_sum("cost").cast(pl.Float64)
    return with_rows(one, ad_money.at_home(shop, rows.agg(cost).collect(), "cost", pl.col("period_end")))
