"""Verdicts that may be looked at every day: false alarms on equal variants, power after the plan, and what is still missing."""

from __future__ import annotations

from math import comb, inf

import numpy as np
import pytest
from scipy.integrate import quad

from zhanggui.estimates.sequential import events_needed, power, ratio_range, sequel

LOOKS = 7


def week(rng: np.random.Generator, daily: float, rates: list[float]) -> tuple[np.ndarray, np.ndarray]:
    """(looks, variants) of events and trials so far, over seven days."""
    trials = rng.poisson(daily, (LOOKS, len(rates))) + 1
    return rng.binomial(trials, rates).cumsum(axis=0), trials.cumsum(axis=0)


def called(daily: float, rates: list[float], runs: int, worth: float = 0.2, seed: int = 1) -> float:
    """In how many weeks some look finds a difference."""
    rng = np.random.default_rng(seed)
    return float(np.mean([_ever(*week(rng, daily, rates), worth) for _ in range(runs)]))


def _ever(events: np.ndarray, trials: np.ndarray, worth: float) -> bool:
    return any(
        any(p.kind == "better" for p in sequel(e.tolist(), n.tolist(), worth).pairs)
        for e, n in zip(events, trials, strict=True)
    )


def naive(daily: float, rate: float, runs: int, seed: int = 1) -> float:
    """The same looks with the usual test of two proportions at 5 %."""
    rng, hits = np.random.default_rng(seed), 0
    for _ in range(runs):
        events, trials = week(rng, daily, [rate, rate])
        pooled = events.sum(axis=1) / trials.sum(axis=1)
        error = np.sqrt(pooled * (1 - pooled) * (1 / trials).sum(axis=1))
        hits += bool((np.abs(np.diff(events / trials, axis=1)[:, 0]) > 1.96 * np.maximum(error, 1e-9)).any())
    return hits / runs


def test_the_range_ends_where_the_bets_have_won_twenty_times_the_stake():
    """By integrating the mixture by hand at the upper end."""
    first, both, worth = 12, 40, 0.3
    _, high = ratio_range(first, both, 0.5, worth, 0.05)
    many = 4 / np.log1p(worth) ** 2

    def mixed(coin: float) -> float:
        return coin ** (many / 2 - 1) * (1 - coin) ** (many / 2 - 1)

    def seen(coin: float) -> float:
        return comb(both, first) * coin**first * (1 - coin) ** (both - first)

    evidence = quad(lambda c: seen(c) * mixed(c), 0, 1)[0] / quad(mixed, 0, 1)[0]
    assert evidence / seen(high / (1 + high)) == pytest.approx(20, rel=1e-6)


def test_the_range_turns_over_with_the_variants():
    low, high = ratio_range(12, 40, 0.4, 0.3, 0.05)
    other_low, other_high = ratio_range(28, 40, 0.6, 0.3, 0.05)
    assert (1 / high, 1 / low) == pytest.approx((other_low, other_high))


def test_verdicts():
    better = sequel((40, 80), (2000, 2000), 0.2)
    assert (better.kind, better.best, better.left, better.needs) == ("better", 1, (1,), 0)
    same = sequel((800, 810), (20_000, 20_000), 0.2)
    assert (same.kind, same.left, same.needs) == ("same", (1, 0), 0)
    early = sequel((4, 6), (100, 100), 0.2)
    assert (early.kind, early.needs) == ("open", events_needed(0.2) - 10)
    assert early.power < 0.01 < 0.5 < same.power


def test_nothing_at_all_is_not_enough():
    told = sequel((0, 0), (100, 100), 0.5)
    assert (told.kind, told.needs, told.pairs[0].ratio) == ("open", events_needed(0.5), None)
    assert (told.pairs[0].low, told.pairs[0].high) == (0, inf)


def test_of_three_the_one_that_is_beaten_leaves_and_the_others_go_on():
    told = sequel((300, 320, 100), (10_000, 10_000, 10_000), 0.2)
    assert (told.kind, told.best, told.left) == ("open", 1, (1, 0))
    assert 0 < told.needs < inf


def test_a_difference_on_the_edge_of_what_matters_may_need_for_ever():
    """Past the plan, what is missing is worked out from the ratio as it is now."""
    edge = sequel((1600, 1760), (40_000, 40_000), 0.2)
    assert (edge.kind, 0 < edge.needs < 3000) == ("open", True)
    assert sequel((60_000, 72_000), (10**6, 10**6), 0.2).kind == "better"


@pytest.mark.parametrize(("events", "trials"), [((20, 1), (20_000, 100)), ((1, 0), (50, 1)), ((0, 1), (10**7, 1))])
def test_shares_of_any_lopsidedness_are_judged(events, trials):
    told = sequel(events, trials, 0.2)
    assert (told.kind, 0 < told.needs < inf) == ("open", True)


@pytest.mark.parametrize(("worth", "sure"), [(0, 0.05), (-0.1, 0.05), (0.2, 0), (0.2, 1)])
def test_a_difference_of_nothing_and_a_verdict_without_doubt_are_refused(worth, sure):
    with pytest.raises(ValueError, match="not to be told apart"):
        sequel((4, 6), (100, 100), worth, sure)


@pytest.mark.parametrize(("events", "trials"), [((1,), (2,)), ((3, 1), (2, 2)), ((0, 0), (0, 5)), ((-1, 0), (5, 5))])
def test_what_are_no_variants_is_refused(events, trials):
    with pytest.raises(ValueError, match="not variants"):
        sequel(events, trials, 0.2)


def test_equal_variants_are_hardly_ever_called_unequal_with_a_look_a_day():
    assert called(300, [0.03, 0.03], 300) <= 0.05
    assert called(300, [0.03, 0.03, 0.03], 150) <= 0.05
    assert naive(300, 0.03, 300) > 0.1


def test_variants_that_take_turns_are_called_unequal():
    """3,000 shown a day to one of two equal variants, four weeks, days good and bad by 15 %: why the page asks for both at once."""
    rng, wrong = np.random.default_rng(4), 0
    for _ in range(100):
        rates = 0.03 * np.exp(rng.normal(0, 0.15, 28))
        clicks = rng.binomial(3000, rates)
        turns = [(clicks[: n + 1 : 2].sum(), clicks[1 : n + 1 : 2].sum(), n // 2 + 1, (n + 1) // 2) for n in range(1, 28, 2)]
        wrong += any(sequel((int(a), int(b)), (3000 * m, 3000 * k), 0.2).kind == "better" for a, b, m, k in turns)
    assert wrong / 100 > 0.1


def test_the_planned_size_finds_the_difference():
    needed = events_needed(0.5)
    assert power(needed, 0.5, 0.5, 0.05) >= 0.8
    rng, hits = np.random.default_rng(2), 0
    for _ in range(200):
        shown = round(needed / 2 / 0.04 / 1.25)
        events = rng.binomial(shown, [0.04, 0.06])
        hits += sequel(events.tolist(), [shown, shown], 0.5).kind == "better"
    assert hits / 200 >= 0.8


def test_larger_differences_and_fewer_variants_need_less():
    assert events_needed(0.1) > events_needed(0.2) > events_needed(0.5)
    assert events_needed(0.2, 3) > events_needed(0.2)


@pytest.mark.proof
def test_ten_thousand_weeks_of_equal_variants():
    from bench.results import record

    cases = {"3 % of 300 a day": (300, 0.03, 0.2), "5 % of 40 a day": (40, 0.05, 0.5), "30 % of 1,000 a day": (1000, 0.3, 0.1)}
    ours = {name: called(daily, [rate, rate], 10_000, worth, seed=3) for name, (daily, rate, worth) in cases.items()}
    usual = {name: naive(daily, rate, 10_000, seed=3) for name, (daily, rate, _) in cases.items()}
    record("fast_tests", seed=3, runs=10_000, looks=LOOKS, false_alarms=ours, usual_test=usual)
    assert max(ours.values()) <= 0.05
    assert min(usual.values()) > 0.1
