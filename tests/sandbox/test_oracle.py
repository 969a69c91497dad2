"""What is planted can be found: one who knows the truth finds 99 of 100, and speaks of nothing in a shop without it."""

import pytest

from sandbox import DEVELOPMENT_SEEDS, oracle, plants
from sandbox.shop import Shop, draw

#: All kinds but the one that the drop of the whole shop would hide.
WITH_DROP = [kind for kind in plants.CHECKS if kind != "falling_word"]


@pytest.fixture(scope="module")
def shops() -> dict[str, list[Shop]]:
    return {
        "all": [draw(seed, plants_of="all") for seed in DEVELOPMENT_SEEDS],
        "with a drop": [draw(seed, plants_of=WITH_DROP) for seed in DEVELOPMENT_SEEDS],
    }


@pytest.mark.parametrize("which", ["all", "with a drop"])
def test_the_oracle_finds_every_kind(shops: dict[str, list[Shop]], which: str) -> None:
    rates = oracle.rates(shops[which])
    assert len(rates) == len(plants.CHECKS) - (2 if which == "all" else 1)
    assert {kind: rate for kind, rate in rates.items() if rate < 0.99} == {}


def test_the_stated_chance_is_what_happens(shops: dict[str, list[Shop]]) -> None:
    for drawn in shops.values():
        stated = [plant.oracle for shop in drawn for plant in shop.plants]
        happened = [oracle.found(shop, plant) for shop in drawn for plant in shop.plants]
        assert min(stated) >= 0.99
        assert sum(happened) / len(happened) == pytest.approx(sum(stated) / len(stated), abs=0.003)


def test_the_oracle_is_silent_about_the_same_key_of_a_shop_without_the_plant() -> None:
    """The same products and words, drawn without the plants: the oracle's tests must be able to say no."""
    heard, asked = [], 0
    for seed in range(1, 41):
        planted, bare = draw(seed, plants_of="all"), draw(seed, plants_of="none")
        for plant in planted.plants:
            if plant.at < len(bare.words.text):  # words that only the plant brings are not there to be asked about
                asked += 1
                heard += [plant.kind] if oracle.found(bare, plant) else []
    assert asked > 400
    assert len(heard) <= 2, heard
