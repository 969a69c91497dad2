"""The reports of a shop of `bidders` in file shape: 关键词报告 and 小时报告 of 外贸直通车, day by day."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from io import StringIO

from sandbox.bidders import BidShop, Played, told

WORDS = [
    "日期",
    "推广计划",
    "推广组",
    "关键词",
    "推广评分",
    "出价",
    "曝光量",
    "点击量",
    "花费",
    "推广时长",
    "询盘个数",
    "平均出价",
    "底价",
    "搜索热度",
]
HOURS = ["日期", "推广计划", "时段", "曝光量", "点击量", "花费"]
PLAN = "演示计划"


def keyword_report(shop: BidShop, played: Sequence[Played], first: date, with_leads: bool = True) -> str:
    """CSV of all days that are told on the morning after the next one of the last day played; words that were off have no row."""
    report = told(list(played), len(played) + 1)
    rows: list[list[object]] = []
    for day in range(len(report.bid)):
        on = f"{first + timedelta(days=day)}"
        for w, word in enumerate(shop.word):
            if report.bid[day, w] <= 0:
                continue
            leads = int(report.leads[day, w]) if with_leads and report.leads is not None else "-"
            rows.append([on, PLAN, f"演示组{shop.group[w]}", word, int(shop.star[w]), f"{report.bid[day, w]:.2f}"])
            rows[-1] += [int(report.exposures[day, w]), int(report.clicks[day, w]), f"{report.cost[day, w]:.2f}"]
            rows[-1] += [
                f"{report.hours[day, w]:.1f}",
                leads,
                f"{shop.average_bid[w]:.1f}",
                f"{shop.floor_bid[w]:.1f}",
                int(shop.heat[w]),
            ]
    return _text(WORDS, rows)


def hour_report(shop: BidShop, played: Sequence[Played], first: date) -> str:
    """CSV of the account by hour; clicks and cost of an hour are not kept by the simulation and missing."""
    report = told(list(played), len(played) + 1)
    rows = [
        [f"{first + timedelta(days=day)}", PLAN, f"{hour:02}:00", int(seen), "-", "-"]
        for day, hours in enumerate(report.by_hour)
        for hour, seen in enumerate(hours)
    ]
    return _text(HOURS, rows)


def _text(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    out = StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()
