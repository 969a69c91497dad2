"""One day by the hour: running sums at the end of each hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from zhanggui.web import words
from zhanggui.web.charts.chart import SIGNS, Chart, Key, Line, Table, colour, line_key, number, titled, value_axis

HOURS = 24


@dataclass(frozen=True)
class Clock(Chart):
    """`lines`: 24 values of one unit each, as they stand when the hour is over. `beside`: further columns of the table behind it, each
    a label and 24 texts. Raises ValueError for another number of values, and for units that differ."""

    title: str
    lines: Sequence[Line]
    beside: Sequence[tuple[str, Sequence[str]]] = ()
    kind: ClassVar[str] = "clock"

    def __post_init__(self) -> None:
        if wrong := [one.label for one in self.lines if len(one.values) != HOURS]:
            raise ValueError(f"{wrong}: {HOURS} values are needed")
        if wrong := [label for label, texts in self.beside if len(texts) != HOURS]:
            raise ValueError(f"{wrong}: {HOURS} texts are needed")
        if len({one.unit for one in self.lines}) != 1:
            raise ValueError("lines of one unit are needed")

    @property
    def ends(self) -> list[str]:
        """When each hour is over."""
        return [f"{hour:02}:00" for hour in range(1, HOURS + 1)]

    @property
    def drawn(self) -> bool:
        return any(v is not None for one in self.lines for v in one.values)

    @property
    def size(self) -> str:
        return "panels-1"

    def drawing(self) -> dict[str, Any]:
        unit = self.lines[0].unit
        return {
            "tooltip": {"trigger": "axis", "formatter": "@row"},
            "grid": {"left": 56, "right": 24, "top": 32, "height": 200, "outerBoundsMode": "none"},
            "xAxis": {
                "type": "category",
                "boundaryGap": False,
                "data": self.ends,
                "axisLabel": {"hideOverlap": True},
                "axisTick": {"show": False},
            },
            "yAxis": value_axis(unit, splitNumber=4, name=unit.word, nameTextStyle={"align": "right"}),
            "series": [
                {
                    "type": "line",
                    "name": one.label,
                    "data": [number(v) for v in one.values],
                    "color": colour(i),
                    "symbol": SIGNS[i % len(SIGNS)],
                    "symbolSize": 5,
                    "showAllSymbol": True,
                    "lineStyle": {"width": 2, "type": "dashed" if one.dashed else "solid"},
                    "connectNulls": False,
                }
                for i, one in enumerate(self.lines)
            ],
        }

    @property
    def key(self) -> list[Key]:
        return line_key(self.lines)

    @property
    def table(self) -> Table:
        figures = [[one.unit.said(v).removesuffix(f" {one.unit.word}") for v in one.values] for one in self.lines]
        columns = [self.ends, *figures, *(texts for _, texts in self.beside)]
        head = [words.said("截至", "Until"), *(titled(one.label, one.unit) for one in self.lines), *(label for label, _ in self.beside)]  # fmt: skip
        return Table(head, [list(row) for row in zip(*columns, strict=True)])

    @property
    def summary(self) -> str:
        said = []
        for one in self.lines:
            last = max((hour for hour, v in enumerate(one.values) if v is not None), default=None)
            if last is None:
                said.append(words.said(f"{one.label}没有数据。", f"{one.label}: no figures."))
                continue
            text = one.unit.said(one.values[last])
            said.append(words.said(f"{one.label}到 {last + 1:02}:00 是 {text}。", f"{one.label} by {last + 1:02}:00: {text}."))
        return words.said("", " ").join(said)

    @property
    def notes(self) -> list[str]:
        """Holes; that a line ends is no hole."""
        found = []
        for one in self.lines:
            known = [hour for hour, v in enumerate(one.values) if v is not None]
            if known and (missing := known[-1] + 1 - len(known)):
                found.append(
                    words.said(
                        f"{one.label}缺 {missing} 个数，图上留空，不是零。",
                        f"{one.label}: {missing} missing, left open on the chart; missing is not zero.",
                    )
                )
        return found
