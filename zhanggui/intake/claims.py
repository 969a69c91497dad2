"""What a workbook says of itself, looked at before the reader believes it: it would ask for that memory and take the process along.

The reader lays a sheet out as a full rectangle around its cells, keeps room for as many strings as are announced, and stops
before a member's checksum. So a cell in the last row and the last column, a wrong count or a turned bit must be found here.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np

from zhanggui.tables import Problem

MAX_CELLS = 40_000_000  # of all sheets, empty ones between the filled ones included: 32 bytes each in the reader
MAX_TEXT_BYTES = 2**30  # of all cells, a shared string counted as often as it is shown
XLS_ROWS, XLS_COLUMNS, XLS_RECORD = 65_536, 256, 8_224
XLSX_ROWS, XLSX_COLUMNS = 1_048_576, 16_384
CHUNK = 2**18  # what fits into the processor's cache

COUNT = re.compile(rb"""ount\s*=\s*["'](\d+)""")
ROW = re.compile(rb"<(?:\w+:)?row\b")
STRING_CELL = re.compile(rb"""\st=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d+)<""")


class Impossible(Exception):
    """No workbook says so; the words name the place."""


def objection(book: bytes | zipfile.ZipFile, name: str) -> Problem | None:
    """Why an .xls (its bytes) or an .xlsx (its archive) is not given to the reader. `zipfile.BadZipFile` where a sum is wrong."""
    try:
        areas = list(_xls_areas(book)) if isinstance(book, bytes) else _xlsx_areas(book)
    except Impossible as impossible:
        return Problem("unreadable", file=name, value=str(impossible))
    if sum(rows * columns for rows, columns in areas) > MAX_CELLS:
        rows, columns = max(areas, key=lambda area: area[0] * area[1])
        return Problem("too_large", file=name, value=f"{rows:,} × {columns:,}", limit=f"{MAX_CELLS:,}")
    return None


# --- .xls: records in a stream in a container of sectors

BOF, EOF, SHEET, STRINGS, SIZE = 0x0809, 0x000A, 0x0085, 0x00FC, 0x0200
CELLS = {0x0006: 0, 0x00BD: 0, 0x00D6: 0, 0x00FD: 10, 0x0203: 14, 0x0204: 0, 0x0205: 8, 0x027E: 10}  # filled cells → bytes
NO_SECTOR = 0xFFFFFFFA  # from here on: no sector follows


def _xls_areas(data: bytes) -> Iterator[tuple[int, int]]:
    """Rows and columns of each sheet. Cells stand in columns 0 to 255 and rows 0 to 65,535; nothing else is possible."""
    stream = _stream(data)
    if stream[:2] != b"\x09\x08":
        return  # older than Excel 97, or locked: the reader says so
    starts = [struct.unpack_from("<I", stream, at)[0] for at in _records(stream, 0, SHEET)]
    for at in _records(stream, 0, STRINGS):
        if struct.unpack_from("<I", stream, at + 4)[0] * 3 > len(stream):
            raise Impossible("SST")
    areas = {start: _area(stream, start) for start in set(starts)}
    yield from (areas[start] for start in starts)


def _records(stream: bytes, at: int, wanted: int) -> Iterator[int]:
    """Where the content of each record of one kind begins, up to the end of its part of the stream."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if length > XLS_RECORD or at + 4 + length > len(stream):
            raise Impossible(f"record at {at}")
        if kind == wanted:
            if length < 8:
                raise Impossible(f"record at {at}")
            yield at + 4
        if kind == EOF:
            return
        at += 4 + length


def _area(stream: bytes, at: int) -> tuple[int, int]:
    """Rows and columns around the filled cells of the sheet that begins at `at`."""
    size, record, place = len(stream), struct.Struct("<HH").unpack_from, struct.Struct("<HH").unpack_from
    first, last, left, right = XLS_ROWS, -1, XLS_COLUMNS, -1
    depth = 0
    found: list[int] = []  # cells of a fixed length, looked at together
    while at + 4 <= size:
        kind, length = record(stream, at)
        if length > XLS_RECORD or at + 4 + length > size:
            raise Impossible(f"record at {at}")
        if kind in CELLS:
            if length == CELLS[kind]:
                found.append(at)
                at += 4 + length
                continue
            if CELLS[kind] or length < 6:  # another length swallows the next cells, or has no place in it
                raise Impossible(f"record at {at}")
            row, column = place(stream, at + 4)
            end = struct.unpack_from("<H", stream, at + 2 + length)[0] if kind == 0x00BD else column  # several in one record
            if max(column, end) >= XLS_COLUMNS:
                raise Impossible(f"column {max(column, end)}")
            first, last = min(first, row), max(last, row)
            left, right = min(left, column), max(right, end)
        elif kind == SIZE and length >= 12:
            rows, columns = struct.unpack_from("<I", stream, at + 8)[0], struct.unpack_from("<H", stream, at + 14)[0]
            if rows > XLS_ROWS or columns > XLS_COLUMNS:
                raise Impossible("DIMENSIONS")
        elif kind == BOF:
            depth += 1
        elif kind == EOF and (depth := depth - 1) <= 0:
            break
        at += 4 + length
    if found:
        octets, where = np.frombuffer(stream, "u1"), np.array(found)
        rows, columns = (octets[where + n] + 256 * octets[where + n + 1].astype(int) for n in (4, 6))
        if columns.max() >= XLS_COLUMNS:
            raise Impossible(f"column {columns.max()}")
        first, last = min(first, int(rows.min())), max(last, int(rows.max()))
        left, right = min(left, int(columns.min())), max(right, int(columns.max()))
    return max(0, last - first + 1), max(0, right - left + 1)


def _stream(data: bytes) -> bytes:
    """The stream `Workbook` of a compound file, its sectors put together; empty if there is none."""
    if len(data) < 512:
        raise Impossible("header")
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    counts = (struct.unpack_from("<I", data, at)[0] for at in (40, 44, 64, 72))  # sectors of each table
    if shift not in (9, 12) or small_shift != 6 or any(n << shift > len(data) for n in counts):
        raise Impossible("header")
    (directory_at,) = struct.unpack_from("<I", data, 48)
    cutoff, small_at = struct.unpack_from("<II", data, 56)
    size = 1 << shift

    def sector(n: int) -> bytes:
        return data[(n + 1) * size : (n + 2) * size]

    tables = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // size):
        if more >= NO_SECTOR:
            break
        part = struct.unpack(f"<{size // 4}I", sector(more).ljust(size, b"\xff"))
        tables += part[:-1]
        more = part[-1]
    follows = np.frombuffer(b"".join(sector(n).ljust(size, b"\xff") for n in tables if n < NO_SECTOR), "<u4")
    directory = _joined(data[size:], directory_at, follows, size)
    entries = [directory[i : i + 128] for i in range(0, len(directory) - 127, 128)]
    for entry in entries:
        name = entry[: max(0, int.from_bytes(entry[64:66], "little") - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            start, length = struct.unpack_from("<II", entry, 116)
            if length >= cutoff:
                return _joined(data[size:], start, follows, size)[:length]
            small = _joined(data[size:], struct.unpack_from("<I", entries[0], 116)[0], follows, size)
            chain = np.frombuffer(_joined(data[size:], small_at, follows, size), "<u4")
            return _joined(small, start, chain, 64)[:length]
    return b""


def _joined(body: bytes, at: int, follows: np.ndarray, size: int) -> bytes:
    """Sectors of a chain one after another. A chain that leads in a circle or outside is impossible."""
    parts: list[bytes] = []
    while at < NO_SECTOR:
        if at >= len(follows) or len(parts) > len(follows):
            raise Impossible("sectors")
        parts.append(body[at * size : (at + 1) * size])
        at = int(follows[at])
    return b"".join(parts)


# --- .xlsx: a zip of XML


@dataclass
class _Extent:
    """What the cells of one sheet of an .xlsx show while its chunks go by."""

    rows: int = 0
    columns: int = 0
    row_tags: int = 0
    run: int = 0  # cells since the last row began
    string_cells: int = 0

    def take(self, chunk: bytes) -> None:
        """A chunk of whole tags."""
        text = np.frombuffer(chunk + b" " * 16, np.uint8)
        one, two, four = text[:-3], text[1:-2], text[3:]
        named = self._references(text, np.flatnonzero((one == ord("r")) & (two == ord("="))))
        self.string_cells += int(np.count_nonzero((one == ord("t")) & (two == ord("=")) & (four == ord("s"))))
        if np.count_nonzero(((one == ord("<")) | (one == ord(":"))) & (two == ord("c"))) > named:
            self._without_references(chunk)

    def _references(self, text: np.ndarray, at: np.ndarray) -> int:
        """The largest row and column of all references `r="AB12"`; gives how many name a column."""
        at = at[text[at - 1] <= ord(" ")] + 3
        column, row = np.zeros(len(at), np.int32), np.zeros(len(at), np.int32)
        named = 0
        for i in range(4):
            letter = (text[at] & 0xDF) - 64
            is_letter = (letter >= 1) & (letter <= 26)
            named = named or int(is_letter.sum())
            if i and not is_letter.any():
                break
            column = np.where(is_letter, column * 26 + letter, column)
            at = at + is_letter
        for _ in range(9):
            digit = text[at] - 48
            is_digit = digit < 10
            if not is_digit.any():
                break
            row = np.where(is_digit, row * 10 + digit, row)
            at = at + is_digit
        self.rows, self.columns = max(self.rows, int(row.max(initial=0))), max(self.columns, int(column.max(initial=0)))
        if self.rows > XLSX_ROWS or self.columns > XLSX_COLUMNS:
            raise Impossible(f"row {self.rows}, column {self.columns}")
        return named

    def _without_references(self, chunk: bytes) -> None:
        """Cells that don't say where they are stand beside the one before: as many columns as the fullest row has of them."""
        counts = [piece.count(b"<c") + piece.count(b":c") for piece in ROW.split(chunk)]
        counts[0] += self.run
        self.run, self.row_tags = counts[-1], self.row_tags + len(counts) - 1
        self.columns, self.rows = max(self.columns, *counts), max(self.rows, self.row_tags)


def _xlsx_areas(archive: zipfile.ZipFile) -> list[tuple[int, int]]:
    """Rows and columns of each sheet. Every member is read to its end, so that its checksum is tried."""
    areas = []
    strings = 0
    for member in archive.infolist():
        extent: _Extent | None = None
        with archive.open(member) as file:
            for i, chunk in enumerate(_whole_tags(file)):
                if i == 0 and any(int(n) > member.file_size for n in COUNT.findall(chunk)):
                    raise Impossible(member.filename[:80])
                if extent is None and b"sheetData" in chunk:
                    extent = _Extent()
                if extent:
                    extent.take(chunk)
        if extent:
            areas.append((extent.rows, extent.columns))
            strings += extent.string_cells
    _demand_text(archive, strings)
    return areas


def _whole_tags(file: IO[bytes]) -> Iterator[bytes]:
    """The text in pieces that end before a tag begins."""
    rest = b""
    while chunk := file.read(CHUNK):
        end = chunk.rfind(b"<")
        if end < 0:
            rest = (rest + chunk)[-CHUNK:]  # one long text: nothing to be seen in it
            continue
        yield rest + chunk[:end]
        rest = chunk[end:]
    yield rest


def _demand_text(archive: zipfile.ZipFile, string_cells: int) -> None:
    """A long string that is shown by very many cells is as large as a bomb."""
    shared = [m for m in archive.infolist() if m.filename.lower().endswith("sharedstrings.xml")]
    lengths = np.array([len(piece) for m in shared for piece in archive.read(m).split(b"</si>")] or [0])
    if string_cells * int(lengths.max()) <= MAX_TEXT_BYTES:
        return
    shown: Counter[bytes] = Counter()
    for member in (m for m in archive.infolist() if m not in shared):
        with archive.open(member) as file:
            for chunk in _whole_tags(file):
                shown.update(STRING_CELL.findall(chunk))
    total = sum(int(lengths[int(i)]) * n for i, n in shown.items() if int(i) < len(lengths))
    if total > MAX_TEXT_BYTES:
        raise Impossible(f"{total:,} bytes")
