"""Dated numbers with their source; the value of a day; a shop's own; what if."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "numbers"
YES = "1 = yes"  # the unit of what is so or is not
GRADES = "ABCD"  # A official or a real file, B a working integration, C a guide or a vendor, D contradicted

Overrides = Mapping[str, Mapping[date, float]]


class Bad(ValueError):
    """A rulebook file that may not be used: it lacks a source, a unit, a language, or its value is out of range."""


@dataclass(frozen=True)
class Source:
    """Where a number was read, in both languages, when, and how far it can be trusted."""

    zh: str
    en: str
    grade: str
    read: date


@dataclass(frozen=True)
class Number:
    """One number that the platform can change. `values` maps the day from which it holds to its value; `subject`: its file's name.

    Where the platform publishes nothing and only the shop can see it in its back office, the file says `asked: true` instead of
    `values`: there is no value until the shop has its own.
    """

    name: str
    zh: str
    en: str
    unit: str
    low: float
    high: float
    values: Mapping[date, float]
    sources: tuple[Source, ...]
    note: Mapping[str, str] = field(default_factory=dict)
    requirements: tuple[str, ...] = ()
    subject: str = ""

    def allows(self, value: float) -> bool:
        """Whether this number may have the value: in its range, and of yes and no nothing between."""
        return self.low <= value <= self.high and (self.unit != YES or value in (0, 1))

    def since(self, day: date) -> date | None:
        """The day from which the value in force on `day` holds; None before the first."""
        return max((d for d in self.values if d <= day), default=None)


@dataclass(frozen=True)
class Rulebook:
    """All numbers, with all their dates."""

    numbers: Mapping[str, Number]

    @staticmethod
    def load(folder: Path = FOLDER) -> Rulebook:
        """Read every YAML file of the folder; `Bad` names file and number where something is missing."""
        numbers: dict[str, Number] = {}
        for path in sorted(folder.glob("*.yaml")):
            for name, raw in (yaml.safe_load(path.read_text("utf-8")) or {}).items():
                if name in numbers:
                    raise Bad(f"{path.name}: {name} stands in two files")
                numbers[name] = _number(f"{path.name}: {name}", name, raw, path.stem)
        return Rulebook(numbers)

    def on(self, day: date, overrides: Overrides | None = None, what_if: Mapping[str, float] | None = None) -> Rules:
        """The rules of one day. A shop's override holds from its own day on; a what-if holds whatever the day."""
        values: dict[str, float] = {}
        origin: dict[str, str] = {}
        for name, number in self.numbers.items():
            own = max((d for d in (overrides or {}).get(name, {}) if d <= day), default=None)
            since = number.since(day)
            if what_if and name in what_if:
                values[name], origin[name] = check_range(number, what_if[name]), "what-if"
            elif own and overrides:
                values[name], origin[name] = check_range(number, overrides[name][own]), "shop"
            elif since:
                values[name], origin[name] = number.values[since], "rulebook"
        return Rules(day, values, origin)


@dataclass(frozen=True)
class Rules:
    """The values in force on a day. `origin`: rulebook, shop or what-if."""

    day: date
    values: Mapping[str, float]
    origin: Mapping[str, str]

    def __getitem__(self, name: str) -> float:
        try:
            return self.values[name]
        except KeyError:
            raise KeyError(f"the rulebook has no value of {name} on {self.day}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)


def check_range(number: Number, value: float) -> float:
    """The value, if it is one that this number may have."""
    if not number.allows(value):
        raise Bad(f"{number.name}: {value} is outside {number.low}..{number.high} {number.unit}")
    return value


def _number(place: str, name: str, raw: Any, subject: str = "") -> Number:
    def need(key: str, inside: Any = raw, where: str = "") -> Any:
        if not isinstance(inside, dict) or inside.get(key) in (None, "", [], {}):
            raise Bad(f"{place}: {where}{key} is missing")
        return inside[key]

    label = need("label")
    low, high = need("range")
    sources = []
    for source in need("source"):
        grade = need("grade", source, "source.")
        if grade not in GRADES:
            raise Bad(f"{place}: grade {grade} is none of {GRADES}")
        title = need("title", source, "source.")
        zh, en = need("zh", title, "source.title."), need("en", title, "source.title.")
        sources.append(Source(zh, en, grade, _day(place, need("read", source, "source."))))
    told = {} if raw.get("asked") is True and "values" not in raw else need("values")
    values = {_day(place, d): float(v) for d, v in told.items()}
    number = Number(
        name,
        need("zh", label, "label."),
        need("en", label, "label."),
        need("unit"),
        float(low),
        float(high),
        dict(sorted(values.items())),
        tuple(sources),
        raw.get("note", {}),
        tuple(raw.get("requirements", ())),
        subject,
    )
    for value in values.values():
        check_range(number, value)
    return number


def _day(place: str, value: Any) -> date:
    if not isinstance(value, date):
        raise Bad(f"{place}: {value!r} is not a day (write 2026-11-22)")
    return value


RULEBOOK = Rulebook.load()
