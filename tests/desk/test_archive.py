"""Archives that are not as they were written."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhanggui.desk.archive import CannotKeep, Writer, check, member


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "saved.zip"
    with Writer(path) as writer:
        writer.add("decisions/desk_shop.jsonl", [b'{"id": 1}\n'])
        writer.add(member("raw/main/\udce9 名.csv"), [b"1,2\n" * 500, b"3,4\n"])
        writer.add("home/facts/main/product_effect/2026-09.parquet", [bytes(range(256)) * 8])
        writer.close({"migrations": {}})
    return path


def rewritten(source: Path, target: Path, change: Callable[[dict[str, Any]], None], **more: bytes) -> Path:
    """A copy of an archive with another list, and with further members."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != "list.json":
                new.writestr(name, old.read(name))
        for name, data in more.items():
            new.writestr(name, data)
        told = json.loads(old.read("list.json"))
        change(told)
        new.writestr("list.json", json.dumps(told))
    return target


def adding(name: str, size: int = 1) -> Callable[[dict[str, Any]], None]:
    sha = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of "x"
    return lambda told: told["members"].update({name: [size, sha]})


ROOM = 2**40


def refused(path: Path, room: int = ROOM) -> tuple[str, str]:
    with pytest.raises(CannotKeep) as why:
        check(path, room)
    return why.value.code, why.value.what


def test_a_truncated_archive(saved: Path, tmp_path: Path) -> None:
    data = saved.read_bytes()
    for size in (0, 10, len(data) // 2, len(data) - 1):
        (tmp_path / "cut.zip").write_bytes(data[:size])
        assert refused(tmp_path / "cut.zip") == ("not_whole", "cut.zip")


@pytest.mark.parametrize("name", ["home/../../evil", "home//evil", "home/%2e%2e/evil", "home/a%00b", "evil", "home/..%5Cevil"])
def test_a_name_that_leads_outside(saved: Path, tmp_path: Path, name: str) -> None:
    assert refused(rewritten(saved, tmp_path / "bad.zip", adding(name), **{name: b"x"})) == ("outside", name)


@pytest.mark.parametrize(
    ("change", "more"),
    [
        (lambda told: None, {"home/more": b"x"}),
        (adding("home/missing"), {}),
        (adding("home/longer"), {"home/longer": b"x" * 2_000_000}),
        (adding("home/other"), {"home/other": b"y"}),
        (lambda told: told.update(members=[]), {}),
    ],
)
def test_more_or_less_than_the_list_says(
    saved: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], more: dict[str, bytes]
) -> None:
    assert refused(rewritten(saved, tmp_path / "bad.zip", change, **more)) == ("not_whole", "bad.zip")


def test_larger_than_the_disk(saved: Path, tmp_path: Path) -> None:
    bomb = rewritten(saved, tmp_path / "bomb.zip", adding("home/bomb", 2**60), **{"home/bomb": b"x"})
    assert refused(bomb)[0] == "no_room"


def test_of_a_newer_format(saved: Path, tmp_path: Path) -> None:
    newer = rewritten(saved, tmp_path / "format.zip", lambda told: told.update(format=2))
    assert refused(newer) == ("newer", "format 2")


def test_a_flipped_bit_is_found_or_does_no_harm(saved: Path, tmp_path: Path) -> None:
    whole, data, chance = check(saved, ROOM), saved.read_bytes(), random.Random(5)
    outcomes = set()
    for _ in range(400):
        at, bent = chance.randrange(len(data)), bytearray(data)
        bent[at] ^= 1 << chance.randrange(8)
        (tmp_path / "bent.zip").write_bytes(bent)
        try:
            outcomes.add("as it was" if check(tmp_path / "bent.zip", ROOM) == whole else "changed")
        except CannotKeep as why:
            outcomes.add(why.code)
    assert outcomes == {"as it was", "not_whole"}
