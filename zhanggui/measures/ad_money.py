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


def rate(shop: Snapshot, day: date) -> float | None:
    """CNY for one unit of the account's currency on a day; None where the register has no rate of it by then."""
    one = pl.DataFrame({"one": [1.0]})
    told = money.converted(one, "one", pl.lit(currency(shop)), pl.lit(day), money.HOME, money.rates(shop))
    return float(told["one"].item()) if told["one:in"].item() == money.HOME else None
