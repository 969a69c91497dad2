"""A calendar of days, the darker the more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import floor, log10
from typing import Any, ClassVar

from zhanggui.web import words
from zhanggui.web.charts.chart import COUNT, Chart, Figure, Key, Table, Unit, narrow, number, titled
from zhanggui.web.charts.trend import Mark

SHADES = 6
LONGEST = 371  # days: a year and its broken weeks
NARROW = 720  # pixels; static/chart.css gives the height of the upright calendar below the same width
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class CalendarHeat(Chart):
    """`days`: figure of each day; a day between the first and the last that is not there is missing, and stays empty.
    `marks` stand on their days as numbers; those of other days are left out.

    Raises ValueError for no day at all and for more than 53 weeks.
    """

    title: str
    days: Mapping[date, Figure]
    unit: Unit = COUNT
    label: str = ""
    marks: Sequence[Mark] = ()
    kind: ClassVar[str] = "calendar"

    def __post_init__(self) -> None:
        if not self.days:
            raise ValueError("a calendar needs a day")
        if len(self.every) > LONGEST:
            raise ValueError(f"{len(self.every)} days do not fit in a calendar of a year")

    @property
    def every(self) -> list[date]:
        first, last = min(self.days), max(self.days)
        return [first + timedelta(n) for n in range((last - first).days + 1)]

    @property
    def known(self) -> list[tuple[date, Figure]]:
        return [(d, v) for d in self.every if (v := self.days.get(d)) is not None]

    @property
    def drawn(self) -> bool:
        return bool(self.known)

    @property
    def weeks(self) -> int:
        return len({d - timedelta(d.weekday()) for d in self.every})

    @property
    def size(self) -> str:
        return f"calendar weeks-{min(n for n in (6, 14, 27, 54) if self.weeks <= n)}"

    @property
    def edges(self) -> list[float]:
        """The lower edges of the shades, in round steps from zero or, below it, from the lowest."""
        values = [float(v) for _, v in self.known if v is not None]
        low, high = min(0.0, *values), max(values)
        raw = (high - low) / SHADES or 1.0
        size = 10.0 ** floor(log10(raw))
        whole = self.unit.kind == "count"
        for step in (m * size for m in (1, 2, 2.5, 5, 10, 20)):
            if whole and step % 1:
                continue
            start = floor(low / step) * step
            if high < start + SHADES * step:
                break
        return [round(start + i * step, 9) for i in range(SHADES) if start + i * step <= high]

    def drawing(self) -> dict[str, Any]:
        edges = self.edges
        pieces: list[dict[str, Any]] = []
        for i, edge in enumerate(edges):
            piece: dict[str, Any] = {"gte": edge, "color": f"--chart-step-{i + 1}"}
            pieces.append(piece | ({"lt": edges[i + 1]} if i + 1 < len(edges) else {}))
        months = [f"{i}月" for i in range(1, 13)] if words.lang() == "zh" else list(MONTHS)
        weekdays = list("日一二三四五六") if words.lang() == "zh" else list("SMTWTFS")
        every = self.every
        upright = {"orient": "vertical", "left": 48, "top": 24, "cellSize": ["auto", 14]}
        return {
            "tooltip": {"trigger": "item", "formatter": "@row"},
            "visualMap": {"type": "piecewise", "show": False, "dimension": 1, "seriesIndex": 0, "pieces": pieces},
            "calendar": {
                "orient": "horizontal",
                "range": [every[0].isoformat(), every[-1].isoformat()],
                "left": 28,
                "right": 8,
                "top": 24,
                "cellSize": ["auto" if self.weeks > 40 else 18, 18],
                "dayLabel": {"firstDay": 1, "nameMap": weekdays, "color": "--chart-soft"},
                "monthLabel": {"nameMap": months, "color": "--chart-soft"},
                "yearLabel": {"show": False},
                "itemStyle": {"color": "transparent", "borderColor": "--chart-line", "borderWidth": 1},
                "splitLine": {"lineStyle": {"color": "--chart-soft", "width": 1}},
            },
            "series": [
                {
                    "type": "heatmap",
                    "coordinateSystem": "calendar",
                    "data": [{"value": [d.isoformat(), number(v)], "row": every.index(d)} for d, v in self.known],
                    "itemStyle": {"borderColor": "--chart-ground", "borderWidth": 1},
                },
                *self._numbers(every),
            ],
        } | narrow(NARROW, calendar=upright)

    @property
    def inside(self) -> dict[date, list[Mark]]:
        """The marks of each day."""
        found: dict[date, list[Mark]] = {}
        for mark in sorted(self.marks, key=lambda m: m.day):
            if min(self.days) <= mark.day <= max(self.days):
                found.setdefault(mark.day, []).append(mark)
        return found

    def _numbers(self, every: list[date]) -> list[dict[str, Any]]:
        """A number on each day that has marks."""
        if not self.inside:
            return []
        data = [
            {"value": [d.isoformat(), 0], "row": every.index(d), "label": {"formatter": str(i)}}
            for i, d in enumerate(self.inside, 1)
        ]
        label = {
            "show": True, "position": "inside", "color": "--chart-ink", "textBorderColor": "--chart-ground", "textBorderWidth": 3,
        }  # fmt: skip
        return [{"type": "scatter", "coordinateSystem": "calendar", "symbolSize": 1, "data": data, "label": label}]

    @property
    def listed(self) -> list[str]:
        return [f"{words.day(d)} · {words.said('；', '; ').join(m.words for m in marks)}" for d, marks in self.inside.items()]

    @property
    def key(self) -> list[Key]:
        edges = self.edges
        texts = [f"{self.unit.short(a)} – <{self.unit.short(b)}" for a, b in pairwise(edges)]
        texts.append(f"≥ {self.unit.short(edges[-1])}")
        keys = [Key(f"box s{i}", text) for i, text in enumerate(texts, 1)]
        return [*keys, Key("box none", words.said("缺数", "missing"))] if len(self.known) < len(self.every) else keys

    @property
    def table(self) -> Table:
        rows = [[words.day(d), self.unit.said(self.days.get(d))] for d in self.every]
        return Table([words.said("日期", "Day"), titled(self.label or words.said("数", "Figure"), self.unit)], rows)

    @property
    def summary(self) -> str:
        if not self.known:
            return words.said("没有数据。", "No figures.")
        ranked = sorted(self.known, key=lambda x: float(x[1] or 0))
        (low_day, low), (high_day, high) = ranked[0], ranked[-1]
        return words.said(
            f"最多是{words.day(high_day)}，{self.unit.said(high)}；最少是{words.day(low_day)}，{self.unit.said(low)}。",
            f"Most on {words.day(high_day)}, {self.unit.said(high)}; least on {words.day(low_day)}, {self.unit.said(low)}.",
        )

    @property
    def notes(self) -> list[str]:
        missing = len(self.every) - len(self.known)
        return (
            [words.said(f"缺 {missing} 天，留空，不是零。", f"{missing} days missing, left empty; missing is not zero.")]
            if missing
            else []
        )
