"""The currency of the 外贸直通车 account, in which its reports count money, and what that is in CNY."""

from __future__ import annotations

from datetime import date

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import ads, money


def currency(shop: Snapshot) -> str:
    """As the account's own page says; CNY, the unit of the tables, where it was never brought."""
    told = ads.level(shop).select(pl.col("currency").str.strip_chars().str.to_uppercase()).collect()
    return told["currency"].item() or money.HOME


def at_home(shop: Snapshot, frame: pl.DataFrame, column: str, day: pl.Expr) -> pl.DataFrame:
    """`frame` with a column of the account's money in CNY, by the rates of each row's `day`; missing where the register has none by then."""
    told = money.converted(frame, column, pl.lit(currency(shop)), day, money.HOME, money.rates(shop))
    known = pl.when(pl.col(f"{column}:in") == money.HOME).then(pl.col(column)).alias(column)
    return told.with_columns(known).drop(f"{column}:in", f"{column}:on")


def rate(shop: Snapshot, day: date) -> float | None:
    """CNY for one unit of the account's currency on a day; None where the register has no rate of it by then."""
    told: float | None = at_home(shop, pl.DataFrame({"one": [1.0]}), "one", pl.lit(day))["one"].item()
    return told
