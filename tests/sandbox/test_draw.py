"""The drawn shop: the same seed, the real export's ratios, and no trouble that nobody planted."""

import numpy as np
import pytest

from sandbox import ACCEPTANCE_SEEDS, DEVELOPMENT_SEEDS, market, plants
from sandbox import vocabulary as voc
from sandbox.shop import Shop, draw

SILENT = [seed for seed in DEVELOPMENT_SEEDS if seed % 5 == 0][:20]
LAST = slice(-13, None)  # the steady weeks


@pytest.fixture(scope="module")
def silent_shops() -> list[Shop]:
    return [draw(seed) for seed in SILENT]


def per_365_products(shops: list[Shop], column: str) -> float:
    """Mean of a week, brought to the real export's 365 products."""
    figures = [shop.effect[column][:, LAST] for shop in shops]
    return 365 * float(np.mean(figures))


@pytest.mark.parametrize(
    ("column", "real", "tolerance"),
    [
        ("search_exposures", 54_082, 0.01),
        ("search_clicks", 630, 0.03),
        ("shop_exposures", 81_535, 0.02),
        ("shop_clicks", 1_387, 0.03),
        ("paid_exposures", 64_642, 0.02),
        ("paid_clicks", 917, 0.03),
        ("visitors", 1_149, 0.05),
        ("inquiries", 18, 0.10),
        ("chatters", 34, 0.10),
    ],
)
def test_a_week_is_like_the_real_export(silent_shops: list[Shop], column: str, real: float, tolerance: float) -> None:
    assert per_365_products(silent_shops, column) == pytest.approx(real, rel=tolerance)


def test_about_one_product_in_twenty_is_not_seen_in_a_week_and_none_in_a_quarter(silent_shops: list[Shop]) -> None:
    seen = np.array([shop.effect["search_exposures"][:, LAST] for shop in silent_shops])
    assert np.mean(seen == 0) == pytest.approx(0.052, abs=0.008)
    assert (seen.sum(axis=2) > 0).all()


def test_paid_traffic_is_mostly_all_site(silent_shops: list[Shop]) -> None:
    assert per_365_products(silent_shops, "allsite_clicks") > 2 * per_365_products(silent_shops, "standard_clicks") > 0


@pytest.mark.parametrize("seed", [1, 5])
def test_scopes_hold_one_another(seed: int) -> None:
    effect = draw(seed, plants_of="all" if seed == 1 else "none").effect
    for what in ("exposures", "clicks"):
        assert (effect[f"paid_{what}"] == effect[f"standard_{what}"] + effect[f"allsite_{what}"]).all()
        assert (effect[f"shop_{what}"] >= effect[f"search_{what}"]).all()
        assert (effect[f"shop_{what}"] >= effect[f"paid_{what}"]).all()
    assert (effect["search_clicks"] <= effect["search_exposures"]).all()
    assert (effect["visitors"] <= effect["shop_clicks"]).all()
    assert (effect["inquirers"] <= effect["inquiries"]).all()
    assert (effect["inquirers"] <= effect["visitors"]).all()


def test_standard_promotion_is_the_same_in_both_reports() -> None:
    shop = draw(3, plants_of=["spend_without_leads"])
    for what in ("exposures", "clicks"):
        assert (shop.p4p[what].sum(axis=0) == shop.effect[f"standard_{what}"].sum(axis=0)).all()
        assert (shop.word_effect[f"p4p_{what}"].sum(axis=0) == shop.p4p[what].sum(axis=0)).all()
    assert (shop.word_effect["exposures"] >= shop.word_effect["p4p_exposures"]).all()


def test_no_natural_product_is_a_trouble(silent_shops: list[Shop]) -> None:
    for shop in silent_shops:
        clicks = shop.effect["shop_clicks"][:, -4:].sum(axis=1)
        expected, showcase = shop.world.clicks(), shop.world.showcase
        assert clicks.max() < 0.08 * clicks.sum()
        assert expected[showcase].min() >= 2 * expected[~showcase].max()
        assert clicks[showcase].min() > clicks[~showcase].max()
        weekly = shop.effect["shop_clicks"].sum(axis=0)[-8:]
        assert (np.abs(weekly - weekly.mean()) < 5 * np.sqrt(weekly.mean())).all()
        assert {shop.world.kind[line.product] for line in shop.orders} == {market.TRADE}


def test_no_natural_word_is_a_trouble(silent_shops: list[Shop]) -> None:
    for shop in silent_shops:
        titles = [voc.tokens(title) for title in shop.world.titles]
        index, sellers = shop.word_figures["index"], shop.word_figures["sellers"]
        top10, own = shop.word_figures["top10_exposures"][:, LAST], shop.word_effect["exposures"][:, LAST]
        assert not ((index >= 200) & (sellers < 15)).any()
        assert not ((top10 >= 400) & (own < 0.2 * top10)).any()
        assert (np.isnan(index) == np.isnan(sellers)).all()
        assert len(set(shop.words.text)) == len(shop.words.text) == 240
        brands = set(voc.BRANDS)
        for place, word in enumerate(shop.words.text):
            assert not voc.tokens(word) & brands
            if shop.words.english[place] and index[place].max() >= 200:
                assert voc.covered(word, titles)


def test_about_a_quarter_of_the_words_has_no_index(silent_shops: list[Shop]) -> None:
    share = np.mean([np.isnan(shop.words.index).mean() for shop in silent_shops])
    assert share == pytest.approx(0.226, abs=0.03)


def test_titles_fit_the_platform(silent_shops: list[Shop]) -> None:
    for shop in silent_shops:
        assert len(set(shop.world.titles)) == shop.world.count
        assert {60 <= len(title) <= 128 for title in shop.world.titles} == {True}


def test_same_seed_same_shop_and_another_seed_another() -> None:
    one, again, other = draw(2), draw(2), draw(3)
    assert one.truth() == again.truth()
    assert one.orders == again.orders
    for name, column in one.effect.items():
        assert (column == again.effect[name]).all()
    assert (one.effect["shop_clicks"] != other.effect["shop_clicks"]).any()
    assert one.world.titles != other.world.titles


def test_one_seed_in_five_is_silent_and_the_others_carry_about_half_the_kinds() -> None:
    kinds = {seed: plants.choose(seed, "auto") for seed in (*DEVELOPMENT_SEEDS, *ACCEPTANCE_SEEDS)}
    assert {seed for seed, chosen in kinds.items() if seed % 5 == 0} == {seed for seed, chosen in kinds.items() if not chosen}
    spoken = [chosen for chosen in kinds.values() if chosen]
    assert np.mean([len(chosen) for chosen in spoken]) == pytest.approx(len(plants.CHECKS) / 2, abs=0.7)
    for chosen in spoken:
        assert not {"falling_word", "shop_drop"} <= set(chosen)
        assert not {"falling_word", "late_report"} <= set(chosen)


def test_plants_share_no_product_and_no_word() -> None:
    for seed in range(1, 5):
        planted = draw(seed, plants_of="all").plants
        assert {plant.kind for plant in planted} == set(plants.CHECKS) - {"shop_drop", "late_report"}
        for key in ("product_id", "word"):
            held = [plant.key[key] for plant in planted if key in plant.key]
            assert len(held) == len(set(held))


def test_strong_silent_products_are_no_concentration() -> None:
    for seed in range(1, 9):
        shop = draw(seed, plants_of=["no_inquiry_product", "paid_no_inquiry_product"])
        clicks = shop.effect["shop_clicks"][:, -4:].sum(axis=1)
        assert clicks.max() < 0.15 * clicks.sum()
        assert [clicks[plant.at] >= 900 for plant in shop.plants] == [True, True]


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="products: at least 100"):
        draw(1, products=20)
    with pytest.raises(ValueError, match="no such kinds"):
        draw(1, plants_of=["no_such_kind"])
    with pytest.raises(ValueError, match="ends on a Saturday"):
        draw(1, end=market.date(2026, 11, 13))
