"""Kinds of columns: what a cell of the back office means, its unit, and whether it may be added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    `zh` is the label of the back office, to the letter; `en` its English name; `also` other headers seen for it.
    `additive`: may be summed over rows and over periods that tile a window. Unique people never are.
    `required`: a row without it is rejected. `unit` is what one is: person, USD, hour …
    `missing` says in words what an empty cell means. `scaled`: headers whose figures come in another unit, with the factor to
    `unit`; a unit in the header's brackets (`花费(分)`) needs no entry, see `factor`. `end`: which end of a range (`1.20-3.50`) the
    cell gives; two columns may share a header for it. `options`: the values that a person may choose from in a grid.
    `costs`: it tells what the shop pays or earns without being an amount (a margin, the rate of a loan): for as few eyes as a cost.
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
    scaled: Mapping[str, float] = field(default_factory=dict)
    end: Literal["", "low", "high"] = ""
    options: tuple[str, ...] = ()
    costs: bool = False

    dtype: ClassVar[Any] = pl.String

    @property
    def kind(self) -> str:
        return type(self).__name__.lower()

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header under which the column is known."""
        return (self.zh, *self.also, *self.scaled, self.en)


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


class Moment(Column):
    """A day and time as the source shows it, by the platform's clock unless `unit` names another."""

    dtype = pl.Datetime("us")


class Flag(Column):
    """Yes or no: Y/N, 是/否."""

    dtype = pl.Boolean


def with_peers(name: str, column: Column) -> dict[str, Column]:
    """The column and its two companions of the back office: the peers' average (同行平均) and the peers' best (同行优秀).

    In answers they stand under the column's key with `RivalAvg` and `RivalGood` behind it.
    """

    def companion(zh: tuple[str, ...], en: str) -> Column:
        def beside(label: str) -> list[str]:
            return [
                form.format(base=label, word=word)
                for word in zh
                for form in ("{base}{word}", "{base}({word})", "{base}-{word}")
            ]

        labels = [made for label in (column.zh, *column.also) for made in beside(label)]
        return replace(
            column,
            zh=labels[0],
            also=tuple(labels[1:]),
            scaled={made: times for label, times in column.scaled.items() for made in beside(label)},
            en=f"{column.en}, {en}",
            additive=False,
            required=False,
            of=None,
            peers=False,
        )

    return {
        name: column,
        f"{name}_peers": companion(("同行平均", "行业平均", "RivalAvg"), "peers' average"),
        f"{name}_best": companion(("同行优秀", "RivalGood"), "peers' best"),
    }


#: Unit of a column → unit as a header writes it in brackets → factor. What is not here is read as it stands.
UNITS: dict[str, dict[str, float]] = {
    "CNY": {"元": 1, "人民币": 1, "rmb": 1, "cny": 1, "¥": 1, "分": 0.01, "fen": 0.01, "万元": 10_000},
    "USD": {"美元": 1, "usd": 1, "us$": 1, "$": 1, "美分": 0.01, "cent": 0.01, "万美元": 10_000},
    "hour": {
        "小时": 1,
        "时": 1,
        "h": 1,
        "hour": 1,
        "hours": 1,
        "分钟": 1 / 60,
        "min": 1 / 60,
        "minutes": 1 / 60,
        "秒": 1 / 3600,
    },
    "minute": {"分钟": 1, "min": 1, "minutes": 1, "小时": 60, "h": 60, "hours": 60, "秒": 1 / 60, "s": 1 / 60},
    "day": {"天": 1, "日": 1, "day": 1, "days": 1, "周": 7, "小时": 1 / 24},
    "second": {"秒": 1, "s": 1, "seconds": 1, "分钟": 60, "min": 60},
    "share": {"%": 0.01},
}


def factor(column: Column, written: str) -> float | None:
    """What one of the written unit is in the column's; None where the writing is no unit of it."""
    unit = "share" if isinstance(column, Rate) else column.unit.split(" ")[0]
    return UNITS.get(unit, {}).get(written.lower())
