"""What may stand behind the ? of an address: declared once, read here, described in the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

LONGEST = 500  # letters of a value


class Refused(Exception):
    """The question is answered with a status and a sentence; `parameter` is what was wrong with it."""

    def __init__(self, status: int, zh: str, en: str, parameter: str = "") -> None:
        super().__init__(en)
        self.status, self.zh, self.en, self.parameter = status, zh, en, parameter


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter. Without `options` and `low` it is text; `read` gives str, int or date, and raises `Refused`."""

    name: str
    zh: str
    en: str
    default: Any = None
    required: bool = False

    def read(self, text: str) -> Any:
        if len(text) > LONGEST:
            raise self.refused(f"最多 {LONGEST} 个字", f"at most {LONGEST} letters")
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": LONGEST}

    def refused(self, zh: str, en: str) -> Refused:
        return Refused(400, f"{self.name}：{zh}", f"{self.name}: {en}", self.name)


@dataclass(frozen=True, kw_only=True)
class Whole(Parameter):
    """A whole number from `low` to `high`."""

    low: int
    high: int

    def read(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.low <= int(text) <= self.high:
            raise self.refused(f"请写 {self.low} 到 {self.high} 的整数", f"write a whole number from {self.low} to {self.high}")
        return int(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, kw_only=True)
class Day(Parameter):
    """A calendar day."""

    def read(self, text: str) -> date:
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise self.refused("请写日期，如 2026-09-21", "write a day like 2026-09-21")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, kw_only=True)
class Choice(Parameter):
    """One of a few words."""

    options: Callable[[], Sequence[str]]

    def read(self, text: str) -> str:
        if text not in self.options():
            raise self.refused(f"只能是 {'、'.join(self.options())}", f"one of {', '.join(self.options())}")
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.options())}


def read(declared: Sequence[Parameter], asked: QueryDict) -> Mapping[str, Any]:
    """Every declared parameter with its value or default. `Refused` for one that is unknown, said twice, wrong or missing."""
    known = {one.name: one for one in declared}
    for name, said in asked.lists():
        if name not in known:
            there = ", ".join(known) or "—"
            raise Refused(400, f"没有参数 {name[:50]}；有：{there}", f"no parameter {name[:50]}; there are: {there}", name[:50])
        if len(said) > 1:
            raise known[name].refused("只能写一次", "say it once")
    values = {one.name: one.read(str(asked[one.name])) if one.name in asked else one.default for one in declared}
    for one in declared:
        if one.required and one.name not in asked:
            raise one.refused("不能缺", "is needed")
    return values
