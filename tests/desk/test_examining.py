"""An installation is broken in each way, and exactly that is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.desk.conftest import Cast, week_file
from zhanggui.desk import connecting, examining, importing, keeping, presence
from zhanggui.desk.clock import now
from zhanggui.desk.complaints import WORDS, Complaint
from zhanggui.desk.examining import disk_of, examine
from zhanggui.desk.home import facts_of, home
from zhanggui.desk.models import Import, Run

NO_WORKER = Complaint("no_worker", "warn")


@pytest.fixture
def well(cast: Cast, zhanggui_home: Path, settings: object) -> Cast:
    """Nothing wrong but that no worker runs."""
    settings.ALLOWED_HOSTS = ["localhost"]  # type: ignore[attr-defined]  # the tests' own host is not the operator's choice
    zhanggui_home.mkdir(mode=0o700)
    importing.take(cast.shop, week_file(date(2026, 9, 19)), "Products.csv")
    return cast


def complaints(*, deep: bool = False) -> list[Complaint]:
    return [c for c in examine(deep=deep) if c.level != "ok"]


def broken(*, deep: bool = False) -> Complaint:
    """The one thing that is wrong, besides the worker that does not run."""
    first, *rest = [c for c in complaints(deep=deep) if c != NO_WORKER]
    assert rest == []
    return first


def only_file(folder: Path) -> Path:
    (found,) = [p for p in folder.rglob("*") if p.is_file() and p.name not in ("lock", "manifest.json")]
    return found


def test_nothing_is_wrong(well: Cast) -> None:
    assert complaints() == complaints(deep=True) == [NO_WORKER]
    said = [c.code for c in examine()]
    assert said == ["programs", "folder", "doors", "database", "shop", "shop", "clock", "no_worker"]


def test_looking_changes_nothing(well: Cast) -> None:
    def state() -> list[tuple[str, int, int]]:
        return sorted((p.as_posix(), p.stat().st_mtime_ns, p.stat().st_mode) for p in home().rglob("*"))

    before = state()
    examine(deep=True)
    assert state() == before


def test_both_languages_have_the_same_words() -> None:
    for code, words in WORDS.items():
        assert sorted(words) == ["en", "zh"]
        told = [{n for n in ("{where}", "{value}") if n in words[lang]} for lang in ("zh", "en")]
        assert told[0] == told[1], code
        assert Complaint(code).says("zh")


# ---- the machine


def test_a_package_of_another_version(well: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        examining.metadata, "requires", lambda _: ["django<4", "nowhere-at-all>=1", "tzdata; python_version < '3'"]
    )
    import django

    assert complaints()[:2] == [
        Complaint("wrong_package", "bad", "django", django.__version__),
        Complaint("wrong_package", "bad", "nowhere-at-all", "—"),
    ]


@pytest.mark.parametrize("name", ["", "secret_key"])
def test_open_to_others(well: Cast, name: str) -> None:
    (home() / "secret_key").touch(mode=0o600)
    path = home() / name if name else home()
    path.chmod(0o744)
    assert broken() == Complaint("open_to_others", "bad", str(path), "744")


def test_little_room(well: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining.shutil, "disk_usage", lambda _: SimpleNamespace(free=2**30))
    assert broken() == Complaint("little_room", "warn", value="1.0")


def test_left_of_a_backup(well: Cast) -> None:
    (home() / f"{keeping.HOLDS}abc").mkdir()
    assert broken() == Complaint("leftover", "warn", ".saving-abc")


def test_a_restore_between_old_and_new(well: Cast) -> None:
    (home() / f"{keeping.BUILDS}1").mkdir()
    (home() / f"{keeping.BUILDS}1" / keeping.READY).touch()
    assert broken() == Complaint("restore_pending")


def test_hosts_and_https(well: Cast, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "shop.example.com", "*"]  # type: ignore[attr-defined]
    assert complaints()[:-1] == [Complaint("any_host", "bad"), Complaint("no_https", "warn", value="shop.example.com, *")]
    settings.ALLOWED_HOSTS, settings.HTTPS = ["shop.example.com"], True  # type: ignore[attr-defined]
    assert complaints() == [NO_WORKER]


def test_the_disk_under_a_folder(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_text("disk / ext4 rw 0 0\nnas:/x /srv/shop\\040data nfs4 rw 0 0\nx /srv tmpfs rw 0 0\n")
    places = ["/srv/shop data/home", "/srv/other", "/var"]
    assert [disk_of(Path(p), table) for p in places] == ["nfs4", "tmpfs", "ext4"]
    assert disk_of(tmp_path, tmp_path / "none") == ""


def test_an_older_shape(well: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(name) FROM django_migrations WHERE app = 'desk'")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'desk' AND name = %s", cursor.fetchone())
    assert complaints() == [Complaint("old_database", "bad", value="1")]  # and the rest is not looked at


# ---- a shop's files


def test_a_broken_manifest(well: Cast) -> None:
    (home() / "facts" / "alpha" / "manifest.json").write_text("{")
    assert broken() == Complaint("broken_manifest", "bad", "alpha", "JSONDecodeError")


def test_a_missing_table(well: Cast) -> None:
    path = only_file(home() / "facts" / "alpha")
    path.unlink()
    assert broken() == Complaint("table_missing", "bad", "alpha", f"product_effect/{path.name}")
    facts_of(well.shop).rebuild()
    assert complaints() == [NO_WORKER]


def test_a_damaged_table(well: Cast) -> None:
    path = only_file(home() / "facts" / "alpha")
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert broken() == Complaint("table_damaged", "bad", "alpha", f"product_effect/{path.name}")
    facts_of(well.shop).rebuild()  # as the complaint says
    assert complaints() == [NO_WORKER]


def test_a_missing_raw_file(well: Cast) -> None:
    path = only_file(home() / "raw" / "alpha")
    path.unlink()
    assert broken() == Complaint("raw_missing", "bad", "alpha", path.name)


def test_a_damaged_raw_file(well: Cast) -> None:
    path = only_file(home() / "raw" / "alpha")
    path.write_bytes(b"x")
    assert complaints() == [NO_WORKER]
    assert broken(deep=True) == Complaint("raw_damaged", "bad", "alpha", path.name)


# ---- imports


def test_an_import_without_its_row(well: Cast) -> None:
    Import.objects.all().delete()
    assert broken() == Complaint("import_unknown", "bad", "alpha", "1")
    importing.undo(well.shop, 1)  # as the complaint says
    assert complaints() == [NO_WORKER]


def test_a_row_without_its_import(well: Cast) -> None:
    facts_of(well.shop).undo(1, at="2026-09-21T08:00:00")
    assert broken() == Complaint("import_absent", "bad", "alpha", "1")


def test_undone_and_brought_again(well: Cast) -> None:
    importing.take(well.shop, week_file(date(2026, 9, 19)), "Products.csv")  # a duplicate
    importing.undo(well.shop, 1)
    importing.take(well.shop, week_file(date(2026, 9, 19)), "Products.csv")
    assert complaints() == [NO_WORKER]


def test_a_stuck_import(well: Cast) -> None:
    item = importing.bring(well.shop, week_file(date(2026, 9, 12)), "late.csv")
    Import.objects.filter(pk=item.pk).update(state="working")
    assert complaints() == [NO_WORKER]
    Import.objects.filter(pk=item.pk).update(brought=now() - timedelta(hours=2))
    assert broken() == Complaint("import_stuck", "warn", "alpha", "late.csv")


def test_a_lost_waiting_file(well: Cast) -> None:
    item = importing.bring(well.shop, week_file(date(2026, 9, 12)), "late.csv")
    importing.waiting_file(item).unlink()
    assert broken() == Complaint("waiting_lost", "bad", "alpha", "late.csv")


def test_a_watched_folder_that_is_none(well: Cast) -> None:
    (home() / "inbox").mkdir()
    (home() / "inbox" / "alpha").touch()
    assert broken() == Complaint("no_inbox", "bad", str(home() / "inbox" / "alpha"))


def test_a_connection_whose_key_is_lost(well: Cast, settings: object) -> None:
    made = connecting.connect(well.shop, "generic", "Feed", settings={}, secret={"token": "t"}, every_minutes=60)
    assert complaints() == [NO_WORKER]
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    said = broken()
    assert (said.code, said.level, said.where) == ("connection", "warn", "alpha")
    assert said.says("en").startswith(f"Shop alpha: {made.name} · ")


# ---- time


def test_a_clock_that_is_behind(well: Cast) -> None:
    run = Run.objects.create(kind="check")
    Run.objects.filter(pk=run.pk).update(started=now() + timedelta(days=2))
    assert broken().code == "clock_wrong"


@pytest.fixture
def worker() -> Iterator[None]:
    presence.stay("worker")
    yield
    presence._held.pop().close()


def test_a_worker_that_runs(well: Cast, worker: None) -> None:
    assert complaints() == []


def test_a_worker_that_does_nothing(well: Cast, worker: None) -> None:
    from django_q.models import Schedule

    from zhanggui.jobs import plan_schedule

    plan_schedule()
    assert complaints() == []
    Schedule.objects.filter(name="feeds").update(next_run=now() - timedelta(hours=1))
    (said,) = complaints()
    assert (said.code, said.level, said.where) == ("late", "bad", "feeds")
