"""What every chart has: a conclusion, a unit, a drawing, the table behind it, and what is to be said about it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, ClassVar

from zhanggui.tables.columns import Column
from zhanggui.web import words

#: Drawn by a line or a point of this place in the list; the tokens and signs stand in static/chart.css.
COLOURS = 6
SIGNS = ("circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect")
#: How a large number is shortened, from 10,000 on; the same in static/chart.js.
SHORTENED = 10_000
SHORT: dict[str, tuple[tuple[int, str], ...]] = {
    "zh": ((10**8, "亿"), (10**4, "万")),
    "en": ((10**9, "B"), (10**6, "M"), (10**3, "k")),
}
SOFT, GRID = "--chart-soft", "--chart-line"


Figure = int | float | Decimal | None


@dataclass(frozen=True)
class Unit:
    """What one is. `kind` as `words.figure` knows it; `word` in the reader's language; `people`: unique people, never added up."""

    kind: str = "count"
    word: str = ""
    people: bool = False

    @classmethod
    def of(cls, column: Column) -> Unit:
        """The unit of a column of a table."""
        return cls(column.kind, column.unit if column.kind == "money" else "", column.unit == "person")

    def said(self, value: Figure, *, signed: bool = False) -> str:
        """In full, as in a table; missing is —."""
        text = words.figure(value, self.kind, self.word if self.kind == "money" else "")
        return f"+{text}" if signed and value is not None and value > 0 else text

    def short(self, value: Figure, *, signed: bool = False) -> str:
        """At a bar: 1.2万 or 12k, as the axis says it (static/chart.js)."""
        if value is None or self.kind == "rate":
            return self.said(value, signed=signed)
        steps = SHORT[words.lang()]
        size, sign = next(((s, w) for s, w in steps if abs(float(value)) >= max(s, SHORTENED)), (0, ""))
        if not size:
            return self.said(value, signed=signed)
        text = f"{float(value) / size:.1f}".removesuffix(".0") + sign
        return f"+{text}" if signed and value > 0 else text

    @property
    def axis(self) -> str:
        """The name of the axis formatter in static/chart.js."""
        return "@percent" if self.kind == "rate" else "@count"


COUNT = Unit()
RATE = Unit("rate")
NUMBER = Unit("number")
PEOPLE = Unit(people=True)


@dataclass(frozen=True)
class Line:
    """Values in order; None is missing and stays a gap. `dashed`: somebody else's, as the average of peers."""

    label: str
    values: Sequence[Figure]
    unit: Unit = COUNT
    dashed: bool = False


@dataclass(frozen=True)
class Table:
    """The table behind a chart, in the reader's words. `left`: the places of columns of text."""

    head: list[str]
    rows: list[list[str]]
    left: frozenset[int] = frozenset({0})


@dataclass(frozen=True)
class Key:
    """One entry of the key under the title: `sign` is a class of static/chart.css."""

    sign: str
    label: str


class Chart(ABC):
    """`title` is the conclusion. Colours are named by their token, functions by `@name`; static/chart.js puts them in."""

    kind: ClassVar[str]
    title: str

    @abstractmethod
    def drawing(self) -> dict[str, Any]:
        """The part of ECharts' option that is this chart's own."""

    @property
    @abstractmethod
    def table(self) -> Table:
        """What the drawing shows, in rows."""

    @property
    @abstractmethod
    def summary(self) -> str:
        """One or two sentences for who does not see the drawing."""

    @property
    def notes(self) -> list[str]:
        """What the drawing cannot show: what is missing, left out, or does not add up."""
        return []

    @property
    def key(self) -> list[Key]:
        return []

    @property
    def listed(self) -> list[str]:
        """What the numbers on the drawing stand for."""
        return []

    @property
    def size(self) -> str:
        """The class of static/chart.css that gives the height."""
        return self.kind

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw; the table stands in any case."""
        return True

    @property
    def option(self) -> dict[str, Any]:
        """ECharts' option: plain values only."""
        return {"aria": {"enabled": True, "label": {"description": f"{self.title} {self.summary}"}}} | self.drawing()


def number(value: Figure) -> int | float | None:
    """As JSON takes it. Raises ValueError for what is no number: missing is None."""
    if value is None:
        return None
    if not isfinite(value):
        raise ValueError(f"{value} is no figure; a missing one is None")
    return float(value) if isinstance(value, Decimal) else value


def added(unit: Unit, what: str) -> None:
    """Raises ValueError where people would be added up."""
    if unit.people:
        raise ValueError(f"{what} adds its values up, and people are never summed")


def colour(place: int) -> str:
    return f"--chart-{place % COLOURS + 1}"


def line_key(lines: Iterable[Line]) -> list[Key]:
    return [Key(f"line k{i % COLOURS + 1}{' dashed' if one.dashed else ''}", one.label) for i, one in enumerate(lines)]


def titled(label: str, unit: Unit) -> str:
    """A column's title with its unit."""
    return f"{label}（{unit.word}）" if unit.word and words.lang() == "zh" else f"{label} ({unit.word})" if unit.word else label


def value_axis(unit: Unit, **more: Any) -> dict[str, Any]:
    return {"type": "value", "axisLabel": {"formatter": unit.axis, "hideOverlap": True}} | more


def narrow(pixels: int, **changes: Any) -> dict[str, Any]:
    """What is different in a drawing no wider than `pixels`."""
    return {"media": [{"query": {"maxWidth": pixels}, "option": changes}]}


#: Names of bars: whole up to 180 pixels, and on a phone up to 96.
NAMES = {"width": 180, "overflow": "truncate"}
PHONE = 480
NARROW_BARS = narrow(PHONE, yAxis={"axisLabel": {"width": 96}})


def rows_size(rows: int) -> str:
    """The height for so many bars, in steps of five."""
    return f"rows-{min(25, max(5, -(-rows // 5) * 5))}"


def joined(names: Iterable[str]) -> str:
    return words.said("、", ", ").join(names)
