"""Any file → sheets of text cells, block by block. Bytes are sniffed before names are believed; nothing is read past its limits."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import polars as pl

from zhanggui.tables import Problem

MAX_FILE_BYTES = 512 * 2**20
MAX_ANSWER_BYTES = 64 * 2**20  # a JSON document is held whole
MAX_UNPACKED_BYTES = 2 * 2**30
MAX_RATIO = 300  # an honest .xlsx packs about 10:1, repeated rows up to about 100:1
MAX_MEMBERS = 500
MAX_COLUMNS = 1000
MAX_ROWS = 6_000_000
BLOCK_ROWS = 50_000
CHUNK = 2**20
CHUNK_CHARACTERS = 8 * 2**20
HEAD_ROWS = 200

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Block = tuple[pl.DataFrame, pl.Series]
Progress = Callable[[int, int], None]


class Broken(Exception):
    """A sheet that turned out bad after its first block; `problem` says where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True)
class Sheet:
    """Cells as text, header and titles included. `lines[i]` is the line number of row i as a spreadsheet or editor shows it.

    `cells` has columns `c0`, `c1` …; a blank cell is null. `member` is the file's name inside a zip. A long sheet holds its
    first block here and gives the others once, by `blocks`, which raises `Broken`.
    """

    name: str
    cells: pl.DataFrame
    lines: pl.Series
    member: str = ""
    more: Callable[[], Iterator[Block]] | None = None

    @property
    def place(self) -> str:
        return f"{self.member} · {self.name}" if self.member and self.name else self.member or self.name

    def blocks(self) -> Iterator[Block]:
        yield self.cells, self.lines
        if self.more:
            yield from self.more()


@dataclass(frozen=True)
class Source:
    """Where bytes come from: held in memory, on disk, or inside a zip."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]

    def head(self, n: int) -> bytes:
        with self.open() as f:
            return f.read(n)

    def read(self) -> bytes:
        with self.open() as f:
            return f.read()


def source_of(data: bytes | Path, name: str) -> Source:
    if isinstance(data, bytes):
        return Source(name, len(data), lambda: io.BytesIO(data))
    return Source(name, data.stat().st_size, lambda: data.open("rb"))


def read_sheets(data: bytes | Path, name: str, progress: Progress | None = None) -> tuple[list[Sheet], list[Problem]]:
    """Sheets of one file (or of every file of a zip), and what is wrong with it. `progress` is told bytes behind and in all."""
    return _read(source_of(data, name), progress)


def _read(source: Source, progress: Progress | None) -> tuple[list[Sheet], list[Problem]]:
    name, head = source.name, source.head(4096)
    if not head.strip() and not (source.size > len(head) and source.read().strip()):
        return [], [Problem("empty_file", file=name)]
    if source.size > MAX_FILE_BYTES:
        return [], [Problem("too_large", file=name, value=_size(source.size), limit=_size(MAX_FILE_BYTES))]
    if head.startswith(ZIP):
        return _read_zip(source, progress)
    if head.startswith(OLE):
        data = source.read()
        if _claims_too_much(data):
            return [], [Problem("unreadable", file=name, value="DIMENSIONS")]
        return _read_excel(data, name)
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        return [], [Problem("html_as_excel", file=name)]
    if b"\x00" in head and not head.startswith(TEXT_16):
        return [], [Problem("not_text", file=name)]
    return _read_text(source, progress)


def _size(n: int) -> str:
    return f"{n / 2**20:,.0f} MB"


def _read_zip(source: Source, progress: Progress | None) -> tuple[list[Sheet], list[Problem]]:
    name = source.name
    try:
        archive = zipfile.ZipFile(source.open())  # stays open: its members are read block by block
        members = [m for m in archive.infolist() if not m.is_dir()]
        unpacked = sum(m.file_size for m in members)
        if unpacked > min(MAX_UNPACKED_BYTES, max(source.size * MAX_RATIO, 64 * 2**20)) or len(members) > MAX_MEMBERS:
            limit = f"{_size(MAX_UNPACKED_BYTES)} / {MAX_RATIO}:1 / {MAX_MEMBERS} files"
            return [], [Problem("zip_bomb", file=name, value=f"{_size(unpacked)}, {len(members)} files", limit=limit)]
        if any(m.filename == "xl/workbook.xml" for m in members):
            return _read_excel(source.read(), name)
        sheets: list[Sheet] = []
        problems: list[Problem] = []
        for member in members:
            if member.filename.startswith("__MACOSX/") or member.filename.rsplit("/", 1)[-1].startswith("."):
                continue
            inner = Source(name, member.file_size, lambda m=member: archive.open(m))  # type: ignore[misc]
            if inner.head(4) == ZIP and not _is_workbook(inner.read()):
                problems.append(Problem("not_text", file=name, sheet=member.filename))
                continue
            found, trouble = _read(inner, progress)
            sheets += [replace(s, member=member.filename) for s in found]
            problems += [replace(p, sheet=member.filename) for p in trouble]
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
        return [], [Problem("unreadable", file=name, value=(str(error).splitlines() or [type(error).__name__])[0][:80])]
    if not sheets and not problems:
        problems.append(Problem("empty_file", file=name))
    return sheets, problems


def _sheet(title: str, cells: pl.DataFrame, lines: pl.Series) -> Sheet:
    cells = cells.rename({old: f"c{i}" for i, old in enumerate(cells.columns)})
    if cells.height <= BLOCK_ROWS:
        return Sheet(title, cells, lines)
    starts = range(BLOCK_ROWS, cells.height, BLOCK_ROWS)
    more = ((cells.slice(i, BLOCK_ROWS), lines.slice(i, BLOCK_ROWS)) for i in starts)
    return Sheet(title, cells.head(BLOCK_ROWS), lines.head(BLOCK_ROWS), more=lambda: more)


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Text of the whole file, strictly. A late bad byte rejects the file."""
    encoding, problems = encoding_of(source_of(data, name))
    return (data.decode(encoding), []) if encoding else ("", problems)


def encoding_of(source: Source) -> tuple[str, list[Problem]]:
    """UTF-16 by its mark, else UTF-8, else GB18030, read strictly to the end; "" and the line of the first bad byte otherwise."""
    marked = source.head(2) in TEXT_16
    good = 0
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        line = _first_bad_line(source, encoding)
        if not line:
            return encoding, []
        good = max(good, line)  # the encoding that gets farther is the file's own
    return "", [Problem("encoding", file=source.name, line=good)]


def _first_bad_line(source: Source, encoding: str) -> int:
    """0 if the whole file is text of the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    before = 0
    with source.open() as f:
        while True:
            chunk = f.read(CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return before + chunk[: error.start].count(b"\n") + 1
            if not chunk:
                return 0
            before += chunk.count(b"\n")


def _read_text(source: Source, progress: Progress | None) -> tuple[list[Sheet], list[Problem]]:
    encoding, problems = encoding_of(source)
    if problems:
        return [], problems
    with io.TextIOWrapper(source.open(), encoding, newline="") as f:
        head = f.read(65536)
    if head.lstrip()[:1] in ("{", "["):
        if source.size > MAX_ANSWER_BYTES:
            return [], [Problem("too_large", file=source.name, value=_size(source.size), limit=_size(MAX_ANSWER_BYTES))]
        from zhanggui.intake.answers import read_json

        return read_json(source.read(), source.name)
    delimiter = max(",\t;", key=lambda d: sum(line.count(d) for line in head.splitlines()[:30]))
    blocks = _text_blocks(source, encoding, delimiter, progress)
    try:
        cells, lines = next(blocks, (pl.DataFrame(), pl.Series()))
    except Broken as broken:
        return [], [broken.problem]
    if not cells.width:
        return [], [Problem("empty_file", file=source.name)]
    return [Sheet("", cells, lines, more=lambda: blocks)], []


def _text_blocks(source: Source, encoding: str, delimiter: str, progress: Progress | None) -> Iterator[Block]:
    """Blocks of a delimited text, read strictly by the CSV rules.

    The first lines go row by row; from there on Polars reads what is beyond doubt (`_plain_block`), and at the first doubt the
    rest goes row by row again.
    """
    with source.open() as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        head = next(_strict_blocks(source, text, delimiter, 0, HEAD_ROWS), None)
        if head is None:
            return
        yield head
        line, count, width = _last_line(head), head[0].height, head[0].width
        while chunk := text.read(CHUNK_CHARACTERS) + text.readline():
            block = _plain_block(chunk, delimiter, width, line)
            if block is None:
                rest = itertools.chain(io.StringIO(chunk, newline=""), text)
                for cells, lines in _strict_blocks(source, rest, delimiter, line):
                    count += cells.height
                    _demand_rows(source, count, int(lines[-1]))
                    yield cells, lines
                    _tell(progress, raw, source)
                return
            line, count = int(block[1][-1]), count + block[0].height
            _demand_rows(source, count, line)
            yield block
            _tell(progress, raw, source)


def _demand_rows(source: Source, count: int, line: int) -> None:
    if count > MAX_ROWS:
        raise Broken(
            Problem("too_large", file=source.name, line=line, value=f"> {MAX_ROWS:,} rows", limit=f"{MAX_ROWS:,} rows")
        )


def _tell(progress: Progress | None, raw: IO[bytes], source: Source) -> None:
    if progress:
        progress(raw.tell(), source.size)


def _last_line(block: Block) -> int:
    """The line on which a block's last row ends."""
    cells, lines = block
    return int(lines[-1]) + sum(cell.count("\n") for cell in cells.row(-1) if cell)


def _plain_block(chunk: str, delimiter: str, width: int, line: int) -> Block | None:
    """Whole lines as cells, where every reader would see the same: no quote but around a cell, no line break within one, no line
    empty or longer than the header. None where there is doubt. `line` is the number of the line before.
    """
    text = chunk.replace("\r\n", "\n") if "\r" in chunk else chunk
    ended = text if text.endswith("\n") else text + "\n"
    if "\r" in text or "\x00" in text or "\n\n" in ended or ended.startswith("\n") or width < 2:
        return None
    if quotes := ended.count('"'):
        opening = ended.count(delimiter + '"') + ended.count('\n"') + ended.startswith('"')
        closing = ended.count('"' + delimiter) + ended.count('"\n')
        if opening != closing or opening + closing != quotes:
            return None
    height = ended.count("\n")
    try:
        cells = pl.read_csv(
            ended.encode(),
            has_header=False,
            separator=delimiter,
            schema={f"c{i}": pl.String for i in range(width)},
        )
    except pl.exceptions.PolarsError:
        return None
    if cells.height != height:
        return None
    return cells, pl.Series("line", range(line + 1, line + height + 1), dtype=pl.Int32)


def _strict_blocks(source: Source, text: Iterable[str], delimiter: str, line: int, size: int = BLOCK_ROWS) -> Iterator[Block]:
    """Blocks of lines row by row, as Python's CSV reader has them in its strict mode."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    before = line
    try:
        for row in reader:
            rows.append(row)
            lines.append(before + 1)
            before = line + reader.line_num
            if len(row) > MAX_COLUMNS or len(rows) > MAX_ROWS:
                value, limit = f"{len(rows):,} × {len(row):,}", f"{MAX_ROWS:,} × {MAX_COLUMNS:,}"
                raise Broken(Problem("too_large", file=source.name, line=before, value=value, limit=limit))
            if len(rows) == size:
                yield _block(rows, lines)
                rows, lines = [], []
    except csv.Error as error:
        raise Broken(Problem("unreadable", file=source.name, line=before + 1, value=str(error))) from None
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Broken(Problem("unreadable", file=source.name, line=before + 1, value=type(error).__name__)) from None
    if rows:
        yield _block(rows, lines)


def _block(rows: list[list[str]], lines: list[int]) -> Block:
    width = max(map(len, rows))
    if any(len(row) != width for row in rows):
        rows = [row + [None] * (width - len(row)) for row in rows]  # type: ignore[list-item]
    series = [pl.Series(f"c{i}", column, dtype=pl.String) for i, column in enumerate(zip(*rows, strict=True))]
    return pl.DataFrame(series), pl.Series("line", lines, dtype=pl.Int32)
