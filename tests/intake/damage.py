"""Whole files and the ways in which they are damaged at random."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import xlwt

from tests.intake import hostile
from tests.intake.files import TITLE, text, xls, xlsx
from tests.intake.hostile import BOOK, CELLS, HEADER, ROWS, packed, timeless

Made = tuple[str, bytes]
ENDINGS = ("xls", "xlsx", "csv", "tsv", "txt", "zip", "json", "")
ODD = (
    '=HYPERLINK("http://127.0.0.1/","x")', "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "#REF!", "#DIV/0!", "#N/A",
    "1900-01-00", "1900-02-29", "1904-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "1e308", "1e999", "-1e400", "NaN",
    "inf", "-inf", "-0", "-0.0", "9" * 400, "0." + "1" * 400, "12345678901234567890", "9223372036854775808", "0x1F", "1_000",
    "１２３", "1,2,3", "1.2.3", "%", "1%%", "99999999999999.99995", "\x00", "\u2028", "\u202e", "\ufeff", "a\nb", "'", '"', "é" * 40_000,
)  # fmt: skip


@cache
def bases() -> Mapping[str, bytes]:
    """The whole files from which the damaged ones are made."""
    orders = [
        ["订单编号", "订单创建时间", "商品名称", "数量", "单价"],
        *([f"2{i:014d}", "2026-09-14", "Loafers", i, 19.99] for i in range(40)),
    ]
    weeks = [["Category: All categories"], [], ["Week", "loafers: (United States)", "乐福鞋: (美国)"]]
    return {
        "effect.xls": xls(CELLS),
        "orders.xls": xls(orders),
        "effect.xlsx": BOOK,
        "inline.xlsx": hostile.inline(),
        "effect.csv": text(CELLS),
        "marked.csv": text(CELLS, "utf-8-sig"),
        "gb18030.csv": text(CELLS, "gb18030"),
        "utf-16.csv": text(CELLS, "utf-16"),
        "effect.tsv": text(CELLS, delimiter="\t"),
        "several.zip": packed({"a.csv": text(CELLS), "b.xls": xls(CELLS), "c.xlsx": BOOK}),
        "orders.json": hostile.answers()["good.json"],
        "trends.csv": text([*weeks, *([f"2026-{m:02d}-01", m * 7, "<1"] for m in range(1, 10))]),
    }


def _base(r: random.Random, ending: str = "") -> Made:
    return r.choice([(name, data) for name, data in bases().items() if name.endswith(ending)])


def cut(r: random.Random) -> Made:
    name, data = _base(r)
    return name, data[: r.randrange(1, len(data))]


def flipped(r: random.Random, made: Made, start: int, end: int) -> Made:
    """One to 64 bits turned between two places."""
    data = bytearray(made[1])
    for _ in range(r.choice((1, 2, 8, 64))):
        data[r.randrange(start, min(end, len(data)))] ^= 1 << r.randrange(8)
    return made[0], bytes(data)


def bits(r: random.Random) -> Made:
    made = _base(r)
    return flipped(r, made, 0, len(made[1]))


def head_bits(r: random.Random) -> Made:
    return flipped(r, _base(r), 0, 600)


def directory_bits(r: random.Random) -> Made:
    made = r.choice([m for m in bases().items() if m[1].startswith(b"PK")])
    return flipped(r, made, made[1].find(b"PK\x01\x02"), len(made[1]))


def stored_bits(r: random.Random) -> Made:
    """Bits turned in what a workbook says, where no packing would notice."""
    members = zipfile.ZipFile(io.BytesIO(BOOK))
    data = packed({name: members.read(name) for name in members.namelist()}, zipfile.ZIP_STORED)
    at = data.find(b"<sheetData>") if r.random() < 0.7 else data.find(b"<sst")
    return flipped(r, ("stored.xlsx", data), at, at + 3000)


def records(data: bytes) -> list[tuple[int, int]]:
    """Start and length of the content of each record of a BIFF8 workbook."""
    at, found = 512, []
    while at + 4 <= len(data) and data[at : at + 2] != b"\x00\x00":
        length = int.from_bytes(data[at + 2 : at + 4], "little")
        found.append((at + 4, length))
        at += 4 + length
    return found


def record_lengths(r: random.Random) -> Made:
    name, made = _base(r, ".xls")
    data = bytearray(made)
    for at, _ in r.sample(records(made), r.choice((1, 3))):
        data[at - 2 : at] = r.choice((0, 1, 8224, 8225, 65535, r.randrange(65536))).to_bytes(2, "little")
    return name, bytes(data)


def record_values(r: random.Random) -> Made:
    name, made = _base(r, ".xls")
    data = bytearray(made)
    for at, length in r.sample([x for x in records(made) if x[1] >= 4], r.choice((1, 3, 10))):
        place = at + r.randrange(length - 3)
        data[place : place + 4] = r.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", bytes(4), r.randbytes(4)))
    return name, bytes(data)


def sector_table(r: random.Random) -> Made:
    """Numbers of the container around an old workbook: its sectors may lead in a circle or nowhere."""
    name, made = _base(r, ".xls")
    data = bytearray(made)
    for _ in range(r.choice((1, 4))):
        place = r.choice((r.randrange(24, 508), r.randrange(len(data) - 2048, len(data) - 4)))
        data[place : place + 4] = r.choice((b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", r.randrange(40).to_bytes(4, "little")))
    return name, bytes(data)


def blocks(r: random.Random) -> Made:
    name, data = _base(r)
    a, b = sorted(r.randrange(len(data)) for _ in range(2))
    b = min(b, a + 2000)
    way = r.choice(("insert", "delete", "twice", "swap", "zeros"))
    middle = {"insert": r.randbytes(50) + data[a:b], "delete": b"", "twice": data[a:b] * 2, "zeros": bytes(b - a)}
    return name, data[:a] + middle.get(way, data[a:b][::-1]) + data[b:]


def xml_numbers(r: random.Random) -> Made:
    """A number in one part of a workbook becomes a very different one."""
    name, book = _base(r, ".xlsx")
    part = r.choice([m for m in zipfile.ZipFile(io.BytesIO(book)).namelist() if m.endswith((".xml", ".rels"))])
    new = r.choice((b"4294967295", b"18446744073709551616", b"-1", b"0", b"1e400", b"NaN", b"", b"9" * 400))

    def change(xml: bytes) -> bytes:
        spots = [m.span() for m in re.finditer(rb"\d+", xml)] or [(0, 0)]
        a, b = r.choice(spots)
        return xml[:a] + new + xml[b:]

    return name, hostile.rewritten(part, change, book)


def xml_parts(r: random.Random) -> Made:
    """A workbook that lacks a part, or has it empty, cut, or as another one."""
    name, book = _base(r, ".xlsx")
    members = zipfile.ZipFile(io.BytesIO(book))
    parts = {m: members.read(m) for m in members.namelist()}
    part, other = r.sample(list(parts), 2)
    whole = parts.pop(part)
    if way := r.randrange(4):
        parts[part] = (b"", whole[: r.randrange(1, len(whole))], parts[other])[way - 1]
    return name, packed(parts)


def endings(r: random.Random) -> Made:
    name, data = _base(r)
    return f"{name.split('.')[0]}.{r.choice(ENDINGS)}", data


def odd_cells(r: random.Random) -> Made:
    """Cells that are formulas, errors, impossible days or numbers, in a sheet of any kind."""
    rows = [list(row) for row in CELLS]
    for _ in range(r.choice((1, 5, 40))):
        rows[r.randrange(2, len(rows))][r.randrange(6)] = r.choice(ODD)
    kind = r.choice(("csv", "xlsx", "xls", "tsv"))
    if kind == "xlsx":
        return "odd.xlsx", timeless(xlsx([[c[:32_000] if isinstance(c, str) else c for c in row] for row in rows]))
    if kind == "xls":
        rows[5][3] = xlwt.Formula(r.choice(("1/0", "A1&A2", 'HYPERLINK("http://127.0.0.1/";"x")')))
        return "odd.xls", xls([[c[:32_000] if isinstance(c, str) else c for c in row] for row in rows])
    return f"odd.{kind}", text(rows, r.choice(("utf-8", "gb18030", "utf-16")), delimiter="\t" if kind == "tsv" else ",")


def shapes(r: random.Random) -> Made:
    """Ragged rows, no rows, two headers, headers doubled or shuffled, sheets of nothing."""
    ragged = [[TITLE], HEADER, *(row[: r.randrange(7)] + ["x"] * r.choice((0, 0, 3, 1500)) for row in ROWS)]
    shuffled = r.sample(HEADER, 6)
    rows = r.choice(
        (
            ragged,
            [[TITLE], HEADER],
            [HEADER],
            [[TITLE]],
            [[]],
            [[""] * 6] * 50,
            [[TITLE], HEADER, HEADER, *ROWS],
            [[TITLE], HEADER, *ROWS, [TITLE], HEADER, *ROWS],
            [[TITLE], [*HEADER, *HEADER], *([*row, *row] for row in ROWS)],
            [[TITLE], shuffled, *ROWS],
            [[TITLE], [f" {h}\u3000" for h in HEADER], *ROWS],
            [*[[f"note {i}"] for i in range(45)], *CELLS],
            [[TITLE], ["搜索", None, None, "", "x", "y"], HEADER, *ROWS],
            [[c] for row in ROWS for c in row],
            [["统计周期：2026-13-45~2026-09-19"], HEADER, *ROWS],
            [["统计周期：9999-09-13~0000-00-00"], HEADER, *ROWS],
        )
    )
    make = r.choice((text, xls, xlsx))
    if make is xls:
        rows = [row[:256] for row in rows]
    made = make(rows)
    return f"shape.{ {text: 'csv', xls: 'xls', xlsx: 'xlsx'}[make] }", timeless(made) if make is xlsx else made  # type: ignore[index]


def texts(r: random.Random) -> Made:
    """Texts in no, the wrong or several encodings, with quotes and lines that do not end."""
    body = text(CELLS).decode()
    a, b = body[: len(body) // 2], body[len(body) // 2 :]
    at = r.randrange(len(body))
    odd = r.choice(
        ("\x00", "\u2028", "\x0b", "\x0c", "\x1a", "\x85", '"', '""', "\r", "\n\n\n", "\ud800", "\U0010ffff", "x" * 300_000)
    )
    data = r.choice(
        (
            body.encode("utf-16-le"),
            body.encode("utf-16-be"),
            body.encode("utf-32"),
            body.encode("utf-7"),
            a.encode("gb18030") + b.encode(),
            a.encode() + b.encode("gb18030"),
            a.encode() + b.encode("utf-16-le"),
            body.encode("big5", "replace"),
            body.replace("\r\n", "\r").encode(),
            body.replace("\r\n", "").encode(),
            body.replace(",", r.choice(";|:\t ")).encode(),
            body.encode("utf-16")[:-1],
            *[(body[:at] + odd + body[at:]).encode("utf-8", "surrogatepass")] * 12,
        )
    )
    return f"text.{r.choice(('csv', 'txt', 'xls', 'tsv'))}", data


def noise(r: random.Random) -> Made:
    """Bytes and lines at random, some with a known beginning."""
    front = r.choice((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b"{", b"["))
    letters = 'a1,;\t\n\r"产.-%=~'
    lines = "".join(r.choice(letters) for _ in range(r.randrange(3000))).encode()
    return f"noise.{r.choice(ENDINGS)}", front + r.choice((r.randbytes(r.randrange(3000)), lines))


#: Each way, and how many files of it the corpus has.
WAYS: Mapping[str, tuple[Callable[[random.Random], Made], int]] = {
    "cut": (cut, 150),
    "bits": (bits, 120),
    "head_bits": (head_bits, 100),
    "directory_bits": (directory_bits, 80),
    "stored_bits": (stored_bits, 60),
    "record_lengths": (record_lengths, 80),
    "record_values": (record_values, 120),
    "sector_table": (sector_table, 80),
    "blocks": (blocks, 100),
    "xml_numbers": (xml_numbers, 120),
    "xml_parts": (xml_parts, 60),
    "endings": (endings, 40),
    "odd_cells": (odd_cells, 80),
    "shapes": (shapes, 60),
    "texts": (texts, 80),
    "noise": (noise, 60),
}
