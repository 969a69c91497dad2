"""What the worker does on a schedule. Every job may be run twice without harm."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import time, timedelta

from django.utils import timezone

from zhanggui import feeds
from zhanggui.desk import checking, connecting, demo, importing, inbox, leftovers, letters
from zhanggui.desk.models import Connection, Import, Run, Shop

log = logging.getLogger(__name__)

#: Name → function and when: a time of day in the server's time zone (Asia/Shanghai), or every so many minutes.
SCHEDULE: dict[str, tuple[str, time | int]] = {
    "watched folders": ("zhanggui.jobs.empty_inboxes", 1),
    "feeds": ("zhanggui.jobs.pull_feeds", 5),
    "leftovers": ("zhanggui.jobs.clear_leftovers", 10),
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


def pull_feeds() -> int:
    """Hand every connection whose time has come to the queue, each as a job of its own; how many."""
    waiting = connecting.due()
    for connection in waiting:
        later(pull_feed, connection.pk, True)
    return len(waiting)


def pull_feed(pk: int, only_if_due: bool = False) -> bool:
    """Ask one connection; whether it was asked and went well. One that is gone, is being asked, or was asked since is left alone."""
    connection = Connection.objects.select_related("shop").filter(pk=pk).first()
    if connection is None or (only_if_due and connection not in connecting.due()):
        return False
    try:
        return connecting.pull(connection, feeds.pull).ok
    except connecting.Busy:
        return False


def later(function: Callable[..., object], *values: object) -> None:
    """Hand a job of this module to the worker."""
    from django_q.tasks import async_task

    async_task(f"zhanggui.jobs.{function.__name__}", *values)


def take_up() -> int:
    """Hand every long file that somebody waits for to the worker, after a restore, which brings no queue; how many."""
    left = Import.objects.filter(state__in=("reading", "working")).order_by("pk")
    for item in left.select_related("person"):
        if item.state == "reading":
            later(read_import, item.pk)
        else:
            later(take_import, item.pk, item.person.get_username() if item.person else "cli")
    return len(left)


def worker_runs() -> bool:
    """Whether a worker is there to take what `later` hands over."""
    from django_q.status import Stat

    return bool(Stat.get_all())


def draw_demo(pk: int) -> None:
    """Fill a demo shop that somebody has asked for."""
    if run := Run.objects.select_related("shop").filter(pk=pk, finished=None).first():
        demo.draw(run)


def send_reset(email: str, site: str) -> int:
    """Letters to everybody of an address who may have forgotten a password; how many. The asking page tells nobody whether any went."""
    return letters.send_reset(email, site)


def read_import(pk: int) -> None:
    """Read a long file that somebody has brought."""
    item = Import.objects.select_related("shop").filter(pk=pk, state="reading").first()
    if item and leftovers.begin(item):
        importing.read_brought(item)


def take_import(pk: int, by: str) -> None:
    """Take in a long file that somebody has accepted, then check the shop up."""
    item = Import.objects.select_related("shop").filter(pk=pk, state="working").first()
    if item and leftovers.begin(item) and importing.carry_out(item, by).state == "accepted":
        checking.check(item.shop)


def clear_leftovers() -> int:
    """Give back the imports that no job of the queue will go on with, and remove files that nobody waits for; how many of both."""
    from django_q.models import OrmQ

    jobs = {f"zhanggui.jobs.{job.__name__}" for job in (read_import, take_import)}
    queued = {q.task["args"][0] for q in OrmQ.objects.all() if q.task.get("func") in jobs}  # a running one is still among them
    count = leftovers.give_back(except_for=queued)
    return count + sum(leftovers.remove_files(shop) for shop in Shop.objects.all())


def empty_inboxes() -> int:
    """Take in what was dropped into the watched folders; how many files. A shop that got something is checked up; one
    that fails does not stop the others.
    """
    count = 0
    for shop in Shop.objects.all():
        try:
            done = inbox.empty(shop)
            count += len(done)
            if any(item.state == "accepted" for item in done):
                checking.check(shop)
        except Exception:
            log.exception("folder of shop %s failed", shop.key)
    return count


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
