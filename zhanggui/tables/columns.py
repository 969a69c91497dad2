"""Kinds of columns: what a cell of the back office means, its unit, and whether it may be added up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    `zh` is the label of the back office, to the letter; `en` its English name; `also` other headers seen for it.
    `additive`: may be summed over rows and over periods that tile a window. Unique people never are.
    `required`: a row without it is rejected. `unit` is what one is: person, USD, hour …
    `missing` says in words what an empty cell means.
    """

    zh: str
    en: str
    also: tuple[str, ...] = ()
    required: bool = False
    additive: bool = False
    rolling: str = ""
    unit: str = ""
    missing: str = ""
    of: tuple[str, str] | None = None
    peers: bool = False

    dtype: ClassVar[Any] = pl.String

    @property
    def kind(self) -> str:
        return type(self).__name__.lower()

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header under which the column is known."""
        return (self.zh, *self.also, self.en)


class Text(Column):
    """Free text; surrounding white space is not part of it."""


class Id(Column):
    """An identifier: text, never a number, so that no digit is lost."""


class Count(Column):
    """A whole number of things."""

    dtype = pl.Int64


class Number(Column):
    """A measured number."""

    dtype = pl.Float64


class Rate(Column):
    """A fraction: `1.62%` in the file is 0.0162. `of` names its parts; it is recomputed from them, never averaged."""

    dtype = pl.Float64


class Money(Column):
    """An amount, exact to four decimals, in the currency `unit`."""

    dtype = pl.Decimal(18, 4)


class Day(Column):
    """A calendar day, by the platform's clock (America/Los_Angeles)."""

    dtype = pl.Date


class Flag(Column):
    """Yes or no: Y/N, 是/否."""

    dtype = pl.Boolean


def with_peers(name: str, column: Column) -> dict[str, Column]:
    """The column and its two companions of the back office: the peers' average (同行平均) and the peers' best (同行优秀)."""

    def companion(zh: tuple[str, ...], en: str) -> Column:
        labels = tuple(
            form.format(base=base, word=word)
            for word in zh
            for base in (column.zh, *column.also)
            for form in ("{base}{word}", "{base}({word})", "{base}-{word}")
        )
        return replace(
            column, zh=labels[0], also=labels[1:], en=f"{column.en}, {en}", additive=False, required=False, of=None, peers=False
        )

    return {
        name: column,
        f"{name}_peers": companion(("同行平均", "行业平均"), "peers' average"),
        f"{name}_best": companion(("同行优秀",), "peers' best"),
    }
