"""Which bid for which word: as good as an exact solver, never above the budget, with a bound that holds."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.bid_choice import exact, market
from zhanggui.plans.bid_choice import bid_choice

kinds = settings(deadline=None, max_examples=150)
numbers = st.one_of(st.integers(0, 6).map(float), st.floats(0.001, 10))
cells = st.lists(
    st.lists(st.tuples(numbers, st.one_of(numbers, numbers.map(lambda x: -x))), min_size=3, max_size=3), max_size=5
)


def split(drawn):
    """Costs and values, cells × levels."""
    made = np.array(drawn, float).reshape(len(drawn), 3, 2)
    return made[..., 0], made[..., 1]


def told(choice, cost, value):
    """Cost and value of the levels chosen, added up anew."""
    at = np.flatnonzero(choice.level >= 0)
    return cost[at, choice.level[at]], value[at, choice.level[at]]


def best(cost, value, budget):
    """The best of all choices, tried one by one."""
    tried = [0.0]
    for levels in product(range(-1, cost.shape[1]), repeat=len(cost)):
        at = [(i, j) for i, j in enumerate(levels) if j >= 0]
        if sum(cost[a] for a in at) <= budget:
            tried.append(sum(value[a] for a in at))
    return max(tried)


@kinds
@given(cells, st.one_of(st.integers(0, 20).map(float), st.floats(0, 30)))
def test_as_good_as_the_best_of_all_choices_and_within_the_budget(drawn, budget):
    cost, value = split(drawn)
    choice = bid_choice(cost, value, budget)
    paid, brought = told(choice, cost, value)
    assert (choice.cost, choice.value) == (pytest.approx(paid.sum()), pytest.approx(brought.sum()))
    assert max(sum(paid), paid.sum(), choice.cost) <= budget
    assert choice.value == pytest.approx(best(cost, value, budget), rel=1e-4, abs=1e-9)
    assert choice.bound >= best(cost, value, budget) * (1 - 1e-12)
    assert 0 <= choice.gap <= 1


def test_a_choice_that_fills_the_budget_to_the_cent_is_found_whatever_the_roundings():
    cost, value = np.array([[6.0, 1.3154769190874538]] * 3), np.array([[2.0, 1.0]] * 3)
    assert bid_choice(cost, value, 18.0).value == 6
    assert bid_choice(cost, value, np.nextafter(18.0, 0)).value == 5


@kinds
@given(cells, st.floats(0, 30), st.floats(0, 30))
def test_one_group_is_as_good_as_its_own_budget_allows(drawn, budget, limit):
    cost, value = split(drawn)
    choice = bid_choice(cost, value, budget, groups=np.zeros(len(cost), int), group_budgets=[limit])
    assert choice.value == pytest.approx(best(cost, value, min(budget, limit)), rel=1e-4, abs=1e-9)
    assert choice.cost <= min(budget, limit)


@kinds
@given(cells, st.floats(0, 30), st.randoms(use_true_random=False))
def test_neither_the_order_of_cells_nor_that_of_levels_matters(drawn, budget, dice):
    value = bid_choice(*split(drawn), budget).value
    shuffled = [dice.sample(levels, len(levels)) for levels in dice.sample(drawn, len(drawn))]
    assert bid_choice(*split(shuffled), budget).value == pytest.approx(value, rel=1e-4, abs=1e-9)


@kinds
@given(cells, st.floats(0, 30), st.floats(0, 10))
def test_more_money_never_has_a_lower_bound_and_the_price_is_its_slope(drawn, budget, more):
    cost, value = split(drawn)
    low, high = bid_choice(cost, value, budget), bid_choice(cost, value, budget + more)
    assert high.bound >= low.bound * (1 - 1e-12)
    if not (cost > budget).any():  # else a level may become affordable that was none before
        assert high.bound <= low.bound + low.price * more + 1e-9


@kinds
@given(cells, st.lists(st.floats(0, 12), min_size=2, max_size=2), st.floats(0, 20), st.data())
def test_no_group_spends_more_than_its_own_budget(drawn, limits, budget, data):
    cost, value = split(drawn)
    groups = np.array(data.draw(st.lists(st.integers(0, 1), min_size=len(drawn), max_size=len(drawn))), int)
    choice = bid_choice(cost, value, budget, groups=groups, group_budgets=limits)
    paid = np.where(choice.level >= 0, np.take_along_axis(cost, np.maximum(choice.level, 0)[:, None], 1)[:, 0], 0)
    assert choice.cost <= budget
    assert (np.bincount(groups, paid, 2) <= limits).all()
    levels = [bid_choice(cost[groups == g], value[groups == g], limits[g]).bound for g in (0, 1)]
    assert choice.bound <= min(sum(levels), bid_choice(cost, value, budget).bound) + 1e-9


def test_a_small_one_in_full():
    choice = bid_choice([[1, 3, 6], [2, 4, 7]], [[5, 8, 9], [4, 9, 11]], 7)
    assert choice.level.tolist() == [1, 1]
    assert (choice.cost, choice.value, choice.bound) == (7, 17, 17)
    assert choice.price == pytest.approx(2 / 3)


def test_a_level_under_the_hull_is_taken_where_it_fits():
    choice = bid_choice([[1, 2, 10]], [[1, 2, 20]], 9)
    assert (choice.level.tolist(), choice.value) == ([1], 2)


@pytest.mark.parametrize(
    ("cost", "value", "budget", "level"),
    [
        ([[1, 2]], [[0, -1]], 9, [-1]),  # nothing brings anything
        ([[0, 0]], [[1, 2]], 0, [1]),  # what costs nothing is taken
        ([[np.nan, 2]], [[1, 1]], 9, [1]),
        ([[1, 2]], [[np.nan, np.nan]], 9, [-1]),
        ([[1, 2]], [[1, 1]], 9, [0]),  # the cheaper of two of the same value
        ([[4], [6]], [[1], [2]], 10, [0, 0]),  # all of the money
        (np.zeros((0, 3)), np.zeros((0, 3)), 5, []),
    ],
)
def test_edges(cost, value, budget, level):
    assert bid_choice(cost, value, budget).level.tolist() == level


@pytest.mark.parametrize("budget", [-1, np.nan, np.inf])
def test_a_budget_that_is_none_is_refused(budget):
    with pytest.raises(ValueError, match="below 0 or no number"):
        bid_choice([[1]], [[1]], budget)


def test_costs_below_nothing_and_shapes_that_differ_are_refused():
    with pytest.raises(ValueError, match="below 0 or no number"):
        bid_choice([[-1]], [[1]], 5)
    with pytest.raises(ValueError, match="differ in shape"):
        bid_choice([[1]], [[1, 2]], 5)
    with pytest.raises(ValueError, match="without their budgets"):
        bid_choice([[1]], [[1]], 5, groups=[0])


@pytest.mark.parametrize("share", [0.05, 0.2, 0.6])
def test_a_market_of_300_words_is_as_an_exact_solver_has_it(share):
    cost, value = market(11, words=300, bids=15)
    budget = cost.max(axis=1).sum() * share
    choice = bid_choice(cost, value, budget)
    assert choice.cost <= budget
    assert choice.value == pytest.approx(exact(cost, value, budget)[0], rel=1e-4)
    assert choice.gap <= 0.0002


def test_hours_and_countries_are_cells_like_any_other():
    cost, value = market(12, words=40, bids=15, hours=4, countries=5)
    assert cost.shape == (800, 15)
    budget = cost.max(axis=1).sum() * 0.2
    choice = bid_choice(cost, value, budget)
    assert choice.value == pytest.approx(exact(cost, value, budget)[0], rel=1e-4)
    assert choice.gap <= 0.0002


def test_plans_with_budgets_of_their_own_within_one_account():
    cost, value = market(13, words=300, bids=15)
    dice = np.random.default_rng(1)
    plans = dice.integers(0, 4, 300)
    limits = np.bincount(plans, cost.max(axis=1)) * dice.uniform(0.05, 0.5, 4)
    budget = float(limits.sum() * 0.7)
    choice = bid_choice(cost, value, budget, groups=plans, group_budgets=limits)
    assert choice.cost <= budget
    assert choice.value == pytest.approx(exact(cost, value, budget, plans, limits)[0], rel=5e-3)
    assert choice.gap <= 0.005
