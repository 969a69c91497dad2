"""What the worker does on a schedule. Every job may be run twice without harm."""

from __future__ import annotations

import logging
from datetime import time, timedelta

from django.utils import timezone

from zhanggui.desk import checking
from zhanggui.desk.models import Shop

log = logging.getLogger(__name__)

#: Name → function and when: a time of day in the server's time zone (Asia/Shanghai), or every so many minutes.
SCHEDULE: dict[str, tuple[str, time | int]] = {
    "nightly check-up": ("zhanggui.jobs.check_all", time(16, 30)),  # after the platform's day ends in Los Angeles
}


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

    moment = timezone.localtime()
    for name, (function, when) in SCHEDULE.items():
        values: dict[str, object] = {"func": function, "repeats": -1}
        if isinstance(when, int):
            values |= {"schedule_type": Schedule.MINUTES, "minutes": when, "next_run": moment}
        else:
            first = moment.replace(hour=when.hour, minute=when.minute, second=0, microsecond=0)
            values |= {"schedule_type": Schedule.DAILY, "next_run": first if first > moment else first + timedelta(days=1)}
        Schedule.objects.get_or_create(name=name, defaults=values)
