"""From the newest star page and the register of actions to the cheapest plan to the next star, on both tracks.

Where the register of points says nothing about a power, the next level's average of each of its indicators is the aim: it is the
only one that the platform names, and reaching it is no promise of the star.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from math import floor, inf
from typing import Any

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures import star as measured
from zhanggui.plans import star as exact
from zhanggui.plans.star import POINT, Action, Climb, Indicator, Plan, Step
from zhanggui.rulebook import Rules
from zhanggui.rulebook.star import INDICATORS, LESS, MOST_STARS

SCALE = 10_000  # whole units in one of the page's: a share to a hundredth of a percent, an hour to a third of a second
LIFTED = 1.01  # what "a bit more" of a power means where it is measured by averages: every aim one percent further
MOST_UNITS = 10_000
MINUTES_FIRST = 10**9  # cents: without a price of the hour one minute outweighs all the money of any shop

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Wish:
    """What a person asks of the plan. `hours` and `money` (CNY): at most so much; `hour_price` (CNY): what an hour is worth; without
    it the fewest hours win, and money decides among equals. `within_days`: only actions that are known to show by then. `transaction_first`:
    transaction power shall not stay behind the others. `supposed`: code → value in the place of the page's (shares as fractions).
    """

    hours: float | None = None
    money: float | None = None
    hour_price: float | None = None
    within_days: int | None = None
    transaction_first: bool = True
    supposed: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Need:
    """One power on the way: `have` and `line` in points, or in indicators that have reached the next level's average."""

    kind: str
    star: float | None
    by: str  # points | averages
    have: float
    line: float
    more: tuple[int, int] | None = None  # minutes and cents that a bit more would take beyond the plan; None: not known
    out_of_reach: bool = False  # no plan brings that bit more


@dataclass(frozen=True)
class Way:
    """One track. `why` says why there is no plan: not_computed, top, far (the page names the next level only), no_aims, no_actions,
    blocked (the powers in `stuck` cannot be reached by all actions together), limits, undecided (not worked out in time).
    `reached`: nothing is left to do."""

    track: str
    star: float | None
    target: int
    why: str = ""
    needs: tuple[Need, ...] = ()
    plan: Plan | None = None
    chosen: tuple[tuple[Action, int], ...] = ()
    stuck: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    least: tuple[int, int] | None = None  # minutes and cents of the cheapest plan without limits, where the limits forbid it
    moved: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def reached(self) -> bool:
        return self.plan is not None and not self.plan.units


def ways(shop: Snapshot, rules: Rules, wish: Wish, effort: float = exact.EFFORT) -> list[Way]:
    """Both tracks, the cheapest plan first; the price is the same for both, so they can be held against each other. `effort`: of each
    question to the solver."""
    tracks = measured.tracks(shop).collect()
    known = [s for s in tracks["star"].to_list() if s is not None]
    if not known:
        return [Way(track, None, 0, "not_computed") for track in tracks["track"]]
    target = int(max(known)) + 1
    standing = suppose(measured.standing(shop).collect(), wish.supposed)
    found = [
        _way(shop, rules, wish, standing.filter(track=t), t, s, target, effort)
        for t, s in tracks.select("track", "star").rows()
    ]
    return sorted(found, key=lambda way: (way.plan is None, way.plan.price if way.plan else 0, way.why == "far"))


def suppose(standing: pl.DataFrame, supposed: Mapping[str, float]) -> pl.DataFrame:
    """`star.standing` with some values changed, and gap and reached as they would then be."""
    if not supposed:
        return standing
    told = pl.DataFrame({"code": list(supposed), "_value": [float(v) for v in supposed.values()]})
    value, aim, less = pl.col("value"), pl.col("next_average"), pl.col("code").is_in(LESS)
    short = pl.when(less).then(value - aim).otherwise(aim - value)
    return (
        standing.join(told, on="code", how="left", maintain_order="left")
        .with_columns(pl.coalesce("_value", "value").alias("value"))
        .with_columns(
            pl.max_horizontal(short, pl.when(short.is_not_null()).then(0.0)).alias("gap"),
            pl.when(less & (value > 0)).then(aim / value).when(less.not_() & (aim > 0)).then(value / aim).alias("reached"),
        )
        .drop("_value")
    )


def _way(
    shop: Snapshot, rules: Rules, wish: Wish, rows: pl.DataFrame, track: str, star: float | None, target: int, effort: float
) -> Way:
    scores = _scores(shop, rows)
    if star is None:
        return Way(track, star, target, "not_computed")
    if target > MOST_STARS:
        return Way(track, star, target, "top")
    wanted = _wanted(rows, target, wish.transaction_first)
    by_points = {kind for kind in wanted if set(_codes(rows, kind)) & set(scores)}
    if target > star + 1 and by_points != set(wanted):
        return Way(track, star, target, "far")
    aimed = set(rows.drop_nulls("next_average")["code"])
    if any(kind not in by_points and not aimed & set(_codes(rows, kind)) for kind in wanted):
        return Way(track, star, target, "no_aims")
    actions = _actions(shop, rows, track, wish.within_days)
    climb = _climb(rows, rules, wish, wanted, by_points, scores, actions, target)
    have = exact.points(climb)
    stars = dict(rows.select("kind", "power_star").unique(maintain_order=True).rows())

    def needs(dearer: Mapping[str, tuple[int, int]], beyond: Collection[str] = ()) -> tuple[Need, ...]:
        return tuple(
            Need(
                kind, stars[kind], "points" if kind in by_points else "averages",
                have[kind] / POINT, climb.lines[kind] / POINT, dearer.get(kind), kind in beyond,
            )
            for kind in wanted
        )  # fmt: skip

    unknown = tuple(one.code for one in climb.indicators if one.value is None and one.steps)
    try:
        plan = exact.cheapest(climb, effort)
        if plan is None:
            stuck = tuple(exact.blocked(climb, effort))
            why = "no_actions" if not actions else "blocked" if stuck else "limits"
            free = None if why != "limits" else exact.cheapest(replace(climb, minutes=None, cents=None), effort)
            least = None if free is None else (free.minutes, free.cents)
            return Way(track, star, target, why, needs({}), stuck=stuck, unknown=unknown, least=least)
    except exact.Undecided:
        return Way(track, star, target, "undecided", needs({}), unknown=unknown)
    dearer: dict[str, tuple[int, int]] = {}
    beyond = set()
    for kind in wanted:
        more = (
            climb.raised(kind)
            if kind in by_points
            else _climb(rows, rules, wish, wanted, by_points, scores, actions, target, lifted=kind)
        )
        with suppress(exact.Undecided):
            further = exact.cheapest(more, effort)
            if further is None:
                beyond.add(kind)
            else:
                dearer[kind] = (further.minutes - plan.minutes, further.cents - plan.cents)
    return Way(
        track, star, target, "", needs(dearer, beyond), plan, tuple(exact.ordered(climb, plan)),
        unknown=unknown, moved=_moved(climb, plan),
    )  # fmt: skip


def _wanted(rows: pl.DataFrame, target: int, transaction_first: bool) -> list[str]:
    """The powers that have to rise: below the target, or not known; and transaction power, where others would stand above it."""
    stars = dict(rows.select("kind", "power_star").unique(maintain_order=True).rows())
    wanted = [kind for kind, held in stars.items() if held is None or held < target]
    others = [held for kind, held in stars.items() if kind != "transaction" and held is not None]
    own = stars.get("transaction")
    if transaction_first and own is not None and others and own < max(*others, target) and "transaction" not in wanted:
        wanted.append("transaction")
    return wanted


def _codes(rows: pl.DataFrame, kind: str) -> list[str]:
    return [code for code in rows.filter(kind=kind)["code"] if not _bonus(code)]


def _bonus(code: str) -> bool:
    return code in INDICATORS and INDICATORS[code].bonus


def _whole(value: float, row: Row, *, up: bool = False) -> int:
    """In whole units, more being better; rounded to the careful side."""
    turned = -value if row["code"] in LESS else value
    told = round(turned * SCALE, 4)
    return -floor(-told) if up else floor(told)


def _scores(shop: Snapshot, rows: pl.DataFrame) -> dict[str, list[Row]]:
    """Code → its cells in the register of points, in the page's unit."""
    found: dict[str, list[Row]] = {}
    share = {row["code"]: row["unit"] == "%" for row in rows.iter_rows(named=True)}
    for cell in shop.scan("star_score").sort("code", "value_from").collect().iter_rows(named=True):
        if cell["code"] in share:
            at = cell["value_from"] / 100 if share[cell["code"]] else cell["value_from"]
            found.setdefault(cell["code"], []).append({**cell, "value_from": at})
    return found


def _actions(shop: Snapshot, rows: pl.DataFrame, track: str, within: int | None) -> tuple[Action, ...]:
    """The register's actions that move an indicator of this track and show in time; where a time is asked for, one without is left
    out."""
    known = {row["code"]: row for row in rows.iter_rows(named=True)}
    kept = shop.scan("star_action").sort("action", "code").collect()
    found: dict[str, dict[str, Any]] = {}
    for row in kept.iter_rows(named=True):
        late = within is not None and (row["days"] is None or row["days"] > within)
        if row["code"] not in known or late or row["track"] not in (None, track):
            continue
        of = known[row["code"]]
        effect = row["effect"] / 100 if of["unit"] == "%" else row["effect"]
        made = found.setdefault(row["action"], {"moves": {}, "minutes": 0, "cents": 0, "most": MOST_UNITS})
        made["moves"][row["code"]] = _whole(effect, of)
        made["minutes"] = max(made["minutes"], row["minutes"] or 0)
        made["cents"] = max(made["cents"], round(float(row["money"] or 0) * 100))
        made["most"] = min(made["most"], max(row["most"] or 0, 0))
    return tuple(Action(name, **told) for name, told in found.items())


def _climb(
    rows: pl.DataFrame, rules: Rules, wish: Wish, wanted: Sequence[str], by_points: set[str], scores: Mapping[str, list[Row]],
    actions: tuple[Action, ...], target: int, lifted: str = "",
) -> Climb:  # fmt: skip
    indicators, lines = [], dict.fromkeys(wanted, 0)
    for row in rows.filter(pl.col("kind").is_in(wanted)).iter_rows(named=True):
        if row["kind"] in by_points:
            cells = scores.get(row["code"], [])
            steps = [
                Step(
                    _whole(c["value_from"], row, up=True),
                    round(c["points"] * POINT),
                    round((c["points_high"] or c["points"]) * POINT),
                )
                for c in cells
            ]
        elif row["next_average"] is None or _bonus(row["code"]):
            steps = []
        else:
            aim = _lifted(row) if row["kind"] == lifted else row["next_average"]
            steps = [Step(_whole(aim, row, up=True), POINT, POINT)]
            lines[row["kind"]] += POINT
        value = None if row["value"] is None else _whole(row["value"], row)
        indicators.append(Indicator(row["code"], row["kind"], value, tuple(sorted(steps, key=lambda s: s.at))))
    for kind in by_points:
        lines[kind] = round(rules[f"star_line_{target}"] * POINT)
    minutes = None if wish.hours is None else floor(wish.hours * 60)
    cents = None if wish.money is None else floor(wish.money * 100)
    minute_price, cent_price = (MINUTES_FIRST, 1) if wish.hour_price is None else (round(wish.hour_price * 100), 60)
    return Climb(tuple(indicators), actions, lines, minutes, cents, minute_price, cent_price)


def _most(code: str) -> float:
    """Where the indicator ends."""
    known = INDICATORS.get(code)
    return inf if known is None or known.most is None else known.most


def _lifted(row: Row) -> float:
    """The aim a bit further on, as far as the indicator goes."""
    aim: float = row["next_average"]
    return aim / LIFTED if row["code"] in LESS else min(aim * LIFTED, max(aim, _most(row["code"])))


def _moved(climb: Climb, plan: Plan) -> dict[str, tuple[float, float]]:
    """Code → value before and after the plan, of what the plan moves; no further than the indicator goes."""
    before, after = exact.values(climb, {}), exact.values(climb, plan.units)
    sign = {code: -1 if code in LESS else 1 for code in before}
    return {
        code: (sign[code] * old / SCALE, max(0.0, min(sign[code] * new / SCALE, _most(code))))
        for code, old in before.items()
        if old is not None and (new := after[code]) is not None and new != old
    }
