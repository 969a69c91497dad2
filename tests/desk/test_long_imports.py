"""Long files: read and taken in by the worker, with progress, and stopped with nothing half done."""

from __future__ import annotations

from datetime import date

import pytest

from tests.desk.conftest import Cast, week_file
from zhanggui import jobs
from zhanggui.desk import importing
from zhanggui.desk.access import Forbidden
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Import

END = date(2026, 9, 19)


@pytest.fixture(autouse=True)
def every_file_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BACKGROUND_BYTES", 10)
    monkeypatch.setattr(importing, "TELL_SECONDS", 0.0)


def bring(cast: Cast, data: bytes = b"") -> Import:
    return importing.bring(cast.shop, data or week_file(END), "week.csv", person=cast.bob, later=True)


def again(item: Import) -> Import:
    return Import.objects.get(pk=item.pk)


def test_the_worker_reads_then_takes_in(cast: Cast) -> None:
    item = bring(cast)
    assert (item.state, facts_of(cast.shop).imports()) == ("reading", ())
    jobs.read_import(item.pk)
    item = again(item)
    assert (item.state, item.preview["parts"][0]["new"]) == ("waiting", 30)
    assert importing.accept(item, person=cast.bob, later=True).state == "working"
    jobs.take_import(item.pk, "bob")
    assert (again(item).state, facts_of(cast.shop).imports()[0].by) == ("accepted", "bob")


def test_a_job_that_runs_twice_counts_once(cast: Cast) -> None:
    item = bring(cast)
    for _ in range(2):
        jobs.read_import(item.pk)
    importing.accept(again(item), person=cast.bob, later=True)
    for _ in range(2):
        jobs.take_import(item.pk, "bob")
    assert len(facts_of(cast.shop).imports()) == 1


def test_a_worker_that_died_after_the_commit_finds_it_there(cast: Cast) -> None:
    item = bring(cast)
    jobs.read_import(item.pk)
    importing.accept(again(item), person=cast.bob, later=True)
    data = importing.waiting_file(item).read_bytes()
    facts_of(cast.shop).put(data, item.file, importing.read_waiting(again(item)), at="2026-09-21T08:00:00Z", by="bob")
    jobs.take_import(item.pk, "bob")
    assert (again(item).state, again(item).number, len(facts_of(cast.shop).imports())) == ("accepted", 1, 1)


def test_reading_that_is_stopped_leaves_nothing(cast: Cast) -> None:
    item = bring(cast)
    importing.stop(item, person=cast.bob)
    jobs.read_import(item.pk)
    assert (again(item).state, facts_of(cast.shop).imports()) == ("cancelled", ())
    importing.drop(again(item), person=cast.bob)
    assert not importing.waiting_file(item).exists()


def test_an_import_that_is_stopped_on_its_way_waits_again_with_nothing_done(cast: Cast) -> None:
    item = bring(cast)
    jobs.read_import(item.pk)
    importing.accept(again(item), person=cast.bob, later=True)
    importing.stop(item, person=cast.bob)
    jobs.take_import(item.pk, "bob")
    assert (again(item).state, facts_of(cast.shop).imports()) == ("waiting", ())
    importing.accept(again(item), person=cast.bob)
    assert len(facts_of(cast.shop).imports()) == 1


def test_it_says_how_far_it_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = week_file(END).decode().splitlines()
    rows = [f"{160200000000 + i}{lines[3][13:]}" for i in range(400)]
    item = bring(cast, "\n".join([*lines[:3], *rows]).encode())
    jobs.read_import(item.pk)
    assert (again(item).done, again(item).total) == (item.size, item.size)


def test_a_reader_may_not_stop_it(cast: Cast) -> None:
    item = bring(cast)
    with pytest.raises(Forbidden):
        importing.stop(item, person=cast.rita)
    assert again(item).state == "reading"


def test_a_file_whose_reading_found_trouble_is_refused(cast: Cast) -> None:
    item = bring(cast, "甲,乙\n1,2\n3,4\n".encode())
    jobs.read_import(item.pk)
    assert [p["code"] for p in again(item).preview["problems"]] == ["nothing_known"]
    assert again(item).state == "refused"
