"""The cheapest way to a star: which actions, and how many of each, so that every power reaches its line. Exact, in whole numbers.

The points of a power are the sum over its indicators, each a step function of the indicator's value; the star is that of the lowest
power. A cell of the step function that is not known is a range: the plan holds for the lowest points that the ranges allow, and an
indicator that nobody knows brings nothing. Points stand a hundredfold, values and effects in whole units of the caller's choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

POINT = 100
EFFORT = 5.0  # how long the solver may try, in its own count of steps, the same however busy the machine; one is about a second


class Undecided(Exception):
    """The solver has found neither a plan nor that there is none."""


@dataclass(frozen=True)
class Step:
    """From the value `at` on the indicator brings `low` to `high` points (×100)."""

    at: int
    low: int
    high: int


@dataclass(frozen=True)
class Indicator:
    """More is better (who counts hours turns their sign). `value` None: not known. `steps` by rising `at`."""

    code: str
    power: str
    value: int | None
    steps: tuple[Step, ...]

    def points(self, value: int | None, *, best: bool = False) -> int:
        """Points at a value, in the worst case or in the best one. Points never fall where the value rises."""
        if best:
            likely = list(accumulate(reversed([s.high for s in self.steps]), min))[::-1]
            return 0 if value is None else max((p for s, p in zip(self.steps, likely, strict=True) if s.at <= value), default=0)
        return max((s.low for s in self.steps if value is not None and s.at <= value), default=0)


@dataclass(frozen=True)
class Action:
    """What one unit of it moves (code → at least so much), takes (minutes, cents), and how many units there may be."""

    name: str
    moves: Mapping[str, int]
    minutes: int
    cents: int
    most: int


@dataclass(frozen=True)
class Climb:
    """The whole task. `lines`: power → points (×100) that it has to reach. Limits: None is without limit.

    What is made small: minutes × `minute_price` + cents × `cent_price`, both in the same unit.
    """

    indicators: tuple[Indicator, ...]
    actions: tuple[Action, ...]
    lines: Mapping[str, int]
    minutes: int | None = None
    cents: int | None = None
    minute_price: int = 1
    cent_price: int = 1

    def raised(self, power: str, points: int = POINT) -> Climb:
        """The same with a higher line of one power."""
        return replace(self, lines={**self.lines, power: self.lines[power] + points})


@dataclass(frozen=True)
class Plan:
    """`units`: action → how many. `points`: power → points (×100) in the worst case. `proven`: nothing is cheaper."""

    units: Mapping[str, int]
    minutes: int
    cents: int
    price: int
    points: Mapping[str, int]
    proven: bool = True
    best_points: Mapping[str, int] = field(default_factory=dict)


def values(climb: Climb, units: Mapping[str, int]) -> dict[str, int | None]:
    """Code → value once the units are done."""
    gained = {one.code: 0 for one in climb.indicators}
    for action in climb.actions:
        for code, move in action.moves.items():
            if code in gained:
                gained[code] += move * units.get(action.name, 0)
    return {one.code: None if one.value is None else one.value + gained[one.code] for one in climb.indicators}


def points(climb: Climb, units: Mapping[str, int] | None = None, *, best: bool = False) -> dict[str, int]:
    """Power → points (×100): the scorer, by which a plan is looked at again."""
    stands = values(climb, units or {})
    found = dict.fromkeys(climb.lines, 0)
    for one in climb.indicators:
        if one.power in found:
            found[one.power] += one.points(stands[one.code], best=best)
    return found


def reaches(climb: Climb, units: Mapping[str, int]) -> bool:
    """Whether the units bring every power to its line, whatever the cells that are not known hold."""
    return all(points(climb, units)[power] >= line for power, line in climb.lines.items())


def priced(climb: Climb, units: Mapping[str, int], *, proven: bool = True) -> Plan:
    """The units as a plan, with what they take."""
    minutes = sum(a.minutes * units.get(a.name, 0) for a in climb.actions)
    cents = sum(a.cents * units.get(a.name, 0) for a in climb.actions)
    price = minutes * climb.minute_price + cents * climb.cent_price
    told = {name: n for name, n in units.items() if n}
    return Plan(told, minutes, cents, price, points(climb, units), proven, points(climb, units, best=True))


def cheapest(climb: Climb, effort: float = EFFORT) -> Plan | None:
    """The cheapest plan; None where it is certain that no plan within the limits reaches every line. One thread, the same answer
    every time. Raises `Undecided`."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    units = {a.name: model.new_int_var(0, a.most, a.name) for a in climb.actions}
    for power, line in climb.lines.items():
        sums: Any = sum(_points(model, climb, units, one) for one in climb.indicators if one.power == power)
        model.add(sums >= line)
    minutes: Any = sum(a.minutes * units[a.name] for a in climb.actions)
    cents: Any = sum(a.cents * units[a.name] for a in climb.actions)
    if climb.minutes is not None:
        model.add(minutes <= climb.minutes)
    if climb.cents is not None:
        model.add(cents <= climb.cents)
    model.minimize(minutes * climb.minute_price + cents * climb.cent_price)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise Undecided(solver.status_name(status))
    return priced(climb, {n: solver.value(v) for n, v in units.items()}, proven=status == cp_model.OPTIMAL)


def _points(model: Any, climb: Climb, units: Mapping[str, Any], one: Indicator) -> Any:
    """Points of an indicator in the worst case: one yes or no for each step that brings more than those below it."""
    if one.value is None:
        return 0
    value = one.value + sum(a.moves[one.code] * units[a.name] for a in climb.actions if a.moves.get(one.code))
    total: Any = 0
    so_far = 0
    for step in one.steps:
        if step.low <= so_far:
            continue
        reached = model.new_bool_var(f"{one.code} {step.at}")
        model.add(value >= step.at).only_enforce_if(reached)
        total += (step.low - so_far) * reached
        so_far = step.low
    return total


def shadow_prices(climb: Climb, plan: Plan, more: int = POINT) -> dict[str, int | None]:
    """Power → what its line costs once it lies `more` points (×100) higher, beyond the plan; None where that cannot be reached.
    Raises `Undecided`."""
    found = {}
    for power in climb.lines:
        higher = cheapest(climb.raised(power, more))
        found[power] = None if higher is None else higher.price - plan.price
    return found


def blocked(climb: Climb, effort: float = EFFORT) -> list[str]:
    """The powers that all actions together cannot bring to their lines, were there no limit of hours and money. Raises `Undecided`."""
    free = replace(climb, minutes=None, cents=None)
    return [p for p in climb.lines if cheapest(replace(free, lines={p: climb.lines[p]}), effort) is None]


def ordered(climb: Climb, plan: Plan) -> Sequence[tuple[Action, int]]:
    """The plan's actions, the longest first."""
    chosen = [(a, plan.units[a.name]) for a in climb.actions if a.name in plan.units]
    return sorted(chosen, key=lambda pair: (-pair[0].minutes * pair[1], pair[0].name))
