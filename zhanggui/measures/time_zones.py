"""The platform's clock beside the clocks of the countries that buyers sit in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
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
HOUR = re.compile(r"\s*(\d{1,2})(?!\d)")


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


def hour_of(text: str | None) -> int | None:
    """The hour that a row of the hour report is of: "08:00-08:59" and "8" are 8."""
    found = HOUR.match(text or "")
    return int(found[1]) if found and int(found[1]) < 24 else None


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
