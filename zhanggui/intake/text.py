"""Delimited text → cells, block by block, strictly."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

import numpy as np
import polars as pl

from zhanggui.intake.answers import read_json
from zhanggui.intake.cells import (
    BLOCK_ROWS,
    MAX_COLUMNS,
    TEXT_16,
    Block,
    Broken,
    Progress,
    Sheet,
    Source,
    encoding_of,
    megabytes,
)
from zhanggui.tables import Problem

MAX_ANSWER_BYTES = 64 * 2**20  # a JSON document is held whole
MAX_ROWS = 6_000_000
CHUNK_CHARACTERS = 8 * 2**20
HEAD_ROWS = 200
HEAD = 2**16
#: In JSON, half of a character beyond 16 bits: a title that was cut in the middle of one. What comes before it here is whole.
HALF_PAIR = re.compile(rb"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F][\dA-Fa-f]{2})")
QUOTED = re.compile(r'"[^"]*"')
BREAK = re.compile(r"\r\n?|\n")


def read_text(source: Source, progress: Progress | None) -> tuple[list[Sheet], list[Problem]]:
    """The sheet of a delimited text, or the sheets of an answer in JSON."""
    encoding, problems = encoding_of(source)
    if problems:
        return [], problems
    with io.TextIOWrapper(source.open(), encoding, newline="") as f:
        head = f.read(HEAD)
    if head.lstrip()[:1] in ("{", "["):
        if source.size > MAX_ANSWER_BYTES:
            return [], [Problem("too_large", file=source.name, value=megabytes(source.size), limit=megabytes(MAX_ANSWER_BYTES))]
        return read_json(HALF_PAIR.sub(lambda m: rb"\ufffd" if m[1] else m[0], source.read()), source.name)
    delimiter = max(",\t;", key=lambda d: sum(QUOTED.sub("", line).count(d) for line in head.splitlines()[:30]))
    blocks = _text_blocks(source, encoding, delimiter, progress)
    try:
        cells, lines = next(blocks, (pl.DataFrame(), pl.Series()))
    except Broken as broken:
        return [], [broken.problem]
    if not cells.width:
        return [], [Problem("empty_file", file=source.name)]
    return [Sheet("", cells, lines, more=lambda: blocks, tail=_tail(source, encoding, delimiter))], []


def _tail(source: Source, encoding: str, delimiter: str) -> int | None:
    """How many cells stand on the last line of a text that does not end it; None where it does, or within a cell of many lines."""
    with source.open() as f:
        mark = f.read(2)
        f.seek(max(0, source.size - HEAD))
        end = f.read()
    if mark in TEXT_16:
        encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    last = re.split(r"[\r\n]", end.decode(encoding, "ignore"))[-1]
    return QUOTED.sub("", last).count(delimiter) + 1 if last and last.count('"') % 2 == 0 else None


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
    return int(lines[-1]) + sum(len(BREAK.findall(cell)) for cell in cells.row(-1) if cell)


def _plain_block(chunk: str, delimiter: str, width: int, line: int) -> Block | None:
    """Whole lines as cells, where every reader would see the same: no quote but around a cell, no line break within one, no line
    empty or longer than the header. None where there is doubt. `line` is the number of the line before.
    """
    text = chunk.replace("\r\n", "\n") if "\r" in chunk else chunk
    ended = text if text.endswith("\n") else text + "\n"
    if "\r" in text or "\x00" in text or "\n\n" in ended or ended.startswith(("\n", "\ufeff")) or width < 2:
        return None
    data = b"\n" + ended.encode()
    seen = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(seen == ord('"'))
    beside = np.concatenate([seen[quotes[::2] - 1], seen[quotes[1::2] + 1]])
    if quotes.size % 2 or not np.isin(beside, (ord(delimiter), ord("\n"))).all():
        return None
    height = ended.count("\n")
    try:
        cells = pl.read_csv(
            data[1:],
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
    width = max(1, *map(len, rows))  # empty lines have none
    if any(len(row) != width for row in rows):
        rows = [row + [None] * (width - len(row)) for row in rows]  # type: ignore[list-item]
    series = [pl.Series(f"c{i}", column, dtype=pl.String) for i, column in enumerate(zip(*rows, strict=True))]
    return pl.DataFrame(series), pl.Series("line", lines, dtype=pl.Int32)
