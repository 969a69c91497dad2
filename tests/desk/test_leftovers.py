"""What a crash leaves: an import that nobody goes on with comes back to a person, a file that nobody waits for is removed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django_q.models import OrmQ

from tests.desk.conftest import Cast, week_file
from zhanggui import jobs
from zhanggui.desk import importing, leftovers
from zhanggui.desk.clock import now
from zhanggui.desk.home import facts_of, home
from zhanggui.desk.models import Import

END = date(2026, 9, 19)
DAY = 24 * 3600


@pytest.fixture
def long_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BACKGROUND_BYTES", 10)
    monkeypatch.setattr(importing, "TELL_SECONDS", 0.0)


def bring(cast: Cast) -> Import:
    return importing.bring(cast.shop, week_file(END), "week.csv", person=cast.bob, later=True)


def again(item: Import) -> Import:
    return Import.objects.get(pk=item.pk)


def silent(item: Import, beyond: timedelta = timedelta(seconds=1)) -> None:
    Import.objects.filter(pk=item.pk).update(told=now() - leftovers.SILENT - beyond)


def folder(cast: Cast) -> Path:
    return home() / "waiting" / cast.shop.key


def left(cast: Cast, name: str, age: float) -> Path:
    """A file in the waiting folder that was written so many seconds ago."""
    folder(cast).mkdir(parents=True, exist_ok=True)
    path = folder(cast) / name
    path.write_bytes(b"x")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_reading_that_died_is_refused_says_so_and_can_be_read_again(cast: Cast, long_files: None) -> None:
    item = bring(cast)
    silent(item)
    assert leftovers.give_back() == 1
    item = again(item)
    assert (item.state, [p["code"] for p in item.preview["problems"]]) == ("refused", ["reading_died"])
    assert importing.look_again(item, person=cast.bob, later=True).state == "reading"
    jobs.read_import(item.pk)
    assert (again(item).state, again(item).preview["problems"]) == ("waiting", [])


def test_taking_in_that_died_waits_again_and_counts_once(cast: Cast, long_files: None) -> None:
    """The facts may be in already: the process died before it could say so."""
    item = bring(cast)
    jobs.read_import(item.pk)
    importing.accept(again(item), person=cast.bob, later=True)
    reading = importing.read_waiting(again(item))
    facts_of(cast.shop).put(importing.waiting_file(item), item.file, reading, at="2026-09-21T08:00:00Z", by="bob")
    silent(item)
    assert leftovers.give_back() == 1
    assert (again(item).state, again(item).cancel) == ("waiting", False)
    importing.accept(again(item), person=cast.bob)
    assert (again(item).state, len(facts_of(cast.shop).imports())) == ("accepted", 1)


def test_who_has_told_something_lately_is_left_alone(cast: Cast, long_files: None) -> None:
    item = bring(cast)
    silent(item, -timedelta(minutes=1))
    assert (leftovers.give_back(), again(item).state) == (0, "reading")
    waiting = bring(cast)
    jobs.read_import(waiting.pk)
    silent(waiting)
    assert (leftovers.give_back(), again(waiting).state) == (0, "waiting")
    importing.accept(again(waiting), person=cast.bob, later=True)
    assert (leftovers.give_back(), again(waiting).state) == (0, "working")


def test_what_the_queue_will_still_try_is_left_alone(cast: Cast, long_files: None) -> None:
    item = bring(cast)
    jobs.later(jobs.read_import, item.pk)
    jobs.later(jobs.pull_feed, item.pk, True)
    silent(item)
    assert (jobs.clear_leftovers(), again(item).state) == (0, "reading")
    OrmQ.objects.filter(pk=min(OrmQ.objects.values_list("pk", flat=True))).delete()
    assert (jobs.clear_leftovers(), again(item).state) == (1, "refused")
    assert jobs.SCHEDULE["leftovers"] == ("zhanggui.jobs.clear_leftovers", 10)


def test_a_job_that_died_three_times_is_not_tried_for_ever(cast: Cast, long_files: None) -> None:
    item = bring(cast)
    data = importing.waiting_file(item).read_bytes()
    importing.waiting_file(item).unlink()  # so that reading dies
    for _ in range(leftovers.TRIES):
        with pytest.raises(FileNotFoundError):
            jobs.read_import(item.pk)
        assert again(item).state == "reading"
    jobs.read_import(item.pk)
    assert [p["code"] for p in again(item).preview["problems"]] == ["reading_died"]
    importing.waiting_file(item).write_bytes(data)
    importing.look_again(again(item), person=cast.bob, later=True)
    jobs.read_import(item.pk)
    assert (again(item).state, again(item).tries) == ("waiting", 1)


def test_a_reader_that_was_only_slow_loses_nothing(cast: Cast, long_files: None) -> None:
    """It was given back while it was being read: the reader stops, and the file stays for the next."""
    item = bring(cast)
    silent(item)
    leftovers.give_back()
    assert importing.read_brought(item).state == "refused"
    assert importing.look_again(again(item), person=cast.bob).state == "waiting"


def test_files_and_drafts_that_nobody_waits_for_go_after_a_day(cast: Cast) -> None:
    item = bring(cast)
    os.utime(importing.waiting_file(item), (1, 1))
    old = [left(cast, "0" * 64, DAY + 60), left(cast, ".77.140.part", DAY + 60)]
    kept = [left(cast, "1" * 64, DAY - 60), left(cast, ".78.140.part", DAY - 60), left(cast, "notes of somebody.txt", DAY + 60)]
    assert leftovers.remove_files(cast.shop) == 2
    assert [p.exists() for p in old] == [False, False]
    assert sorted(p.name for p in folder(cast).iterdir()) == sorted([item.sha256, *(p.name for p in kept)])
    assert leftovers.remove_files(cast.other) == 0


@pytest.mark.parametrize(
    ("state", "stays"), [(s, s in importing.KEEPS_FILE) for s in ("refused", "working", "accepted", "undone")]
)
def test_only_an_import_that_still_needs_its_file_keeps_it(cast: Cast, state: str, stays: bool) -> None:
    item = bring(cast)
    Import.objects.update(state=state)
    assert leftovers.remove_files(cast.shop, time.time() + 2 * DAY) == int(not stays)
    assert importing.waiting_file(item).exists() == stays


def test_a_file_that_is_being_brought_while_the_sweep_runs_is_there_afterwards(cast: Cast) -> None:
    """The same file was left by a crash: the old one goes in the middle, the new one does not."""
    data = week_file(END)
    gone: list[int] = []

    def chunks() -> Iterator[bytes]:
        yield data[:100]
        gone.append(leftovers.remove_files(cast.shop))
        yield data[100:]
        gone.append(leftovers.remove_files(cast.shop))

    lying = left(cast, importing.digest(data), DAY + 60)
    item = importing.bring(cast.shop, chunks(), "week.csv", person=cast.bob)
    assert (gone, item.sha256) == ([1, 0], lying.name)
    assert (leftovers.remove_files(cast.shop), importing.waiting_file(item).read_bytes()) == (0, data)
    assert importing.accept(item, person=cast.bob).state == "accepted"
