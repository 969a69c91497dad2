"""Keyword reports with bids, and proposals about them, for the tests of bid sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta

from zhanggui.measures.ads import BidKey
from zhanggui.plans.bid_plan import BidChange, BidPlan, Outlook, Range

HEADERS = ("日期", "推广计划", "推广组", "关键词", "出价", "曝光量", "点击量", "花费", "询盘个数", "推广时长")


def key(n: int) -> BidKey:
    return "Plan A", "Group 1", f"canvas shoe {n}"


def report(bids: Mapping[BidKey, str], end: date, days: int = 1, exposures: int = 100) -> bytes:
    """The keyword report of the days up to `end`: every word with its bid, 4 clicks, a cost of 4 bids and an inquiry a day."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    for back in range(days - 1, -1, -1):
        day = end - timedelta(days=back)
        for (plan, group, word), bid in bids.items():
            writer.writerow([day, plan, group, word, bid, exposures, 4, f"{4 * float(bid):.2f}", 1, 24])
    return out.getvalue().encode()


def outlook(clicks: float, cost: float, leads: float | None = 0.5) -> Outlook:
    def around(value: float) -> Range:
        return Range(value, value * 0.8, value * 1.2)

    return Outlook(around(clicks), around(cost), None if leads is None else around(leads))


def proposal(changes: Mapping[BidKey, tuple[float, float]], reason: str = "more", **more: object) -> BidPlan:
    """From these bids to those; each word gains a click a day."""
    made = tuple(
        BidChange(*k, before, after, reason, outlook(4, 4 * before), outlook(5, 5 * after), 112, 28)
        for k, (before, after) in changes.items()
    )
    told: dict[str, object] = {"kept": 7, "budget": 300.0, "now": outlook(40, 200), "then": outlook(50, 290), "gap": 0.0001}
    told |= {"uniform": outlook(44, 290, 0.4), "beats_uniform": True, "explored": 12.5}
    return BidPlan(made, **told | more)  # type: ignore[arg-type]
