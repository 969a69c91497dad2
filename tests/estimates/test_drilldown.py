"""What moved is named, nothing else is, and everything adds up."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhanggui.estimates.drilldown import FEWEST_ROWS, ODDS, drill_down

ATTRIBUTES = ["product", "country", "source"]
CELLS = pl.DataFrame(list(product(range(20), range(8), range(4))), schema=ATTRIBUTES, orient="row").cast(pl.String)


def counting(dice, expected):
    """The noise of a count."""
    return dice.poisson(expected)


def relative(dice, expected):
    """A tenth of the figure."""
    return expected * dice.normal(1, 0.1, len(expected))


def table(noise, seed: int, mean: float = 10.0, expected_is_last_week: bool = False) -> pl.DataFrame:
    dice = np.random.default_rng(seed)
    truth = mean * dice.lognormal(0, 1, len(CELLS))
    expected = noise(dice, truth) if expected_is_last_week else truth
    return CELLS.with_columns(real=pl.Series(noise(dice, truth)).cast(float), expected=pl.Series(expected).cast(float))


def moved(frame: pl.DataFrame, times: float, **where: str) -> pl.DataFrame:
    here = pl.all_horizontal(pl.col(a) == v for a, v in where.items())
    return frame.with_columns(real=pl.when(here).then((pl.col("real") * times).floor()).otherwise("real"))


def causes(frame: pl.DataFrame) -> list[dict[str, str]]:
    told = drill_down(frame, ATTRIBUTES, "real", "expected")
    assert told is not None
    return [c.where for c in told.causes]


@pytest.mark.parametrize("noise", [counting, relative])
@pytest.mark.parametrize("mean", [0.2, 2, 50])
@pytest.mark.parametrize("last_week", [False, True])
def test_noise_has_no_cause_but_in_a_twentieth_of_tables(noise, mean, last_week):
    named = [bool(causes(table(noise, seed, mean, last_week))) for seed in range(100)]
    assert np.mean(named) <= ODDS


@pytest.mark.proof
def test_how_often_noise_has_a_cause_and_one_cause_is_found():
    from bench.results import record

    kinds = list(product((counting, relative), (0.2, 2, 50), (False, True)))
    quiet = [bool(causes(table(*kind[:1], seed, *kind[1:]))) for kind in kinds for seed in range(1000, 1200)]
    where = {"product": "7", "country": "4"}
    halved = [
        causes(moved(table(noise, seed, 20), 0.5, **where)) for noise in (counting, relative) for seed in range(1000, 1200)
    ]
    named, exactly = np.mean(quiet), np.mean([found == [where] for found in halved])
    record(
        "drilldown", seeds=[1000, 1199], tables=len(quiet), something_named_in_noise=named, odds=ODDS, one_halved_found=exactly
    )
    assert named <= ODDS
    assert exactly >= 0.8


@pytest.mark.parametrize("noise", [counting, relative])
@pytest.mark.parametrize(
    "where", [{"product": "3"}, {"country": "2", "source": "1"}, {"product": "7", "country": "4"}, {"source": "0"}]
)
@pytest.mark.parametrize("times", [0.3, 2.0])
def test_the_one_thing_that_moved_is_named(noise, where, times):
    found = [causes(moved(table(noise, seed, 20), times, **where)) for seed in range(20)]
    assert np.mean([f == [where] for f in found]) >= 0.9


def test_two_causes_are_told_apart_the_larger_first():
    frame = moved(moved(table(counting, 3, 50), 0.4, country="2"), 0.3, product="5", source="1")
    told = drill_down(frame, ATTRIBUTES, "real", "expected")
    assert [c.where for c in told.causes] == [{"country": "2"}, {"product": "5", "source": "1"}]
    assert told.causes[0].change < told.causes[1].change < 0
    assert all(c.odds <= ODDS for c in told.causes)
    assert told.causes[0].share == told.causes[0].change / told.change


def test_what_everything_did_is_no_cause():
    told = drill_down(table(counting, 4, 50).with_columns(pl.col("real") * 0.8), ATTRIBUTES, "real", "expected")
    assert told.causes == ()
    assert told.residual == told.change < 0
    frame = moved(table(counting, 4, 50).with_columns(pl.col("real") * 0.8), 0.5, country="6")
    assert causes(frame) == [{"country": "6"}]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(-5, 400), st.integers(0, 200)), max_size=80))
def test_causes_and_residual_add_up(rows):
    frame = pl.DataFrame(rows, schema=["a", "b", "real", "expected"], orient="row")
    told = drill_down(frame, ["a", "b"], "real", "expected")
    if told is not None:
        assert told.change == sum(r - e for _, _, r, e in rows)
        assert sum(c.change for c in told.causes) + told.residual == pytest.approx(told.change, abs=1e-9)
        assert all(c.real - c.expected == pytest.approx(c.change) for c in told.causes)
        assert sum(c.rows for c in told.causes) <= frame.filter((pl.col("real") != 0) | (pl.col("expected") != 0)).height


def test_the_order_of_the_rows_changes_nothing_that_is_told():
    frame = moved(table(counting, 5, 20), 0.4, product="3")
    told = {tuple(map(str, causes(frame.sample(fraction=1, shuffle=True, seed=seed)))) for seed in range(5)}
    assert told == {("{'product': '3'}",)}


def test_a_missing_attribute_is_a_value_of_its_own():
    frame = moved(table(counting, 6, 20), 0.3, country="2")
    frame = frame.with_columns(country=pl.when(pl.col("country") != "2").then("country"))
    assert causes(frame) == [{"country": "—"}]


def test_too_few_rows_say_nothing():
    assert drill_down(table(counting, 1).head(FEWEST_ROWS - 1), ATTRIBUTES, "real", "expected") is None
    assert drill_down(table(counting, 1).clear(), ATTRIBUTES, "real", "expected") is None


def test_no_change_has_no_shares():
    frame = table(counting, 1, 50)
    same = drill_down(frame.with_columns(real="expected"), ATTRIBUTES, "real", "expected")
    assert (same.change, same.causes, same.residual) == (0, (), 0)


def test_a_missing_figure_or_too_many_attributes_are_refused():
    frame = table(counting, 1)
    with pytest.raises(ValueError, match="missing"):
        drill_down(frame.with_columns(real=pl.lit(None, float)), ATTRIBUTES, "real", "expected")
    with pytest.raises(ValueError, match="more than 6 attributes: 7"):
        drill_down(frame, ["product"] * 7, "real", "expected")
