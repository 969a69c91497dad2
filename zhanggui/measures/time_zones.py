"""The platform's clock beside the clocks of the countries that buyers sit in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

PLATFORM = ZoneInfo("America/Los_Angeles")
#: Countries whose first zone in the time zone database is not the one of most of their people.
MOST_PEOPLE = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
}
#: What may stand beside an hour: a day, a clock's distance from UTC, and the decimals of a whole number.
BESIDE = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|(?<!\d)\d{8}(?!\d)|\d{1,2}月\d{1,2}[日号]|(?:GMT|UTC)\S*|\.0+(?!\d)"
)
CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:[:：]\d\d|\s*[时時点點]\s*\d\d\s*分)")
NUMBER = re.compile(r"\d+")
#: Halves of a day, and an hour that is counted: the eighth one is that from seven to eight.
UNSURE = re.compile(r"(?i)\d\s*[ap]\.?m\b|\b[ap]\.?m\.?\s*\d|上午|下午|中午|早上|晚上|凌晨|第\s*\d+\s*个?小时")


@cache
def zones() -> dict[str, str]:
    """Country code → the zone of most of its people: of several the first of the time zone database, but for a few."""
    found = dict(MOST_PEOPLE)
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, name, *_ = line.split("\t")
            found.setdefault(code, name)
    return found


def working_hours(code: str, day: date, opens: int, closes: int) -> frozenset[int]:
    """The hours of the platform's day in which it is `opens`..`closes` o'clock in a country on `day`; empty for an unknown one."""
    name = zones().get(code)
    if name is None:
        return frozenset()
    zone = ZoneInfo(name)
    local = {hour: datetime.combine(day, time(hour, 30), PLATFORM).astimezone(zone).hour for hour in range(24)}
    return frozenset(hour for hour, there in local.items() if opens <= there < closes)


def open_hours(codes: Iterable[str], day: date, opens: int, closes: int) -> frozenset[int]:
    """The hours of the platform's day in which it is `opens`..`closes` o'clock in any of the countries."""
    return frozenset[int]().union(*(working_hours(code, day, opens, closes) for code in codes))


@lru_cache(maxsize=1024)
def hour_of(text: str | None) -> int | None:
    """The hour that a row of the hour report is of: "8", "8-9", "第8时", "Hour 8", "08:00-08:59" and "2026-11-01 08:00" are 8.

    None where another could be meant: halves of a day ("8 PM"), and several numbers that are neither a clock nor an hour and the next.
    """
    text = BESIDE.sub(" ", text or "")
    if UNSURE.search(text):
        return None
    clock = CLOCK.search(text)
    hour, *until = [int(clock[1])] if clock else [int(n) if len(n) < 3 else 24 for n in NUMBER.findall(text)] or [24]
    return hour if hour < 24 and until in ([], [hour + 1], [(hour + 1) % 24]) else None


def spans(hours: frozenset[int]) -> str:
    """06:00–15:00, 22:00–02:00: stretches of hours, over midnight where they meet."""
    if len(hours) >= 24:
        return "00:00–24:00"
    told = []
    for start in sorted(h for h in hours if (h - 1) % 24 not in hours):
        end = start
        while end % 24 in hours:
            end += 1
        told.append(f"{start:02}:00–{(end - 1) % 24 + 1:02}:00")
    return ", ".join(told)
