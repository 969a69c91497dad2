"""The cheapest plan against a dynamic programme of its own, over shops drawn at random; robust to cells that nobody knows."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import product
from random import Random

import pytest

from zhanggui.plans.star import (
    Action,
    Climb,
    Indicator,
    Step,
    Undecided,
    blocked,
    cheapest,
    ordered,
    points,
    priced,
    reaches,
    shadow_prices,
)

POWERS = ("product", "marketing", "transaction", "service")


def steps(*cells: tuple[int, int] | tuple[int, int, int]) -> tuple[Step, ...]:
    return tuple(Step(at, low, rest[0] if rest else low) for at, low, *rest in cells)


def drawn(seed: int) -> Climb:
    """A shop: four powers of two or three indicators with five to seven steps (a third of the cells ranges), seven to ten
    actions, some of which move indicators of two powers, some backwards; limits that often bind."""
    rng = Random(seed)
    indicators = []
    for power in POWERS:
        for i in range(rng.randint(2, 3)):
            cells, at, low = [], 0, 0
            for _ in range(rng.randint(5, 7)):
                at, low = at + rng.randint(1, 3), low + 100 * rng.randint(0, 6)
                cells.append(Step(at, low, low + (100 * rng.randint(1, 4) if rng.random() < 1 / 3 else 0)))
            value = None if rng.random() < 0.04 else rng.randint(0, 6)
            indicators.append(Indicator(f"{power[0]}{i}", power, value, tuple(cells)))
    actions = []
    for n in range(rng.randint(7, 10)):
        moved = rng.sample(indicators, 2 if rng.random() < 0.2 else 1)
        moves = {one.code: -1 if rng.random() < 0.05 else rng.randint(1, 4) for one in moved}
        actions.append(Action(f"a{n}", moves, rng.randint(5, 120), rng.choice([0, 0, 1, 5, 20]) * 100, rng.randint(1, 4)))
    bare = Climb(tuple(indicators), tuple(actions), dict.fromkeys(POWERS, 0))
    most = points(bare, {a.name: a.most for a in actions})
    have = points(bare)
    lines = {p: have[p] + int((most[p] - have[p]) * rng.uniform(0, 1)) // 100 * 100 for p in POWERS}
    hours = rng.choice([None, rng.randint(300, 1500)])
    money = rng.choice([None, rng.randint(0, 60) * 100])
    return Climb(tuple(indicators), tuple(actions), lines, hours, money, rng.choice([1, 100]), rng.choice([1, 60]))


Front = list[tuple[int, int]]


def pruned(pairs: set[tuple[int, int]]) -> Front:
    """(minutes, cents) that no other pair beats in both."""
    kept: Front = []
    for minutes, cents in sorted(pairs):
        if not kept or cents < kept[-1][1]:
            kept.append((minutes, cents))
    return kept


def groups(climb: Climb) -> list[tuple[set[str], list[Action]]]:
    """Powers and actions that hang together, and no other ones."""
    home = {one.code: one.power for one in climb.indicators}
    joined = [({p}, []) for p in climb.lines]
    for action in climb.actions:
        touched = {home[code] for code in action.moves}
        inside = [g for g in joined if g[0] & touched]
        outside = [g for g in joined if not g[0] & touched]
        joined = [*outside, (set().union(*(g[0] for g in inside)), [*(a for g in inside for a in g[1]), action])]
    return joined


def by_stages(climb: Climb) -> int | None:
    """The lowest price by dynamic programming: stage = action, state = the values so far, kept: pairs of minutes and cents."""
    whole: Front = [(0, 0)]
    for powers, actions in groups(climb):
        own = [one for one in climb.indicators if one.power in powers]
        at = {one.code: i for i, one in enumerate(own)}
        top = [one.steps[-1].at for one in own]
        # A value that no later action lowers may be cut at its top step, which merges states.
        lowering = {code for a in actions for code, move in a.moves.items() if move < 0}
        states = {tuple(one.value for one in own): {(0, 0)}}
        for action in actions:
            after: dict[tuple[int | None, ...], set[tuple[int, int]]] = defaultdict(set)
            for state, pairs in states.items():
                for n in range(action.most + 1):
                    moved = list(state)
                    for code, move in action.moves.items():
                        i = at[code]
                        if moved[i] is not None:
                            moved[i] += move * n
                            if code not in lowering:
                                moved[i] = min(moved[i], top[i])
                    after[tuple(moved)] |= {(m + n * action.minutes, c + n * action.cents) for m, c in pairs}
            states = {state: set(pruned(pairs)) for state, pairs in after.items()}
        good: set[tuple[int, int]] = set()
        for state, pairs in states.items():
            scored = dict.fromkeys(powers, 0)
            for one, value in zip(own, state, strict=True):
                below = [s.low for s in one.steps if value is not None and s.at <= value]
                scored[one.power] += max(below) if below else 0
            if all(scored[p] >= climb.lines[p] for p in powers):
                good |= pairs
        whole = pruned({(m + n, c + d) for (m, c), (n, d) in product(whole, pruned(good))})
    allowed = [
        m * climb.minute_price + c * climb.cent_price
        for m, c in whole
        if (climb.minutes is None or m <= climb.minutes) and (climb.cents is None or c <= climb.cents)
    ]
    return min(allowed, default=None)


def neighbours(climb: Climb, units: dict[str, int]) -> list[dict[str, int]]:
    """One unit less of one action, or one unit moved to another."""
    found = []
    for one in climb.actions:
        if units.get(one.name, 0):
            less = {**units, one.name: units[one.name] - 1}
            found.append(less)
            found += [
                {**less, other.name: less.get(other.name, 0) + 1}
                for other in climb.actions
                if other is not one and less.get(other.name, 0) < other.most
            ]
    return found


def within(climb: Climb, units: dict[str, int]) -> bool:
    plan = priced(climb, units)
    return (climb.minutes is None or plan.minutes <= climb.minutes) and (climb.cents is None or plan.cents <= climb.cents)


def compared(seeds: range) -> dict[str, float]:
    """Plans against the dynamic programme; each plan scored again, in the worst case and for cells drawn inside their ranges."""
    told = {"shops": 0, "reached": 0, "mismatches": 0, "not_reaching": 0, "cheaper_neighbours": 0, "broken_by_cells": 0}
    slowest = 0.0
    cheapest(drawn(seeds[0]))  # the first call loads the solver
    for seed in seeds:
        climb, rng = drawn(seed), Random(-seed)
        before = time.perf_counter()
        plan = cheapest(climb)
        slowest = max(slowest, time.perf_counter() - before)
        told["shops"] += 1
        told["mismatches"] += (None if plan is None else plan.price) != by_stages(climb)
        if plan is None:
            continue
        told["reached"] += 1
        units = dict(plan.units)
        told["not_reaching"] += not (reaches(climb, units) and within(climb, units))
        told["cheaper_neighbours"] += any(
            priced(climb, n).price < plan.price and reaches(climb, n) and within(climb, n) for n in neighbours(climb, units)
        )
        for _ in range(20):
            real = tuple(
                Indicator(
                    one.code, one.power, rng.randint(0, 9) if one.value is None else one.value,
                    tuple(Step(s.at, p, p) for s in one.steps for p in [rng.randint(s.low, s.high)]),
                )
                for one in climb.indicators
            )  # fmt: skip
            told["broken_by_cells"] += not reaches(Climb(real, climb.actions, climb.lines), units)
    return told | {"slowest_seconds": slowest}


def held(told: dict[str, float], shops: int) -> None:
    wrong = {k: told[k] for k in ("mismatches", "not_reaching", "cheaper_neighbours", "broken_by_cells")}
    assert wrong == dict.fromkeys(wrong, 0)
    assert told["shops"] == shops
    assert told["reached"] > shops / 3
    assert told["slowest_seconds"] < 1


def test_thirty_shops_as_the_dynamic_programme_says() -> None:
    held(compared(range(30)), 30)


@pytest.mark.proof
def test_two_hundred_shops_as_the_dynamic_programme_says() -> None:
    from bench.results import record

    told = compared(range(1000, 1200))
    record("star_plan", seeds=[1000, 1199], **told)
    held(told, 200)


HOURS = Indicator("reply", "service", -300, steps((-200, 500), (-100, 1000)))
TITLES = Indicator("quality", "product", 10, steps((0, 0), (20, 1000, 2000)))
SHIFT = Action("night shift", {"reply": 100}, 60, 2_000, 3)
MEND = Action("mend titles", {"quality": 5}, 30, 0, 4)


def test_a_shop_at_its_lines_needs_nothing():
    plan = cheapest(Climb((HOURS, TITLES), (SHIFT, MEND), {"service": 0, "product": 0}))
    assert (plan.units, plan.price, plan.proven) == ({}, 0, True)


def test_the_plan_in_hours_and_money():
    climb = Climb((HOURS, TITLES), (SHIFT, MEND), {"service": 1000, "product": 1000})
    plan = cheapest(climb)
    assert (plan.units, plan.minutes, plan.cents) == ({"night shift": 2, "mend titles": 2}, 180, 4_000)
    assert (plan.points, plan.best_points) == ({"service": 1000, "product": 1000}, {"service": 1000, "product": 2000})
    assert [(a.name, n) for a, n in ordered(climb, plan)] == [("night shift", 2), ("mend titles", 2)]


def test_points_that_a_range_only_allows_are_not_counted_on():
    assert cheapest(Climb((TITLES,), (MEND,), {"product": 1100})) is None
    assert blocked(Climb((TITLES,), (MEND,), {"product": 1100})) == ["product"]


def test_what_is_not_worked_out_in_time_is_not_called_impossible():
    climb = Climb((HOURS, TITLES), (SHIFT, MEND), {"service": 1000, "product": 1000})
    for question in (cheapest, blocked):
        with pytest.raises(Undecided):
            question(climb, effort=0)


def test_an_indicator_that_is_not_known_brings_nothing():
    unknown = Indicator("quality", "product", None, TITLES.steps)
    assert (points(Climb((unknown,), (MEND,), {"product": 0})), cheapest(Climb((unknown,), (MEND,), {"product": 1}))) == (
        {"product": 0},
        None,
    )


def test_a_lower_step_above_a_higher_one_counts_as_the_higher():
    """The points of a cell that is a wide range are at least those of the cell below it."""
    one = Indicator("x", "product", 9, steps((0, 500), (5, 100, 900)))
    assert (one.points(9), one.points(9, best=True), one.points(4, best=True)) == (500, 900, 500)


def test_limits_of_hours_and_of_money_are_kept():
    free = Climb(
        (HOURS,), (SHIFT, Action("bot", {"reply": 200}, 5, 9_000, 1)), {"service": 1000}, minute_price=1000, cent_price=1
    )
    found = [dict(cheapest(c).units) if cheapest(c) else None for c in (
        free, Climb(free.indicators, free.actions, free.lines, cents=5_000, minute_price=1000),
        Climb(free.indicators, free.actions, free.lines, minutes=60, cents=5_000),
    )]  # fmt: skip
    assert found == [{"bot": 1}, {"night shift": 2}, None]


def test_what_one_more_point_costs():
    climb = Climb((HOURS, TITLES), (SHIFT, MEND), {"service": 500, "product": 900}, minute_price=1, cent_price=0)
    assert shadow_prices(climb, cheapest(climb), 100) == {"service": 60, "product": 0}
    assert shadow_prices(climb, cheapest(climb), 600) == {"service": None, "product": None}
