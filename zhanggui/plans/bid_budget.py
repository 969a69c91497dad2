"""What may be spent on 外贸直通车 a day, as the shop's own list or the newest report says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import ad_budget, ad_money
from zhanggui.plans.bid_plan import Reading

CENT = Decimal("0.01")
OFF = "(?i)停|结束|关闭|删除|草稿|pause|stop|end|off|delete|draft"  # what a plan's status says when it does not run


@dataclass(frozen=True)
class Budget:
    """`amount` a day, in the account's currency; 0 where the list says that nothing may be spent. `source`: "register", "account" or
    "plans"; `day`: the report's, where it comes from one."""

    amount: Decimal
    source: str
    day: date | None = None


def day_budget(shop: Snapshot, *, register: bool = True) -> Budget | None:
    """The register 预算 of the month (quarter, year) by its days; else the account's daily budget; else the plans' together.

    The register says nothing where the currency of the shortest of these has no rate. `register`: whether the list may be looked at.
    None where nothing says a budget.
    """
    kept = _of_register(shop) if register else None
    return kept or _of_account(shop) or _of_plans(shop)


def _of_register(shop: Snapshot) -> Budget | None:
    held = next(iter(ad_budget.budgets(shop, ad_money.currency(shop))), None)
    if held is None or held.amount is None:
        return None
    return Budget(Decimal(max(held.amount / held.days, 0)).quantize(CENT), "register")


def _of_account(shop: Snapshot) -> Budget | None:
    rows = _recent(shop, "p4p_account").sort("period_end").select("budget", "period_end").collect()
    return _positive(rows["budget"][-1], "account", rows["period_end"][-1]) if rows.height else None


def plan_rows(shop: Snapshot) -> pl.DataFrame:
    """The plans of the newest day of the plan report that have a daily budget there: of each the row of the shortest period."""
    newest = pl.col("period_end") == pl.col("period_end").max()
    rows = _recent(shop, "p4p_plan").filter(newest).sort("period_start").collect()
    return rows.unique(["plan_id", "plan"], keep="last", maintain_order=True)


def runs() -> pl.Expr:
    """Whether a plan's status says nothing to the contrary."""
    return ~pl.col("status").fill_null("").str.contains(OFF)


def _of_plans(shop: Snapshot) -> Budget | None:
    rows = plan_rows(shop).filter(runs())
    if rows.is_empty():
        return None
    return _positive(Decimal(str(rows["budget"].sum())), "plans", rows["period_end"][0])


def _recent(shop: Snapshot, table: str) -> pl.LazyFrame:
    """The rows of a report that name a budget and are no older than the days that a plan looks at."""
    oldest = shop.day - timedelta(days=Reading().days)
    return shop.scan(table).filter(pl.col("budget").is_not_null(), pl.col("period_end") > oldest)


def _positive(amount: Decimal, source: str, day: date) -> Budget | None:
    amount = amount.quantize(CENT)
    return Budget(amount, source, day) if amount > 0 else None
