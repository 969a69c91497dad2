"""The watched folder: what is dropped there is imported once, and nothing is lost."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.desk.conftest import Cast, week_file
from zhanggui import jobs
from zhanggui.desk import inbox
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Run

END = date(2026, 9, 19)
LATER = inbox.SETTLED_SECONDS + 1


def soon() -> float:
    """The moment at which files dropped now are whole."""
    return time.time() + LATER


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
    assert [i.state for i in inbox.empty(cast.shop, time.time() + inbox.LEFT_SECONDS + 1)] == ["accepted"]


def test_links_and_other_files_are_not_touched(cast: Cast, tmp_path) -> None:
    folder = inbox.folder_of(cast.shop)
    outside = tmp_path / "secret.csv"
    outside.write_bytes(week_file(END))
    (folder / "link.csv").symlink_to(outside)
    (folder / "note.md").write_text("hello")
    (folder / "~$open.xlsx").write_bytes(b"x")
    assert inbox.empty(cast.shop, soon()) == []
    assert len(list(folder.iterdir())) == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_files(cast: Cast) -> None:
    folder = inbox.folder_of(cast.shop)
    names = [f"week-{i}.csv" for i in range(6)]
    for i, name in enumerate(names):
        (folder / name).write_bytes(week_file(END, clicks=i + 1))
    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(lambda _: inbox.empty(cast.shop, soon()), range(2)))
    assert sorted(i.file for done in parts for i in done) == names


def test_each_shop_has_its_own_folder(cast: Cast) -> None:
    (inbox.folder_of(cast.shop) / "week.csv").write_bytes(week_file(END))
    assert inbox.empty(cast.other, soon()) == []
    assert not facts_of(cast.other).imports()


def test_the_job_checks_the_shop_up(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "SETTLED_SECONDS", 0)
    (inbox.folder_of(cast.shop) / "week.csv").write_bytes(week_file(END))
    assert jobs.empty_inboxes() == 1
    assert cast.shop.runs.filter(kind="check").exists()
