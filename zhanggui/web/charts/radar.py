"""A radar: the shop beside its rivals on several scales; the one shape that users expect where bars would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from zhanggui.web import words
from zhanggui.web.charts.chart import (
    NUMBER,
    PHONE,
    SIGNS,
    Chart,
    Key,
    Line,
    Table,
    Unit,
    colour,
    joined,
    line_key,
    narrow,
    number,
    titled,
)

FEWEST = 3
WIDE = 10  # letters, a Chinese character counting two, from which a name takes two lines


@dataclass(frozen=True)
class Spoke:
    """One scale, from its middle to its edge."""

    label: str
    low: float
    high: float
    unit: Unit = NUMBER


@dataclass(frozen=True)
class Radar(Chart):
    """Each line has one value for each spoke. A spoke on which somebody's value is missing is left out of the drawing and said.
    A value beyond the edge stands at the edge, which is said too."""

    title: str
    spokes: Sequence[Spoke]
    lines: Sequence[Line]
    kind: ClassVar[str] = "radar"

    def __post_init__(self) -> None:
        if wrong := [one.label for one in self.lines if len(one.values) != len(self.spokes)]:
            raise ValueError(f"{wrong}: as many values as spokes are needed ({len(self.spokes)})")

    @property
    def whole(self) -> list[int]:
        """The places of the spokes on which nobody's value is missing."""
        return [i for i in range(len(self.spokes)) if all(one.values[i] is not None for one in self.lines)]

    @property
    def drawn(self) -> bool:
        return len(self.whole) >= FEWEST

    def drawing(self) -> dict[str, Any]:
        spokes = [self.spokes[i] for i in self.whole]
        return {
            "tooltip": {"trigger": "item", "formatter": "@column"},
            "radar": {
                "indicator": [{"name": _broken(s.label), "min": s.low, "max": s.high} for s in spokes],
                "radius": "72%",
                "center": ["50%", "54%"],
                "splitNumber": 4,
                "splitArea": {"show": False},
                "axisName": {"color": "--chart-ink"},
            },
            "series": [
                {
                    "type": "radar",
                    "data": [
                        {
                            "name": one.label,
                            "value": [self._drawn(one, i) for i in self.whole],
                            "symbol": SIGNS[place % len(SIGNS)],
                            "symbolSize": 6,
                            "itemStyle": {"color": colour(place)},
                            "lineStyle": {"width": 2, "type": "dashed" if one.dashed else "solid"},
                        }
                        for place, one in enumerate(self.lines)
                    ],
                }
            ],
        } | narrow(PHONE, radar={"radius": "52%"})

    def _drawn(self, one: Line, place: int) -> float | None:
        value = number(one.values[place])
        return None if value is None else min(value, self.spokes[place].high)

    @property
    def key(self) -> list[Key]:
        return line_key(self.lines)

    @property
    def table(self) -> Table:
        rows = [
            [titled(s.label, s.unit), *(s.unit.said(one.values[i]) for one in self.lines)] for i, s in enumerate(self.spokes)
        ]
        return Table([words.said("方面", "On"), *(one.label for one in self.lines)], rows)

    @property
    def summary(self) -> str:
        said = []
        for one in self.lines:
            values = joined(f"{s.label} {s.unit.said(v)}" for s, v in zip(self.spokes, one.values, strict=True))
            said.append(words.said(f"{one.label}：{values}。", f"{one.label}: {values}."))
        return words.said("", " ").join(said)

    @property
    def notes(self) -> list[str]:
        found = []
        if missing := joined(s.label for i, s in enumerate(self.spokes) if i not in self.whole):
            found.append(words.said(f"有缺数，不在图上：{missing}。", f"Figures missing, not on the chart: {missing}."))
        if beyond := joined(
            s.label
            for i, s in enumerate(self.spokes)
            if i in self.whole and any(float(one.values[i] or 0) > s.high for one in self.lines)
        ):
            found.append(words.said(f"超出图边，画在边上：{beyond}。", f"Beyond the edge, drawn at it: {beyond}."))
        return found


def _broken(label: str) -> str:
    """In two lines where it is long, so that it is not cut at the edge: at the space nearest to the middle, or in the middle."""
    wide = sum(2 if ord(c) > 0x2E80 else 1 for c in label)
    if wide <= WIDE:
        return label
    spaces = [i for i, c in enumerate(label) if c == " "]
    if not spaces:
        return f"{label[: len(label) // 2]}\n{label[len(label) // 2 :]}"
    at = min(spaces, key=lambda i: abs(i - len(label) / 2))
    return f"{label[:at]}\n{label[at + 1 :]}"
