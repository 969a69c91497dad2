"""One file that holds an installation: a zip whose last member lists every other one with its size and SHA-256.

Nothing of an archive is believed: names lead nowhere outside, sizes are those of the list, and every byte is counted and hashed.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Self
from urllib.parse import quote, unquote_to_bytes

FORMAT = 1
LIST = "list.json"
LONGEST_LIST = 256 * 2**20  # bytes: about a million files
CHUNK = 2**20
PACKED = (".parquet", ".zip", ".xlsx")  # packing them again saves nothing
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError, LookupError, TypeError, AttributeError)

Progress = Callable[[int, int], None]


class CannotKeep(Exception):
    """Backup or restore is not possible; `code` says why (words: `complaints.WORDS`), `what` names the file, app or folder."""

    def __init__(self, code: str, what: object = "") -> None:
        super().__init__(code, str(what))
        self.code, self.what = code, str(what)


@dataclass(frozen=True)
class Contents:
    """What an archive says of itself. `members`: name → (bytes, SHA-256)."""

    note: dict[str, Any]
    members: dict[str, tuple[int, str]]

    @property
    def size(self) -> int:
        return sum(size for size, _ in self.members.values())


def member(place: str) -> str:
    """The name in an archive of a file below the data folder, whatever bytes its name has."""
    return "home/" + quote(os.fsencode(place), safe="/ ()")


def place(name: str) -> PurePosixPath:
    """The other way round. `ValueError` if it leads outside of the folder, or nowhere."""
    text = os.fsdecode(unquote_to_bytes(name.removeprefix("home/")))
    parts = text.split("/")
    if not name.startswith("home/") or "\0" in text or "\\" in text or any(p in ("", ".", "..") for p in parts):
        raise ValueError(name)
    return PurePosixPath(text)


def chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as f:
        while chunk := f.read(CHUNK):
            yield chunk


class Writer:
    """A new archive; it has its name only once it is whole and on disk."""

    def __init__(self, path: Path) -> None:
        self.path, self.draft = path, path.with_name(path.name + ".part")
        self.members: dict[str, tuple[int, str]] = {}

    def __enter__(self) -> Self:
        self.handle = os.fdopen(os.open(self.draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")
        self.zip = zipfile.ZipFile(self.handle, "w")
        return self

    def add(self, name: str, data: Iterable[bytes]) -> str:
        """Put a member in; its SHA-256."""
        told, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name)  # no date: the same content makes the same member
        info.compress_type = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
        info._compresslevel = 1  # type: ignore[attr-defined]
        with self.zip.open(info, "w", force_zip64=True) as f:
            for chunk in data:
                told.update(chunk)
                size += len(chunk)
                f.write(chunk)
        self.members[name] = (size, told.hexdigest())
        return told.hexdigest()

    def close(self, note: dict[str, Any]) -> None:
        """Write the list, and give the archive its name."""
        listed = {"format": FORMAT, **note, "members": self.members}
        self.zip.writestr(zipfile.ZipInfo(LIST), json.dumps(listed, ensure_ascii=False))
        self.zip.close()
        self.handle.flush()
        os.fsync(self.handle.fileno())
        os.replace(self.draft, self.path)

    def __exit__(self, *_: object) -> None:
        self.handle.close()
        self.draft.unlink(missing_ok=True)


def check(path: Path, room: int, progress: Progress | None = None) -> Contents:
    """Read an archive from end to end. `CannotKeep` unless all of it is there and as it was written, and fits into `room` bytes."""
    if not path.is_file():
        raise CannotKeep("no_archive", path.name)
    try:
        with zipfile.ZipFile(path) as found:
            contents = _listed(found)
            if contents.size > room:
                raise CannotKeep("no_room", contents.size // 2**20 + 1)
            done = 0
            for name in contents.members:
                for chunk in read(found, contents, name):
                    done += len(chunk)
                    if progress:
                        progress(done, contents.size)
            return contents
    except DAMAGE:
        raise CannotKeep("not_whole", path.name) from None


def _listed(found: zipfile.ZipFile) -> Contents:
    info = found.getinfo(LIST)
    if info.file_size > LONGEST_LIST:
        raise ValueError(LIST)
    note = json.loads(found.read(info))
    if note["format"] > FORMAT:
        raise CannotKeep("newer", f"format {note['format']}")
    members = {str(n): (int(size), str(sha)) for n, (size, sha) in note.pop("members").items()}
    if sorted(found.namelist()) != sorted([*members, LIST]):
        raise ValueError("members")
    for name in members:
        if not (name.startswith("decisions/") and name.endswith(".jsonl")):
            try:
                place(name)
            except ValueError:
                raise CannotKeep("outside", name) from None
    return Contents(note, members)


def read(found: zipfile.ZipFile, contents: Contents, name: str) -> Iterator[bytes]:
    """A member's bytes; `ValueError` at its end, or before, if they are not those of the list."""
    size, sha256 = contents.members[name]
    told, done = hashlib.sha256(), 0
    with found.open(name) as f:
        while chunk := f.read(CHUNK):
            told.update(chunk)
            done += len(chunk)
            if done > size:
                raise ValueError(name)
            yield chunk
    if (done, told.hexdigest()) != (size, sha256):
        raise ValueError(name)


def rows(found: zipfile.ZipFile, contents: Contents, name: str) -> Iterator[bytes]:
    """A member's lines."""
    rest = b""
    for chunk in read(found, contents, name):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    if rest:
        raise ValueError(name)
