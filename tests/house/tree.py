"""The project's own files, and copies of its tree to do harm in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u3400-\u9fff]")


def copy_tree(to: Path, *names: str) -> Path:
    """A copy of parts of the project without what running it leaves behind."""
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
        else:
            shutil.copy2(ROOT / name, to / name)
    return to


def run_in(tree: Path, *arguments: str) -> str:
    """What Python prints when it runs in a copy, on the copy's own code, home and database."""
    environment = os.environ | {
        "PYTHONPATH": str(tree),
        "ZHANGGUI_HOME": str(tree / "home"),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "zhanggui.site.settings",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    line = [sys.executable, *arguments]
    done = subprocess.run(line, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def project_files() -> list[Path]:
    """What is committed or would be: tracked files and untracked ones that are not ignored. All files in a tree without git."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if asked.returncode == 0:
        names = {ROOT / name for name in asked.stdout.decode().split("\0") if name}
    else:
        skipped = {".venv", ".git", "data", "build", "__pycache__", "node_modules"}
        names = {p for p in ROOT.rglob("*") if not skipped & set(p.relative_to(ROOT).parts)}
    return sorted(p for p in names if p.is_file())


def text_of(path: Path) -> str | None:
    """The text of a file; None if it is none."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        return None


@dataclass(frozen=True)
class Block:
    """A fenced block of a page whose first line names its file. `place` says where in an existing file it belongs."""

    path: str
    place: str
    text: str


NAMED = re.compile(r"(?:#|\{#) (?P<path>[\w./]+\.\w+)(?: \((?P<place>[^)]+)\))?(?: #\})?")


def blocks(page: str) -> list[Block]:
    """The named blocks of a Markdown page, in their order."""
    found = []
    for body in re.findall(r"^```\w+\n(.*?)^```$", page, re.M | re.S):
        head, _, text = body.partition("\n")
        match = NAMED.fullmatch(head)
        if match:
            found.append(Block(match["path"], match["place"] or "", text))
    return found
