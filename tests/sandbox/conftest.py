"""One whole year with every report and everything that happens around the shop, written once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox import year
from sandbox.scene import Scene, scene
from sandbox.shop import Shop, draw


@dataclass(frozen=True)
class Year:
    shop: Shop
    scene: Scene
    folder: Path
    paths: list[Path]


def written(folder: Path, kinds: str) -> Year:
    shop = draw(7, products=100, words=120)
    world = scene(shop, kinds)
    return Year(shop, world, folder, year.write(shop, folder, scene=world))


@pytest.fixture(scope="session")
def around(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The happenings that leave the first six reports as they are."""
    return written(tmp_path_factory.mktemp("around"), "around")


@pytest.fixture(scope="session")
def within(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """All happenings."""
    return written(tmp_path_factory.mktemp("within"), "all")
