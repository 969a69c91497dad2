"""Delimited text: what is read in blocks is what Python's CSV reader has, row by row, with the same lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.intake import text as delimited
from zhanggui.intake.cells import Broken, source_of

QUOTED = ['"', '"', '""', '"b"', '"b,c"', '"b\nc"', '"b\r\nc"', '"b\rc"', ',"', '",', '"\n', '\n"']
BETWEEN = [",", ",", ",", ",", ";", "\t", "\n", "\n", "\n", "\r\n", "\r", "\n\n"]
PIECES = st.sampled_from(["a", "1", "", " ", "\u00a0", "\ufeff", "乐福", "'", "\\", "#", *QUOTED, *BETWEEN])
RAGGED = st.lists(PIECES, min_size=1, max_size=40).map("".join)
CELL = st.text(st.sampled_from('ab1 ,;\t"\u00a0乐'), max_size=4)
REGULAR = st.builds(  # what a program writes: the block-wise way is taken
    lambda rows, quoting, end: written(rows, quoting, end),
    st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=12)),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)


def written(rows: list[list[str]], quoting: int, end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def plainly(text: str, delimiter: str) -> list[tuple[int, list[str]]] | None:
    """Line and cells of each row that is not empty; None where the CSV rules are broken."""
    rows, line = [], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        return None
    return [(line, filled) for line, row in rows if (filled := _up_to_the_last(row))]


def in_blocks(data: bytes, encoding: str, delimiter: str) -> list[tuple[int, list[str]]] | None:
    rows = []
    try:
        for cells, lines in delimited._text_blocks(source_of(data, "x.csv"), encoding, delimiter, None):
            rows += [
                (line, filled) for line, row in zip(lines, cells.iter_rows(), strict=True) if (filled := _up_to_the_last(row))
            ]
    except Broken:
        return None
    return rows


def _up_to_the_last(row: Sequence[str | None]) -> list[str]:
    cells = [cell or "" for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "HEAD_ROWS", 2)
    monkeypatch.setattr(delimited, "CHUNK_CHARACTERS", 9)


ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"])


def same(text: str, encoding: str, delimiter: str) -> None:
    data = text.encode(encoding)
    reads = "utf-8-sig" if encoding == "utf-8" else encoding
    assert in_blocks(data, reads, delimiter) == plainly(data.decode(reads), delimiter)


@settings(max_examples=400, deadline=None)
@given(RAGGED, ENCODINGS, st.sampled_from(",;\t"))
def test_any_text_in_blocks_has_the_rows_and_lines_of_the_csv_reader(text, encoding, delimiter):
    same(text, encoding, delimiter)


@settings(max_examples=400, deadline=None)
@given(REGULAR, ENCODINGS)
def test_a_written_table_in_blocks_has_the_rows_and_lines_of_the_csv_reader(text, encoding):
    same(text, encoding, ",")


@pytest.mark.parametrize("text", ['a,"b",c\n', '"a",b,"c;d"\n"","",""\n', "乐福,b,\n,,c\n"])
def test_what_is_beyond_doubt_is_read_as_a_block(text):
    assert delimited._plain_block(text, ",", 3, 0) is not None


@pytest.mark.parametrize(
    "text", ['a,"b\nc",d\n', 'a",b,"c\n', '""a",",\n', ',",x"y,b\n', "a,b\n\n", "a,b\rc,d\n", "a,b,c,d\n", "\ufeffa,b\n"]
)
def test_what_readers_may_see_differently_is_not(text):
    assert delimited._plain_block(text, ",", 3, 0) is None


def test_a_file_that_begins_with_very_many_empty_lines_is_not_empty():
    data = b"\n" * 10 + b"a,b\n"
    assert in_blocks(data, "utf-8", ",") == [(11, ["a", "b"])]
    (sheet,), problems = delimited.read_text(source_of(data, "x.csv"), None)
    assert ([lines.to_list() for _, lines in sheet.blocks()][-1][-1], problems) == (11, [])
