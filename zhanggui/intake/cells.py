"""Cells of a file as text, and where its bytes come from."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import polars as pl

from zhanggui.tables import Problem

MAX_COLUMNS = 1000
BLOCK_ROWS = 50_000
CHUNK = 2**20

UTF_8_CHINESE = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4}")  # in GB18030 no six characters that anyone writes
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
    first block here and gives the others once, by `blocks`, which raises `Broken`. `tail`: how many cells the last line has where
    the text stops without ending it, else None. `rejected`: what was turned away before there were cells of it, as `clean` tells it.
    """

    name: str
    cells: pl.DataFrame
    lines: pl.Series
    member: str = ""
    more: Callable[[], Iterator[Block]] | None = None
    tail: int | None = None
    rejected: pl.DataFrame | None = None

    @property
    def place(self) -> str:
        return f"{self.member} · {self.name}" if self.member and self.name else self.member or self.name

    def blocks(self) -> Iterator[Block]:
        yield self.cells, self.lines
        if self.more:
            yield from self.more()

    def whole(self) -> Block:
        """All blocks as one, for a sheet that is known to be small."""
        blocks = list(self.blocks())
        return pl.concat([c for c, _ in blocks], how="diagonal"), pl.concat([b for _, b in blocks])


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


def megabytes(n: int) -> str:
    """A size as a person reads it."""
    return f"{n / 2**20:,.0f} MB"


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Text of the whole file, strictly. A late bad byte rejects the file."""
    encoding, problems = encoding_of(source_of(data, name))
    return (data.decode(encoding), []) if encoding else ("", problems)


def encoding_of(source: Source) -> tuple[str, list[Problem]]:
    """UTF-16 by its mark, else UTF-8, else GB18030, read strictly to the end; "" and the line of the first bad byte otherwise."""
    marked = source.head(2) in TEXT_16
    good = 0
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        line = _first_bad_line(source, encoding) or (encoding == "gb18030" and _first_other_line(source)) or 0
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


def _first_other_line(source: Source) -> int:
    """0, or the first line of a text in GB18030 that holds Chinese in UTF-8: GB18030 takes nearly any bytes for some character."""
    before = 0
    with source.open() as f:
        while chunk := f.read(CHUNK):
            if found := UTF_8_CHINESE.search(chunk):
                return before + chunk[: found.start()].count(b"\n") + 1
            before += chunk.count(b"\n")
    return 0
