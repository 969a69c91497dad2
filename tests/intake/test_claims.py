"""What a workbook says of itself is looked at before the reader believes it."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from tests.intake import hostile
from tests.intake.damage import records
from tests.intake.files import codes, taken, xls, xlsx
from tests.intake.hostile import CELLS, SHEET
from zhanggui.intake import claims
from zhanggui.intake.claims import objection

OLD = xls(CELLS)


def opened(book: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(book))


def refusal(book: bytes) -> tuple[str, str] | None:
    """Code and value of the objection to an .xls or .xlsx."""
    said = objection(opened(book) if book.startswith(b"PK") else book, "book")
    return (said.code, said.value) if said else None


def with_record(kind: int, at: int, value: bytes) -> bytes:
    """The old workbook with bytes changed in the content of its last record of a kind."""
    data = bytearray(OLD)
    start = [s for s, _ in records(OLD) if OLD[s - 4 : s - 2] == struct.pack("<H", kind)][-1] + at
    data[start : start + len(value)] = value
    return bytes(data)


@pytest.mark.parametrize("make", [xls, xlsx])
def test_the_rectangle_around_the_cells_counts_and_not_what_is_announced(make):
    rows = [[], [None, None, "a"], [None, 1, 2, 3], [], [None] * 5 + ["z"]]
    found = list(claims._xls_areas(xls(rows)) if make is xls else claims._xlsx_areas(opened(xlsx(rows))))
    assert found == [(4, 5) if make is xls else (5, 6)]


def test_an_honest_workbook_is_read():
    assert [refusal(book) for book in (OLD, hostile.BOOK, hostile.inline())] == [None, None, None]


def test_a_small_old_workbook_in_small_sectors_is_found():
    """Writers may put a workbook below 4,096 bytes among the small streams of 64 bytes."""
    small = b"\x09\x08\x10\x00" + bytes(16) + b"\x85\x00\x08\x00" + struct.pack("<I", 36) + bytes(4) + b"\x0a\x00\x00\x00"
    small += b"\x09\x08\x10\x00" + bytes(16) + b"\xfd\x00\x0a\x00" + struct.pack("<HH", 7, 300) + bytes(6) + b"\x0a\x00\x00\x00"
    entry = "{:\x00<32}".format("Workbook").encode("utf-16-le") + struct.pack("<H", 18)
    root = "{:\x00<32}".format("Root Entry").encode("utf-16-le") + struct.pack("<H", 22)
    directory = (
        root.ljust(116, b"\0")
        + struct.pack("<III", 2, 512, 0)
        + entry.ljust(116, b"\0")
        + struct.pack("<III", 0, len(small), 0)
    )
    none = struct.pack("<I", 0xFFFFFFFF)
    header = hostile.impostors()["ole.xls"][:8].ljust(24, b"\0") + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<IIIIIIII", 1, 0, 0, 4096, 3, 1, 0xFFFFFFFE, 0)
    header = header[:48] + struct.pack("<I", 1) + header[52:]
    header = (header + struct.pack("<I", 0)).ljust(512, b"\xff")
    follows = struct.pack("<IIII", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFE).ljust(512, b"\xff")
    chain = struct.pack("<II", 1, 0xFFFFFFFE).ljust(512, none[:1])
    data = header + follows + directory.ljust(512, b"\0") + small.ljust(512, b"\0") + chain
    assert refusal(data) == ("unreadable", "column 300")


@pytest.mark.parametrize(
    ("kind", "at", "value", "said"),
    [
        (0x00FD, 2, b"\xff\xff", "column 65535"),
        (0x0200, 10, b"\xff\xff", "DIMENSIONS"),
        (0x00FC, 4, b"\xff\xff\xff\x7f", "SST"),
    ],
)
def test_what_no_old_workbook_holds_is_refused(kind, at, value, said):
    value = value if kind != 0x0200 else b"\xff" * 4
    assert refusal(with_record(kind, 4 if kind == 0x0200 else at, value)) == ("unreadable", said)


def test_a_row_that_is_far_away_is_no_trouble_in_an_old_workbook():
    assert refusal(with_record(0x00FD, 0, b"\xff\xff")) is None


def test_a_stray_cell_far_away_is_too_large_and_not_a_dead_process():
    assert refusal(hostile.claims()["last cell.xlsx"]) == ("too_large", "1,048,576 × 16,384")
    assert codes(taken(hostile.claims()["last cell.xlsx"])) == ["too_large"]


def test_the_largest_sheet_of_twenty_columns_is_not_refused():
    far = b'<row r="1048576"><c r="S1048576"><v>1</v></c></row>'
    assert refusal(hostile.with_rows(far)) is None


def test_references_are_seen_across_chunks(monkeypatch):
    monkeypatch.setattr(claims, "CHUNK", 64)
    assert claims._xlsx_areas(opened(hostile.BOOK)) == [(63, 6)]


def test_cells_without_references_are_counted_by_row():
    rows = b"<row>" + b"<c><v>1</v></c>" * 40 + b"</row>"
    assert claims._xlsx_areas(opened(hostile.with_rows(rows))) == [(63, 40)]


def test_a_long_string_shown_often_is_refused_and_a_long_one_shown_once_is_not(monkeypatch):
    assert refusal(hostile.claims()["one long string, often.xlsx"])[0] == "unreadable"
    once = xlsx([*CELLS, ["x" * 30_000]])
    monkeypatch.setattr(claims, "MAX_TEXT_BYTES", 100_000)
    assert refusal(once) is None


def test_every_member_is_read_to_its_end():
    book = hostile.packed({m: opened(hostile.BOOK).read(m) for m in opened(hostile.BOOK).namelist()}, zipfile.ZIP_STORED)
    turned = book.replace(b"</sheetData>", b"</sheetDatA>")
    assert book.count(b"</sheetData>") == 1
    with pytest.raises(zipfile.BadZipFile, match=Path(SHEET).name):
        objection(opened(turned), "book")
