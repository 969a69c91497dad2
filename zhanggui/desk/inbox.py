"""The watched folder: a file dropped into `inbox/<shop>` of the data folder is imported.

It then lies in `done`, or with the reasons beside it in `refused`. Nothing dropped there is ever deleted.
"""

from __future__ import annotations

import itertools
import logging
import os
import re
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from zhanggui.desk import importing
from zhanggui.desk.clock import now
from zhanggui.desk.home import home
from zhanggui.desk.models import Import, Run, Shop
from zhanggui.intake.file_names import PICTURES, VIDEOS
from zhanggui.tables import Problem

log = logging.getLogger(__name__)

ENDINGS = {".xls", ".xlsx", ".csv", ".tsv", ".txt", ".json", ".zip", *(f".{e}" for e in (*PICTURES, *VIDEOS))}
SETTLED_SECONDS = 5  # a file that was written to more recently may not be whole yet
LONGEST_NAME = 200  # bytes, so that a number and an ending have room beside it
LEFT_SECONDS = 1800  # a claimed file that nobody has finished by then: its worker has died


def importable(folder: Path) -> list[Path]:
    """The files of a folder and the folders in it that may be imported, in the order of their names: week 2 before week 10."""
    inside = [p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS and not p.name.startswith((".", "~$"))]
    return sorted(inside, key=lambda p: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", p.name)])


def folder_of(shop: Shop) -> Path:
    """The shop's watched folder, made if it is not there."""
    folder = home() / "inbox" / shop.key
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def waiting(folder: Path, moment: float) -> list[Path]:
    """Files that are whole by now, the oldest first; those claimed by a worker that has died are among them."""
    fresh = [p for p in folder.iterdir() if p.suffix.lower() in ENDINGS and not p.name.startswith((".", "~$"))]
    left = [Path(inner) / name for inner, _, names in os.walk(folder / ".working") for name in names]
    ages = [(p, SETTLED_SECONDS) for p in fresh] + [(p, LEFT_SECONDS) for p in left]
    found = []
    for path, age in ages:
        with suppress(FileNotFoundError):  # another worker is quicker
            told = path.lstat()
            # By the time of the last write or move: what was copied may bring its old or wrong date along.
            if stat.S_ISREG(told.st_mode) and moment - told.st_ctime >= age:
                found.append((told.st_mtime, path))
    return [p for _, p in sorted(found)]


def empty(shop: Shop, moment: float | None = None) -> list[Import]:
    """Import what waits. Two workers at once share the files: who moves one away has it. A file at which the import fails is
    claimed until the next try, and does not hold up the others.

    `moment` is the file system's time, in seconds; a test may give its own.
    """
    folder = folder_of(shop)
    files = waiting(folder, time.time() if moment is None else moment)
    if not files:
        return []
    run = Run.objects.create(shop=shop, kind="inbox")
    done, failed = [], []
    for path in files:
        try:
            if item := _take(shop, folder, path):
                done.append(item)
        except Exception:
            log.exception("%s in the folder of shop %s", readable(path.name), shop.key)
            failed.append({"file": readable(path.name), "state": "failed", "import": None})
    run.finished, run.ok = now(), not failed and all(i.state != "refused" for i in done)
    run.note = {"files": [{"file": i.file, "state": i.state, "import": i.number} for i in done] + failed}
    run.save()
    return done


def readable(name: str) -> str:
    """A file's name as text: in UTF-8, or as an old program has written it in GB18030."""
    data = os.fsencode(name)
    with suppress(UnicodeDecodeError):
        return data.decode()
    return data.decode("gb18030", "replace")


def _take(shop: Shop, folder: Path, path: Path) -> Import | None:
    (folder / ".working").mkdir(exist_ok=True)
    mine = Path(tempfile.mkdtemp(dir=folder / ".working")) / path.name  # of its own: two files may have one name
    try:
        os.utime(path)
        os.rename(path, mine)
    except FileNotFoundError:
        mine.parent.rmdir()
        return None  # another worker was quicker
    if path.parent != folder:
        with suppress(OSError):
            path.parent.rmdir()
    name, before = readable(path.name), mine.stat()
    item = importing.take(shop, mine, name)
    after = mine.stat()
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):  # it was not whole yet: once more
        _move(mine, folder, name)
        return item
    target = _move(mine, folder / ("refused" if item.state == "refused" else "done"), name)
    if item.state == "refused":
        problems = [Problem(**p) for p in item.preview["problems"]]
        lines = [f"{p.says(lang)}" for p in problems for lang in ("zh", "en")]
        target.with_name(target.name + ".why.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return item


def _move(mine: Path, folder: Path, name: str) -> Path:
    """Put a claimed file into a folder, under its name or, where there is such a file, with a number behind it."""
    folder.mkdir(exist_ok=True)
    stem, ending = Path(name).stem.encode()[:LONGEST_NAME].decode(errors="ignore"), Path(name).suffix
    for i in itertools.count():
        target = folder / (f"{stem} ({i}){ending}" if i else stem + ending)
        with suppress(FileExistsError):
            target.open("x").close()  # nobody else can have the name from here on
            os.replace(mine, target)
            break
    mine.parent.rmdir()
    return target
