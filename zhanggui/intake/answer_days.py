"""The days that an answer in JSON speaks of: its periods, its days and its moments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

PLATFORM = ZoneInfo("America/Los_Angeles")

PeriodText = str  # 2026-09-13~2026-09-19

PAIRS = (
    ("start_date", "end_date"),
    ("startDate", "endDate"),
    ("beginDate", "endDate"),
    ("date_begin", "date_end"),
    ("statistic_start_date", "statistic_end_date"),
)
ONE_DAY = ("statDate", "stat_date")
KINDS = ("statisticsType", "statistics_type")
#: Keys that say of which days an object speaks, and nothing else.
DAYS = frozenset(k for pair in PAIRS for k in pair) | {*ONE_DAY, *KINDS}
#: How many days up to the day of the statistics; a week or month of the calendar is not said to start or to end there.
LENGTHS = {None: 1, "day": 1, "7d": 7, "30d": 30}
DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[ T](\d{2}:\d{2}\S*))?\Z")


def _day(text: Any) -> tuple[date, str] | None:
    """The day and the time behind it."""
    match = DAY.match(text) if isinstance(text, str) else None
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])), match[4] or ""
    except ValueError:
        return None


def period_of(node: Mapping[str, Any], *, whole: bool = True) -> PeriodText | None:
    """The period that an object names for what is in it.

    Two moments of the same time of day, `2026-05-10 04:41` and `2026-05-17 04:41`, are whole days apart: the last day is the one
    before. `whole=False`: only two ends make a period; a single day (`statDate`) does not.
    """
    for first, last in PAIRS:
        start, end = _day(node.get(first)), _day(node.get(last))
        if start and end and start[0] <= end[0]:
            ends = end[0] - timedelta(days=1) if start[1] and start[1] == end[1] and start[0] < end[0] else end[0]
            return f"{start[0]}~{ends}"
    inner = node.get("date_range")
    if isinstance(inner, dict):
        return period_of(inner, whole=whole)
    if whole:
        kind = next((node[k] for k in KINDS if k in node), None)
        for key in ONE_DAY:
            if (day := _day(node.get(key))) and kind in LENGTHS:
                return f"{day[0] - timedelta(days=LENGTHS[kind] - 1)}~{day[0]}"
    return None


def agreed(records: list[dict[str, str | None]]) -> PeriodText | None:
    """The period that every record names, where they all name one."""
    periods = {period_of(r) for r in records}
    return periods.pop() if len(periods) == 1 else None


def of_one_day(record: Mapping[str, Any]) -> bool:
    """Whether the day of the statistics is all that the figures are about, and not the last of several."""
    return all(record.get(k) in (None, "day") for k in KINDS)


def statement_of(document: Any) -> PeriodText | None:
    """The one period that any object of the document names by its two ends; None where there are none or several."""
    periods = {p for node in _objects(document) if (p := period_of(node, whole=False))}
    return periods.pop() if len(periods) == 1 else None


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _objects(inner)


def moment(node: dict[str, Any]) -> str | None:
    """`{timestamp, format_date}` as one moment by the platform's clock; None for any other object."""
    stamp = node.get("timestamp")
    if not node.keys() <= {"timestamp", "format_date"} or not isinstance(stamp, str) or not re.fullmatch(r"\d{12,13}", stamp):
        return None
    return datetime.fromtimestamp(int(stamp) / 1000, UTC).astimezone(PLATFORM).strftime("%Y-%m-%d %H:%M:%S")
