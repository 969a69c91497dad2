"""What a list shows: its columns, the chips above it, the cells in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from zhanggui.web.words import said

NUMERIC = ("count", "number", "rate", "money")
DATED = ("day", "moment")


@dataclass(frozen=True)
class Column:
    """One column. `total`: sum, rate (made anew from `of`), people (never summed), or none. `figure`: it opens to its origins.

    A column of money has beside it, in the frame, `NAME:in` (the currency of each amount) and `NAME:on` (the day of the rate).
    """

    name: str
    label: str
    kind: str
    total: str = "none"
    of: tuple[str, str] | None = None
    missing: str = ""
    figure: bool = True

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC

    @property
    def dated(self) -> bool:
        return self.kind in DATED

    @property
    def falls(self) -> bool:
        """Sorted by it, the largest or newest comes first."""
        return self.numeric or self.dated


@dataclass(frozen=True)
class Chip:
    """A filter that is on or off, in both languages. It is offered to those who see every column of its test."""

    name: str
    zh: str
    en: str
    test: pl.Expr
    on: bool = False
    href: str = ""

    @property
    def label(self) -> str:
        return said(self.zh, self.en)

    @property
    def needs(self) -> set[str]:
        return set(self.test.meta.root_names())


@dataclass(frozen=True)
class Cell:
    """A value as it is read, where it comes from, and what is to be known about it."""

    text: str
    value: Any
    href: str = ""
    hint: str = ""
    thin: bool = False


@dataclass(frozen=True)
class Row:
    """A row of the page. `token` names it in an address or a form, `href` is its own page."""

    name: str
    note: str
    cells: list[Cell]
    token: str = ""
    href: str = ""


@dataclass(frozen=True)
class Choice:
    """A column as the form of columns offers it."""

    column: Column
    chosen: bool
    up: str = ""
    down: str = ""


def choose(offered: list[Column], usual: tuple[str, ...], asked: str | None) -> list[Column]:
    """The columns that are shown, in order: those asked for (`clicks,cost`) that are offered, or the usual ones."""
    known = {c.name: c for c in offered}
    wanted = [known[n] for n in dict.fromkeys((asked or "").split(",")) if n in known]
    return wanted or [known[n] for n in usual if n in known] or offered[:8]


def moved(names: list[str], name: str, step: int) -> list[str]:
    """The names with one of them a place further up (-1) or down (1)."""
    order = list(names)
    at = order.index(name)
    to = min(max(at + step, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    return order
