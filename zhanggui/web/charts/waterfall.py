"""A waterfall: the parts of a change, from before to after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from zhanggui.web import words
from zhanggui.web.charts.chart import (
    COUNT,
    NAMES,
    NARROW_BARS,
    Chart,
    Figure,
    Key,
    Table,
    Unit,
    added,
    number,
    rows_size,
    titled,
    value_axis,
)

LEVEL, RISE, FALL = "--chart-ink", "--chart-rise", "--chart-fall"


@dataclass(frozen=True)
class Part:
    """What one cause brought, with its sign; None is not known."""

    label: str
    value: Figure


@dataclass(frozen=True)
class Waterfall(Chart):
    """What the parts do not explain is a part of its own. Raises ValueError for people, who are never added up."""

    title: str
    before: float
    after: float
    parts: Sequence[Part]
    unit: Unit = COUNT
    labels: tuple[str, str] | None = None
    kind: ClassVar[str] = "waterfall"

    def __post_init__(self) -> None:
        added(self.unit, "a waterfall")

    @property
    def whole(self) -> list[Part]:
        """The parts, and the rest if there is one (beyond a billionth, which is rounding)."""
        known = [float(p.value) for p in self.parts if p.value is not None]
        rest = self.after - self.before - sum(known)
        if abs(rest) <= 1e-9 * max(1.0, abs(self.before), abs(self.after), *map(abs, known)):
            return list(self.parts)
        return [*self.parts, Part(words.said("其余", "The rest"), round(rest, 9))]

    @property
    def ends(self) -> tuple[str, str]:
        return self.labels or (words.said("之前", "Before"), words.said("之后", "After"))

    @property
    def steps(self) -> list[tuple[float, float]]:
        """From where to where each part leads."""
        found, level = [], float(self.before)
        for part in self.whole:
            found.append((level, level + float(part.value or 0)))
            level = found[-1][1]
        return found

    @property
    def size(self) -> str:
        return rows_size(len(self.whole) + 2)

    def drawing(self) -> dict[str, Any]:
        steps, whole, n = self.steps, self.whole, len(self.whole) + 2
        levels = [self.before, self.after, *(b for _, b in steps)]
        room = (max(levels) - min(levels)) * 0.12 or 1
        hidden, above, below = [], [], []
        for part, (a, b) in zip(whole, steps, strict=True):
            low, high = min(a, b), max(a, b)
            hidden.append(low if low > 0 else high if high < 0 else 0)
            style = {"itemStyle": {"color": RISE if b >= a else FALL}}
            missing = part.value is None
            above.append({"value": None if missing else max(0.0, high) - max(0.0, low)} | style)
            below.append({"value": None if missing else min(0.0, low) - min(0.0, high)} | style)
        ends = {"symbol": "rect", "symbolSize": [4, 20], "itemStyle": {"color": LEVEL}}
        signs: list[Any] = [self._sign(self.before, 0, self.unit.short(self.before)) | ends]
        for i, (part, (a, b)) in enumerate(zip(whole, steps, strict=True), 1):
            signs.append(self._sign(max(a, b), i, self.unit.short(part.value, signed=True)) | {"symbolSize": 0})
        signs.append(self._sign(self.after, n - 1, self.unit.short(self.after)) | ends)
        bar = {"type": "bar", "stack": "parts", "barWidth": "60%"}
        joints = [[{"coord": [b, i]}, {"coord": [b, i + 1]}] for i, b in enumerate([self.before, *(b for _, b in steps)])]
        return {
            "tooltip": {"trigger": "item", "formatter": "@row"},
            "grid": {"left": 8, "right": 72, "top": 8, "bottom": 8},
            "xAxis": value_axis(self.unit, min=number(min(levels) - room), max=number(max(levels) + room), show=False),
            "yAxis": {
                "type": "category",
                "inverse": True,
                "data": [self.ends[0], *(p.label for p in whole), self.ends[1]],
                "axisTick": {"show": False},
                "axisLabel": NAMES,
                "axisLine": {"show": False},
            },
            "series": [
                bar | {"silent": True, "itemStyle": {"opacity": 0}, "data": [None, *hidden, None]},
                bar | {"data": [None, *above, None]},
                bar | {"data": [None, *below, None]},
                {
                    "type": "scatter",
                    "data": signs,
                    "label": {"show": True, "position": "right"},
                    "markLine": {
                        "silent": True,
                        "symbol": "none",
                        "animation": False,
                        "z": 1,
                        "lineStyle": {"color": "--chart-soft", "type": "dotted", "width": 1},
                        "label": {"show": False},
                        "data": joints,
                    },
                },
            ],
        } | NARROW_BARS

    def _sign(self, at: float, place: int, text: str) -> dict[str, Any]:
        return {"value": [number(at), place], "label": {"formatter": text}}

    @property
    def key(self) -> list[Key]:
        return [Key("box rise", words.said("增加", "more")), Key("box fall", words.said("减少", "less"))]

    @property
    def table(self) -> Table:
        rows = [[p.label, self.unit.said(p.value, signed=True)] for p in self.whole]
        first, last = ([name, self.unit.said(v)] for name, v in zip(self.ends, (self.before, self.after), strict=True))
        return Table([words.said("部分", "Part"), titled(words.said("变化", "Change"), self.unit)], [first, *rows, last])

    @property
    def summary(self) -> str:
        said = self.unit.said
        change = said(self.after - self.before, signed=True)
        return words.said(
            f"从 {said(self.before)} 到 {said(self.after)}，变化 {change}。",
            f"From {said(self.before)} to {said(self.after)}, a change of {change}.",
        )

    @property
    def notes(self) -> list[str]:
        found = [words.said("横轴不从零开始：画的是变化。", "The axis does not start at zero: what is drawn is the change.")]
        if unknown := [p.label for p in self.parts if p.value is None]:
            found.append(
                words.said(
                    f"不知道多少：{'、'.join(unknown)}；算在其余里。", f"Not known: {', '.join(unknown)}; within the rest."
                )
            )
        return found
