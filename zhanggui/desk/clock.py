"""The day and the moment. The only clock of the project stands here and is asked by doors and verbs, never by the core."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

PLATFORM = ZoneInfo("America/Los_Angeles")


def platform_today() -> date:
    """Today by the platform's day (美西)."""
    return timezone.now().astimezone(PLATFORM).date()


def now() -> datetime:
    return timezone.now()
