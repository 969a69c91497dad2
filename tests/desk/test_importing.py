"""Bring, accept, undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from tests.desk.conftest import Cast, week_file
from zhanggui.desk import importing
from zhanggui.desk.access import Forbidden
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Import

END = date(2026, 9, 19)
Verb = Callable[[Import], object]


def test_a_preview_writes_no_fact(cast: Cast) -> None:
    item = importing.bring(cast.shop, week_file(END), "week.csv", person=cast.bob)
    assert (item.state, item.preview["parts"][0]["new"]) == ("waiting", 30)
    assert facts_of(cast.shop).imports() == ()


def test_accepting_twice_is_once(cast: Cast) -> None:
    item = importing.bring(cast.shop, week_file(END), "week.csv", person=cast.bob)
    importing.accept(item, person=cast.bob)
    importing.accept(item, person=cast.bob)
    assert [(r.id, r.by, r.file) for r in facts_of(cast.shop).imports()] == [(1, "bob", "week.csv")]


def test_accepting_after_a_crash_between_facts_and_database_completes(cast: Cast) -> None:
    item = importing.bring(cast.shop, week_file(END), "week.csv", person=cast.bob)
    reading = importing.read_waiting(item)
    facts_of(cast.shop).put(week_file(END), "week.csv", reading, at="t")  # the process died right after this
    importing.accept(item, person=cast.bob)
    assert (item.state, item.number) == ("accepted", 1)
    assert len(facts_of(cast.shop).imports()) == 1


def test_whole_only_refuses_a_file_with_one_bad_row(cast: Cast) -> None:
    data = week_file(END).replace(b"Lamp 5,N,550,", b"Lamp 5,N,many,")
    item = importing.bring(cast.shop, data, "week.csv", person=cast.bob)
    with pytest.raises(importing.CannotImport) as trouble:
        importing.accept(item, person=cast.bob, whole_only=True)
    assert [(p["line"], p["value"]) for p in trouble.value.problems] == [(9, "many")]
    assert facts_of(cast.shop).imports() == ()
    assert importing.accept(item, person=cast.bob).preview["parts"][0]["rejected"] == 1


def test_a_file_of_no_known_report_is_refused_with_the_reason(cast: Cast) -> None:
    item = importing.bring(cast.shop, "姓名,电话\n王,1\n".encode(), "notes.csv", person=cast.bob)
    assert (item.state, [p["code"] for p in item.preview["problems"]]) == ("refused", ["not_recognised"])


def test_undo_marks_the_row_and_takes_the_facts(cast: Cast) -> None:
    item = importing.accept(importing.bring(cast.shop, week_file(END), "week.csv"))
    importing.undo(cast.shop, 1, person=cast.alice)
    item.refresh_from_db()
    assert item.state == "undone"
    assert facts_of(cast.shop).manifest().files == {}
    with pytest.raises(LookupError):
        importing.undo(cast.shop, 1)


def test_a_reader_and_a_stranger_may_not(cast: Cast) -> None:
    for person in (cast.rita, cast.charlie):
        with pytest.raises(Forbidden):
            importing.bring(cast.shop, week_file(END), "week.csv", person=person)
    assert Import.objects.count() == 0


def test_dropping_a_waiting_file_leaves_nothing(cast: Cast, zhanggui_home: Path) -> None:
    importing.drop(importing.bring(cast.shop, week_file(END), "week.csv", person=cast.bob), person=cast.bob)
    assert list((zhanggui_home / "waiting" / "alpha").iterdir()) == []
    assert Import.objects.count() == 0


def test_the_second_of_two_who_accept_at_once_finds_it_done(cast: Cast) -> None:
    item = importing.bring(cast.shop, week_file(END), "week.csv", person=cast.bob)
    stale = Import.objects.get(pk=item.pk)
    importing.accept(item, person=cast.bob)
    assert (importing.accept(stale, person=cast.alice).state, stale.number) == ("accepted", 1)
    assert len(facts_of(cast.shop).imports()) == 1


@pytest.mark.parametrize("verb", [importing.accept, importing.look_again, importing.drop])
def test_whoever_comes_while_a_file_is_being_taken_in_does_not_take_its_import_away(cast: Cast, verb: Verb) -> None:
    item = importing.bring(cast.shop, week_file(END), "week.csv")
    stale = Import.objects.get(pk=item.pk)
    came = []

    def come(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if sql.startswith("UPDATE") and "accepted" in sql and not came:
            came.append(sql)
            verb(stale)
        return execute(sql, *rest)

    with connection.execute_wrapper(come):
        importing.accept(item)
    assert [(i.state, i.number) for i in cast.shop.imports.all()] == [("accepted", 1)]
    assert (len(came), len(facts_of(cast.shop).imports())) == (1, 1)
    importing.undo(cast.shop, 1)
    assert [i.state for i in cast.shop.imports.all()] == ["undone"]


def test_a_file_stays_for_who_brings_it_while_another_takes_it_in(cast: Cast) -> None:
    first = importing.bring(cast.shop, week_file(END), "week.csv", person=cast.alice)
    came = []

    def come(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if "savedmapping" in sql and not came:  # the second is just about to be read
            came.append(sql)
            importing.accept(first, person=cast.alice)
        return execute(sql, *rest)

    with connection.execute_wrapper(come):
        second = importing.bring(cast.shop, week_file(END), "again.csv", person=cast.bob)
    assert (first.state, second.state, len(came)) == ("accepted", "waiting", 1)
    assert importing.accept(second, person=cast.bob).state == "duplicate"


def test_a_file_that_is_brought_and_stopped_meanwhile_is_cancelled(cast: Cast, zhanggui_home: Path) -> None:
    def come(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if "savedmapping" in sql:
            importing.stop(Import.objects.get(), person=cast.alice)
        return execute(sql, *rest)

    with connection.execute_wrapper(come):
        item = importing.bring(cast.shop, week_file(END), "week.csv", person=cast.bob)
    assert (item.state, list((zhanggui_home / "waiting" / "alpha").iterdir())) == ("cancelled", [])
