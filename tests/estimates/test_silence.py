"""Items that were tried often and brought nothing: found, or how much is missing."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from zhanggui.estimates import fit_spread, silence

CHANCE = 0.01
ALL = pl.lit(True)


def shop(*silent, events=1, others=30):
    """Ordinary items with 100 to 390 clicks and one inquiry a hundred, and silent items with so many clicks."""
    clicks = [100 + 10 * i for i in range(others)]
    rows = [(f"{i}", c, c // 100 * events, 28) for i, c in enumerate(clicks)] + [(f"s{c}", c, 0, 28) for c in silent]
    return pl.DataFrame(rows, schema=["item", "clicks", "asks", "days"], orient="row")


def judged(items, among=ALL):
    found = silence(items, trials="clicks", events="asks", days="days", among=among, chance=CHANCE)
    return found if found is None else (found[0].sort("clicks"), found[1])


def test_a_silent_item_is_found_beyond_the_limit_and_what_is_missing_below_it_is_said():
    told, unrelated = judged(shop(100, 2000))
    assert told.select("item", "verdict").rows() == [("s100", "unsure"), ("s2000", "found")]
    assert unrelated < 1e-6
    early, late = told.iter_rows(named=True)
    assert (early["gain"], late["needs"], late["needs_days"]) == (None, None, None)
    assert early["needs_days"] == pytest.approx(early["needs"] / (100 / 28))
    assert late["chance"] <= CHANCE < early["chance"]


def test_an_item_with_the_clicks_that_were_missing_is_found():
    needs = judged(shop(100))[0]["needs"].item()
    enough, short = int(np.ceil(100 + needs)), int(100 + needs) - 1
    assert [judged(shop(n))[0]["verdict"].item() for n in (short, enough)] == ["unsure", "found"]


def test_an_item_is_held_against_the_others_and_not_against_its_own_silence():
    items = shop(2000)
    told = judged(items)[0].row(0, named=True)
    others = items.filter(pl.col("item") != "s2000")
    assert told["typical"] == others["asks"].sum() / others["clicks"].sum()
    assert told["expected"] == told["typical"] * 2000


def test_the_gain_is_what_the_typical_rate_would_bring_a_month_and_lies_in_its_range():
    told = judged(shop(2000))[0].row(0, named=True)
    assert told["monthly"] == pytest.approx(2000 / 28 * 30)
    assert told["gain"] == pytest.approx(told["monthly"] * (told["typical"] - told["now"]))
    assert 0 <= told["gain_low"] < told["gain"] < told["gain_high"]
    assert told["rate_low"] < told["typical"] < told["rate_high"]


def test_the_own_rate_of_a_silent_item_is_the_typical_one_shrunk_by_its_silence():
    items = shop(2000)
    told, fit = judged(items)[0].row(0, named=True), fit_spread(items["asks"], items["clicks"])
    assert told["now"] == pytest.approx(fit.a / (fit.a / told["typical"] + 2000))


def test_the_gain_lies_in_its_range_even_in_a_shop_whose_items_do_not_differ():
    clicks = [40 + 20 * i for i in range(24)]
    rows = [(f"{i}", c, max(1, c // 50), 7) for i, c in enumerate(clicks)] + [("quiet", 500, 0, 7)]
    told = judged(pl.DataFrame(rows, schema=["item", "clicks", "asks", "days"], orient="row"))[0].row(0, named=True)
    assert told["gain_low"] <= told["gain"] <= told["gain_high"]


def test_an_item_that_was_asked_about_is_not_silent():
    assert judged(shop(2000), among=pl.col("item") != "s2000")[0].height == 0


def test_where_inquiries_do_not_go_with_clicks_that_is_said():
    clicks = [100 + 10 * i for i in range(30)]
    rows = [(f"{i}", c, 1 + (i * 7) % 3, 28) for i, c in enumerate(clicks)] + [("s", 3000, 0, 28)]
    assert judged(pl.DataFrame(rows, schema=["item", "clicks", "asks", "days"], orient="row"))[1] > 0.001


def test_a_shop_with_too_few_inquiries_has_no_yardstick():
    assert judged(shop(2000, others=4)) is None


def test_in_a_shop_without_silent_items_few_are_called_so():
    dice = np.random.default_rng(8)
    called = looked = 0
    for _ in range(60):
        clicks = dice.integers(50, 1500, 60)
        items = pl.DataFrame({"clicks": clicks, "asks": dice.poisson(0.005 * clicks), "days": [28] * 60})
        told, _ = judged(items)
        called, looked = called + (told["verdict"] == "found").sum(), looked + 60
    assert called / looked <= CHANCE
