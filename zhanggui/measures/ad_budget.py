"""The budgets of advertisements that hold today, and the money that P4P has taken, period by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from zhanggui.facts import Snapshot, whole_sum
from zhanggui.measures import ads, money
from zhanggui.measures.measure import DEFAULT_DAYS
from zhanggui.measures.series import Series, series, span, with_rows

P4P = "P4P"


@dataclass(frozen=True)
class Budget:
    """A budget of P4P whose days hold today. `amount` in CNY, None where its currency has no rate; `key` as in the register."""

    key: Mapping[str, Any]
    start: date
    end: date
    amount: float | None

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def budgets(shop: Snapshot) -> list[Budget]:
    """Budgets of P4P that hold on the day of the snapshot, the shortest first."""
    rows = ads.budgets(shop).filter(pl.col("channel") == P4P).collect()
    told = money.converted(rows, "amount", pl.col("currency"), pl.lit(shop.day), money.HOME, money.rates(shop))
    found = []
    for row in told.iter_rows(named=True):
        days = span(row["year"], row["quarter"], row["month"])
        if days and days[0] <= shop.day <= days[1]:
            known = row["amount:in"] == money.HOME and row["amount"] is not None
            key = {c: row[c] if row[c] is not None else "" for c in ("year", "quarter", "month", "channel")}
            found.append(Budget(key, *days, float(row["amount"]) if known else None))
    return sorted(found, key=lambda b: (b.days, b.start))


def spend(shop: Snapshot) -> Series | None:
    """The cost of the whole account, period by period; None without the account report."""
    one = series(shop, "p4p_account", DEFAULT_DAYS)
    if one is None:
        return None
    rows = shop.scan("p4p_account").group_by("period_start", "period_end")
    cost = whole_sum("cost").cast(pl.Float64)
    return with_rows(one, rows.agg(cost).collect())
