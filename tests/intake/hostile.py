"""Files made by hand to do harm, or that look odd: each group is a dictionary of name → bytes."""

from __future__ import annotations

import gzip
import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

import openpyxl
from PIL import Image

from tests.intake.files import TITLE, text, xls, xlsx
from tests.intake.studio import film as clip
from tests.intake.studio import jpeg, png, product

HEADER = ["产品ID", "产品名称", "是否橱窗", "搜索曝光次数", "搜索点击率", "RTS线上实收GMV"]
ROWS = [[f"16000000{i:05d}", f"Men's loafers {i}, 黑色", "NY"[i % 2], i * 37, f"{i % 9}.5%", i * 1.25] for i in range(60)]
CELLS = [[TITLE], [], HEADER, *ROWS]
SHEET, STRINGS, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
SECRET = "file:///etc/passwd"


def packed(files: Mapping[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip that is the same whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in files.items():
            made.writestr(zipfile.ZipInfo(name), data, way)
    return buffer.getvalue()


def timeless(book: bytes) -> bytes:
    """A workbook that is the same whenever it is made."""
    members = zipfile.ZipFile(io.BytesIO(book))
    return packed(
        {m: re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-09-21T00:00:00Z", members.read(m)) for m in members.namelist()}
    )


BOOK = timeless(xlsx(CELLS))


def rewritten(part: str, change: Callable[[bytes], bytes], book: bytes = BOOK) -> bytes:
    """The workbook with one of its XML parts changed."""
    members = zipfile.ZipFile(io.BytesIO(book))
    return packed({m: change(members.read(m)) if m == part else members.read(m) for m in members.namelist()})


@cache
def inline() -> bytes:
    """A workbook as openpyxl writes it: the texts stand in the sheet."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    for row in CELLS:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(buffer)
    return timeless(buffer.getvalue())


def with_rows(xml: bytes) -> bytes:
    return rewritten(SHEET, lambda s: s.replace(b"</sheetData>", xml + b"</sheetData>"))


@cache
def claims() -> Mapping[str, bytes]:
    """Workbooks that claim more than they hold."""
    far = b'<row r="%d"><c r="%s%d"><v>1</v></c></row>'
    column = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>8</v></c></row>' % (i, i) for i in range(70, 20_000))
    return {
        "dimension.xlsx": rewritten(SHEET, lambda s: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', s)),
        "last cell.xlsx": with_rows(far % (1048576, b"XFD", 1048576)),
        "beyond the last row.xlsx": with_rows(far % (99_999_999, b"A", 99_999_999)),
        "beyond all numbers.xlsx": with_rows(far % (10**11, b"ZZZZZZZZ", 10**11)),
        "first cell last.xlsx": rewritten(
            SHEET, lambda s: s.replace(b"<sheetData>", b"<sheetData>" + far % (1048576, b"XFD", 1048576))
        ),
        "no references.xlsx": rewritten(SHEET, lambda s: re.sub(rb' r="[^"]*"', b"", s)),
        "no references, wide and long.xlsx": with_rows(
            b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 500_000
        ),
        "four billion strings.xlsx": rewritten(STRINGS, lambda s: re.sub(rb'ount="\d+"', b'ount="4000000000"', s)),
        "one long string, often.xlsx": rewritten(
            STRINGS, lambda s: s.replace(b"<t>Men", b"<t>" + b"x" * 500_000 + b"Men", 1), with_rows(column)
        ),
        "no such string.xlsx": rewritten(SHEET, lambda s: s.replace(b't="s"><v>', b't="s"><v>9999')),
        "16,384 columns.xlsx": rewritten(
            SHEET, lambda s: s.replace(b"<sheetData>", b'<sheetData><row r="1">' + b"<c><v>1</v></c>" * 16_384 + b"</row>")
        ),
        "16,384 columns.csv": text([[TITLE], [f"c{i}" for i in range(16_384)], list(range(16_384))]),
    }


@cache
def entities() -> Mapping[str, bytes]:
    """XML that grows, or asks for another file, in each part of a workbook and alone."""
    laughs = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    kinds = {
        "laughs": f"<!DOCTYPE x [{laughs}]>",
        "long": f'<!DOCTYPE x [<!ENTITY a11 "{"ha" * 500_000}">]>',
        "file": f'<!DOCTYPE x [<!ENTITY a11 SYSTEM "{SECRET}">]>',
        "net": '<!DOCTYPE x [<!ENTITY a11 SYSTEM "http://127.0.0.1:9/x">]>',
        "parameter": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{SECRET}"> %p;]>',
        "include": f'<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{SECRET}" parse="text"/></x>',
    }
    made = {f"{k}.xml": f'<?xml version="1.0"?>{d}<x>{"&a11;" * 50}</x>'.encode() for k, d in kinds.items()}
    for kind, doctype in kinds.items():
        for part in (SHEET, STRINGS, WORKBOOK):

            def change(xml: bytes, doctype: str = doctype) -> bytes:
                head, tail = xml.split(b"?>", 1) if xml.startswith(b"<?") else (b'<?xml version="1.0"', xml)
                tail = re.sub(rb"<t>Men[^<]*", b"<t>" + b"&a11;" * 50, tail, count=3)
                return head + b"?>" + doctype.encode() + tail.replace(b'name="Sheet1"', b'name="&a11;"')

            made[f"{kind} in {part.split('/')[-1]}.xlsx"] = rewritten(part, change, inline() if part == SHEET else BOOK)
    return made


def _patched(data: bytes, local: int, central: int, value: bytes) -> bytes:
    """A zip of one member with bytes changed in its local header and in its central one."""
    changed = bytearray(data)
    for start, offset in ((data.find(b"PK\x03\x04"), local), (data.find(b"PK\x01\x02"), central)):
        changed[start + offset : start + offset + len(value)] = value
    return bytes(changed)


def _overlapping() -> bytes:
    """Four hundred entries of the directory that all stand for one packed megabyte."""
    one = packed({"a.csv": bytes(2**20)})
    at, end = one.find(b"PK\x01\x02"), one.find(b"PK\x05\x06")
    entry, n = one[at:end], 400
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, n, n, len(entry) * n, at, 0)
    return one[:at] + entry * n + tail


@cache
def zips() -> Mapping[str, bytes]:
    """Archives that grow, lie, nest or name places outside."""
    table, zeros = text(CELLS), bytes(2**24)
    nested = zeros
    for level in range(6):
        nested = packed({f"{level}-{i}.zip": nested for i in range(4)})
    link = zipfile.ZipInfo("passwd.csv")
    link.external_attr = 0o120777 << 16
    linked, twice = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(linked, "w") as z:
        z.writestr(link, "/etc/passwd")
    with zipfile.ZipFile(twice, "w") as z:
        z.writestr(zipfile.ZipInfo("a.csv"), table)
        z.fp.write(b"between")  # type: ignore[union-attr]
        z.start_dir = z.fp.tell()  # type: ignore[attr-defined, union-attr]
        z.filelist.append(z.filelist[0])
    one = packed({"a.csv": table})
    return {
        "nested.zip": nested,
        "overlapping.zip": _overlapping(),
        "ten thousand.zip": packed({f"{i}.csv": b"a,b\n1,2\n" for i in range(10_000)}),
        "much nothing.zip": packed({f"{i}.csv": zeros for i in range(8)}),
        "zeros of one member.zip": packed({"a.csv": zeros * 5}),
        "says it is small.zip": _patched(packed({"a.csv": b"\n" * 2**26}), 22, 24, struct.pack("<I", 10)),
        "says it is large.zip": _patched(one, 22, 24, struct.pack("<I", 2**32 - 2)),
        "zeros in a workbook.xlsx": rewritten(SHEET, lambda s: s.replace(b"<sheetData>", b"<sheetData>" + b" " * 90_000_000)),
        "says it is small.xlsx": _lying_book(),
        "outside.zip": packed({"../../../../etc/passwd": table, "..\\..\\a.csv": table}),
        "absolute.zip": packed({"/etc/passwd": table, "C:\\a.csv": table}),
        "a link.zip": linked.getvalue(),
        "twice the same.zip": twice.getvalue(),
        "locked.zip": _patched(one, 6, 8, b"\x01\x00"),
        "unknown packing.zip": _patched(one, 8, 10, b"\x63\x00"),
        "packed as stored.zip": _patched(one, 8, 10, b"\x00\x00"),
        "a bad sum.zip": _patched(one, 14, 16, b"\x00\x00\x00\x01"),
        "bytes before.zip": b"#!/bin/sh\n" + one,
        "bytes behind.zip": one + b"\x00" * 70_000,
        "odd names.zip": packed({"\udcff.csv".encode("utf-8", "replace").decode(): table, "a\nb.csv": table, " ": table}),
        "a long name.zip": packed({"x" * 60_000 + ".csv": table}),
        "folders only.zip": packed({"a/": b"", "b/c/": b""}),
        "books.zip": packed({"a.xlsx": BOOK, "b.xls": xls(CELLS), "c.pdf": b"%PDF-1.7\n", "d.csv": table}),
    }


def _lying_book() -> bytes:
    """A workbook whose sheet says in both headers that it is small, and unpacks to a hundred megabytes."""
    data = bytearray(rewritten(SHEET, lambda s: s.replace(b"<sheetData>", b"<sheetData>" + b" " * 100_000_000)))
    for mark, size, name in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = data.find(mark)
        while data[at + name : at + name + len(SHEET)] != SHEET.encode():
            at = data.find(mark, at + 1)
        data[at + size : at + size + 4] = struct.pack("<I", 1000)
    return bytes(data)


@cache
def impostors() -> Mapping[str, bytes]:
    """Other kinds of files under the names of tables."""
    page = "<html><head><title>登录</title></head><body><table><tr><td>产品ID</td></tr></table></body></html>"
    kinds = {
        "page": page.encode(),
        "page in 16 bit": page.encode("utf-16"),
        "xml": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" * 20,
        "plain pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n" * 20,
        "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4,
        "elf": b"\x7fELF\x02\x01\x01" + bytes(900),
        "gz": gzip.compress(text(CELLS), mtime=0),
        "rar": b"Rar!\x1a\x07\x01\x00" + bytes(range(256)),
        "7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(range(256)),
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
        "ole of ones": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000,
        "rtf": b"{\\rtf1\\ansi hello}",
        "yaml": b"a: 1\nb: [2, 3]\n",
        "mail": b"From: a@b\r\nSubject: x\r\n\r\nhello, world\r\n",
        "script": b"#!/usr/bin/env python\nimport os\nprint('a,b')\n",
        "parquet": b"PAR1" + bytes(range(256)) + b"PAR1",
        "one byte": b"P",
        "a zip's mark": b"PK\x03\x04",
        "a zip's end": b"PK\x05\x06" + bytes(18),
        "biff5": b"\x09\x08\x08\x00\x00\x05\x05\x00" + bytes(600),
    }
    return {f"{k}.{ending}": data for k, data in kinds.items() for ending in ("xls", "csv")}


@cache
def pictures() -> Mapping[str, bytes]:
    """Pictures and videos that are broken, huge once opened, or something else."""
    whole, film = jpeg(product(1, (400, 400))), clip(1, (160, 284), audio=False)
    bomb = png(Image.new("1", (50_000, 50_000)))
    gif = io.BytesIO()
    Image.new("P", (9, 9)).save(gif, "GIF", save_all=True, append_images=[Image.new("P", (9, 9), i % 200) for i in range(800)])
    each = {
        "bomb.png": bomb,
        "truncated.jpg": whole[: len(whole) // 2],
        "header only.jpg": whole[:20],
        "a page.jpg": b"<html><body>not found</body></html>",
        "a table.png": text(CELLS),
        "a zip.jpg": packed({"a.csv": text(CELLS)}),
        "claims to be wide.png": bomb[:16] + struct.pack(">II", 2**31 - 1, 2**31 - 1) + bomb[24:],
        "no pixels.png": bomb[:16] + bytes(8) + bomb[24:],
        "many frames.gif": gif.getvalue(),
        "truncated.mp4": film[: len(film) // 2],
        "box of any size.mp4": b"\xff\xff\xff\xffftypisom" + bytes(300),
        "audio called.mp4": b"ID3\x04" + bytes(300),
        "empty.webp": b"RIFF\x00\x00\x00\x00WEBP",
        "orientation 99.jpg": jpeg(
            product(1, (60, 60)), exif=b"Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x63\0\0\0\0\0\0\0"
        ),
    }
    alone = {f"{n}/1600000000001-1.{n.rsplit('.', 1)[1]}": data for n, data in each.items()}
    named = {f"16000000{i:05d}-1.{n.rsplit('.', 1)[1]}": data for i, (n, data) in enumerate(each.items())}
    return alone | {
        "all.zip": packed(named),
        "with a broken logo.zip": packed({"logo.png": b"x", "1600000000001-1.jpg": whole}),
    }


@cache
def answers() -> Mapping[str, bytes]:
    """JSON documents that are deep, huge, doubled or broken."""
    order = {"result": {"value": {"order_list": {"trade_ecology_order": [{"trade_id": "1", "amount": 1.5}] * 3}}}}
    good = json.dumps(order).encode()
    return {
        "good.json": good,
        "deep lists.json": b"[" * 100_000 + b"]" * 100_000,
        "deep objects.json": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "deep and unclosed.json": b'{"a":[' * 50_000,
        "deep within records.json": b'[{"a":' + b"[" * 500 + b"1" + b"]" * 500 + b"}]",
        "huge number.json": b'[{"a": ' + b"9" * 5000 + b'}, {"a": 1e999}, {"a": -1e400}]',
        "no numbers.json": b'[{"a": NaN}, {"a": Infinity}, {"a": -Infinity}]',
        "same key twice.json": b'[{"a": 1, "a": 2}]',
        "wide.json": json.dumps([{f"k{i}": i for i in range(16_384)}]).encode(),
        "wide in turns.json": json.dumps([{f"k{i}": i} for i in range(20_000)]).encode(),
        "cut.json": good[:-9],
        "two documents.json": good + b"\n" + good,
        "trailing comma.json": b'[{"a": 1},]',
        "numbers only.json": b"[1, 2, 3]",
        "lists of lists.json": b"[[1, 2], [3, 4]]",
        "empty.json": b"{}",
        "no records.json": b"[]",
        "null.json": b'[null, {"a": null}]',
        "single quotes.json": b"{'a': 1}",
        "surrogate.json": b'[{"a": "\\ud800"}]',
        "zero byte.json": b'[{"a": "x\\u0000y"}]',
        "raw control.json": b'[{"a": "x\x01y"}]',
        "in 16 bit.json": good.decode().encode("utf-16"),
        "refused.json": b'{"error_response": {"code": "15", "msg": "x", "sub_code": "isv.402", "request_id": "1"}}',
        "a web answer.json": b')]}\'\n{"a": 1}',
    }
