"""Backup and restore: what comes back is what was saved, and whatever goes wrong, what was there stays."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command, command, written
from tests.database import of_its_own
from tests.desk.test_archive import adding, rewritten
from zhanggui.desk import keeping

ROUNDS = 12 if os.environ.get("ZHANGGUI_PROOF") else 2
ON_POSTGRES = bool(os.environ.get("DATABASE_URL"))
ODD = b"caf\xe9 \xd0\xc2.csv"  # a name that is no UTF-8


def fill(call: Command, home: Path, week: Path) -> None:
    """A shop with an import, findings, a person, a value of its own, a file that waits in the watched folder."""
    assert call("import", "--yes", week).returncode == 0
    assert call("check", "--day", "2026-09-21").returncode == 0
    assert call("person", "alice", ZHANGGUI_PASSWORD="correct horse battery").returncode == 0
    (home / "inbox" / "main" / "done").mkdir(parents=True)
    Path(os.fsdecode(bytes(home / "inbox" / "main" / "done") + b"/" + ODD)).write_bytes(b"x")


def note(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as found:
        told: dict[str, Any] = json.loads(found.read("list.json"))
        return told


def members(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = note(path)["members"]
    return found


@dataclass(frozen=True)
class Origin:
    """An installation that was saved once; tests read it and leave it as it is."""

    call: Command
    home: Path
    saved: Path


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    folder = tmp_path_factory.mktemp("origin")
    made = Origin(command(folder / "own"), folder / "own", folder / "saved.zip")
    fill(made.call, made.home, written(folder))
    done = made.call("--lang", "en", "backup", made.saved)
    assert (done.returncode, done.stderr) == (0, "")
    return made


@pytest.fixture
def saved(origin: Origin) -> Path:
    return origin.saved


def restored(call: Command, path: Path) -> None:
    done = call("--lang", "en", "restore", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2] == "What was restored equals what was saved: every table and every file compared."


def test_what_comes_back_is_what_was_saved(origin: Origin, saved: Path, tmp_path: Path) -> None:
    other = command(tmp_path / "other")
    restored(other, saved)
    again = tmp_path / "again.zip"
    assert other("backup", again).returncode == 0
    assert members(again) == members(saved)
    assert {n.split("/")[0] for n in members(saved)} == {"home", "decisions"}
    for show in ("today", "imports"):
        assert other(show, "--json").stdout == origin.call(show, "--json").stdout
    assert (tmp_path / "other" / "secret_key").read_text() == (origin.home / "secret_key").read_text()
    assert [p.name for p in (tmp_path / "other").glob(".*")] == []


def test_what_comes_back_goes_on(saved: Path, tmp_path: Path, week: Path) -> None:
    """New rows are numbered after the old ones."""
    other = command(tmp_path / "other")
    restored(other, saved)
    week.write_text(week.read_text("utf-8").replace("1601,Solar", "1609,Solar"), "utf-8")
    assert other("import", "--yes", week).returncode == 0
    assert other("person", "bob", ZHANGGUI_PASSWORD="correct horse battery").returncode == 0
    assert [i["id"] for i in json.loads(other("imports", "--json").stdout)] == [1, 2]


@pytest.mark.skipif(not ON_POSTGRES, reason="make test-postgres tries both ways between SQLite and PostgreSQL")
@pytest.mark.parametrize("first", ["sqlite", "postgres"])
def test_from_one_database_into_the_other(first: str, tmp_path: Path, week: Path) -> None:
    here = command(tmp_path / "here", sqlite=first == "sqlite")
    there = command(tmp_path / "there", sqlite=first != "sqlite")
    fill(here, tmp_path / "here", week)
    assert here("backup", tmp_path / "1.zip").returncode == 0
    restored(there, tmp_path / "1.zip")
    assert there("backup", tmp_path / "2.zip").returncode == 0
    assert members(tmp_path / "1.zip") == members(tmp_path / "2.zip")
    assert (tmp_path / "here" / "desk.sqlite3").exists() == (first == "sqlite")
    assert there("person", "bob", ZHANGGUI_PASSWORD="correct horse battery").returncode == 0


def test_what_was_there_is_moved_aside(saved: Path, week: Path, tmp_path: Path) -> None:
    other, home = command(tmp_path / "other"), tmp_path / "other"
    week.write_text(week.read_text("utf-8").replace("1601,Solar", "1609,Solar"), "utf-8")
    assert other("import", "--yes", week).returncode == 0
    assert other("backup", tmp_path / "before.zip").returncode == 0
    raw = {p.name for p in (home / "raw" / "main").iterdir()}
    refused = other("--lang", "en", "restore", saved)
    said = f"There are data in {home}. To exchange them add --replace (they are moved aside, not deleted).\n"
    assert (refused.returncode, refused.stdout, refused.stderr) == (2, "", said)
    assert other("restore", saved, "--replace").returncode == 0
    assert other("backup", tmp_path / "after.zip").returncode == 0
    assert members(tmp_path / "after.zip") == members(saved)
    (aside,) = home.glob("before-restore-*")
    assert {p.name for p in (aside / "raw" / "main").iterdir()} == raw
    assert (aside / "desk.sqlite3").exists() == (not ON_POSTGRES)


def test_without_secrets(origin: Origin, saved: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "open.zip", command(tmp_path / "other")
    assert origin.call("backup", path, "--without-secrets").returncode == 0
    assert sorted(set(members(saved)) - set(members(path))) == ["home/secret_key"]
    assert other("imports").returncode == 2  # makes a key of its own
    own = (tmp_path / "other" / "secret_key").read_text()
    said = other("--lang", "en", "restore", path).stdout.splitlines()
    assert said[-1] == "The backup holds no key: enter the secrets of the connections anew."
    assert (tmp_path / "other" / "secret_key").read_text() == own


def test_where_a_backup_may_not_go(origin: Origin, saved: Path, tmp_path: Path) -> None:
    places = [origin.home / "b.zip", saved, tmp_path / "none" / "b.zip"]
    assert [origin.call("--lang", "en", "backup", p).stderr for p in places] == [
        "The backup b.zip may not lie in the data folder. Put it elsewhere, best on another disk.\n",
        "There is a file saved.zip already; it was not overwritten. Choose another name.\n",
        f"There is no folder {tmp_path / 'none'}. Make it first.\n",
    ]


def test_a_damaged_raw_file_is_named(zhanggui: Command, week: Path, tmp_path: Path) -> None:
    assert zhanggui("import", "--yes", week).returncode == 0
    (raw,) = (tmp_path / "own" / "raw" / "main").iterdir()
    raw.write_bytes(b"something else")
    said = zhanggui("--lang", "en", "backup", tmp_path / "b.zip").stdout.splitlines()
    assert f"Note: raw/main/{raw.name} does not match its checksum, it is damaged on disk; saved as it is." in said


def test_nothing_is_touched_by_an_archive_that_is_refused(saved: Path, tmp_path: Path) -> None:
    call, home = command(tmp_path / "other"), tmp_path / "other"
    assert call("--lang", "en", "restore", tmp_path / "none.zip").stderr == "There is no file none.zip.\n"
    there = {p.relative_to(home).as_posix() for p in home.rglob("*")}
    assert there == {"secret_key", "locks", "locks/serve", "locks/worker", "locks/writing"} | (
        {"desk.sqlite3"} if not ON_POSTGRES else set()
    )
    (tmp_path / "cut.zip").write_bytes(saved.read_bytes()[:-1])
    newer = rewritten(saved, tmp_path / "newer.zip", lambda told: told["migrations"]["desk"].append("9999_later"))
    outside = rewritten(saved, tmp_path / "outside.zip", adding("home/../x"), **{"home/../x": b"x"})
    done = [call("--lang", "en", "restore", p) for p in (tmp_path / "cut.zip", newer, outside)]
    assert [(d.returncode, d.stdout) for d in done] == [(1, "")] * 3
    assert [d.stderr for d in done] == [
        "cut.zip is no whole backup: something is missing or was changed. Nothing was restored; use another backup.\n",
        "This backup comes from a newer version (desk 9999_later). Update Zhanggui first, then restore.\n",
        "The name home/../x in the backup leads outside the data folder. Nothing was restored; Zhanggui did not write this file.\n",
    ]
    assert {p.relative_to(home).as_posix() for p in home.rglob("*")} == there


# ---- killed, busy, at work


def test_killed_while_it_is_restored(saved: Path, tmp_path: Path, week: Path) -> None:
    """Killed anywhere, the former content is there, or the new one after `--finish`; the next restore works."""
    other, home, chance = command(tmp_path / "other"), tmp_path / "other", random.Random(2)
    week.write_text(week.read_text("utf-8").replace("1601,Solar", "1609,Solar"), "utf-8")
    assert other("import", "--yes", week).returncode == 0
    assert other("backup", tmp_path / "before.zip").returncode == 0
    states = [members(tmp_path / "before.zip"), members(saved)]
    env = os.environ | of_its_own(home)
    for n in range(ROUNDS):
        line = [sys.executable, "-m", "zhanggui", "restore", str(saved), "--replace"]
        running = subprocess.Popen(line, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        while running.poll() is None and not list(home.glob(".restoring-*/home")):
            pass
        for _ in range(chance.randrange(1, 2_000_000)):  # a random while, without asking a clock
            pass
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        assert other("restore", "--finish").returncode == 0
        assert other("backup", tmp_path / f"{n}.zip").returncode == 0
        assert members(tmp_path / f"{n}.zip") in states
    assert other("restore", saved, "--replace").returncode == 0
    assert list(home.glob(".restoring-*")) == []


@pytest.mark.django_db(transaction=True)
def test_interrupted_while_old_and_new_are_exchanged(zhanggui_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After every single step of the exchange: doing it again completes it."""
    rename = os.rename
    for step in range(8):
        home = zhanggui_home / str(step)
        monkeypatch.setattr("django.conf.settings.ZHANGGUI_HOME", home)
        built = home / ".restoring-1"
        for name in ("raw", "facts", "secret_key", "kept"):
            (home / name).mkdir(parents=True)
            (home / name / "old").touch()
        for name in ("raw", "facts", "inbox"):
            (built / "home" / name).mkdir(parents=True)
            (built / "home" / name / "new").touch()
        (built / keeping.READY).write_text(json.dumps({"new": ["facts", "inbox", "raw"], "stays": ["secret_key"]}))
        left = [step]

        def until(a: Path, b: Path, left: list[int] = left) -> None:
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            rename(a, b)

        with monkeypatch.context() as patch:
            patch.setattr(os, "rename", until)
            with contextlib.suppress(KeyboardInterrupt):
                keeping.finish()
        keeping.finish()
        assert keeping.finish() is False
        there = sorted(p.relative_to(home).as_posix() for p in home.rglob("*") if p.is_file())
        aside = [f"before-restore-1/{name}/old" for name in ("facts", "kept", "raw")]
        assert there == [*aside, "facts/new", "inbox/new", "raw/new", "secret_key/old"]


def test_not_while_the_worker_runs(saved: Path, tmp_path: Path) -> None:
    other = command(tmp_path / "other")
    other("imports")
    hold = (
        "import django; django.setup(); from zhanggui.desk import presence; presence.stay('worker'); print(flush=True); input()"
    )
    env = os.environ | of_its_own(tmp_path / "other") | {"DJANGO_SETTINGS_MODULE": "zhanggui.site.settings"}
    with subprocess.Popen([sys.executable, "-c", hold], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        done = other("--lang", "en", "restore", saved)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == (
            "The pages or the worker are running, or a file is being imported. Stop zhanggui serve and worker first, then restore.\n"
        )
        worker.communicate(b"\n")
    assert other("restore", saved).returncode == 0


SAVER = """
import sys
from datetime import date
import django
django.setup()
from django.core.management import call_command
from zhanggui.desk import people, registering
from zhanggui.desk.edits import Row
from zhanggui.tables import TABLES
call_command("migrate", verbosity=0)
shop = people.open_shop("alpha", "Alpha")
n = 0
while True:
    n += 1
    cells = {"product_id": f"16{n:011}", "unit_cost": "1", "currency": "CNY"}
    registering.save(shop, TABLES["product_cost"], [Row(1, None, cells)], person=None)
    print(n, flush=True)
"""


def test_while_others_write(tmp_path: Path) -> None:
    """In every backup each import is in the facts and in the database, or in neither."""
    home, call = tmp_path / "busy", command(tmp_path / "busy")
    env = os.environ | of_its_own(home) | {"DJANGO_SETTINGS_MODULE": "zhanggui.site.settings"}
    writer = subprocess.Popen([sys.executable, "-c", SAVER], env=env, stdout=subprocess.PIPE, start_new_session=True)
    assert writer.stdout is not None
    try:
        for n in range(3):
            writer.stdout.readline()
            assert call("backup", tmp_path / f"{n}.zip").returncode == 0
    finally:
        os.killpg(writer.pid, signal.SIGKILL)
        writer.communicate()
    seen = []
    for n in range(3):
        with zipfile.ZipFile(tmp_path / f"{n}.zip") as found:
            rows = [json.loads(line) for line in found.read("decisions/desk_import.jsonl").splitlines()]
            manifest = json.loads(found.read("home/facts/alpha/manifest.json"))
            live = {f"home/facts/alpha/{t}/{name}" for t, months in manifest["files"].items() for name in months.values()}
            assert [r["number"] for r in rows] == [r["id"] for r in manifest["imports"]]
            assert {n for n in found.namelist() if n.endswith(".parquet")} == live
            assert {f"home/raw/alpha/{r['sha256']}" for r in rows} <= set(found.namelist())
            seen.append(len(rows))
    assert seen == sorted(set(seen))


OLD = """
import sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from zhanggui.desk import keeping, rows
call_command("migrate", "desk", "0001", verbosity=0)
apps = rows.shape(rows.applied())
company = apps.get_model("desk", "Company").objects.create(name="Alpha")
apps.get_model("desk", "Shop").objects.create(company=company, key="alpha", name="Alpha")
keeping.save(Path(sys.argv[1]))
"""


def test_of_an_older_version(tmp_path: Path) -> None:
    """It is put into the shape of then, compared, and brought to the shape of today."""
    env = os.environ | of_its_own(tmp_path / "old") | {"DJANGO_SETTINGS_MODULE": "zhanggui.site.settings"}
    subprocess.run([sys.executable, "-c", OLD, str(tmp_path / "old.zip")], env=env, check=True)
    assert note(tmp_path / "old.zip")["migrations"]["desk"] == ["0001_start"]
    other = command(tmp_path / "other")
    restored(other, tmp_path / "old.zip")
    assert other("feeds", "--json").stdout == "[]\n"  # a table of the second migration
