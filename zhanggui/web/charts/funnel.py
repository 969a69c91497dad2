"""A funnel as bars from zero, since areas of a pyramid mislead; a rate only between steps that count the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
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
    colour,
    number,
    rows_size,
    titled,
    value_axis,
)


@dataclass(frozen=True)
class Step:
    """`scope`: what is counted, as 全店 or 仅搜索; empty is the same for all. `peers`: the peers' rate from the step before."""

    label: str
    value: Figure
    unit: Unit = COUNT
    scope: str = ""
    peers: float | None = None


@dataclass(frozen=True)
class Funnel(Chart):
    """Steps from the first to the last."""

    title: str
    steps: Sequence[Step]
    kind: ClassVar[str] = "funnel"

    @property
    def rates(self) -> list[float | None]:
        """Of each step, how much of the step before; None for the first, across scopes, and where a figure is missing or zero."""
        found: list[float | None] = [None] if self.steps else []
        for before, step in pairwise(self.steps):
            known = before.scope == step.scope and before.value and step.value is not None
            found.append(float(step.value or 0) / float(before.value or 0) if known else None)
        return found

    @property
    def scopes(self) -> list[str]:
        return list(dict.fromkeys(s.scope for s in self.steps))

    @property
    def drawn(self) -> bool:
        return any(s.value is not None for s in self.steps)

    @property
    def size(self) -> str:
        return rows_size(len(self.steps))

    def drawing(self) -> dict[str, Any]:
        data = []
        for step, rate in zip(self.steps, self.rates, strict=True):
            text = step.unit.short(step.value)
            if rate is not None:
                text += f" · {RATE.said(rate)}"
            data.append(
                {
                    "value": number(step.value),
                    "label": {"formatter": text},
                    "itemStyle": {"color": colour(self.scopes.index(step.scope))},
                }
            )
        return {
            "tooltip": {"trigger": "item", "formatter": "@row"},
            "grid": {"left": 8, "right": 120, "top": 8, "bottom": 8},
            "xAxis": value_axis(COUNT, show=False),
            "yAxis": {
                "type": "category",
                "inverse": True,
                "data": [s.label if s.value is not None else f"{s.label} —" for s in self.steps],
                "axisTick": {"show": False},
                "axisLabel": NAMES,
            },
            "series": [
                {
                    "type": "bar",
                    "data": data,
                    "barWidth": "62%",
                    "barMinHeight": 2,
                    "label": {"show": True, "position": "right"},
                }
            ],
        } | NARROW_BARS

    @property
    def key(self) -> list[Key]:
        return [Key(f"box k{i + 1}", s) for i, s in enumerate(self.scopes)] if len(self.scopes) > 1 else []

    @property
    def table(self) -> Table:
        scoped, peers = self.scopes != [""], any(s.peers is not None for s in self.steps)
        head = [words.said("步骤", "Step"), words.said("数", "Count"), words.said("占上一步", "Of the step before")]
        head += [words.said("同行", "Peers")] if peers else []
        head += [words.said("口径", "Counts what")] if scoped else []
        rows = []
        for step, rate in zip(self.steps, self.rates, strict=True):
            row = [titled(step.label, step.unit), step.unit.said(step.value), RATE.said(rate)]
            rows.append(row + ([RATE.said(step.peers)] if peers else []) + ([step.scope] if scoped else []))
        return Table(head, rows, frozenset({0, len(head) - 1}) if scoped else frozenset({0}))

    @property
    def summary(self) -> str:
        said = words.said("，", ", ").join(f"{s.label} {s.unit.said(s.value)}" for s in self.steps)
        return said + words.said("。", ".")

    @property
    def notes(self) -> list[str]:
        percent = [words.said("百分比是占上一步的比例。", "Percentages are of the step before.")]
        return percent * any(self.rates) + [
            words.said(
                f"「{before.label}」和「{step.label}」口径不同，不算比例。",
                f"“{before.label}” and “{step.label}” count different things: no rate between them.",
            )
            for before, step in pairwise(self.steps)
            if before.scope != step.scope
        ]
