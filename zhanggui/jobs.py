"""What the worker does on a schedule. Every job may be run twice without harm."""

from __future__ import annotations

import logging
from datetime import time, timedelta

from django.utils import timezone

from zhanggui.desk import checking
from zhanggui.desk.models import Shop

log = logging.getLogger(__name__)

#: Name → function and time of day in the server's time zone (Asia/Shanghai): after the platform's day ends in Los Angeles.
SCHEDULE = {"nightly check-up": ("zhanggui.jobs.check_all", time(16, 30))}


def check_shop(shop_id: int) -> int:
    """A check-up of one shop; the number of its findings."""
    result = checking.check(Shop.objects.get(pk=shop_id))
    return sum(len(o.findings) for o in result.outcomes)


def check_all() -> int:
    """A check-up of every shop that has facts; one that fails does not stop the others (its Run row says why)."""
    done = 0
    for shop in Shop.objects.all():
        try:
            check_shop(shop.pk)
            done += 1
        except Exception:
            log.exception("check-up of shop %s failed", shop.key)
    return done


def plan_schedule() -> None:
    """Write the schedule into the queue's tables; a job that is there keeps its next run."""
    from django_q.models import Schedule

    today = timezone.localtime()
    for name, (function, at) in SCHEDULE.items():
        first = today.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        if first <= today:
            first += timedelta(days=1)
        Schedule.objects.get_or_create(
            name=name, defaults={"func": function, "schedule_type": Schedule.DAILY, "next_run": first, "repeats": -1}
        )
