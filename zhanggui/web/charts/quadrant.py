"""A quadrant: things by two figures, parted where the caller says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from zhanggui.web import words
from zhanggui.web.charts.chart import (
    COUNT,
    SIGNS,
    SOFT,
    Chart,
    Figure,
    Key,
    Table,
    Unit,
    colour,
    joined,
    number,
    titled,
    value_axis,
)

LEFTWARD = 0.7  # of the largest figure: beyond it names stand left of their points, so that none is cut


@dataclass(frozen=True)
class Axis:
    """One of the two figures; `split` parts low from high (from `split` on it is high), `why` says where it comes from."""

    label: str
    split: float
    unit: Unit = COUNT
    why: str = ""


@dataclass(frozen=True)
class Point:
    """`thin`: too few cases to say on which side of the second split it belongs."""

    label: str
    x: Figure
    y: Figure
    thin: bool = False


@dataclass(frozen=True)
class Quadrant(Chart):
    """`corners`: the names of high-high, low-high, low-low, high-low (x first). What lacks a figure stands in the table only;
    a thin point is grey and in no corner."""

    title: str
    x: Axis
    y: Axis
    points: Sequence[Point]
    corners: tuple[str, str, str, str]
    kind: ClassVar[str] = "quadrant"

    def corner(self, point: Point) -> int | None:
        if point.x is None or point.y is None or point.thin:
            return None
        right, top = point.x >= self.x.split, point.y >= self.y.split
        return (0 if right else 1) if top else (3 if right else 2)

    @property
    def drawn(self) -> bool:
        return any(p.x is not None and p.y is not None for p in self.points)

    def drawing(self) -> dict[str, Any]:
        series: list[dict[str, Any]] = []
        right = max((float(p.x or 0) for p in self.points), default=0.0)
        far = right * LEFTWARD
        thin = [(row, p) for row, p in enumerate(self.points) if p.thin and p.x is not None and p.y is not None]
        if thin:
            grey = [{"name": p.label, "value": [number(p.x), number(p.y)], "row": row} for row, p in thin]
            dot = {"type": "scatter", "data": grey, "symbol": "circle", "symbolSize": 7, "z": 1}
            series.append(dot | {"itemStyle": {"color": SOFT, "opacity": 0.4}, "label": {"show": False}})
        for place, name in enumerate(self.corners):
            data = [
                {
                    "name": p.label,
                    "value": [number(p.x), number(p.y)],
                    "row": row,
                    "label": {"position": "left" if float(p.x or 0) > far else "right"},
                }
                for row, p in enumerate(self.points)
                if self.corner(p) == place
            ]
            series.append(
                {
                    "type": "scatter",
                    "name": name,
                    "data": data,
                    "symbol": SIGNS[place],
                    "symbolSize": 9,
                    "itemStyle": {"color": colour(place)},
                    "label": {
                        "show": True,
                        "formatter": "{b}",
                        "textBorderColor": "--chart-ground",
                        "textBorderWidth": 2,
                        "width": 150,
                        "overflow": "truncate",
                    },
                    "labelLayout": {"hideOverlap": True},
                }
            )
        lines = [{"xAxis": number(self.x.split)}, {"yAxis": number(self.y.split)}]
        dashes = {"color": SOFT, "type": "dashed", "width": 1}
        series[0]["markLine"] = {
            "silent": True, "symbol": "none", "animation": False, "lineStyle": dashes, "label": {"show": False}, "data": lines,
        }  # fmt: skip
        return {
            "tooltip": {"trigger": "item", "formatter": "@row"},
            "grid": {"left": 24, "right": 24, "top": 28, "bottom": 24},
            "xAxis": value_axis(self.x.unit, name=titled(self.x.label, self.x.unit), nameGap=28, nameLocation="middle"),
            "yAxis": value_axis(
                self.y.unit, name=titled(self.y.label, self.y.unit), nameTextStyle={"align": "left"}, nameLocation="end"
            ),
            "series": series,
        }

    @property
    def key(self) -> list[Key]:
        count = [sum(self.corner(p) == i for p in self.points) for i in range(4)]
        sides = (
            words.said("右上", "top right"),
            words.said("左上", "top left"),
            words.said("左下", "bottom left"),
            words.said("右下", "bottom right"),
        )
        keys = [Key(f"{SIGNS[i]} k{i + 1}", f"{sides[i]} · {name} {count[i]}") for i, name in enumerate(self.corners)]
        if thin := sum(p.thin for p in self.points):
            keys.append(Key("circle thin", f"{self.early} {thin}"))
        return keys

    @property
    def early(self) -> str:
        """What a thin point is called."""
        return words.said("还不够判断", "too early to judge")

    @property
    def table(self) -> Table:
        rows = []
        for p in self.points:
            at = self.corner(p)
            said = self.early if p.thin else "—" if at is None else self.corners[at]
            rows.append([p.label, self.x.unit.said(p.x), self.y.unit.said(p.y), said])
        head = [
            words.said("名称", "Name"),
            *(titled(a.label, a.unit) for a in (self.x, self.y)),
            words.said("象限", "Quadrant"),
        ]
        return Table(head, rows, frozenset({0, 3}))

    @property
    def summary(self) -> str:
        counts = [f"{name} {sum(self.corner(p) == i for p in self.points)}" for i, name in enumerate(self.corners)]
        return joined(counts) + words.said("。", ".")

    @property
    def notes(self) -> list[str]:
        found = []
        for axis in (self.x, self.y):
            where = axis.unit.said(axis.split)
            why = (words.said("，", ", ") + axis.why) if axis.why else ""
            found.append(words.said(f"{axis.label}以 {where} 分高低{why}。", f"{axis.label} is high from {where}{why}."))
        if missing := [p.label for p in self.points if p.x is None or p.y is None]:
            found.append(
                words.said(f"缺数，不在图上：{joined(missing)}。", f"Figures missing, not on the chart: {joined(missing)}.")
            )
        return found
