"""Broken, hostile and odd files: no crash, no hang, nothing silently taken, a clear problem each time."""

from __future__ import annotations

import collections
import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.intake import corpus, hostile
from tests.intake.files import archive, codes, taken, text
from tests.intake.hostile import BOOK, CELLS
from tests.intake.trial import MEMORY, SECONDS, Outcome, outcomes

SEED = 3
#: Files made by hand that are odd and yet hold whole, honest rows.
HARMLESS = {
    "dimension.xlsx",
    "no references.xlsx",
    "outside.zip",
    "absolute.zip",
    "twice the same.zip",
    "odd names.zip",
    "a long name.zip",
    "many frames.gif/1600000000001-1.gif",
    "orientation 99.jpg/1600000000001-1.jpg",
    "with a broken logo.zip",
    "all.zip",
    "a table.png/1600000000001-1.png",
    "a zip.jpg/1600000000001-1.jpg",
}


def tally(told: Iterable[Outcome]) -> dict[str, dict[str, int]]:
    """How often each kind of file came out how."""
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for o in told:
        counts[o.kind]["fault" if o.faults else "read" if o.ok else ", ".join(o.codes)] += 1
    return {kind: dict(count.most_common()) for kind, count in counts.items()}


def troubled(told: Iterable[Outcome]) -> list[str]:
    """Files that raised, died, were silent, or passed a limit; each with what makes it again."""
    return [
        f"python -m tests.intake.corpus {SEED} {o.kind} {o.n} OUT: {o.faults} {o.seconds:.1f} s {o.peak_mb:.0f} MB"
        for o in told
        if o.faults or o.seconds > SECONDS or o.peak_mb > MEMORY / 2**20
    ]


limited = pytest.mark.skipif(sys.platform != "linux", reason="peaks of memory are read from Linux' /proc")


@pytest.fixture(scope="module")
def part() -> list[Outcome]:
    """Every file made by hand, and a tenth of those drawn at random."""
    return list(outcomes(SEED, corpus.listed(0.1)))


@limited
def test_no_file_crashes_hangs_or_is_silent(part):
    assert troubled(part) == []
    assert len(part) > 250


@limited
def test_of_the_files_made_by_hand_only_the_harmless_are_taken(part):
    assert {o.name for o in part if o.kind in corpus.BY_HAND and o.ok} == HARMLESS


@limited
def test_every_way_of_damage_is_there(part):
    assert set(tally(part)) == {*corpus.WAYS, *corpus.BY_HAND}
    assert len(corpus.listed()) > 1200


def test_a_file_is_made_again_from_its_number(tmp_path):
    out = tmp_path / "file"
    made = subprocess.run(
        [sys.executable, "-m", "tests.intake.corpus", str(SEED), "blocks", "4", str(out)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    name, data = corpus.one(SEED, "blocks", 4)
    assert (made.stdout, out.read_bytes()) == (f"{name} {len(data)}\n", data)


@pytest.mark.parametrize("book", ["xlsx", "inline", "zip"])
def test_a_turned_bit_in_a_packed_file_never_gives_other_rows(book):
    data = {"xlsx": BOOK, "inline": hostile.inline(), "zip": archive({"a.csv": text(CELLS)})}[book]
    members = zipfile.ZipFile(io.BytesIO(data))
    stored = hostile.packed(
        {m: members.read(m) for m in members.namelist()}, zipfile.ZIP_STORED
    )  # packing would notice by itself
    whole, noise = taken(data).parts[0].rows, random.Random(5)
    for _ in range(60):
        turned = bytearray(stored)
        turned[noise.randrange(len(turned))] ^= 1 << noise.randrange(8)
        reading = taken(bytes(turned))
        assert [True] * len(reading.parts) == [part.rows.equals(whole) for part in reading.parts]


def test_a_text_that_stops_within_its_last_line_loses_that_line_and_says_so():
    whole = text(CELLS)
    cut = taken(whole[: whole.rfind(b",") - 1])
    assert [p.code for p in cut.parts[0].problems("f")] == ["cut_off"]
    assert cut.parts[0].rows.height == taken(whole).parts[0].rows.height - 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_without_a_last_line_break_is_whole(encoding):
    assert codes(taken(text(CELLS).decode().rstrip().encode(encoding))) == []


def test_two_encodings_in_one_file_are_not_read_as_one():
    upper = text(CELLS[:30], "gb18030")
    reading = taken(upper + text([["9", "男士乐福鞋", "Y", 1, "1%", 1]]))
    assert [(p.code, p.line) for p in reading.problems] == [("encoding", 31)]


@limited
@pytest.mark.proof
def test_the_whole_corpus():
    from bench.results import record

    told = list(outcomes(SEED, corpus.listed()))
    for n in range(corpus.LARGE):  # each in a process of its own: what others left mapped is not of this file
        told += outcomes(SEED, [("large", n)])
    slowest, largest = max(told, key=lambda o: o.seconds), max(told, key=lambda o: o.peak_mb)
    record(
        "fuzz",
        seed=SEED,
        files=len(told),
        troubled=len(troubled(told)),
        read=sum(o.ok for o in told),
        slowest_s=slowest.seconds,
        largest_peak_mb=largest.peak_mb,
        slowest_file=slowest.name,
        largest_file=largest.name,
        limit_s=SECONDS,
        limit_mb=MEMORY // 2**20,
        outcomes=tally(told),
    )
    assert troubled(told) == []
