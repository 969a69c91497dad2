"""Put, preview, undo, rebuild: the manifest is the commit, the raw files are the truth."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.facts.shop import WEEK, all_rows, costs, counts, effect, exposures, orders, put, reading_of, shop, stored_files
from zhanggui.facts import open_facts
from zhanggui.facts.store import GRACE_SECONDS
from zhanggui.intake import read
from zhanggui.tables import TABLES
from zhanggui.tables.columns import Count

NEXT = WEEK + timedelta(weeks=1)
FIRST = effect(WEEK, {"1": 10, "2": 20})
SECOND = effect(WEEK, {"2": 21, "3": 30})


@pytest.mark.parametrize("key", ["", "Alice", "../bob", "a/b", "-a", "a" * 65, "商店"])
def test_a_shop_s_key_cannot_leave_its_folder(tmp_path, key):
    with pytest.raises(ValueError, match="not a shop's key"):
        open_facts(tmp_path, key)


def test_a_shop_without_facts_has_nothing(tmp_path):
    facts = shop(tmp_path)
    assert (facts.imports(), facts.snapshot(date.max).frames, facts.manifest().swaps) == ((), {}, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_file_put_is_kept_as_it_came_and_its_rows_are_there(tmp_path):
    facts = shop(tmp_path)
    done = put(facts, FIRST)
    assert (counts(done), done.duplicate, exposures(facts)) == ((2, 0, 0), False, {"1": 10, "2": 20})
    assert done.record.sha256 == hashlib.sha256(FIRST).hexdigest()
    assert (facts.raw_file(done.record.sha256), facts.imports()) == (FIRST, (done.record,))


def test_a_preview_says_what_put_does_and_writes_nothing(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    before = facts.manifest()
    said = facts.preview(reading_of(SECOND))
    assert facts.manifest() == before
    assert put(facts, SECOND).counts == said
    assert [(c.new, c.changed, c.unchanged, c.rejected, c.rows) for c in said] == [(1, 1, 0, 0, 2)]


def test_a_preview_of_a_zip_with_one_report_twice_counts_it_once(tmp_path):
    from tests.intake.files import archive

    twice = archive({"a.csv": FIRST, "b.csv": FIRST})
    facts = shop(tmp_path)
    said = facts.preview(read(twice, "x.zip", on=NEXT))
    assert [(c.new, c.unchanged) for c in said] == [(2, 0), (0, 2)]
    assert facts.put(twice, "x.zip", read(twice, "x.zip", on=NEXT), at="t").counts == said


def test_the_same_file_again_is_a_duplicate_and_writes_nothing(tmp_path):
    facts = shop(tmp_path)
    first = put(facts, FIRST)
    before = facts.manifest()
    again = put(facts, FIRST)
    assert (again.duplicate, again.record, counts(again)) == (True, first.record, (0, 0, 2))
    assert facts.manifest() == before


def test_the_same_file_read_for_another_period_is_no_duplicate(tmp_path):
    facts = shop(tmp_path)
    silent = FIRST.split(b"\n", 1)[1]  # its title, which says the period, is gone
    for week in (WEEK, NEXT):
        period = (week, week + timedelta(days=6))
        again = facts.put(silent, "file.csv", read(silent, "file.csv", on=NEXT + timedelta(days=9), period=period), at="t")
        assert (again.duplicate, counts(again)) == (False, (2, 0, 0))


def test_a_file_taken_back_may_be_put_again(tmp_path):
    facts = shop(tmp_path)
    facts.undo(put(facts, FIRST).record.id, at="t")
    again = put(facts, FIRST)
    assert (again.duplicate, again.record.id, exposures(facts)) == (False, 2, {"1": 10, "2": 20})


def test_the_newest_import_wins_and_what_it_does_not_name_stays(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    assert counts(put(facts, SECOND)) == (1, 1, 0)
    assert exposures(facts) == {"1": 10, "2": 21, "3": 30}


def test_an_unchanged_row_keeps_the_import_that_first_brought_it(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    assert counts(put(facts, effect(WEEK, {"0": 5, "1": 10, "2": 21}))) == (1, 1, 1)
    rows = all_rows(facts)["product_effect"]
    assert rows.select("product_id", "_import", "_line").rows() == [("0", 2, 3), ("1", 1, 3), ("2", 2, 5)]


def test_a_missing_cell_replaces_a_figure_and_is_not_zero(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    assert counts(put(facts, effect(WEEK, {"1": None, "2": 20}))) == (0, 1, 1)
    assert exposures(facts) == {"1": None, "2": 20}


def test_undo_lets_the_older_import_speak_again(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    before = all_rows(facts), stored_files(facts)
    undone = facts.undo(put(facts, SECOND).record.id, at="2026-09-22T08:00:00Z")
    assert (undone.removed, undone.restored) == ({"product_effect": 1}, {"product_effect": 1})
    assert exposures(facts) == {"1": 10, "2": 20}
    assert all_rows(facts)["product_effect"].equals(before[0]["product_effect"])
    assert stored_files(facts) == before[1]


def test_undo_of_the_only_import_leaves_nothing_but_its_record_and_its_raw_file(tmp_path):
    facts = shop(tmp_path)
    record = put(facts, FIRST).record
    facts.undo(record.id, at="later")
    assert (facts.manifest().files, facts.imports()) == ({}, (replace(record, undone="later"),))
    assert facts.raw_file(record.sha256) == FIRST


def test_undo_of_the_older_import_hands_its_unchanged_rows_to_the_newer_one(tmp_path):
    facts = shop(tmp_path)
    first = put(facts, FIRST).record
    put(facts, effect(WEEK, {"0": 5, "2": 20}))
    facts.undo(first.id, at="t")
    assert all_rows(facts)["product_effect"].select("product_id", "_import").rows() == [("0", 2), ("2", 2)]


@pytest.mark.parametrize("import_id", [0, 1, 3])
def test_what_is_not_live_cannot_be_taken_back(tmp_path, import_id):
    facts = shop(tmp_path)
    facts.undo(put(facts, FIRST).record.id, at="t")
    put(facts, SECOND)
    with pytest.raises(LookupError):
        facts.undo(import_id, at="t")


def test_an_import_is_whole_over_all_its_months(tmp_path):
    facts = shop(tmp_path)
    done = put(facts, orders([("1", date(2026, 7, 31), 1), ("2", date(2026, 8, 1), 1), ("3", date(2026, 9, 1), 1)]))
    assert list(facts.manifest().files["order_lines"]) == ["2026-07", "2026-08", "2026-09"]
    assert facts.manifest().swaps == 1
    facts.undo(done.record.id, at="t")
    assert facts.manifest().files == {}


def test_an_order_that_two_exports_hold_is_counted_once(tmp_path):
    facts = shop(tmp_path)
    put(facts, orders([("1", date(2026, 8, 30), 1), ("2", date(2026, 8, 31), 2)]))
    assert counts(put(facts, orders([("2", date(2026, 8, 31), 2), ("3", date(2026, 9, 2), 3)]))) == (1, 0, 1)
    assert all_rows(facts)["order_lines"].select("order_no", "quantity").rows() == [("1", 1), ("2", 2), ("3", 3)]


def test_an_order_whose_day_has_changed_moves_and_is_not_counted_twice(tmp_path):
    facts = shop(tmp_path)
    put(facts, orders([("1", date(2026, 8, 31), 1)]))
    assert counts(put(facts, orders([("1", date(2026, 9, 1), 1)]))) == (0, 1, 0)
    assert all_rows(facts)["order_lines"].select("order_no", "created").rows() == [("1", date(2026, 9, 1))]
    assert list(facts.manifest().files["order_lines"]) == ["2026-09"]


def test_undo_of_the_move_brings_the_order_back_to_its_old_month(tmp_path):
    facts = shop(tmp_path)
    put(facts, orders([("1", date(2026, 8, 31), 1)]))
    undone = facts.undo(put(facts, orders([("1", date(2026, 9, 1), 1)])).record.id, at="t")
    assert (undone.removed, undone.restored) == ({"order_lines": 0}, {"order_lines": 1})
    assert all_rows(facts)["order_lines"].select("order_no", "created").rows() == [("1", date(2026, 8, 31))]


def test_rebuild_gives_the_same_files_byte_for_byte(tmp_path):
    facts = shop(tmp_path)
    for data in (FIRST, SECOND, effect(NEXT, {"1": 4}), costs({"1": "9.5"}), orders([("1", date(2026, 8, 31), 1)])):
        put(facts, data)
    facts.undo(2, at="t")
    before = stored_files(facts), facts.manifest()
    seen = []
    assert facts.rebuild(lambda done, of, name: seen.append((done, of))) == {
        "order_lines": 1,
        "product_cost": 1,
        "product_effect": 3,
    }
    assert (stored_files(facts), facts.manifest()) == (before[0], replace(before[1], swaps=before[1].swaps + 1))
    assert seen == [(i, 5) for i in range(5)]


def test_rebuild_needs_nothing_but_manifest_and_raw_files(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    before = stored_files(facts)
    for name in before:
        (facts.folder / name).unlink()
    facts.rebuild()
    assert stored_files(facts) == before


def test_a_column_declared_later_is_missing_until_the_facts_are_rebuilt(tmp_path):
    data = "2026-09-13~2026-09-19\n产品ID,搜索曝光次数,加购人数\n1,10,3".encode()
    old = TABLES["product_effect"]
    put(shop(tmp_path), data)
    known = {**old.columns, "carts": Count(zh="加购人数", en="People who put it in the cart")}
    facts = open_facts(tmp_path, "alice-shoes", {**TABLES, "product_effect": replace(old, columns=known)})
    assert facts.snapshot(date.max).scan("product_effect").collect()["carts"].to_list() == [None]
    facts.rebuild()
    assert facts.snapshot(date.max).scan("product_effect").collect()["carts"].to_list() == [3]


def test_a_column_taken_away_is_no_longer_seen(tmp_path):
    old = TABLES["product_effect"]
    put(shop(tmp_path), FIRST)
    fewer = {n: c for n, c in old.columns.items() if n != "sharers"}
    facts = open_facts(tmp_path, "alice-shoes", {**TABLES, "product_effect": replace(old, columns=fewer)})
    assert facts.snapshot(date.max).scan("product_effect").collect().columns == [c for c in old.schema if c != "sharers"]


def test_a_reader_of_an_old_snapshot_still_reads_it_after_a_put_and_an_undo(tmp_path):
    facts = shop(tmp_path)
    first = put(facts, FIRST).record
    old = facts.snapshot(date.max)
    put(facts, SECOND)
    facts.undo(first.id, at="t")
    assert old.scan("product_effect").select(pl.col("search_exposures").sum()).collect().item() == 30
    assert exposures(facts) == {"2": 21, "3": 30}


def test_a_file_that_no_manifest_names_is_swept_only_after_its_time_of_grace(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    old = [facts.folder / name for name in stored_files(facts)]
    put(facts, SECOND)
    assert [path.exists() for path in old] == [True]
    past = old[0].stat().st_mtime - GRACE_SECONDS - 1
    os.utime(old[0], (past, past))
    for name in stored_files(facts):
        os.utime(facts.folder / name, (past, past))
    put(facts, effect(NEXT, {"1": 1}))
    put(facts, costs({"1": "2"}))
    assert [path.exists() for path in old] == [False]
    assert exposures(facts) == {"1": 1, "2": 21, "3": 30}


def test_an_orphan_that_came_to_life_again_has_a_new_time_of_grace(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    (name,) = stored_files(facts)
    put(facts, SECOND)
    os.utime(facts.folder / name, (0, 0))
    facts.undo(2, at="t")
    reader = facts.snapshot(date.max)
    put(facts, SECOND)
    put(facts, costs({"1": "2"}))
    assert name not in stored_files(facts)
    assert reader.scan("product_effect").select(pl.col("search_exposures").sum()).collect().item() == 30


def _put_files(home: str, who: int) -> None:
    facts = shop(Path(home))
    for week in range(5):
        put(facts, effect(WEEK + timedelta(weeks=week), {f"{who}": who + week}))


def test_two_processes_that_put_at_once_lose_nothing(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_put_files, args=(str(tmp_path), who)) for who in (1, 2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    facts = shop(tmp_path)
    assert [w.exitcode for w in writers] == [0, 0]
    assert sorted(r.id for r in facts.imports()) == list(range(1, 11))
    rows = all_rows(facts)["product_effect"].select("product_id", "search_exposures").sort("product_id", "search_exposures")
    assert rows.rows() == [(f"{who}", who + week) for who in (1, 2) for week in range(5)]


def test_a_file_that_is_old_when_it_is_replaced_still_has_its_time_of_grace(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    for name in stored_files(facts):
        os.utime(facts.folder / name, (0, 0))
    reader = facts.snapshot(date.max)
    put(facts, SECOND)
    assert reader.scan("product_effect").select(pl.col("search_exposures").sum()).collect().item() == 30


def test_what_a_better_reader_finds_is_there_after_a_rebuild_and_goes_with_the_import(tmp_path):
    data = "\n".join([f"{WEEK}~{WEEK + timedelta(days=6)}", "产品ID,搜索曝光次数", "1,10"]).encode()
    as_before = read(data, "file.csv", on=date(2026, 12, 31))
    part = replace(as_before.parts[0], rows=as_before.parts[0].rows.clear())  # a reader that could not make out the row
    facts = shop(tmp_path)
    facts.put(data, "file.csv", replace(as_before, parts=[part]), at="t")
    assert all_rows(facts) == {}
    assert facts.rebuild() == {"product_effect": 1}
    assert [(p["months"], p["counts"]["new"]) for p in facts.imports()[0].parts] == [(["2026-09", "2026-09"], 1)]
    facts.undo(1, at="t")
    assert stored_files(facts) == {}


def test_a_lost_file_of_facts_comes_back_by_a_rebuild(tmp_path):
    facts = shop(tmp_path)
    put(facts, FIRST)
    (name,) = stored_files(facts)
    (facts.folder / name).unlink()
    facts.rebuild()
    assert exposures(facts) == {"1": 10, "2": 20}
