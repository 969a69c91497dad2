"""The watched folder: a file dropped into `inbox/<shop>` of the data folder is imported.

It then lies in `done`, or with the reasons beside it in `refused`. Nothing dropped there is ever deleted.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from zhanggui.desk import importing
from zhanggui.desk.clock import now
from zhanggui.desk.home import home
from zhanggui.desk.models import Import, Run, Shop
from zhanggui.tables import Problem

ENDINGS = {".xls", ".xlsx", ".csv", ".tsv", ".txt", ".json", ".zip"}
SETTLED_SECONDS = 5  # a file that was written to more recently may not be whole yet
LEFT_SECONDS = 1800  # a claimed file that nobody has finished by then: its worker has died


def folder_of(shop: Shop) -> Path:
    """The shop's watched folder, made if it is not there."""
    folder = home() / "inbox" / shop.key
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def waiting(folder: Path, moment: float) -> list[Path]:
    """Files that are whole by now, the oldest first; those claimed by a worker that has died are among them."""
    fresh = [p for p in folder.iterdir() if p.suffix.lower() in ENDINGS and not p.name.startswith((".", "~$"))]
    left = list((folder / ".working").glob("*")) if (folder / ".working").is_dir() else []
    ages = [(p, SETTLED_SECONDS) for p in fresh] + [(p, LEFT_SECONDS) for p in left]
    found = [(p.stat().st_mtime, p) for p, age in ages if _is_plain(p) and moment - _touched(p) >= age]
    return [p for _, p in sorted(found)]


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _touched(path: Path) -> float:
    """When the file was last written or moved."""
    told = path.stat()
    return max(told.st_mtime, told.st_ctime)


def empty(shop: Shop, moment: float | None = None) -> list[Import]:
    """Import what waits. Two workers at once share the files: who moves one away has it.

    `moment` is the file system's time, in seconds; a test may give its own.
    """
    folder = folder_of(shop)
    files = waiting(folder, time.time() if moment is None else moment)
    if not files:
        return []
    run = Run.objects.create(shop=shop, kind="inbox")
    done = [item for path in files if (item := _take(shop, folder, path))]
    run.finished, run.ok = now(), all(i.state != "refused" for i in done)
    run.note = {"files": [{"file": i.file, "state": i.state, "import": i.number} for i in done]}
    run.save()
    return done


def _take(shop: Shop, folder: Path, path: Path) -> Import | None:
    mine = folder / ".working" / path.name
    mine.parent.mkdir(exist_ok=True)
    try:
        os.utime(path)
        os.rename(path, mine)
    except FileNotFoundError:
        return None  # another worker was quicker
    item = importing.take(shop, mine, path.name)
    target = _place(folder / ("refused" if item.state == "refused" else "done"), path.name)
    os.rename(mine, target)
    if item.state == "refused":
        problems = [Problem(**p) for p in item.preview["problems"]]
        lines = [f"{p.says(lang)}" for p in problems for lang in ("zh", "en")]
        target.with_name(target.name + ".why.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return item


def _place(folder: Path, name: str) -> Path:
    """A free name in the folder: a second file of one name gets a number."""
    folder.mkdir(exist_ok=True)
    stem, ending = Path(name).stem, Path(name).suffix
    names = (folder / (f"{stem} ({i}){ending}" if i else name) for i in range(100_000))
    return next(p for p in names if not p.exists())
