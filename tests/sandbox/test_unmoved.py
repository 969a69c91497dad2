"""The first six reports and their truth stand as they stood before there were others: acceptance figures rest on them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from sandbox import year
from sandbox.__main__ import main
from sandbox.scene import scene
from sandbox.shop import Shop, draw
from tests.sandbox.conftest import Year
from tests.sandbox.written import cells

#: Of seeds drawn before the further reports were written.
DIGESTS = {1: "29f9167bf40b9d12", 2: "b3f64883805d44ef", 2003: "7f94b752b06e75e7"}


def digest(shop: Shop) -> str:
    """Of every figure, order and plant."""
    told = hashlib.sha256(json.dumps(shop.truth(), sort_keys=True).encode())
    for figures in (shop.effect, shop.word_effect, shop.p4p, shop.word_figures):
        for name, column in figures.items():
            told.update(name.encode() + column.tobytes())
    told.update(shop.gmv.tobytes() + shop.cost.tobytes() + repr(shop.orders).encode())
    return told.hexdigest()[:16]


@pytest.mark.parametrize("seed", sorted(DIGESTS))
def test_draws_have_not_moved(seed: int) -> None:
    assert digest(draw(seed)) == DIGESTS[seed]


@pytest.mark.parametrize("kinds", ["none", "around"])
def test_what_happens_around_the_shop_leaves_it_as_it_is(kinds: str) -> None:
    shop = draw(2)
    scene(shop, kinds)
    assert digest(shop) == DIGESTS[2]


def test_the_first_files_are_the_same_with_and_without_the_others(around: Year, tmp_path: Path) -> None:
    plain = year.write(draw(7, products=100, words=120), tmp_path)
    assert len(plain) > 200
    for path in plain[:-1]:
        other = around.folder / path.name
        same = cells(path) == cells(other) if path.suffix == ".xlsx" else path.read_bytes() == other.read_bytes()
        assert same, path.name
    truth = json.loads(plain[-1].read_text(encoding="utf-8"))
    assert json.loads((around.folder / "truth.json").read_text(encoding="utf-8")) == truth | around.scene.truth()


def test_same_seed_same_files(around: Year, tmp_path: Path) -> None:
    shop = draw(7, products=100, words=120)
    again = scene(shop)
    assert again.leads == around.scene.leads
    assert again.quotes == around.scene.quotes
    assert again.fulfilment == around.scene.fulfilment
    for job in year.further(again, tmp_path)[::5]:
        path = job()
        other = around.folder / path.name
        same = cells(path) == cells(other) if path.suffix == ".xlsx" else path.read_bytes() == other.read_bytes()
        assert same, path.name


def test_command_writes_every_report_unless_told_not_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--seed", "5", "--weeks", "20", "--products", "100", "--words", "120", "--recent", "1"]
    assert main([str(tmp_path / "all"), *given]) == 0
    assert main([str(tmp_path / "few"), *given, "--no-all"]) == 0
    assert main([str(tmp_path / "still"), *given, "--happenings", "none"]) == 0
    counts = {folder.name: len(list(folder.iterdir())) for folder in tmp_path.iterdir()}
    assert counts["all"] == counts["still"] > counts["few"] + 100
    assert json.loads((tmp_path / "still" / "truth.json").read_text(encoding="utf-8"))["happenings"] == []
    capsys.readouterr()


def test_command_refuses_what_cannot_happen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--seed", "1", "--happenings", "flood"]) == 2
    assert capsys.readouterr().err == "sandbox: no such happenings: ['flood']\n"
