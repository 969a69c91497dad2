"""Clicks that are missing: planted, found where they can be told, and nowhere else."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from zhanggui.estimates.click_gap import ADDED, click_gap


def products(seed: int, weak: dict[int, float] | None = None, count: int = 200, exposures: float = 3000) -> pl.DataFrame:
    """Products of one category whose click rates differ a little around 2 %; `weak` ones get a part of theirs."""
    rng = np.random.default_rng(seed)
    shown = rng.poisson(exposures, count)
    rate = rng.gamma(50, 0.02 / 50, count)
    for place, part in (weak or {}).items():
        rate[place] = 0.02 * part
    return pl.DataFrame(
        {
            "product_id": [f"{i:03}" for i in range(count)],
            "category": ["Shoes"] * count,
            "search_exposures": shown,
            "search_clicks": rng.poisson(rate * shown),
            "covered_days": [28] * count,
        }
    )


def test_what_is_told_to_be_lost_lies_in_its_range_as_often_as_the_level_says():
    """Rates drawn as the model thinks of them; only those of which a loss is told, which are the unlucky ones too."""
    held = told = 0
    for seed in range(40):
        rng = np.random.default_rng([seed, 9])
        rate, shown = rng.gamma(6, 0.02 / 6, 150), rng.poisson(rng.gamma(1.5, 2000, 150)) + 1
        made = products(seed, count=150).with_columns(
            pl.Series("search_exposures", shown), pl.Series("search_clicks", rng.poisson(rate * shown))
        )
        rows = click_gap(made).with_columns(pl.Series("rate", rate)).filter(pl.col("lost").is_not_null())
        truth = (pl.col("typical") - pl.col("rate")) * pl.col("search_exposures") / 28 * 30
        told += rows.height
        held += rows.filter(truth.is_between("lost_low", "lost_high")).height
    assert told > 500
    assert 0.75 <= held / told <= 0.85


def test_a_product_unlike_all_others_is_told_and_its_loss_is_not_overstated():
    for seed in range(20):
        row = click_gap(products(seed, {7: 0.3})).filter(pl.col("product_id") == "007").row(0, named=True)
        truth = row["search_exposures"] / 28 * 30 * 0.02 * 0.7
        assert 0 < row["lost_low"] < row["lost"] < truth


def test_three_clicks_tell_nothing():
    made = products(1, {5: 0.1}).with_columns(
        pl.when(pl.col("product_id") == "005").then(pl.lit(120)).otherwise("search_exposures").alias("search_exposures"),
        pl.when(pl.col("product_id") == "005").then(pl.lit(1)).otherwise("search_clicks").alias("search_clicks"),
    )
    row = click_gap(made).filter(pl.col("product_id") == "005").row(0, named=True)
    assert (row["lost"], row["lost_low"], row["lost_high"]) == (None, None, None)
    assert row["rate_low"] < row["typical"] < row["rate_high"] * 1.2


def test_a_small_category_is_held_against_the_whole_shop():
    made = products(2).with_columns(
        pl.when(pl.int_range(pl.len()) < 19).then(pl.lit("Bags")).otherwise("category").alias("category")
    )
    assert click_gap(made)["typical"].n_unique() == 2  # the shoes' own, and the bags' by the whole shop
    assert click_gap(made, least_siblings=19)["typical"].n_unique() == 2


def test_small_categories_are_held_against_all_products_and_not_against_each_other():
    kinds = ["Bags"] * 4 + ["Belts"] * 5 + [None] * 2 + ["Shoes"] * 189
    made = products(2).with_columns(
        pl.Series("category", kinds),
        pl.when(pl.int_range(pl.len()) < 11)
        .then(pl.col("search_clicks") * 3)
        .otherwise("search_clicks")
        .alias("search_clicks"),
    )
    by = click_gap(made).with_columns(pl.col("category").fill_null("")).group_by("category").agg(pl.col("typical").unique())
    found = {category: typical for category, (typical,) in by.rows()}
    whole = click_gap(made.with_columns(pl.lit("Shoes").alias("category")))["typical"][0]
    assert found == {"Bags": whole, "Belts": whole, "": whole, "Shoes": pytest.approx(0.02, rel=0.03)}
    assert whole == pytest.approx(0.0222, rel=0.05)


def test_a_product_that_nobody_saw_or_whose_figures_are_missing_has_no_rate():
    made = products(3).with_columns(
        pl.when(pl.col("product_id") == "001").then(0).otherwise("search_exposures").alias("search_exposures"),
        pl.when(pl.col("product_id") == "002").then(None).otherwise("search_clicks").alias("search_clicks"),
    )
    rows = click_gap(made).filter(pl.col("product_id").is_in(["001", "002"]))
    assert [rows[c].null_count() for c in ADDED] == [2] * len(ADDED)


def test_without_products_or_without_clicks_nothing_is_told():
    assert click_gap(products(4).head(0)).columns == [*products(4).columns, *ADDED]
    assert click_gap(products(4).with_columns(pl.lit(0).alias("search_clicks")))["typical"].null_count() == 200


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_products_does_not_matter(seed):
    made = products(seed, {3: 0.2})
    one, other = (click_gap(m).sort("product_id") for m in (made, made.sample(fraction=1, shuffle=True, seed=seed)))
    assert one.equals(other)
