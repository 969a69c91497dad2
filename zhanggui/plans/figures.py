"""One figure of the cockpit beside itself before and beside the peers, and the steps of the overview beside the peers'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhanggui.estimates.comparison import Comparison, behind, compare
from zhanggui.estimates.spread import FEWEST_EVENTS
from zhanggui.facts.snapshot import Tile
from zhanggui.measures import MEASURES, address_of, traffic
from zhanggui.measures.series import Series, Value


@dataclass(frozen=True)
class Shown:
    """One figure. `tiles` are the periods that it stands for; `spark` the same figure step by step, oldest first. `peers` and
    `best` are those of the newest period, beside which `alone` is the shop's own.

    `needs`: events that a rate still lacks before it says anything, and the days that they take at this pace. `why` tells why the
    value is missing: nothing (it is there), "cell" (a cell is), "zero" (nothing to divide by), "cost", "rate".
    """

    measure: str
    column: str
    key: Mapping[str, str]
    days: int
    value: Value
    series: Series
    tiles: tuple[Tile, ...]
    earlier: tuple[Tile, ...] = ()
    before: Value = None
    change: Comparison | None = None
    alone: Value = None
    peers: Value = None
    best: Value = None
    spark: tuple[Value, ...] = ()
    why: str = ""
    needs: tuple[float, float] | None = None
    part: float | None = None

    @property
    def address(self) -> str:
        return address_of(self.measure, self.column, self.key, self.days)

    @property
    def how(self) -> str:
        return MEASURES[self.measure].formulas[self.column].how


@dataclass(frozen=True)
class Gap:
    """One step of the overview's funnel beside the peers', both of the newest period: `column` of `of`."""

    rate: str
    column: str
    of: str
    own: Value
    peers: float
    best: float | None
    against: Comparison | None
    lost: float

    @property
    def behind(self) -> bool:
        return self.against is not None and self.against.high is not None and self.against.high < 1


def figure(one: Series, measure: str, column: str, days: int, **key: str) -> Shown:
    """A figure over the window, or of the newest period where it is one of people, beside the same before."""
    formula = MEASURES[measure].formulas[column]
    newest = formula.how.startswith("newest")
    tiles, earlier = (one.newest, one.before_newest) if newest else (one.tiles, one.earlier)
    parts = _parts(column, formula.of, formula.how)
    now, then = ([one.sum(t, c) for c in parts] for t in (tiles, earlier))
    steps = [one.of_steps(c) for c in parts]
    if newest:  # a step of several periods has no people
        steps = [[one.sum(t, c) if len(t) == 1 else None for _, t in one.steps] for c in parts]
    value, before = _value(now), _value(then)
    change = None
    if value is not None and before is not None:
        sums = [(float(v[0] or 0), float(v[1] or 0) if len(v) == 2 else 1.0) for v in (now, then)]
        change = compare(sums[0], sums[1], *map(_floats, steps))
    whys = "" if value is not None else "cell" if any(v is None for v in now) else "zero"
    spark = tuple(_value(v) for v in zip(*steps, strict=True))
    peers, best = (_beside(one, column, formula.of, kind) for kind in ("_peers", "_best"))
    alone = _value([one.sum(one.newest, c) for c in parts])
    return Shown(
        measure,
        column,
        key,
        days,
        value,
        one,
        tiles,
        earlier,
        before,
        change,
        alone,
        peers,
        best,
        spark,
        whys,
        _needs(now, tiles),
    )


def _beside(one: Series, column: str, of: tuple[str, ...], kind: str) -> Value:
    """The peers' figure of the newest period."""
    if column in traffic.OVERVIEW_RATES and len(of) == 2:
        return _rate(one, column, of[0], of[1], kind)
    return one.sum(one.newest, column + kind)


def _parts(column: str, of: tuple[str, ...], how: str) -> tuple[str, ...]:
    """The columns of the rows that make it: two for a rate."""
    return (column,) if how in ("sum", "newest", "once_each", "count") else of


def _value(parts: Any) -> Value:
    if any(v is None for v in parts):
        return None
    if len(parts) == 1:
        found: Value = parts[0]
        return found
    return float(parts[0]) / float(parts[1]) if parts[1] else None


def _needs(parts: list[Value], tiles: tuple[Tile, ...]) -> tuple[float, float] | None:
    """Trials that a rate of fewer than five events still lacks, and days; None where it has enough, or no pace to tell them by."""
    if len(parts) != 2 or parts[0] is None or not parts[1] or parts[0] >= FEWEST_EVENTS or not parts[0]:
        return None
    events, trials = float(parts[0]), float(parts[1])
    more = (FEWEST_EVENTS - events) * trials / events
    return more, more / trials * sum((end - start).days + 1 for start, end in tiles)


def gaps(one: Series) -> tuple[Gap, ...]:
    """Steps of which own figures and the peers' are known for the newest period."""
    found = []
    for rate, (column, of) in traffic.OVERVIEW_RATES.items():
        own, peers, best = (_rate(one, rate, column, of, kind) for kind in ("", "_peers", "_best"))
        trials = one.sum(one.newest, of)
        if own is None or peers is None or not trials:
            continue
        events, asked = (_floats(one.sum(t, c) if len(t) == 1 else None for _, t in one.steps) for c in (column, of))
        against = behind(events, asked, peers)
        found.append(Gap(rate, column, of, own, peers, best, against, (peers - own) * float(trials)))
    return tuple(found)


def _floats(values: Iterable[Value]) -> list[float]:
    """For an estimate: a missing one is not a number."""
    return [float("nan") if v is None else float(v) for v in values]


def _rate(one: Series, rate: str, column: str, of: str, kind: str) -> float | None:
    """The shop's own from its parts; the peers' as the report says it, else from their parts."""
    said = one.sum(one.newest, rate + kind) if kind else None
    made = _value([one.sum(one.newest, column + kind), one.sum(one.newest, of + kind)])
    return float(said) if said is not None else None if made is None else float(made)
