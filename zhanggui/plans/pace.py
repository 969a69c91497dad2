"""Goals against what has come: how far, how fast, and whether that leads there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, sqrt

import numpy as np
import polars as pl

from zhanggui.estimates.comparison import noise
from zhanggui.measures.series import DAY, Series, span

#: Figure of a goal → where it is counted: (table, column, unit); the first that has data is taken. Orders carry their day, while
#: the overview has whole weeks only, so that a month's edge falls into one.
COUNTED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "成交额": (("order_lines", "amount", "USD"), ("shop_overview", "order_amount", "USD")),
    "订单数": (("order_lines", "orders", "个"), ("shop_overview", "orders", "个")),
    "询盘": (("shop_overview", "inquiries", "个"), ("product_effect", "inquiries", "个")),
    "商机": (("shop_overview", "shop_leads", "个"),),
    "曝光": (("product_effect", "shop_exposures", "个"),),
    "点击": (("product_effect", "shop_clicks", "个"),),
}
PEOPLE = {"访客", "新买家", "老买家"}
PART = ("product_line", "country", "buyer_class", "person")
YEAR_BACK = timedelta(weeks=52)  # the same weekdays
Z90 = 1.645


@dataclass(frozen=True)
class Pace:
    """One goal of the whole shop. Days are those of `start`..`end`; `known` of the `gone` ones have data.

    `expected`: what should have come in the days with data, by last year's course (`seasonal`) or in equal parts. `pace` is done
    over expected. `forecast`: the figure at the end at this pace, with its 90 % interval; None while the noise is not known.
    `why`: "" or why there is no pace: "people", "rate", "unit", "part", "no_data".
    """

    figure: str
    start: date
    end: date
    value: float
    unit: str
    why: str = ""
    done: float | None = None
    known: int = 0
    gone: int = 0
    expected: float | None = None
    seasonal: bool = False
    forecast: tuple[float, float, float] | None = None
    table: str = ""
    column: str = ""

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def pace(self) -> float | None:
        return self.done / self.expected if self.done is not None and self.expected else None

    @property
    def weekly(self) -> float | None:
        """What each week from now on has to bring to reach the goal."""
        left = self.days - self.known
        return None if self.done is None or left <= 0 else max(0.0, self.value - self.done) / left * 7

    @property
    def reach(self) -> str:
        """Whether the pace leads to the goal: "yes", "no", "open" (the interval holds the goal), "" where it is not known."""
        if self.forecast is None:
            return ""
        _, low, high = self.forecast
        return "yes" if low >= self.value else "no" if high < self.value else "open"


def paces(goals: pl.DataFrame, day: date, told: Mapping[str, Series]) -> list[Pace]:
    """Goals whose days hold `day`, those that began first before the others. `told`: the series of tables that have data."""
    found = []
    for row in goals.iter_rows(named=True):
        days = span(row["year"], row["quarter"], row["month"])
        if days is None or not days[0] <= day <= days[1]:
            continue
        goal = Pace(row["figure"], *days, float(row["value"]), row["unit"] or "", gone=(day - days[0]).days + 1)
        why = _why(row)
        found.append(replace(goal, why=why) if why else _told(goal, told))
    return sorted(found, key=lambda p: (p.start, -p.days, p.figure))


def _why(row: Mapping[str, object]) -> str:
    if any(row[c] for c in PART):
        return "part"
    if row["figure"] in PEOPLE:
        return "people"
    return "rate" if row["figure"] not in COUNTED else ""


def _told(goal: Pace, told: Mapping[str, Series]) -> Pace:
    for table, column, unit in COUNTED[goal.figure]:
        one = told.get(table)
        done, known = one.counted(column, goal.start, goal.end) if one else (None, 0)
        if one is None or done is None:
            continue
        if goal.unit and goal.unit != unit:
            return replace(goal, why="unit")
        last = _last_year(goal, one, column, known)
        share = known / goal.days if last is None else last
        return replace(
            goal,
            done=float(done),
            known=known,
            expected=goal.value * share,
            seasonal=last is not None,
            forecast=_forecast(float(done), share, [float(v) for v in one.of_steps(column) if v is not None]),
            table=table,
            column=column,
        )
    return replace(goal, why="no_data")


def _last_year(goal: Pace, one: Series, column: str, known: int) -> float | None:
    """The part of last year's figure that had come after as many days, where all its days have data."""
    start, end = goal.start - YEAR_BACK, goal.end - YEAR_BACK
    whole, days = one.counted(column, start, end)
    part, gone = one.counted(column, start, start + (known - 1) * DAY)
    if not whole or not part or days < goal.days or gone < known:
        return None
    return float(part) / float(whole)


def _forecast(done: float, share: float, weeks: list[float]) -> tuple[float, float, float] | None:
    """Done over the share that should have come by now, with the noise of the figure's own weeks.

    The pace is known as well as `done` tells it, and what is still to come scatters around it: both are in the interval.
    """
    phi = noise(np.array(weeks), np.ones(len(weeks)))
    if phi is None or done <= 0 or not 0 < share < 1:
        return None
    rest = done * (1 - share) / share
    wide = Z90 * sqrt(phi * (1 / rest + 1 / done))
    return done + rest, done + rest * exp(-wide), done + rest * exp(wide)
