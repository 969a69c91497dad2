"""The manifest of one shop: which files are live and which imports stand behind them. Swapping it is the commit."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ImportRecord:
    """One accepted file. `options` are the answers with which it was read; `undone` the moment it was taken back, or ""."""

    id: int
    at: str
    file: str
    sha256: str
    by: str
    options: dict[str, Any]
    parts: list[dict[str, Any]]
    undone: str = ""

    @property
    def live(self) -> bool:
        return not self.undone


@dataclass(frozen=True)
class Manifest:
    """`files`: table → month (`2026-09`) → file name, relative to the table's folder."""

    version: int = 1
    swaps: int = 0
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    imports: tuple[ImportRecord, ...] = ()

    def with_files(self, table: str, changed: dict[str, str | None]) -> Manifest:
        """With months of a table replaced; a month mapped to None has no rows left."""
        months = {m: f for m, f in (self.files.get(table, {}) | changed).items() if f is not None}
        files = {t: f for t, f in self.files.items() if t != table}
        if months:
            files[table] = dict(sorted(months.items()))
        return replace(self, files=dict(sorted(files.items())))

    def record(self, import_id: int) -> ImportRecord | None:
        return next((r for r in self.imports if r.id == import_id), None)

    def live_files(self) -> set[str]:
        return {f"{table}/{name}" for table, months in self.files.items() for name in months.values()}


def load(path: Path) -> Manifest:
    """The manifest as it was at one moment; an empty one for a shop without facts."""
    try:
        raw = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Manifest()
    return Manifest(raw["version"], raw["swaps"], raw["files"], tuple(ImportRecord(**r) for r in raw["imports"]))


def swap(path: Path, manifest: Manifest) -> None:
    """Write, flush to disk, replace: readers see the old one or the new one, never half of either."""
    plain = vars(manifest) | {"imports": [vars(r) for r in manifest.imports]}
    data = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    write_durably(path, data)


def write_durably(path: Path, data: bytes | Path) -> None:
    """Put a whole file (bytes, or a copy of another file) in place at once, and on disk before returning."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    with draft.open("wb") as f:
        if isinstance(data, bytes):
            f.write(data)
        else:
            with data.open("rb") as source:
                shutil.copyfileobj(source, f, 2**20)
    settle(draft, path)


def settle(draft: Path, path: Path) -> None:
    """Flush a written draft to disk and give it its name."""
    with draft.open("rb") as f:
        os.fsync(f.fileno())
    os.replace(draft, path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut (POSIX; elsewhere the rename itself has to do)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
