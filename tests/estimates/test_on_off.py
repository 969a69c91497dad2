"""What advertising really brought is recovered from a drawn plan of on and off: its interval, its silence, and how long it must run."""

from __future__ import annotations

import numpy as np
import pytest

from tests.estimates.on_off_shop import HOURS, WEEK, Shop, by_windows, past, run, spent_before
from zhanggui.estimates.on_off import DAILY, days_needed, effect, over_usual, power, schedule
from zhanggui.plans.on_off_test import MOVED

GUARD = 1
COUNTRIES = (4, 3)
#: Name → the shop, units, weeks, parts of the week.
CASES: dict[str, tuple[Shop, int, int, tuple[int, ...]]] = {
    "an effect, four windows a day": (Shop(), 4, 4, DAILY),
    "no effect": (Shop(paid=0), 4, 4, DAILY),
    "half taken from natural clicks": (Shop(taken=0.5), 4, 4, DAILY),
    "all taken from natural clicks": (Shop(taken=1), 3, 4, DAILY),
    "more taken than brought": (Shop(taken=1.5), 4, 4, DAILY),
    "rare leads": (Shop(natural=0.1, paid=0.06), 3, 8, DAILY),
    "lumps and moods": (Shop(natural=0.3, paid=0.2, day=0.4, hour=0.5, lumps=4), 4, 4, DAILY),
    "the whole day": (Shop(natural=0.3, paid=0.1), 1, 8, DAILY),
    "late by an hour": (Shop(late=0.5), 4, 4, DAILY),
    "a daily budget that binds, halved for the test": (Shop(paid=2.0, budget=0.5, halved=True), 4, 4, DAILY),
    "countries": (Shop(), 6, 6, COUNTRIES),
    "countries, late by a day": (Shop(late=0.4), 6, 6, COUNTRIES),
    "countries, no effect": (Shop(paid=0, day=0.3), 6, 6, COUNTRIES),
    "countries, all taken from natural clicks": (Shop(taken=1), 5, 6, COUNTRIES),
}
NULLS = [name for name, (shop, *_) in CASES.items() if shop.paid == 0 or shop.taken == 1]


def units(n: int) -> list[str]:
    return [f"unit {i}" for i in range(n)]


def judged(
    shop: Shop, many: int, weeks: int, parts: tuple[int, ...], runs: int, guard: int = GUARD
) -> tuple[float, float, float]:
    """How often the interval held the truth, how often it held nothing at all, and the mean error."""
    inside = called = 0
    errors = []
    for seed in range(runs):
        rng = np.random.default_rng([seed, many, weeks])
        plan = schedule(units(many), weeks, seed, parts, guard)
        counted, spent, truth = run(shop, rng, plan)
        told = effect(counted, plan, spent)
        assert told is not None
        inside += told.each.low <= truth <= told.each.high
        called += not told.each.low <= 0 <= told.each.high
        errors.append(told.each.value - truth)
    return inside / runs, called / runs, float(np.mean(errors))


# ---- the plan


@pytest.mark.parametrize(("many", "parts"), [(1, DAILY), (4, DAILY), (5, (4, 3)), (6, (7,))])
def test_each_unit_is_on_half_the_time_on_every_weekday_and_half_the_units_at_any_time(many, parts):
    on = schedule(units(many), 6, 3, parts).on
    assert on.shape == (6, len(parts), many)
    assert (on[0::2] ^ on[1::2]).all()
    assert (on[..., : many // 2 * 2].sum(axis=2) == many // 2).all()


def test_a_seed_gives_the_same_plan_for_ever_and_another_seed_another():
    first = schedule(units(2), 2, 11).on[0, :, 0].astype(int).tolist()
    assert first == schedule(units(2), 2, 11).on[0, :, 0].astype(int).tolist() == [1, 1, 1, 0, 1, 1, 0]
    assert not np.array_equal(schedule(units(4), 8, 11).on, schedule(units(4), 8, 12).on)


def test_coins_are_fair_and_know_nothing_of_each_other():
    on = np.stack([schedule(units(4), 4, seed).on for seed in range(400)]).reshape(400, 2, 2, 7, 2, 2)[:, :, 0, :, :, 0]
    coins = on.reshape(400, -1).astype(float)
    assert coins.mean() == pytest.approx(0.5, abs=0.02)
    assert np.abs(np.corrcoef(coins.T) - np.eye(28)).max() < 0.22  # 378 pairs of 400 coins: largest by chance about 0.17


@pytest.mark.parametrize(("weeks", "parts", "many"), [(3, DAILY, 2), (0, DAILY, 2), (2, (4, 4), 2), (2, DAILY, 0)])
def test_what_is_no_plan_is_refused(weeks, parts, many):
    with pytest.raises(ValueError, match="not a plan"):
        schedule(units(many), weeks, 1, parts)


# ---- the effect


def test_a_shop_without_chance_is_read_exactly():
    """Units of 10, 20, 30 and 40, each half as much again where it is on; 20 spent on it."""
    plan = schedule(units(4), 4, 1)
    told = effect(np.array([10.0, 20, 30, 40]) * (1 + 0.5 * plan.on), plan, 20.0 * plan.on)
    assert (told.each.value, told.each.low, told.each.high) == pytest.approx((12.5, 12.5, 12.5))
    assert (told.total.value, told.cells, told.blocks, told.lost) == pytest.approx((12.5 * 56, 56, 28, 0))
    assert told.per_money.value == pytest.approx(12.5 / 20)
    assert (told.on, told.off) == (37.5, 25)


def test_days_that_are_good_or_bad_for_all_fall_on_both_sides():
    plan = schedule(units(4), 4, 1)
    day = np.random.default_rng(1).uniform(0, 1000, (4, 7, 1))
    told = effect(day + 5 * plan.on, plan)
    assert told.each.value == pytest.approx(5)
    assert 0 < told.each.low < 5 < told.each.high


def test_a_missing_cell_takes_its_block_out_and_is_said():
    plan = schedule(units(3), 4, 1)
    figures = 7.0 + 2 * plan.on
    figures[1, 2, 0] = figures[3, 4, 2] = np.nan
    told = effect(figures, plan)
    assert (told.each.value, told.blocks, told.lost, told.per_money) == (pytest.approx(2), 26, 2, None)
    assert (told.on, told.off) == (9, 7)
    assert told.cells == 42 - 2 - 1


def test_too_few_blocks_give_no_answer():
    plan = schedule(units(2), 2, 1, (4, 3))
    assert effect(plan.on * 1.0, plan) is None


def test_nothing_counted_at_all_gives_no_answer():
    plan = schedule(units(4), 4, 1)
    assert effect(np.zeros(plan.on.shape), plan) is None


def test_money_that_was_spent_all_the_same_is_not_divided_by():
    """Nobody switched anything off: what a unit of money brings cannot be told."""
    plan = schedule(units(4), 4, 1)
    rng = np.random.default_rng(1)
    told = effect(rng.poisson(9, plan.on.shape), plan, rng.poisson(50, plan.on.shape))
    assert told.per_money is None


@pytest.mark.parametrize("name", CASES)
def test_the_interval_holds_the_truth(name):
    """The same 60 runs each time: 90 % give or take three standard errors; in full under proof."""
    inside, called, _ = judged(*CASES[name], runs=60)
    assert inside >= 0.8
    if name in NULLS:
        assert called <= 0.18


def test_without_the_guard_what_comes_late_is_taken_for_natural():
    late = Shop(late=0.5)
    assert judged(late, 4, 4, DAILY, 60, guard=0)[2] < -0.35
    assert abs(judged(late, 4, 4, DAILY, 60)[2]) < 0.25


def test_counts_before_and_after_the_switch_would_have_been_misled():
    """Two weeks off, then two on, beside the usual standard error of a count: far from nine in ten."""
    inside = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        shop = Shop(day=0.3)
        off, on = shop.rates(rng, 4)
        counted = shop.drawn(rng, np.where(np.arange(28)[:, None] < 14, off, on)).sum(axis=1)
        before, after = counted[:14], counted[14:]
        error = 1.645 * np.sqrt((before.sum() + after.sum()) / 14**2)
        inside += abs(after.mean() - before.mean() - (on - off).sum(axis=1).mean()) <= error
    assert inside / 60 < 0.5


def moved(shop: Shop, runs: int) -> tuple[float, float]:
    """How often more than 1.25 times the usual was spent in the cells that were on, and the mean effect over the usual one."""
    often, ratios = 0, []
    for seed in range(runs):
        rng = np.random.default_rng([seed, 4, 4])
        plan = schedule(units(4), 4, seed, DAILY, GUARD)
        counted, spent, truth = run(shop, rng, plan)
        told = effect(counted, plan, spent)
        times = over_usual(spent, spent_before(shop, rng, 4, 4, GUARD), plan.on & told.counted)
        often += times > MOVED
        ratios.append(told.each.value / truth)
    return often / runs, float(np.mean(ratios))


def test_a_budget_that_moves_to_what_is_on_enlarges_the_effect_and_shows_in_the_spend():
    often, ratio = moved(Shop(paid=2.0, budget=0.5), 30)
    assert (often, ratio > 1.4) == (1, True)
    assert judged(Shop(paid=2.0, budget=0.5), 4, 4, DAILY, 30)[0] < 0.5


@pytest.mark.parametrize("shop", [Shop(paid=2.0, budget=0.5, halved=True), Shop(paid=2.0)])
def test_a_budget_that_was_halved_or_does_not_bind_does_not_move(shop):
    often, ratio = moved(shop, 30)
    assert (often <= 0.1, 0.8 < ratio < 1.2) == (True, True)


def test_over_usual_is_none_where_either_is_not_known():
    spent, counted = np.full((2, 1, 2), 6.0), np.array([[[True, False]], [[True, True]]])
    assert over_usual(spent, np.full((4, 1, 2), 2.0), counted) == 3
    assert over_usual(spent, [[[2.0, np.nan]], [[np.nan, 2.0]]], counted) == 3
    assert over_usual(spent, np.full((4, 1, 2), np.nan), counted) is None
    assert over_usual(spent, np.zeros((4, 1, 2)), counted) is None
    assert over_usual(np.where(counted, np.nan, spent), np.full((4, 1, 2), 2.0), counted) is None


# ---- before the start


def expected(shop: Shop, windows: int) -> float:
    """What a cell that is on is to bring in the mean."""
    return (1 - shop.taken) * shop.paid * float(by_windows(np.outer(WEEK, HOURS), windows, GUARD).mean())


def found(shop: Shop, windows: int, runs: int) -> tuple[float, float]:
    """How often a test of `days_needed` finds the effect, and its mean length in days."""
    hits, lengths = [], []
    for seed in range(runs):
        rng = np.random.default_rng([7, seed])
        days = days_needed(expected(shop, windows), past(shop, rng, 8, windows, GUARD))
        assert days is not None
        plan = schedule(units(windows), days // 7, seed, guard=GUARD)
        told = effect(run(shop, rng, plan)[0], plan)
        hits.append(told is not None and (told.each.low > 0 or told.each.high < 0))
        lengths.append(days)
    return float(np.mean(hits)), float(np.mean(lengths))


def test_the_length_is_worked_out_from_the_shops_own_weeks():
    """Weeks that move like 10 ± 3 in each of 28 cells. By hand: a block of two units is the difference of four cells; over 28 × w / 2
    blocks … the noncentral t says 4 weeks for an effect of 2."""
    rng = np.random.default_rng(3)
    before = rng.normal(10, 3, (12, 7, 4))
    assert (days_needed(2, before), days_needed(4, before)) == (28, 14)
    assert power(2, before, 8) > power(2, before, 4) > 0.8 > power(1, before, 4)


def test_what_cannot_be_told_is_said():
    rng = np.random.default_rng(3)
    assert power(1, rng.poisson(9, (3, 7, 4)), 8) is None
    assert power(1, np.zeros((8, 7, 4)), 8) is None
    assert days_needed(0.001, rng.poisson(9, (8, 7, 4))) is None
    assert power(9, rng.poisson(9, (8, 1, 1)), 4) == 0


def test_a_test_that_runs_as_long_as_said_finds_the_effect():
    share, _ = found(Shop(), 4, 60)
    assert share >= 0.7


# ---- in full

RUNS = 200
POWER_CASES = {
    "an effect, four windows a day": (Shop(), 4),
    "half taken from natural clicks": (Shop(natural=1.0, paid=0.6, taken=0.5), 4),
    "rare leads": (Shop(natural=0.1, paid=0.06), 3),
    "the whole day": (Shop(natural=0.3, paid=0.12), 1),
}


BUDGETS = {
    "binds, left as it was": Shop(paid=2.0, budget=0.5),
    "binds, halved": Shop(paid=2.0, budget=0.5, halved=True),
    "does not bind": Shop(paid=2.0),
}


@pytest.mark.proof
def test_two_hundred_runs_of_each_kind():
    from bench.results import record

    told = {name: judged(*case, runs=RUNS) for name, case in CASES.items()}
    nulls = {name: judged(*CASES[name], runs=5 * RUNS)[1] for name in NULLS}
    lengths = {name: found(*case, runs=RUNS) for name, case in POWER_CASES.items()}
    told_of = {name: moved(shop, RUNS)[0] for name, shop in BUDGETS.items()}
    record(
        "on_off",
        seeds=(0, RUNS - 1),
        runs=RUNS,
        held_the_truth={name: inside for name, (inside, _, _) in told.items()},
        called_an_effect={name: called for name, (_, called, _) in told.items()},
        called_an_effect_of_nothing_in_1000=nulls,
        power_after_days_needed={name: share for name, (share, _) in lengths.items()},
        told_that_the_budget_moved=told_of,
        days_needed_mean={name: days for name, (_, days) in lengths.items()},
    )
    assert {name: inside for name, (inside, _, _) in told.items() if not 0.85 <= inside <= 0.95} == {}
    assert max(told[name][1] for name in NULLS) <= 0.10
    assert max(nulls.values()) <= 0.10
    assert told_of["binds, left as it was"] >= 0.95
    assert max(told_of["binds, halved"], told_of["does not bind"]) <= 0.1
    assert {name: share for name, (share, _) in lengths.items() if share < 0.8 - 2 * np.sqrt(0.16 / RUNS)} == {}
