"""Registers: save, conflict, undo, history; killed in between; ten thousand rows."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.database import of_its_own
from tests.desk.conftest import Cast
from zhanggui.desk import importing, registering
from zhanggui.desk.access import Forbidden
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import Row, listing, planned, texts
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Import, Shop
from zhanggui.facts import Stale, open_facts
from zhanggui.tables import TABLES

COSTS = TABLES["product_cost"]
ONE = {"product_id": "1600000000001", "unit_cost": "12.5", "currency": "CNY", "note": ""}


def cost(number: int, **cells: str) -> dict[str, str]:
    return ONE | {"product_id": f"16{number:011}"} | cells


def rows_of(shop: Shop) -> list[dict[str, str]]:
    return sorted((texts(COSTS, r) for r in listing(shop, COSTS).frame.iter_rows(named=True)), key=lambda r: r["product_id"])


def save(cast: Cast, *rows: Row, person=None, **more):
    return registering.save(cast.shop, COSTS, rows, person=person or cast.bob, **more)


def new(line: int, **cells: str) -> Row:
    return Row(line, None, cells)


@pytest.fixture(autouse=True)
def bob_sees_costs(cast: Cast) -> None:
    cast.bob.memberships.update(role="manager")


@pytest.fixture
def one(cast: Cast) -> Cast:
    save(cast, new(1, **ONE))
    return cast


def test_a_save_is_an_import(one: Cast) -> None:
    assert rows_of(one.shop) == [ONE]
    item = Import.objects.get()
    assert (item.state, item.number, item.person, item.file) == (
        "accepted",
        1,
        one.bob,
        f"名单-产品成本-{platform_today()}.csv",
    )
    part = item.preview["parts"][0]
    assert (part["table"], part["new"], part["as_of"]) == ("product_cost", 1, platform_today().isoformat())
    raw = facts_of(one.shop).raw_file(item.sha256).decode().split("\n")
    assert raw[1:4] == ["删除,产品ID,单件成本,成本币种,备注", ",,,,", "N,1600000000001,12.5,CNY,"]
    importing.undo(one.shop, 1, person=one.alice)
    assert rows_of(one.shop) == []


def test_a_cell_changes_and_is_cleared(one: Cast) -> None:
    save(one, Row(1, ONE, {"note": "from the mill"}))
    assert rows_of(one.shop) == [ONE | {"note": "from the mill"}]
    save(one, Row(1, ONE | {"note": "from the mill"}, {"note": ""}))
    assert rows_of(one.shop) == [ONE]
    assert listing(one.shop, COSTS).frame["note"].to_list() == [None]


def test_nothing_changed_writes_nothing(one: Cast) -> None:
    done = save(one, Row(1, ONE, ONE), Row(2, None, {"note": " "}), Row(3, ONE, {"unit_cost": "12.50"}))
    assert (done.written, done.number, done.done, done.clean) == (0, None, frozenset({1, 2, 3}), True)
    assert save(one, new(4, **ONE)).done == frozenset({4})
    assert len(facts_of(one.shop).imports()) == 1


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+1", "-1+2", "@x", "'quoted", 'a "b"; c;d;e;f\tg', "two\nlines", "合计", "07", "a\u2028b"]
)
def test_what_is_typed_is_what_is_kept(cast: Cast, name: str) -> None:
    done = save(cast, new(1, **cost(1, note=name, currency=name)), new(2, **cost(2)))
    assert (done.clean, done.written) == (True, 2)
    assert rows_of(cast.shop)[0] == cost(1, note=name, currency=name)


def test_every_kind_of_column_reads_back_to_the_same_value(cast: Cast) -> None:
    """Numbers, shares, days and amounts of every register: text → stored → text."""
    samples = {"count": "1234567", "number": "0.30000000000000004", "rate": "1.62%", "money": "12345678901234.5678",
               "day": "2026-02-28", "moment": "2026-02-28 13:05:00", "flag": "N"}  # fmt: skip
    for table in (t for t in TABLES.values() if t.kind == "register"):
        filled = {n: samples.get(c.kind, c.options[0] if c.options else "x1") for n, c in registering.columns(table).items()}
        done = registering.save(cast.shop, table, [Row(1, None, filled)], person=cast.bob)
        assert (table.name, [(p.column, p.problem.code) for p in done.problems]) == (table.name, [])
        frame = listing(cast.shop, table).frame
        assert [texts(table, r) for r in frame.iter_rows(named=True)] == [filled]


def test_a_row_that_cannot_be_read_stays_behind_and_is_named(cast: Cast) -> None:
    done = save(
        cast, new(7, **cost(1, unit_cost="much")), new(8, **cost(2)), new(9, note="lonely"), new(10, **cost(2, note="x"))
    )
    assert [(t.line, t.column, t.problem.code) for t in done.problems] == [
        (7, "unit_cost", "not_a_number"), (9, "product_id", "required_missing"), (9, "unit_cost", "required_missing"),
        (9, "currency", "required_missing"), (10, "product_id", "same_key"),
    ]  # fmt: skip
    assert (done.written, done.done) == (1, frozenset({8}))
    assert rows_of(cast.shop) == [cost(2)]


def test_all_or_nothing(cast: Cast) -> None:
    done = save(cast, new(7, **cost(1, unit_cost="much")), new(8, **cost(2)), whole_only=True)
    assert (done.written, done.done, len(done.problems)) == (0, frozenset(), 1)
    assert rows_of(cast.shop) == []


def test_two_people_on_the_same_cell(one: Cast) -> None:
    save(one, Row(1, ONE, {"unit_cost": "13"}), person=one.alice)
    done = save(one, Row(1, ONE, {"unit_cost": "14", "note": "mine"}))
    assert [(c.line, c.column, c.yours, c.theirs, c.by) for c in done.conflicts] == [(1, "unit_cost", "14", "13", "alice")]
    assert done.written == 1
    assert done.done == frozenset()
    assert rows_of(one.shop) == [ONE | {"unit_cost": "13", "note": "mine"}]
    assert save(one, Row(1, ONE, {"unit_cost": "13"})).clean


def test_a_stale_page_overwrites_nothing_even_when_removing(one: Cast) -> None:
    save(one, Row(1, ONE, {"note": "new"}), person=one.alice)
    done = save(one, Row(1, ONE, {}, removed=True))
    assert [(c.column, c.theirs) for c in done.conflicts] == [("note", "new")]
    save(one, Row(1, rows_of(one.shop)[0], {}, removed=True), person=one.alice)
    late = save(one, Row(1, ONE, {"note": "late"}))
    assert [(c.theirs, c.by) for c in late.conflicts] == [(None, "alice")]
    assert rows_of(one.shop) == []
    assert save(one, new(1, **ONE)).written == 1  # put back
    assert rows_of(one.shop) == [ONE]


def test_a_key_that_is_on_the_list_is_not_added_again(one: Cast) -> None:
    done = save(one, new(5, **ONE | {"unit_cost": "99"}))
    assert [(c.exists, c.column, c.theirs, c.by) for c in done.conflicts] == [(True, "product_id", "1600000000001", "bob")]
    assert rows_of(one.shop) == [ONE]


def test_a_changed_key_is_one_row_removed_and_one_added(one: Cast) -> None:
    save(one, new(2, **cost(2)))
    first, second = rows_of(one.shop)
    save(one, Row(1, first, {"product_id": "1600000000009"}))
    assert [r["product_id"] for r in rows_of(one.shop)] == [second["product_id"], "1600000000009"]
    a, b = rows_of(one.shop)
    swapped = [
        Row(1, a, {"product_id": b["product_id"]}),
        Row(2, b, {"product_id": a["product_id"]}),
    ]
    assert save(one, *swapped).clean
    assert [r["product_id"] for r in rows_of(one.shop)] == [a["product_id"], b["product_id"]]
    taken = save(one, Row(1, a, {"product_id": b["product_id"]}))
    assert [c.exists for c in taken.conflicts] == [True]


def test_looking_is_the_same_and_writes_nothing(one: Cast) -> None:
    rows = [Row(1, ONE, {"unit_cost": "￥1,300.50"}), new(2, note="x")]
    seen = registering.look(one.shop, COSTS, rows, person=one.bob)
    assert seen.reads == {1: {"unit_cost": "1300.5"}}
    assert [t.column for t in seen.problems] == ["product_id", "unit_cost", "currency"]
    assert len(facts_of(one.shop).imports()) == 1


def test_another_write_in_between_makes_a_plan_stale(one: Cast) -> None:
    plan = planned(one.shop, COSTS, [Row(1, ONE, {"note": "mine"})])
    assert plan.reading is not None
    save(one, Row(1, ONE, {"note": "hers"}), person=one.alice)
    with pytest.raises(Stale):
        facts_of(one.shop).put(plan.data, "x.csv", plan.reading, at="t", expect=plan.swaps)
    assert rows_of(one.shop) == [ONE | {"note": "hers"}]


@pytest.mark.django_db(transaction=True)
def test_people_who_save_at_once_lose_nothing(cast: Cast) -> None:
    """Four at a time, each in a row of their own and all in the same cell of one row: one of them has it, the others are told."""
    from django.db import connection

    save(cast, new(1, **cost(9)))
    told: list[int] = []

    trouble: list[BaseException] = []

    def add(number: int) -> None:
        try:
            done = save(cast, new(1, **cost(number)), Row(2, cost(9), {"note": f"by {number}"}))
            told.append(len(done.conflicts))
        except BaseException as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    *own, shared = rows_of(cast.shop)
    assert own == [cost(n) for n in range(4)]
    assert shared["note"].startswith("by ")
    assert sorted(told) == [0, 1, 1, 1]


def test_who_may(one: Cast) -> None:
    for person in (one.rita, one.charlie):
        with pytest.raises(Forbidden):
            save(one, Row(1, ONE, {"note": "x"}), person=person)
        with pytest.raises(Forbidden):
            registering.look(one.shop, COSTS, [Row(1, ONE, {"note": "x"})], person=person)
    assert rows_of(one.shop) == [ONE]
    assert rows_of(one.other) == []


def test_undo_takes_ones_own_last_save_back(one: Cast) -> None:
    mine = save(one, Row(1, ONE, {"note": "mine"}))
    theirs = save(one, new(2, **cost(2)), person=one.alice)
    record, since = registering.own_save(one.shop, COSTS, one.bob)
    assert record is not None
    assert (record.id, [r.id for r in since]) == (mine.number, [theirs.number])
    with pytest.raises(LookupError):
        registering.undo(one.shop, COSTS, theirs.number, person=one.bob)
    registering.undo(one.shop, COSTS, mine.number, person=one.bob)
    assert rows_of(one.shop) == [ONE, cost(2)]
    assert Import.objects.get(number=mine.number).state == "undone"
    assert registering.own_save(one.shop, COSTS, one.bob)[0].id == 1


def test_history_of_a_cell(one: Cast) -> None:
    save(one, Row(1, ONE, {"unit_cost": "13"}), person=one.alice)
    save(one, new(2, **cost(2)))
    save(one, Row(1, ONE | {"unit_cost": "13"}, {"unit_cost": "14", "note": "up"}))
    older = (platform_today() - timedelta(days=30)).isoformat()
    data = f"{older},,\n产品ID,单件成本,成本币种\n1600000000001,11,CNY\n".encode()
    importing.take(one.shop, data, "old.csv")
    key = (ONE["product_id"],)
    told = registering.history(one.shop, COSTS, key, "unit_cost", person=one.bob)
    assert [(c.record.by, c.before, c.after) for c in told] == [
        ("bob", "13", "14"), ("alice", "12.5", "13"), ("bob", "11", "12.5"), ("cli", None, "11"),
    ]  # fmt: skip
    assert [(c.column, c.after) for c in registering.history(one.shop, COSTS, key, person=None)][:2] == [
        ("note", "up"),
        ("unit_cost", "14"),
    ]
    save(one, Row(1, rows_of(one.shop)[0], {}, removed=True))
    newest = registering.history(one.shop, COSTS, key, "unit_cost", person=one.bob)[0]
    assert (newest.before, newest.after) == ("14", None)


def test_ten_thousand_rows(cast: Cast) -> None:
    lines = "\n".join(f"16{n:011},{n}.25,CNY" for n in range(10_000))
    importing.take(cast.shop, f"产品ID,单件成本,成本币种\n{lines}\n".encode(), "costs.csv")
    seen = cost(5000, unit_cost="5000.25")
    started = time.perf_counter()
    assert save(cast, Row(1, seen, {"unit_cost": "1"})).written == 1
    assert time.perf_counter() - started < 5
    frame = listing(cast.shop, COSTS).frame
    assert frame.height == 10_000
    assert frame.filter(frame["product_id"] == seen["product_id"])["unit_cost"].to_list()[0] == 1


WRITER = """
import sys, django
django.setup()
from pathlib import Path
from django.conf import settings
settings.ZHANGGUI_HOME = Path(sys.argv[1])
from django.core.management import call_command
from zhanggui.desk import people, registering
from zhanggui.desk.edits import Row
from zhanggui.tables import TABLES
call_command("migrate", verbosity=0)
shop = people.open_shop("alpha", "Alpha")
print("ready", flush=True)
for n in range(int(sys.argv[2]), int(sys.argv[3])):
    cells = {"product_id": f"16{n:011}", "unit_cost": "1", "currency": "CNY", "note": "x" * 2000}
    registering.save(shop, TABLES["product_cost"], [Row(1, None, cells), Row(2, None, cells | {"product_id": f"17{n:011}"})], person=None)
    print(n, flush=True)
"""


def start(home: Path, first: int, last: int) -> subprocess.Popen[str]:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "zhanggui.site.settings"} | of_its_own(home)
    running = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home), str(first), str(last)],
        stdout=subprocess.PIPE,
        text=True,
        env=env,
        start_new_session=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    return running


def test_killed_in_the_middle_of_a_save(tmp_path: Path) -> None:
    """After SIGKILL every save that was told is there, whole; the one under way is there or not; the next one works."""
    chance, home, first = random.Random(3), tmp_path / "killed", 0
    home.mkdir()
    for _ in range(4):
        running = start(home, first, first + 1000)
        told = first - 1
        for _ in range(chance.randint(1, 4)):
            told = int(running.stdout.readline())
        for _ in range(chance.randint(0, 200_000)):  # a random while, without asking a clock
            pass
        os.killpg(running.pid, signal.SIGKILL)
        rest = running.stdout.read().split()
        running.wait()
        running.stdout.close()
        told = int(rest[-1]) if rest else told
        ids = set(open_facts(home, "alpha").snapshot(platform_today()).scan("product_cost").collect()["product_id"])
        done = {n for n in range(first + 1000) if f"16{n:011}" in ids}
        assert {n for n in range(first + 1000) if f"17{n:011}" in ids} == done
        assert done in (set(range(told + 1)), set(range(told + 2)))
        first = max(done) + 1


def test_a_save_that_was_killed_before_it_was_noted_down_is_noted_by_the_next(one: Cast) -> None:
    Import.objects.all().delete()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registering, "ORPHAN_SECONDS", -60)
        save(one, new(2, **cost(2)))
    assert sorted(Import.objects.values_list("number", "state", "person__username")) == [
        (1, "accepted", "bob"),
        (2, "accepted", "bob"),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"supplier": "类型", "kind": "工厂"},
        {"supplier": "A", "kind": "工厂", "note": "\u200b"},
        {"supplier": "供应商", "kind": "供应商类型"},
    ],
)
def test_a_first_row_is_never_taken_for_a_part_of_the_header(cast: Cast, cells: dict[str, str]) -> None:
    table = TABLES["supplier"]
    done = registering.save(cast.shop, table, [Row(1, None, cells)], person=cast.bob)
    assert (done.written, done.done) == (1, frozenset({1}))
    assert [r["supplier"] for r in listing(cast.shop, table).frame.iter_rows(named=True)] == [cells["supplier"]]


def test_there_and_back_again_the_same_day(one: Cast) -> None:
    """The third save is the same file as the first, and holds again."""
    was = ONE
    for note in ("a", "b", "a", ""):
        save(one, Row(1, was, {"note": note}))
        was = ONE | {"note": note}
        assert rows_of(one.shop) == [was]
