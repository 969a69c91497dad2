"""A made-up shop that buys clicks, its reports read from files as a seller would bring them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np

from sandbox.bid_reports import hour_report, keyword_report
from sandbox.bidders import BidShop, Played, bid_shop
from zhanggui.facts import Snapshot, open_facts
from zhanggui.intake import read

FIRST = date(2026, 9, 7)  # a Monday, as day 0 of the made-up week


@lru_cache(maxsize=4)
def played(seed: int, days: int, vary: float = 0.25, words: int = 60) -> tuple[BidShop, tuple[Played, ...]]:
    """`days` days with bids of a little more than half the average, varied by `vary`."""
    shop = replace(bid_shop(seed, days + 3, words), budget=60.0)
    dice = np.random.default_rng(seed)
    bids = [
        np.round(np.maximum(shop.start * 0.6 * np.exp(dice.normal(0, vary, words)), shop.floor_bid), 2) for _ in range(days)
    ]
    return shop, tuple(shop.play(day, b) for day, b in enumerate(bids))


def imported(folder: Path, texts: dict[str, str], day: date) -> Snapshot:
    """The snapshot after these files were taken in."""
    facts = open_facts(folder, "alice-shoes")
    for table, text in texts.items():
        reading = read(text.encode(), f"{table}.csv", on=day, table=table)
        assert reading.ok, reading.problems
        facts.put(text.encode(), f"{table}.csv", reading, at="t")
    return facts.snapshot(day)


def snapshot(folder: Path, seed: int, days: int, *, vary: float = 0.25, with_leads: bool = True) -> tuple[BidShop, Snapshot]:
    """The morning after the next one of the last day."""
    shop, done = played(seed, days, vary)
    texts = {"p4p_keyword": keyword_report(shop, done, FIRST, with_leads), "p4p_hour": hour_report(shop, done, FIRST)}
    return shop, imported(folder, texts, FIRST + timedelta(days=days + 1))
