"""A Pareto chart: the largest first, and how much of the whole they make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, ClassVar

from zhanggui.web import words
from zhanggui.web.charts.chart import (
    COUNT,
    NAMES,
    NARROW_BARS,
    RATE,
    Chart,
    Figure,
    Key,
    Table,
    Unit,
    added,
    joined,
    number,
    rows_size,
    titled,
    value_axis,
)


@dataclass(frozen=True)
class Pareto(Chart):
    """`items`: (label, value). Beyond `most` the rest is one bar. Raises ValueError for people and for values below zero."""

    title: str
    items: Sequence[tuple[str, Figure]]
    unit: Unit = COUNT
    label: str = ""
    most: int = 20
    kind: ClassVar[str] = "pareto"

    def __post_init__(self) -> None:
        added(self.unit, "a Pareto chart")
        if below := [label for label, value in self.items if value is not None and value < 0]:
            raise ValueError(f"{below}: a share of a whole cannot be below zero")

    @property
    def bars(self) -> list[tuple[str, float]]:
        """The largest, and the rest together."""
        known = sorted(((label, float(v)) for label, v in self.items if v is not None), key=lambda x: -x[1])
        rest = known[self.most :]
        if not rest:
            return known
        return [*known[: self.most], (words.said(f"其余 {len(rest)} 个", f"{len(rest)} others"), sum(v for _, v in rest))]

    @property
    def shares(self) -> list[tuple[float, float]]:
        """Of each bar: its share and the share up to it."""
        whole = sum(v for _, v in self.bars)
        if not whole:
            return []
        return [(v / whole, up / whole) for (_, v), up in zip(self.bars, accumulate(v for _, v in self.bars), strict=True)]

    @property
    def drawn(self) -> bool:
        return bool(self.shares)

    @property
    def size(self) -> str:
        return rows_size(len(self.bars))

    def drawing(self) -> dict[str, Any]:
        return {
            "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "formatter": "@row"},
            "grid": {"left": 8, "right": 28, "top": 8, "bottom": 8},
            "xAxis": [
                value_axis(self.unit, name=self.unit.word, nameLocation="middle", nameGap=24, splitNumber=4),
                value_axis(RATE, min=0, max=1, interval=0.25, splitLine={"show": False}, position="top"),
            ],
            "yAxis": {
                "type": "category",
                "inverse": True,
                "data": [label for label, _ in self.bars],
                "axisTick": {"show": False},
                "axisLabel": NAMES,
            },
            "series": [
                {"type": "bar", "data": [number(v) for _, v in self.bars], "barWidth": "62%", "color": "--chart-1"},
                {
                    "type": "line",
                    "xAxisIndex": 1,
                    "data": [[round(up, 6), i] for i, (_, up) in enumerate(self.shares)],
                    "color": "--chart-2",
                    "symbol": "rect",
                    "symbolSize": 6,
                    "lineStyle": {"width": 2},
                },
            ],
        } | NARROW_BARS

    @property
    def key(self) -> list[Key]:
        return [
            Key("box k1", self.label or words.said("数（下轴）", "figure (lower axis)")),
            Key("line k2", words.said("累计占比（上轴）", "share so far (upper axis)")),
        ]

    @property
    def table(self) -> Table:
        shares: Sequence[tuple[float | None, float | None]] = self.shares or [(None, None)] * len(self.bars)
        rows = [
            [label, self.unit.said(v), RATE.said(share), RATE.said(up)]
            for (label, v), (share, up) in zip(self.bars, shares, strict=True)
        ]
        rows += [[label, "—", "—", "—"] for label, v in self.items if v is None]
        head = [words.said("名称", "Name"), titled(self.label or words.said("数", "Figure"), self.unit)]
        return Table([*head, words.said("占比", "Share"), words.said("累计占比", "Share so far")], rows)

    @property
    def summary(self) -> str:
        if not self.shares:
            return words.said("没有数据。", "No figures.")
        (first, value), half = self.bars[0], next(i for i, (_, up) in enumerate(self.shares, 1) if up >= 0.5)
        return words.said(
            f"最大的是{first}，{self.unit.said(value)}；前 {half} 个合起来过半。",
            f"The largest is {first}, {self.unit.said(value)}; the first {half} make half of the whole.",
        )

    @property
    def notes(self) -> list[str]:
        missing = joined(label for label, v in self.items if v is None)
        return (
            [words.said(f"缺数，不算在总数里：{missing}。", f"Figures missing, not in the whole: {missing}.")]
            if missing
            else []
        )
