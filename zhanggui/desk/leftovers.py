"""Verbs about what a crash leaves behind: imports that nobody goes on with, files that nobody waits for."""

from __future__ import annotations

import re
import time
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from django.db.models import F, QuerySet

from zhanggui.desk.clock import now
from zhanggui.desk.home import home
from zhanggui.desk.importing import KEEPS_FILE, turn
from zhanggui.desk.models import Import, Shop
from zhanggui.tables import Problem

SILENT = timedelta(minutes=45)  # an import that has told nothing for so long has died: the worker stops a job after 30 minutes
TRIES = 3  # a worker that is killed leaves no trace in the queue, which would try again for ever
FILE_SECONDS = 24 * 3600  # a file that nobody names is left alone for so long
OURS = re.compile(r"[0-9a-f]{64}|\.\d+\.\d+\.part")  # what `importing.hold` writes


def begin(item: Import) -> bool:
    """Count a try of the worker at an import; after three that died it is given back instead, and this is False."""
    row = Import.objects.filter(pk=item.pk, state=item.state)
    if row.filter(tries__lt=TRIES).update(tries=F("tries") + 1, told=now()):
        return True
    _give_back(row)
    return False


def give_back(except_for: Collection[int] = ()) -> int:
    """Give imports back whose reading or taking in has died; how many. `except_for`: those whose job will still be tried."""
    return _give_back(Import.objects.filter(told__lt=now() - SILENT).exclude(pk__in=except_for))


def _give_back(died: QuerySet[Import]) -> int:
    """What was being taken in waits again: accepting it a second time counts once. What was being read is "refused", says why,
    and can be read again.
    """
    fresh = {"cancel": False, "done": 0, "total": 0}
    problem = Problem("reading_died").__dict__
    said = {"ok": False, "duplicate_of": None, "parts": [], "problems": [problem], "problem_count": 1}
    read = died.filter(state="reading").update(state="refused", preview=said, **fresh)
    return read + died.filter(state="working").update(state="waiting", **fresh)


def remove_files(shop: Shop, moment: float | None = None) -> int:
    """Remove files and drafts older than a day that wait for no import of the shop; how many.

    `moment` is the file system's time, in seconds; a test may give its own.
    """
    folder = home() / "waiting" / shop.key
    if not folder.is_dir():
        return 0
    before = (time.time() if moment is None else moment) - FILE_SECONDS
    with turn(shop):
        named = set(shop.imports.filter(state__in=KEEPS_FILE).values_list("sha256", flat=True))
        found = [p for p in folder.iterdir() if OURS.fullmatch(p.name) and p.name not in named]
        return sum(_remove_older(p, before) for p in found)


def _remove_older(path: Path, before: float) -> bool:
    try:
        old = path.lstat().st_mtime < before
    except FileNotFoundError:  # a draft that has just become a file
        return False
    if old:
        path.unlink(missing_ok=True)
    return old
