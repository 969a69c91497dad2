"""A Sankey diagram: which way visitors went, as bands from step to step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, ClassVar

from zhanggui.web import words
from zhanggui.web.charts.chart import COUNT, PHONE, RATE, Chart, Figure, Table, Unit, colour, joined, narrow, number, titled


@dataclass(frozen=True)
class Flow:
    """From one place to the next. A page that is met twice on a path is two places, as 首页 and 首页（第3步）."""

    source: str
    target: str
    value: Figure


@dataclass(frozen=True)
class Sankey(Chart):
    """Places carry no sums, since the same person may be in several bands. Raises ValueError for paths that run in a circle."""

    title: str
    flows: Sequence[Flow]
    unit: Unit = COUNT
    label: str = ""
    kind: ClassVar[str] = "sankey"

    def __post_init__(self) -> None:
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for flow in self.flows:
            sorter.add(flow.target, flow.source)
        try:
            sorter.prepare()
        except CycleError as error:
            circle = " → ".join(reversed(error.args[1]))
            raise ValueError(
                f"the paths run in a circle: {circle}; name a place anew for each step at which it is met"
            ) from error

    @property
    def drawn(self) -> bool:
        return any(f.value for f in self.flows)

    def drawing(self) -> dict[str, Any]:
        bands = [(row, f) for row, f in enumerate(self.flows) if f.value]
        places = list(dict.fromkeys(name for _, f in bands for name in (f.source, f.target)))
        ends = {f.target for _, f in bands} - {f.source for _, f in bands}
        nodes: list[dict[str, Any]] = []
        for i, name in enumerate(places):
            label = {"label": {"position": "left"}} if name in ends else {}
            nodes.append({"name": name, "itemStyle": {"color": colour(i)}} | label)
        return {
            "tooltip": {"trigger": "item", "formatter": "@row"},
            "series": [
                {
                    "type": "sankey",
                    "left": 4,
                    "right": 4,
                    "top": 8,
                    "bottom": 8,
                    "nodeWidth": 12,
                    "nodeGap": 12,
                    "draggable": False,
                    "data": nodes,
                    "links": [
                        {"source": f.source, "target": f.target, "value": number(f.value), "row": row} for row, f in bands
                    ],
                    "lineStyle": {"color": "source", "opacity": 0.3, "curveness": 0.5},
                    "label": {"width": 150, "overflow": "truncate"},
                }
            ],
        } | narrow(PHONE, series=[{"label": {"width": 60}}])

    @property
    def table(self) -> Table:
        head = [words.said("从", "From"), words.said("到", "To"), titled(self.label or words.said("数", "Figure"), self.unit)]
        rows = [[f.source, f.target, self.unit.said(f.value)] for f in self.flows]
        if not self.unit.people:
            head.append(words.said("占出发处", "Of where it starts"))
            for row, flow in zip(rows, self.flows, strict=True):
                row.append(RATE.said(self._share(flow)))
        return Table(head, rows, frozenset({0, 1}))

    def _share(self, flow: Flow) -> float | None:
        """Of all that leaves the same place; None where one of them is missing."""
        leaving = [f.value for f in self.flows if f.source == flow.source]
        known = [float(v) for v in leaving if v is not None]
        whole = sum(known) if len(known) == len(leaving) else 0.0
        return float(flow.value) / whole if whole and flow.value is not None else None

    @property
    def summary(self) -> str:
        largest = sorted((f for f in self.flows if f.value), key=lambda f: -float(f.value or 0))[:3]
        said = joined(f"{f.source} → {f.target} {self.unit.said(f.value)}" for f in largest)
        return words.said(f"最宽的：{said}。", f"Widest: {said}.")

    @property
    def notes(self) -> list[str]:
        missing = joined(f"{f.source} → {f.target}" for f in self.flows if f.value is None)
        return [words.said(f"缺数，不在图上：{missing}。", f"Figures missing, not on the chart: {missing}.")] if missing else []
