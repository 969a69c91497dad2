"""Any file → sheets of text cells, block by block. Bytes are sniffed before names are believed; nothing is read past its limits."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import polars as pl

from zhanggui.intake.cells import BLOCK_ROWS, MAX_COLUMNS, TEXT_16, Progress, Sheet, Source, megabytes, source_of
from zhanggui.intake.claims import objection
from zhanggui.intake.gallery import MAX_FILES, Member, kind_of, read_gallery, shown
from zhanggui.intake.text import read_text
from zhanggui.tables import Problem

MAX_FILE_BYTES = 512 * 2**20
MAX_UNPACKED_BYTES = 2 * 2**30
MAX_RATIO = 300  # an honest .xlsx packs about 10:1, repeated rows up to about 100:1
MAX_MEMBERS = 500

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_sheets(data: bytes | Path, name: str, progress: Progress | None = None) -> tuple[list[Sheet], list[Problem]]:
    """Sheets of one file (or of every file of a zip), and what is wrong with it. `progress` is told bytes behind and in all."""
    return _read(source_of(data, name), progress)


def _read(source: Source, progress: Progress | None) -> tuple[list[Sheet], list[Problem]]:
    name, head = source.name, source.head(4096)
    if not head.strip() and not (source.size > len(head) and source.read().strip()):
        return [], [Problem("empty_file", file=name)]
    if source.size > MAX_FILE_BYTES:
        return [], [Problem("too_large", file=name, value=megabytes(source.size), limit=megabytes(MAX_FILE_BYTES))]
    if head.startswith(ZIP):
        return _read_zip(source, progress)
    if kind_of(head):
        return read_gallery([(1, source)], progress)
    if head.startswith(OLE):
        data = source.read()
        refused = objection(data, name)
        return ([], [refused]) if refused else _read_excel(data, name)
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        return [], [Problem("html_as_excel", file=name)]
    if b"\x00" in head and not head.startswith(TEXT_16):
        return [], [Problem("not_text", file=name)]
    return read_text(source, progress)


def _read_zip(source: Source, progress: Progress | None) -> tuple[list[Sheet], list[Problem]]:
    name = source.name
    try:
        archive = zipfile.ZipFile(source.open())  # stays open: its members are read block by block
        members = [m for m in archive.infolist() if not m.is_dir()]
        unpacked = sum(m.file_size for m in members)
        seen = sum(kind_of(b"", m.filename) != "" for m in members)
        many = seen > MAX_FILES or len(members) - seen > MAX_MEMBERS
        if unpacked > min(MAX_UNPACKED_BYTES, max(source.size * MAX_RATIO, 64 * 2**20)) or many:
            limit = f"{megabytes(MAX_UNPACKED_BYTES)} / {MAX_RATIO}:1 / {MAX_FILES if seen > MAX_FILES else MAX_MEMBERS} files"
            return [], [Problem("zip_bomb", file=name, value=f"{megabytes(unpacked)}, {len(members)} files", limit=limit)]
        if any(m.filename == "xl/workbook.xml" for m in members):
            data = source.read()
            refused = objection(zipfile.ZipFile(io.BytesIO(data)), name)
            return ([], [refused]) if refused else _read_excel(data, name)
        sheets: list[Sheet] = []
        problems: list[Problem] = []
        gallery: list[Member] = []
        for place, member in enumerate(archive.infolist(), 1):
            if member.is_dir() or member.filename.startswith("__MACOSX/") or member.filename.rsplit("/", 1)[-1].startswith("."):
                continue
            inner = Source(name, member.file_size, lambda m=member: archive.open(m))  # type: ignore[misc]
            if kind_of(inner.head(16), member.filename):
                gallery.append((place, replace(inner, name=shown(member))))
                continue
            if inner.head(4) == ZIP and not _is_workbook(inner.read()):
                problems.append(Problem("not_text", file=name, sheet=member.filename))
                continue
            found, trouble = _read(inner, progress)
            sheets += [replace(s, member=member.filename) for s in found]
            problems += [replace(p, sheet=member.filename) for p in trouble]
        found, trouble = read_gallery(gallery, progress)
        sheets += found
        problems += [replace(p, file=name) for p in trouble]
        return sheets, problems if sheets or problems else [Problem("empty_file", file=name)]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error) as error:
        return [], [Problem("unreadable", file=name, value=type(error).__name__)]


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _read_excel(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    import fastexcel

    sheets: list[Sheet] = []
    problems: list[Problem] = []
    try:
        book = fastexcel.read_excel(data)
        for title in book.sheet_names:
            sheet = book.load_sheet(title, header_row=None, skip_rows=0, dtypes="string")
            if getattr(sheet, "visible", "visible") != "visible":
                problems.append(Problem("hidden_sheet", "note", file=name, sheet=title))
                continue
            cells = sheet.to_polars()
            if cells.height == 0 or cells.width == 0:
                continue
            if cells.width > MAX_COLUMNS:
                problems.append(
                    Problem("too_large", file=name, sheet=title, value=f"{cells.width} columns", limit=str(MAX_COLUMNS))
                )
                continue
            sheets.append(_sheet(title, cells, pl.Series("line", range(1, cells.height + 1), dtype=pl.Int32)))
    except BaseException as error:  # its own errors and Rust's panics, which are no `Exception`: none may reach the person
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
            raise
        return [], [Problem("unreadable", file=name, value=(str(error).splitlines() or [type(error).__name__])[0][:80])]
    if not sheets and all(p.level == "note" for p in problems):
        problems.append(Problem("empty_file", file=name))
    return sheets, problems


def _sheet(title: str, cells: pl.DataFrame, lines: pl.Series) -> Sheet:
    cells = cells.rename({old: f"c{i}" for i, old in enumerate(cells.columns)})
    if cells.height <= BLOCK_ROWS:
        return Sheet(title, cells, lines)
    starts = range(BLOCK_ROWS, cells.height, BLOCK_ROWS)
    more = ((cells.slice(i, BLOCK_ROWS), lines.slice(i, BLOCK_ROWS)) for i in starts)
    return Sheet(title, cells.head(BLOCK_ROWS), lines.head(BLOCK_ROWS), more=lambda: more)
