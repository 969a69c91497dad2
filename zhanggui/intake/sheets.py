"""Any file → sheets of text cells. Bytes are sniffed before names are believed; nothing is read past its limits."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import polars as pl

from zhanggui.tables import Problem

MAX_FILE_BYTES = 512 * 2**20
MAX_UNPACKED_BYTES = 2 * 2**30
MAX_RATIO = 300  # an honest .xlsx packs about 10:1, repeated rows up to about 100:1
MAX_MEMBERS = 500
MAX_COLUMNS = 1000
MAX_ROWS = 2_000_000

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Sheet:
    """Cells as text, header and titles included. `lines[i]` is the line number of row i as a spreadsheet or editor shows it.

    `cells` has columns `c0`, `c1` …; a blank cell is null. `member` is the file's name inside a zip.
    """

    name: str
    cells: pl.DataFrame
    lines: pl.Series
    member: str = ""

    @property
    def place(self) -> str:
        return f"{self.member} · {self.name}" if self.member and self.name else self.member or self.name


def read_sheets(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    """Sheets of one file (or of every file of a zip), and what is wrong with it."""
    if not data.strip():
        return [], [Problem("empty_file", file=name)]
    if len(data) > MAX_FILE_BYTES:
        return [], [Problem("too_large", file=name, value=_size(len(data)), limit=_size(MAX_FILE_BYTES))]
    if data.startswith(ZIP):
        return _read_zip(data, name)
    if data.startswith(OLE):
        if _claims_too_much(data):
            return [], [Problem("unreadable", file=name, value="DIMENSIONS")]
        return _read_excel(data, name)
    if data[:512].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        return [], [Problem("html_as_excel", file=name)]
    return _read_text(data, name)


def _size(n: int) -> str:
    return f"{n / 2**20:,.0f} MB"


def _read_zip(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            unpacked = sum(m.file_size for m in members)
            if unpacked > min(MAX_UNPACKED_BYTES, max(len(data) * MAX_RATIO, 64 * 2**20)) or len(members) > MAX_MEMBERS:
                limit = f"{_size(MAX_UNPACKED_BYTES)} / {MAX_RATIO}:1 / {MAX_MEMBERS} files"
                return [], [Problem("zip_bomb", file=name, value=f"{_size(unpacked)}, {len(members)} files", limit=limit)]
            if any(m.filename == "xl/workbook.xml" for m in members):
                return _read_excel(data, name)
            sheets: list[Sheet] = []
            problems: list[Problem] = []
            for member in members:
                if member.filename.startswith("__MACOSX/") or member.filename.rsplit("/", 1)[-1].startswith("."):
                    continue
                inner = archive.read(member)
                if inner.startswith(ZIP) and not _is_workbook(inner):
                    problems.append(Problem("not_text", file=name, sheet=member.filename))
                    continue
                found, trouble = read_sheets(inner, name)
                sheets += [Sheet(s.name, s.cells, s.lines, member.filename) for s in found]
                problems += [Problem(**{**p.__dict__, "sheet": member.filename}) for p in trouble]
            return sheets, problems
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error) as error:
        return [], [Problem("unreadable", file=name, value=type(error).__name__)]


def _claims_too_much(data: bytes) -> bool:
    """Whether a sheet of a BIFF8 file says that it is larger than one can be: the reader would ask for that memory and die.

    Walks the records from the first sector, where writers put the workbook; where they don't, nothing is said.
    """
    at, end = 512, len(data) - 4
    while at <= end:
        kind, length = int.from_bytes(data[at : at + 2], "little"), int.from_bytes(data[at + 2 : at + 4], "little")
        if length > 8_224 or (at == 512 and kind != 0x0809):  # no record is longer; the first is BOF
            return False
        if kind == 0x0200 and length == 14:  # DIMENSIONS: first and last row, first and last column
            rows, columns = int.from_bytes(data[at + 8 : at + 12], "little"), int.from_bytes(data[at + 14 : at + 16], "little")
            if rows > 65_536 or columns > 256:
                return True
        at += 4 + length
    return False


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
        return [], [Problem("unreadable", file=name, value=str(error).splitlines()[0][:80])]
    if not sheets and not problems:
        problems.append(Problem("empty_file", file=name))
    return sheets, problems


def _sheet(title: str, cells: pl.DataFrame, lines: pl.Series) -> Sheet:
    return Sheet(title, cells.rename({old: f"c{i}" for i, old in enumerate(cells.columns)}), lines)


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Text of the whole file, strictly: UTF-16 by its mark, else UTF-8, else GB18030. A late bad byte rejects the file."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError as error:
            return "", [Problem("encoding", file=name, line=data[: error.start].count(b"\n") + 1)]
    good = 0
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), []
        except UnicodeDecodeError as error:
            good = max(good, error.start)  # the encoding that gets farther is the file's own
    return "", [Problem("encoding", file=name, line=data[:good].count(b"\n") + 1)]


def _read_text(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    if b"\x00" in data[:4096] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return [], [Problem("not_text", file=name)]
    text, problems = decode(data, name)
    if problems:
        return [], problems
    head = text[:65536].splitlines()[:30]
    delimiter = max(",\t;", key=lambda d: sum(line.count(d) for line in head))
    rows: list[list[str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for row in reader:
            rows.append(row)
            lines.append(before + 1)
            before = reader.line_num
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS:
                return [], [
                    Problem(
                        "too_large",
                        file=name,
                        line=before,
                        value=f"{len(rows)} × {len(row)}",
                        limit=f"{MAX_ROWS} × {MAX_COLUMNS}",
                    )
                ]
    except csv.Error as error:
        return [], [Problem("unreadable", file=name, line=before + 1, value=str(error))]
    width = max((len(r) for r in rows), default=0)
    if not width:
        return [], [Problem("empty_file", file=name)]
    columns: dict[str, Any] = {f"c{i}": [r[i] if i < len(r) else None for r in rows] for i in range(width)}
    cells = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return [_sheet("", cells, pl.Series("line", lines, dtype=pl.Int32))], []
