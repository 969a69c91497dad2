"""A map by country: land without borders, and a disc on each country whose area is the figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, ClassVar

from zhanggui.measures.countries import Country, country
from zhanggui.web import words
from zhanggui.web.charts.chart import COUNT, Chart, Figure, Key, Table, Unit, joined, number, titled

LARGEST, SMALLEST = 44, 5  # pixels across
NAMED = 6
EASTWARD = 95  # degrees: beyond it names stand left of their discs, so that none is cut


@dataclass(frozen=True)
class Place:
    """A country as the export names it, and its figure; `marked` ones are drawn in another colour."""

    name: str
    value: Figure
    marked: bool = False


@dataclass(frozen=True)
class CountryMap(Chart):
    """Largest first. A name that is not known, or a country without a point, stands in the table and is said under the map.

    `marks`: what marked places are, and what the others are.
    """

    title: str
    places: Sequence[Place]
    unit: Unit = COUNT
    label: str = ""
    marks: tuple[str, str] | None = None
    kind: ClassVar[str] = "map"

    @property
    def ordered(self) -> list[tuple[Place, Country | None]]:
        ranked = sorted(self.places, key=lambda p: (p.value is None, -float(p.value or 0)))
        return [(p, country(p.name)) for p in ranked]

    @property
    def drawn(self) -> bool:
        return any(c and c.at and p.value and p.value > 0 for p, c in self.ordered)

    def drawing(self) -> dict[str, Any]:
        most = max((float(p.value) for p, c in self.ordered if c and c.at and p.value), default=1.0)
        data: list[dict[str, Any]] = []
        for row, (place, known) in enumerate(self.ordered):
            if not known or not known.at or not place.value or place.value <= 0:
                continue
            across = max(SMALLEST, round(LARGEST * sqrt(float(place.value) / most), 1))
            point = {"name": named(known), "value": [*known.at, number(place.value)], "symbolSize": across, "row": row}
            if self.marks and not place.marked:
                point["itemStyle"] = {"color": "--chart-2"}
            side = "left" if known.at[0] > EASTWARD else "right"
            data.append(point | ({"label": {"show": True, "position": side}} if len(data) < NAMED else {}))
        return {
            "tooltip": {"trigger": "item", "formatter": "@row"},
            "geo": {
                "map": "world",
                "roam": False,
                "silent": True,
                "left": 0,
                "right": 0,
                "top": 8,
                "bottom": 8,
                "itemStyle": {"areaColor": "--chart-land", "borderColor": "--chart-land"},
            },
            "series": [
                {
                    "type": "scatter",
                    "coordinateSystem": "geo",
                    "data": data,
                    "itemStyle": {"color": "--chart-1", "opacity": 0.8, "borderColor": "--chart-ground", "borderWidth": 1},
                    "label": {"show": False, "formatter": "{b}", "textBorderColor": "--chart-ground", "textBorderWidth": 3},
                    "labelLayout": {"hideOverlap": True},
                }
            ],
        }

    @property
    def key(self) -> list[Key]:
        return [Key("circle k1", self.marks[0]), Key("circle k2", self.marks[1])] if self.marks else []

    @property
    def table(self) -> Table:
        rows = [[named(c) if c else p.name, self.unit.said(p.value)] for p, c in self.ordered]
        head = [words.said("国家/地区", "Country or region"), titled(self.label or words.said("数", "Figure"), self.unit)]
        if not self.marks:
            return Table(head, rows)
        for row, (place, _) in zip(rows, self.ordered, strict=True):
            row.append(self.marks[0] if place.marked else self.marks[1])
        return Table([*head, words.said("类别", "Kind")], rows, frozenset({0, 2}))

    @property
    def summary(self) -> str:
        said = joined(f"{named(c) if c else p.name} {self.unit.said(p.value)}" for p, c in self.ordered[:NAMED])
        return words.said(f"最多的：{said}。", f"Most: {said}.")

    @property
    def notes(self) -> list[str]:
        found = []
        if unknown := [p.name for p, c in self.ordered if not c]:
            found.append(
                words.said(
                    f"不认识的名称，不在图上：{joined(unknown)}。", f"Names not known, not on the map: {joined(unknown)}."
                )
            )
        if unplaced := [named(c) for _, c in self.ordered if c and not c.at]:
            found.append(words.said(f"图上没有位置：{joined(unplaced)}。", f"No place on the map: {joined(unplaced)}."))
        if empty := [named(c) for p, c in self.ordered if c and p.value is None]:
            found.append(words.said(f"缺数：{joined(empty)}。", f"Figure missing: {joined(empty)}."))
        return found


def named(one: Country) -> str:
    """In the reader's language."""
    return words.said(one.zh, one.en)
