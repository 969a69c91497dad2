"""The real shop, imported once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from zhanggui.checks import Outcome, run
from zhanggui.facts import Facts, Snapshot, open_facts
from zhanggui.intake import read
from zhanggui.rulebook import RULEBOOK

DAY = date(2026, 9, 21)


def bring(facts: Facts, path: Path) -> None:
    data = path.read_bytes()
    reading = read(data, path.name, on=DAY)
    assert reading.ok, reading.problems
    facts.put(data, path.name, reading, at="2026-09-21T08:00:00")


@pytest.fixture(scope="session")
def real_facts(backoffice: Path, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    facts = open_facts(tmp_path_factory.mktemp("real"), "shop")
    for path in sorted(backoffice.glob("*.csv")):
        bring(facts, path)
    return facts


@pytest.fixture(scope="session")
def real_shop(real_facts: Facts) -> Snapshot:
    shop = real_facts.snapshot(DAY)
    # In memory, so that permuted copies can be made of it.
    return Snapshot(DAY, {n: f.collect().lazy() for n, f in shop.frames.items()}, shop.tables, shop.imports)


def judged(shop: Snapshot) -> dict[str, Outcome]:
    return {o.check.code: o for o in run(shop, RULEBOOK.on(shop.day))}


@pytest.fixture(scope="session")
def outcomes(real_shop: Snapshot) -> dict[str, Outcome]:
    return judged(real_shop)


def replaced(shop: Snapshot, table: str, frame: pl.DataFrame) -> Snapshot:
    """The same shop with other rows in one table."""
    return Snapshot(shop.day, {**shop.frames, table: frame.lazy()}, shop.tables, shop.imports)
