"""What may be spent on 外贸直通车 a day, as the shop's own list or the newest report says it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from zhanggui.facts import Snapshot

CURRENCY = "CNY"  # that of the reports; a list in another currency does not say what the account may spend


@dataclass(frozen=True)
class Budget:
    """`amount` a day, in the account's currency. `source`: "register", "account" or "plans"."""

    amount: Decimal
    source: str


def day_budget(shop: Snapshot, *, register: bool = True) -> Budget | None:
    """The register 预算 of the month (quarter, year) by its days; else the account's daily budget; else the plans' together.

    `register`: whether the list may be looked at. None where nothing says a budget.
    """
    kept = _of_register(shop) if register else None
    return kept or _of_account(shop) or _of_plans(shop)


def _of_register(shop: Snapshot) -> Budget | None:
    day, quarter = shop.day, (shop.day.month + 2) // 3
    rows = (
        shop.scan("budget")
        .filter(
            pl.col("item") == "广告", pl.col("channel") == "P4P", pl.col("currency") == CURRENCY, pl.col("year") == day.year
        )
        .select("quarter", "month", "amount")
        .collect()
    )
    months = {"month": [day.month], "quarter": [3 * quarter - 2, 3 * quarter - 1, 3 * quarter], "year": list(range(1, 13))}
    for span, wanted in (
        ("month", pl.col("month") == day.month),
        ("quarter", pl.col("month").is_null() & (pl.col("quarter") == quarter)),
        ("year", pl.col("month").is_null() & pl.col("quarter").is_null()),
    ):
        amounts = rows.filter(wanted)["amount"]
        if amounts.len():
            return _positive(Decimal(str(amounts.sum())) / _days(day.year, months[span]), "register")
    return None


def _days(year: int, months: list[int]) -> Decimal:
    return Decimal(sum(monthrange(year, m)[1] for m in months))


def _of_account(shop: Snapshot) -> Budget | None:
    rows = shop.scan("p4p_account").filter(pl.col("budget").is_not_null()).sort("period_end").select("budget").collect()
    return _positive(rows["budget"][-1], "account") if rows.height else None


def _of_plans(shop: Snapshot) -> Budget | None:
    newest = pl.col("period_end") == pl.col("period_end").max()
    rows = shop.scan("p4p_plan").filter(newest, pl.col("budget").is_not_null()).select("budget").collect()
    return _positive(Decimal(str(rows["budget"].sum())), "plans") if rows.height else None


def _positive(amount: Decimal, source: str) -> Budget | None:
    amount = amount.quantize(Decimal("0.01"))
    return Budget(amount, source) if amount > 0 else None
