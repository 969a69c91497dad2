"""A trend: one panel for each unit over one row of days, with what people did marked on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from zhanggui.web import words
from zhanggui.web.charts.chart import (
    GRID,
    SIGNS,
    SOFT,
    Chart,
    Key,
    Line,
    Table,
    Unit,
    colour,
    line_key,
    number,
    titled,
    value_axis,
)

Span = date | tuple[date, date]

MOST_SIGNS = 60  # points of a line beyond which signs would touch each other at 600 pixels
PANELS = 3


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day: an action taken, a campaign, an import that is missing."""

    day: date
    words: str


@dataclass(frozen=True)
class Trend(Chart):
    """`days`: days, or periods as (first, last); a period stands at its middle. Lines of one unit share a panel.

    Raises ValueError for lines whose length is not that of the days, and for more than three units.
    """

    title: str
    days: Sequence[Span]
    lines: Sequence[Line]
    marks: Sequence[Mark] = ()
    kind: ClassVar[str] = "trend"

    def __post_init__(self) -> None:
        if wrong := [one.label for one in self.lines if len(one.values) != len(self.days)]:
            raise ValueError(f"{wrong}: as many values as days are needed ({len(self.days)})")
        if not 1 <= len(self.units) <= PANELS:
            raise ValueError(f"one to {PANELS} units in one trend, not {len(self.units)}")

    @property
    def units(self) -> list[Unit]:
        return list(dict.fromkeys(one.unit for one in self.lines))

    @property
    def points(self) -> list[date]:
        return [d if isinstance(d, date) else d[0] + (d[1] - d[0]) / 2 for d in self.days]

    @property
    def ordered(self) -> list[Mark]:
        return sorted(self.marks, key=lambda m: m.day)

    def inside(self, mark: Mark) -> bool:
        return bool(self.points) and min(self.points) <= mark.day <= max(self.points)

    @property
    def drawn(self) -> bool:
        return any(v is not None for one in self.lines for v in one.values)

    @property
    def size(self) -> str:
        return f"panels-{len(self.units)}"

    def drawing(self) -> dict[str, Any]:
        units, last = self.units, len(self.units) - 1
        grids, across, up = [], [], []
        for i, unit in enumerate(units):
            grids.append(
                {"left": 56, "right": 16, "top": 32 + 160 * i, "height": 200 if last == 0 else 112, "outerBoundsMode": "none"}
            )
            across.append(
                {
                    "type": "time",
                    "gridIndex": i,
                    "axisLabel": {"show": i == last, "hideOverlap": True, "formatter": "@day"},
                    "splitLine": {"show": False},
                    "axisTick": {"show": False},
                    "minInterval": 86_400_000,
                }
            )
            name = {"name": unit.word, "nameTextStyle": {"align": "right"}} if unit.word else {}
            up.append(value_axis(unit, gridIndex=i, scale=False, splitNumber=4 if last == 0 else 2, **name))
        drawing: dict[str, Any] = {
            "tooltip": {"trigger": "axis", "formatter": "@row"},
            "grid": grids,
            "xAxis": across,
            "yAxis": up,
            "series": [self._series(i, one, units.index(one.unit)) for i, one in enumerate(self.lines)],
        }
        if last:
            drawing["axisPointer"] = {"link": [{"xAxisIndex": "all"}]}
        if self.marks:
            for panel, unit in enumerate(units):
                first = next(i for i, one in enumerate(self.lines) if one.unit == unit)
                drawing["series"][first]["markLine"] = self._marks(labelled=panel == 0)
        return drawing

    def _series(self, place: int, one: Line, panel: int) -> dict[str, Any]:
        values = [number(v) for v in one.values]
        every = len(values) <= MOST_SIGNS
        data: list[Any] = []
        for i, (day, value) in enumerate(zip(self.points, values, strict=True)):
            near = [values[j] for j in (i - 1, i + 1) if 0 <= j < len(values)]
            lonely = value is not None and all(v is None for v in near)
            pair = [day.isoformat(), value]
            data.append(pair if every or lonely else {"value": pair, "symbol": "none"})
        return {
            "type": "line",
            "name": one.label,
            "xAxisIndex": panel,
            "yAxisIndex": panel,
            "data": data,
            "color": colour(place),
            "symbol": SIGNS[place % len(SIGNS)],
            "symbolSize": 5,
            "showAllSymbol": True,
            "lineStyle": {"width": 2, "type": "dashed" if one.dashed else "solid"},
            "connectNulls": False,
        }

    def _marks(self, *, labelled: bool) -> dict[str, Any]:
        return {
            "silent": True,
            "symbol": "none",
            "animation": False,
            "lineStyle": {"color": SOFT, "type": "dotted", "width": 1},
            "label": {
                "show": labelled,
                "color": SOFT,
                "backgroundColor": GRID,
                "padding": [2, 5],
                "borderRadius": 3,
                "distance": 2,
            },
            "data": [
                {"xAxis": m.day.isoformat(), "label": {"formatter": str(i)}}
                for i, m in enumerate(self.ordered, 1)
                if self.inside(m)
            ],
        }

    @property
    def key(self) -> list[Key]:
        return line_key(self.lines)

    @property
    def listed(self) -> list[str]:
        out = words.said("（不在图上的日期内）", " (outside the days drawn)")
        return [f"{words.day(m.day)} · {m.words}{'' if self.inside(m) else out}" for m in self.ordered]

    @property
    def table(self) -> Table:
        rows = [
            [
                words.day(day) if isinstance(day, date) else words.span(day),
                *(one.unit.said(one.values[i]) for one in self.lines),
            ]
            for i, day in enumerate(self.days)
        ]
        return Table([words.said("日期", "Day"), *(titled(one.label, one.unit) for one in self.lines)], rows)

    @property
    def summary(self) -> str:
        said = []
        for one in self.lines:
            known = [v for v in one.values if v is not None]
            if not known:
                said.append(words.said(f"{one.label}没有数据。", f"{one.label}: no figures."))
                continue
            first, last, low, high = (one.unit.said(v) for v in (known[0], known[-1], min(known), max(known)))
            said.append(
                words.said(
                    f"{one.label}从 {first} 到 {last}，最低 {low}，最高 {high}。",
                    f"{one.label} from {first} to {last}, lowest {low}, highest {high}.",
                )
            )
        return words.said("", " ").join(said)

    @property
    def notes(self) -> list[str]:
        found = []
        for one in self.lines:
            if missing := sum(v is None for v in one.values):
                found.append(
                    words.said(
                        f"{one.label}缺 {missing} 个数，图上留空，不是零。",
                        f"{one.label}: {missing} missing, left open on the chart; missing is not zero.",
                    )
                )
        return found
