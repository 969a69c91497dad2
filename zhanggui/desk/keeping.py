"""Verbs about the whole installation: save it into one file, put a saved one in place.

What is saved is one moment: nobody is in between a file and the row that tells of it, and the database is read as it was then.
A restore reads the archive from end to end, builds everything beside what is there, compares it, and only then exchanges the
two. What was there is moved aside and never deleted.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError

import zhanggui
from zhanggui.desk import archive, databases, presence, rows
from zhanggui.desk.archive import CannotKeep, Contents, Progress
from zhanggui.desk.clock import now
from zhanggui.desk.home import home
from zhanggui.facts import manifest

SECRETS = ("secret_key", "demo_password")
OWN = ("locks", databases.FILE, f"{databases.FILE}-wal", f"{databases.FILE}-shm")  # made anew by each installation
HOLDS, BUILDS, ASIDE = ".saving-", ".restoring-", "before-restore-"
READY = "ready"
SHOP_FILES = ("facts", "raw", "waiting", "inbox")
SPARE = 64 * 2**20  # bytes left free on the disk by a restore


@dataclass(frozen=True)
class Kept:
    """What was saved, or restored and found equal. `tables`: rows of each table. `damaged`: files that are not what their name says.
    `aside` is where the former content lies.
    """

    made: str
    version: str
    tables: dict[str, int]
    files: int
    size: int
    secrets: bool
    damaged: list[str] = field(default_factory=list)
    aside: str = ""


def save(path: Path, *, secrets: bool = True, progress: Progress | None = None) -> Kept:
    """Everything into one file, while others go on working; then the file is read back and checked. `secrets`: with the
    installation's key, without which sealed secrets of connections can't be opened.
    """
    path = path.resolve()
    if path.is_relative_to(home()):
        raise CannotKeep("inside", path.name)
    if path.exists():
        raise CannotKeep("exists", path.name)
    if not path.parent.is_dir():
        raise CannotKeep("no_folder", path.parent)
    with ExitStack() as until_done:
        hold = Path(until_done.enter_context(tempfile.TemporaryDirectory(prefix=HOLDS, dir=home())))
        with presence.moment():
            until_done.enter_context(rows.Still())
            found = _held(hold, secrets)
        made = now().isoformat(timespec="seconds")
        migrations = rows.applied()
        writer = until_done.enter_context(archive.Writer(path))
        tables, damaged = {}, []
        for model in rows.tables(rows.shape(migrations)):
            count = _Counted(rows.lines(model))
            writer.add(f"decisions/{model._meta.db_table}.jsonl", count)
            tables[model._meta.db_table] = count.count
        total, done = sum(p.stat().st_size for p in found.values()), 0
        for name, source in found.items():
            told = writer.add(archive.member(name), archive.chunks(source))
            if name.split("/")[0] in ("raw", "waiting") and told != name.split("/")[-1]:
                damaged.append(name)
            done += source.stat().st_size
            if progress:
                progress(done, total)
        note = {"made": made, "version": zhanggui.__version__, "secrets": secrets, "migrations": migrations}
        writer.close(note)
    contents = archive.check(path, 2**63)
    return Kept(made, zhanggui.__version__, tables, len(found), contents.size, secrets, damaged)


class _Counted:
    """Counts what goes by."""

    def __init__(self, items: Iterator[bytes]) -> None:
        self.items, self.count = items, 0

    def __iter__(self) -> Iterator[bytes]:
        for item in self.items:
            self.count += 1
            yield item


def _held(hold: Path, secrets: bool) -> dict[str, Path]:
    """The files of this moment: place below the data folder → where they can be read for as long as that takes."""
    found = {}
    for top in sorted(home().iterdir()):
        if top.name in OWN or top.name.startswith((HOLDS, BUILDS, ASIDE)) or (top.name in SECRETS and not secrets):
            continue
        if top.is_file():
            found[top.name] = _linked(hold, top, top.name)
            continue
        for folder, _, names in os.walk(top.resolve()):
            below = Path(top.name, Path(folder).relative_to(top.resolve()))
            live = _live(Path(folder), below)
            for name in sorted(names):
                path = Path(folder, name)
                if (live is None or name in live) and _lasts(below, name) and path.is_file() and not path.is_symlink():
                    place = (below / name).as_posix()
                    found[place] = path if top.name == "raw" else _linked(hold, path, place)  # a raw file is there for good
    return found


def _live(folder: Path, below: Path) -> set[str] | None:
    """Of a shop's facts, the files that its manifest names; None where every file counts."""
    if below.parts[0] != "facts" or len(below.parts) < 2:
        return None
    shop = folder if len(below.parts) == 2 else folder.parent
    live = manifest.load(shop / "manifest.json").live_files()
    return {"manifest.json"} if len(below.parts) == 2 else {n.split("/")[1] for n in live if n.startswith(f"{folder.name}/")}


def _lasts(below: Path, name: str) -> bool:
    """Neither a draft nor a lock."""
    return not (name.startswith(".") and name.endswith(".part")) and not (
        below.parts[0] == "waiting" and name.endswith(".lock")
    )


def _linked(hold: Path, path: Path, place: str) -> Path:
    """Another name for the file, which stays when others move or delete it; a copy where the disk has no such thing."""
    held = hold / hashlib.sha256(os.fsencode(place)).hexdigest()
    try:
        os.link(path, held)
    except OSError:
        shutil.copyfile(path, held)
    return held


# ---- restore


def restore(path: Path, *, replace: bool = False, progress: Progress | None = None) -> Kept:
    """Put what was saved in place. `replace`: though there is something here, which is moved aside."""
    try:
        with presence.nobody_else():
            if pending():
                raise CannotKeep("pending")
            _clear_away()
            if not replace and occupied():
                raise CannotKeep("occupied", home())
            contents = archive.check(path, shutil.disk_usage(home()).free - SPARE, progress)
            if unknown := databases.unknown(contents.note["migrations"]):
                raise CannotKeep("newer", unknown)
            return _put_in_place(path, contents)
    except BlockingIOError:
        raise CannotKeep("busy") from None


def occupied() -> bool:
    """Whether anything would be lost here but what an installation makes for itself."""
    files = (
        p for top in SHOP_FILES for p in (home() / top).rglob("*") if p.is_file() and p.name != "lock" and p.suffix != ".lock"
    )
    if next(files, None):
        return True
    try:
        applied = rows.applied()
        return "desk" in applied and rows.any_rows(rows.tables(rows.shape(applied)))
    except DatabaseError:  # whatever it is, it is something
        return True


def _put_in_place(path: Path, contents: Contents) -> Kept:
    stamp = f"{now():%Y%m%dT%H%M%S}"
    built = home() / (BUILDS + stamp)
    (built / "home").mkdir(parents=True, mode=0o700)
    try:
        with zipfile.ZipFile(path) as found:
            for name in contents.members:
                if name.startswith("home/"):
                    _write(built / "home" / archive.place(name), archive.read(found, contents, name))
            with databases.fresh(built / "home" / databases.FILE, contents.note["migrations"]) as alias:
                tables = _load(found, contents, alias)
        unequal = [n for n, (_, told) in contents.members.items() if n.startswith("home/") and told != _told(built, n)]
        if unequal:
            raise CannotKeep("unequal", unequal[0])
        os.sync()
        new = sorted(p.name for p in (built / "home").iterdir())
        stays = [n for n in SECRETS if not contents.note["secrets"]] + ["locks"]
        manifest.write_durably(built / READY, json.dumps({"new": new, "stays": stays}).encode())
    except BaseException:
        shutil.rmtree(built, ignore_errors=True)
        databases.forget()
        raise
    finish()
    files = sum(n.startswith("home/") for n in contents.members)
    note = contents.note
    return Kept(note["made"], note["version"], tables, files, contents.size, bool(note["secrets"]), aside=ASIDE + stamp)


def _write(target: Path, data: Iterator[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
        for chunk in data:
            f.write(chunk)


def _told(built: Path, name: str) -> str:
    with (built / "home" / archive.place(name)).open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def _load(found: zipfile.ZipFile, contents: Contents, alias: str) -> dict[str, int]:
    """The rows into a fresh database of the shape that they were saved from; each table is read back and compared."""
    models = rows.tables(rows.shape(contents.note["migrations"]))
    wanted = {f"decisions/{m._meta.db_table}.jsonl": m for m in models}
    if set(wanted) != {n for n in contents.members if n.startswith("decisions/")}:
        raise CannotKeep("unequal", "decisions")
    tables = {}
    with rows.whole(alias):
        for name, model in wanted.items():
            tables[model._meta.db_table] = rows.load(model, archive.rows(found, contents, name), alias)
        rows.number_on(models, alias)
    for name, model in wanted.items():
        told = hashlib.sha256()
        for line in rows.lines(model, alias):
            told.update(line)
        if told.hexdigest() != contents.members[name][1]:
            raise CannotKeep("unequal", model._meta.db_table)
    return tables


# ---- the exchange


def pending() -> Path | None:
    """A restore that was interrupted while the old and the new were exchanged."""
    return next((p.parent for p in sorted(home().glob(f"{BUILDS}*/{READY}"))), None)


def _clear_away() -> None:
    """What is left of a restore that died while it was being built."""
    for built in home().glob(f"{BUILDS}*"):
        shutil.rmtree(built)
    databases.forget()


def finish() -> bool:
    """Exchange the old and the new. Interrupted anywhere, doing it again completes it; whether there was anything to do."""
    built = pending()
    if built is None:
        return False
    stamp = built.name.removeprefix(BUILDS)
    aside = home() / (ASIDE + stamp)
    aside.mkdir(exist_ok=True, mode=0o700)
    databases.exchange(f"before_restore_{stamp.lower()}")
    plan = json.loads((built / READY).read_bytes())
    waits = {p.name for p in (built / "home").iterdir()}
    for path in sorted(home().iterdir()):
        is_new = path.name in plan["new"] and path.name not in waits
        if not is_new and path.name not in plan["stays"] and not path.name.startswith((HOLDS, BUILDS, ASIDE)):
            os.rename(path, aside / path.name)
    for name in sorted(waits):
        os.rename(built / "home" / name, home() / name)
    os.sync()
    (built / READY).unlink()
    shutil.rmtree(built)
    return True


def leftovers() -> list[str]:
    """What backups and restores that were killed have left in the data folder."""
    return sorted(p.name for prefix in (HOLDS, BUILDS) for p in home().glob(f"{prefix}*"))
