"""P4P-5: hours, regions and labels on made-up shops with hidden lead rates, at equal money."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from bench.bid_cells import ACCEPTANCE, AXES, DEVELOPMENT, GRID, Hidden, judged, made, summary
from bench.results import record


def hidden_of(rate: list[float]) -> Hidden:
    """Two cells of 10 and 20 clicks a day at 2 and 3 a click."""
    return Hidden(np.array([10.0, 20]), np.array([2.0, 3]), np.array(rate), np.ones(2), GRID**0.6, GRID**0.9)


def test_a_hidden_axis_pays_what_its_clicks_cost():
    assert hidden_of([0.1, 0.2]).at(np.array([1.0, 0.0])) == pytest.approx((1.0, 20.0), rel=0.01)


def test_equal_money_is_equal_money():
    """Multipliers that are the same for all cells bring nothing; money moved to the better cell does, to the worse one costs."""
    for truth in (*made(1)[1].values(), hidden_of([0.1, 0.2])):
        assert truth.gain(np.full(len(truth.rate), 1.2)) == pytest.approx(0, abs=1e-6)
    one = hidden_of([0.2, 0.1])
    assert one.gain(np.array([1.2, 0.9])) > 0 > one.gain(np.array([0.8, 1.1]))


def test_shops_of_the_acceptance_are_not_those_that_it_was_tuned_on():
    assert not set(ACCEPTANCE) & set(DEVELOPMENT)
    assert len(ACCEPTANCE) >= 100


@pytest.mark.proof
def test_acceptance():
    """Gains as a part of the leads of now, at equal money."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        rows = [row for shop in pool.map(judged, ACCEPTANCE) for row in shop]
    told = summary(rows)
    record("bid_cells", seeds=(ACCEPTANCE[0], ACCEPTANCE[-1]), **told)
    assert told["waits"] == 0
    for axis in AXES:
        assert told[f"{axis}_unlike"]["gain"] > 0
        assert told[f"{axis}_unlike"]["gain"] > told[f"{axis}_unlike"]["raw_rule"]
        assert told[f"{axis}_alike"]["proposed"] <= 0.1
        assert told[f"{axis}_alike"]["gain"] >= -0.01
        assert told[f"{axis}_alike"]["worst"] >= -0.01
    assert 0.7 <= told["gain_range_cover"] <= 0.9
    assert 0.7 <= told["rate_range_cover"] <= 0.9
