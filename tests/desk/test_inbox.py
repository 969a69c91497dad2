"""The watched folder: what is dropped there is imported once, and nothing is lost."""

from __future__ import annotations

import os
import time
from datetime import date

import pytest
from django.db.models.signals import post_save

from tests.desk.conftest import Cast, week_file
from zhanggui import jobs
from zhanggui.desk import inbox
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Import, Run
from zhanggui.intake import read

END = date(2026, 9, 19)
LATER = inbox.SETTLED_SECONDS + 1


def soon() -> float:
    """The moment at which files dropped now are whole."""
    return time.time() + LATER


def long_after() -> float:
    """The moment at which a worker that has claimed a file now is given up."""
    return time.time() + inbox.LEFT_SECONDS + 1


def test_a_dropped_file_is_imported_and_kept(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    (folder / "week.csv").write_bytes(week_file(END))
    done = inbox.empty(cast.shop, soon())
    assert [(i.file, i.state, i.number) for i in done] == [("week.csv", "accepted", 1)]
    assert facts_of(cast.shop).snapshot(date.max).scan("product_effect").collect().height == 30
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == ["done/week.csv"]
    assert Run.objects.get(kind="inbox").ok


def test_a_file_that_is_still_being_written_is_left_alone(cast: Cast) -> None:
    (inbox.folder_of(cast.shop) / "week.csv").write_bytes(week_file(END))
    assert inbox.empty(cast.shop, time.time()) == []
    assert (inbox.folder_of(cast.shop) / "week.csv").exists()


def test_a_file_that_cannot_be_read_lies_in_refused_with_the_reason_beside_it(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    (folder / "odd.csv").write_text("甲,乙\n1,2\n")
    assert [i.state for i in inbox.empty(cast.shop, soon())] == ["refused"]
    assert sorted(p.name for p in (folder / "refused").iterdir()) == ["odd.csv", "odd.csv.why.txt"]
    assert "没有认出" in (folder / "refused" / "odd.csv.why.txt").read_text("utf-8")
    assert not Run.objects.get(kind="inbox").ok


def test_the_same_file_again_changes_nothing_and_both_are_kept(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    for _ in range(2):
        (folder / "week.csv").write_bytes(week_file(END))
        inbox.empty(cast.shop, soon())
    assert sorted(p.name for p in (folder / "done").iterdir()) == ["week (1).csv", "week.csv"]
    assert [i.state for i in cast.shop.imports.order_by("id")] == ["accepted", "duplicate"]


def test_what_a_dead_worker_had_claimed_is_taken_by_the_next(cast: Cast) -> None:
    claimed = inbox.folder_of(cast.shop) / ".working"
    claimed.mkdir()
    (claimed / "week.csv").write_bytes(week_file(END))
    assert inbox.empty(cast.shop, soon()) == []
    assert [i.state for i in inbox.empty(cast.shop, long_after())] == ["accepted"]
    assert list(claimed.iterdir()) == []


def test_a_new_file_of_the_same_name_does_not_take_the_place_of_a_claimed_one(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    (folder / ".working").mkdir()
    (folder / ".working" / "week.csv").write_bytes(week_file(END))
    (folder / "week.csv").write_bytes(week_file(END, clicks=4))
    assert len(inbox.empty(cast.shop, soon())) == 1
    assert len(inbox.empty(cast.shop, long_after())) == 1
    assert sorted(p.read_bytes() for p in (folder / "done").iterdir()) == sorted([week_file(END), week_file(END, clicks=4)])


def test_a_worker_that_died_between_the_facts_and_its_row_is_made_good(cast: Cast) -> None:
    claimed = inbox.folder_of(cast.shop) / ".working" / "one"
    claimed.mkdir(parents=True)
    (claimed / "week.csv").write_bytes(week_file(END))
    facts_of(cast.shop).put(week_file(END), "week.csv", read(week_file(END), "week.csv", on=date(2026, 9, 21)), at="t")
    assert [(i.state, i.number) for i in inbox.empty(cast.shop, long_after())] == [("accepted", 1)]
    assert len(facts_of(cast.shop).imports()) == 1


def test_a_file_from_a_machine_whose_clock_is_ahead_is_taken(cast: Cast) -> None:
    path = inbox.folder_of(cast.shop) / "week.csv"
    path.write_bytes(week_file(END))
    os.utime(path, (time.time() + 10**8,) * 2)
    assert [i.state for i in inbox.empty(cast.shop, soon())] == ["accepted"]


def test_a_name_in_the_old_chinese_encoding_is_read(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    with open(os.fsencode(folder) + b"/" + "周报.csv".encode("gb18030"), "wb") as f:
        f.write(week_file(END))
    assert [(i.file, i.state) for i in inbox.empty(cast.shop, soon())] == [("周报.csv", "accepted")]
    assert [p.name for p in (folder / "done").iterdir()] == ["周报.csv"]


def test_a_very_long_name_has_room_for_a_number_and_the_reasons(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    for _ in range(2):
        (folder / ("周" * 83 + ".csv")).write_text("甲,乙\n1,2\n")
        inbox.empty(cast.shop, soon())
    stem = "周" * 66
    assert {p.name for p in (folder / "refused").iterdir()} == {
        f"{stem}{end}" for end in (".csv", ".csv.why.txt", " (1).csv", " (1).csv.why.txt")
    }


def test_a_file_that_grows_while_it_is_read_is_read_again(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    (folder / "week.csv").write_bytes(week_file(END)[:-200])

    def go_on(**_: object) -> None:
        post_save.disconnect(go_on, sender=Import)
        (growing,) = (folder / ".working").rglob("week.csv")
        growing.write_bytes(week_file(END))

    post_save.connect(go_on, sender=Import)
    assert len(inbox.empty(cast.shop, soon())) == 1
    assert [i.state for i in inbox.empty(cast.shop, soon())] == ["accepted"]
    assert facts_of(cast.shop).snapshot(date.max).scan("product_effect").collect().height == 30
    assert [p.read_bytes() for p in (folder / "done").iterdir()] == [week_file(END)]


def test_a_file_at_which_the_import_fails_does_not_hold_up_the_others(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    (folder / "a.csv").write_bytes(week_file(END))
    (folder / "b.csv").write_text("词,曝光量\nloafers,3\n2026-09-13~2026-09-19\n")
    facts = facts_of(cast.shop)
    facts.folder.mkdir(parents=True)
    (facts.folder / "product_effect").write_text("a file where a folder must be")
    assert [(i.file, i.state) for i in inbox.empty(cast.shop, soon())] == [("b.csv", "refused")]
    run = Run.objects.get(kind="inbox")
    assert (run.ok, [f["state"] for f in run.note["files"]]) == (False, ["refused", "failed"])
    (facts.folder / "product_effect").unlink()
    assert [(i.file, i.state) for i in inbox.empty(cast.shop, long_after())] == [("a.csv", "accepted")]


def test_links_and_other_files_are_not_touched(cast: Cast, tmp_path) -> None:
    folder = inbox.folder_of(cast.shop)
    outside = tmp_path / "secret.csv"
    outside.write_bytes(week_file(END))
    (folder / "link.csv").symlink_to(outside)
    (folder / "note.md").write_text("hello")
    (folder / "~$open.xlsx").write_bytes(b"x")
    assert inbox.empty(cast.shop, soon()) == []
    assert len(list(folder.iterdir())) == 3


def test_two_workers_share_the_files(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    names = [f"week-{i}.csv" for i in range(6)]
    for i, name in enumerate(names):
        (folder / name).write_bytes(week_file(END, clicks=i + 1))
    others: list[Import] = []

    def come(**_: object) -> None:
        post_save.disconnect(come, sender=Import)
        others.extend(inbox.empty(cast.shop, soon()))

    post_save.connect(come, sender=Import)  # while the first worker is at its first file
    mine = inbox.empty(cast.shop, soon())
    assert (len(mine), sorted(i.file for i in mine + others)) == (1, names)
    assert sorted(p.name for p in (folder / "done").iterdir()) == names


def test_each_shop_has_its_own_folder(cast: Cast) -> None:
    (inbox.folder_of(cast.shop) / "week.csv").write_bytes(week_file(END))
    assert inbox.empty(cast.other, soon()) == []
    assert not facts_of(cast.other).imports()


def test_the_job_checks_the_shop_up(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "SETTLED_SECONDS", 0)
    (inbox.folder_of(cast.shop) / "week.csv").write_bytes(week_file(END))
    assert jobs.empty_inboxes() == 1
    assert cast.shop.runs.filter(kind="check").exists()
