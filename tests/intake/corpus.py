"""A corpus of broken, hostile and odd files from a seed: `python -m tests.intake.corpus SEED KIND N OUT` writes one of them."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.intake import hostile
from tests.intake.damage import WAYS, Made
from tests.intake.files import text
from tests.intake.hostile import packed

BY_HAND: Mapping[str, Callable[[], Mapping[str, bytes]]] = {
    "claims": hostile.claims,
    "entities": hostile.entities,
    "zips": hostile.zips,
    "impostors": hostile.impostors,
    "pictures": hostile.pictures,
    "answers": hostile.answers,
}


def large(n: int) -> Made:
    """Whole files at the edge of what is read: 2 M rows, and lines and cells beyond it."""
    head = text([["统计周期：2026-09-13~2026-09-19"], ["产品ID", "产品名称", "搜索曝光次数"]])
    columns = ",".join(f"c{i}" for i in range(16_384)).encode()

    def cells() -> bytes:
        cell = b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>2</v></c></row>'
        return b"".join(cell % (i, i, i, i) for i in range(64, 2_000_000))

    return (
        lambda: ("2 M rows.csv", head + b"".join(b"%d,Loafers,%d\n" % (i, i % 97) for i in range(2_000_000))),
        lambda: ("2 M rows in 16 bit.csv", (head + b"1600000000001,Loafers,5\n" * 2_000_000).decode().encode("utf-16")),
        lambda: ("7 M rows.csv", head + b"1,A,5\n" * 7_000_000),
        lambda: ("16,384 columns.csv", columns + b"\n" + (b"," * 16_383 + b"\n") * 2000),
        lambda: ("one line.csv", head + b"x" * 100_000_000),
        lambda: ("one quote.csv", head + b'1,"' + b"x,\n" * 30_000_000),
        lambda: ("2 M rows.xlsx", hostile.with_rows(cells())),
        lambda: ("2 M rows.zip", packed({"a.csv": head + b"".join(b"%d,A,%d\n" % (i, i % 97) for i in range(2_000_000))})),
        lambda: ("a wide answer.json", b"[" + b",".join(b'{"a":%d,"b":"x"}' % i for i in range(2_000_000)) + b"]"),
    )[n]()


LARGE = 9


def one(seed: int, kind: str, n: int) -> Made:
    """The file of a seed, a kind and a number: its name and its bytes."""
    if kind == "large":
        return large(n)
    if kind in BY_HAND:
        return list(BY_HAND[kind]().items())[n]
    return WAYS[kind][0](random.Random(f"{seed} {kind} {n}"))


def listed(part: float = 1.0) -> list[tuple[str, int]]:
    """Kind and number of every file, or of a part of those drawn at random; the ones made by hand are always all there."""
    drawn = [(kind, n) for kind, (_, count) in WAYS.items() for n in range(max(1, round(count * part)))]
    return [*((kind, n) for kind, files in BY_HAND.items() for n in range(len(files()))), *drawn]


if __name__ == "__main__":
    name, data = one(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    Path(sys.argv[4]).write_bytes(data)
    print(name, len(data))
