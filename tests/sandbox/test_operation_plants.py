"""Troubles of the daily work: who knows the truth sees each, at every strength, and none where none was planted."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sandbox import ACCEPTANCE_SEEDS, DEVELOPMENT_SEEDS, leads, oracle, plants, traffic
from sandbox import vocabulary as voc
from sandbox.market import TRADE
from sandbox.operation_plants import COUNTRIES
from sandbox.shop import Shop, draw

OWN = sorted(set(plants.OPERATIONS) - set(plants.CHECKS))


@pytest.fixture(scope="module")
def shops() -> list[Shop]:
    return [draw(seed, plants_of="operations", weeks=26) for seed in DEVELOPMENT_SEEDS[:40]]


def test_the_oracle_finds_every_kind_at_every_strength(shops: list[Shop]) -> None:
    planted, found = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for shop in shops:
        for plant in (p for p in shop.plants if p.kind in plants.OPERATIONS):
            at = plant.kind, int(plant.strength["level"])
            planted[at] += 1
            found[at] += oracle.found(shop, plant)
            assert plant.oracle >= 0.99
    assert set(planted) == {(kind, level) for kind in plants.OPERATIONS for level in (1, 2, 3)}
    assert found == planted


def test_the_oracle_is_silent_about_the_same_key_of_a_shop_without_the_plant() -> None:
    heard, asked = [], 0
    for seed in DEVELOPMENT_SEEDS[:20]:
        planted = draw(seed, plants_of=OWN, weeks=26)
        for plant in (p for p in planted.plants if p.kind in ("rising_product", "country_loss")):
            bare = draw(seed, plants_of=[k for k in OWN if k != plant.kind], weeks=26)
            bare.plants = [p for p in bare.plants if p.kind != "country_loss"]
            bare.world.taken.add(plant.at)
            asked += 1
            plant.strength["exposures_week"] = float(bare.world.search[plant.at])
            heard += [(seed, plant.kind)] if oracle.found(bare, plant) else []
    assert asked == 40
    assert len(heard) <= 1, heard


def test_one_seed_in_five_is_silent_and_strengths_are_drawn_evenly() -> None:
    chosen = {seed: plants.choose(seed, "operations") for seed in (*DEVELOPMENT_SEEDS, *ACCEPTANCE_SEEDS)}
    assert {seed for seed in chosen if seed % 5 == 0} <= {seed for seed, kinds in chosen.items() if not kinds}
    assert np.mean([len(kinds) for seed, kinds in chosen.items() if seed % 5]) == pytest.approx(0.6 * 7, abs=0.4)
    drawn = Counter(level for seed in DEVELOPMENT_SEEDS for level in plants.levels(seed, "operations").values())
    assert set(drawn) == {1, 2, 3}
    assert min(drawn.values()) > 0.8 * max(drawn.values())


@pytest.mark.parametrize("kinds", ["auto", "all", "none", ["falling_word"]])
def test_other_shops_have_no_levels(kinds: str | list[str]) -> None:
    assert plants.levels(3, kinds) == {}


def test_what_is_typed_for_direct_orders_is_ordered_rather_than_asked_about_unless_a_trouble_holds_it(
    shops: list[Shop],
) -> None:
    for shop in shops:
        held = {plant.at for plant in shop.plants}
        typed = [p for p in range(shop.world.count) if shop.world.kind[p] == TRADE and p not in held]
        asked = int((shop.effect["inquiries"] + shop.effect["chatters"])[typed, -12:].sum())
        assert 2 * asked < sum(len(_buyers(shop, p)) for p in typed)


def _buyers(shop: Shop, product: int) -> set[str]:
    return {line.buyer.email for line in shop.orders if line.product == product and line.week >= len(shop.world.weeks) - 12}


def test_visitors_by_country_still_add_up_to_the_overview() -> None:
    shop = draw(1, plants_of="operations", weeks=26)
    (plant,) = (p for p in shop.plants if p.kind == "country_loss")
    assert plant.at in COUNTRIES
    _, written = leads.contacts(shop, [])
    for week in (23, 24, 25):
        of_week = [lead for lead in written if lead.week == week]
        groups = traffic.by_country(shop, week, of_week)
        assert sum(group.visitors for group in groups) == traffic.visitors(shop, week)


def test_an_orphan_s_word_stands_in_one_title_only(shops: list[Shop]) -> None:
    for shop in shops:
        titles = [voc.tokens(title) for title in shop.world.titles]
        for plant in (p for p in shop.plants if p.kind == "orphan_word"):
            assert [voc.covered(plant.key["word"], [title]) for title in titles].count(True) == 1
        assert all(50 <= len(title) <= 128 for title in shop.world.titles)
        assert len(set(shop.words.text)) == len(shop.words.text)
