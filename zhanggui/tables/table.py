"""A table: the whole declaration of one kind of fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from zhanggui.tables.columns import Column, Day, Flag, Moment, with_peers

Time = Literal["period", "event", "state"]

#: A register's row that says Y here is taken off the list; the older rows stay, so that yesterday's list can be seen.
REMOVED = Flag(zh="删除", en="Remove", missing="the row stays on the list")

#: Columns that the store adds to every row: where it came from.
ORIGIN = {"_import": pl.Int32, "_part": pl.Int32, "_line": pl.Int32}


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """One kind of fact.

    `kind`: a *report* comes from a file of the platform, a *register* is a list that a person keeps.
    `time`: how a row stands in time. *period*: figures of `period_start`..`period_end`; *event*: something that happened on
    the day of the column named `day`; *state*: what was so on `as_of`, until a newer row of the same key says otherwise.
    `key` names the row, beside its time. `occurrence` in the key counts rows of one file that share the rest of the key.
    A file is this table only if its header has the columns of `signature` and every `required` one.
    `costs`: its money is what the shop pays or earns by it, not what buyers pay or see: for fewer eyes.
    `whose`: the column that names the colleague whose row it is, where that is neither `seller` nor `salesperson`. The person in
    charge of a product or of a plan owns no row: the whole shop works with it.
    `cadence_days` is how often a shop is expected to bring the report (0: not expected), `menu` where the back office has it.
    """

    name: str
    zh: str
    en: str
    kind: Literal["report", "register"]
    time: Time
    grain: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    day: str = ""
    signature: tuple[str, ...] = ()
    cadence_days: int = 0
    lag_days: int = 2
    menu: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    headers_are_real: bool = False
    costs: bool = False
    whose: str = ""

    def __post_init__(self) -> None:
        columns: dict[str, Column] = {}
        for name, column in self.columns.items():
            columns |= with_peers(name, column) if column.peers else {name: column}
        if self.kind == "register":
            if self.time != "state":
                raise ValueError(f"{self.name}: a register is a state")
            columns["removed"] = REMOVED
        object.__setattr__(self, "columns", columns)
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.name):
            raise ValueError(f"{self.name}: a table's name is lower_case")
        if unknown := [k for k in self.key if k != "occurrence" and k not in columns]:
            raise ValueError(f"{self.name}: key columns that are not declared: {unknown}")
        if unknown := [k for k in self.signature if k not in columns]:
            raise ValueError(f"{self.name}: signature columns that are not declared: {unknown}")
        if self.whose and self.whose not in columns:
            raise ValueError(f"{self.name}: the column of whose row it is is not declared: {self.whose}")
        if self.time == "event" and not isinstance(columns.get(self.day), Day | Moment):
            raise ValueError(f"{self.name}: an event table names the column of its day")
        for name, column in columns.items():
            if not column.zh or not column.en:
                raise ValueError(f"{self.name}.{name}: both languages are needed")
            for part in column.of or ():
                if part not in columns:
                    raise ValueError(f"{self.name}.{name}: part {part} of the rate is not a column")

    @property
    def time_columns(self) -> dict[str, pl.DataType | type[pl.DataType]]:
        """The columns that the table's kind of time adds."""
        if self.time == "period":
            return {"period_start": pl.Date, "period_end": pl.Date}
        return {"as_of": pl.Date} if self.time == "state" else {}

    @property
    def clock(self) -> str:
        """The column by which a row is dated, and by whose month it is stored."""
        return {"period": "period_end", "state": "as_of", "event": self.day}[self.time]

    @property
    def dated(self) -> pl.Expr:
        """The day of a row."""
        return pl.col(self.clock).dt.date()

    @property
    def full_key(self) -> tuple[str, ...]:
        """Key with time: no two live rows share it."""
        return (*self.time_columns, *self.key)

    @property
    def seller(self) -> str:
        """The column that names the colleague whose row it is; "" where rows are nobody's."""
        return self.whose or next((c for c in ("seller", "salesperson") if c in self.columns), "")

    @property
    def schema(self) -> dict[str, pl.DataType | type[pl.DataType]]:
        """Column name → Polars type, as stored."""
        schema = dict(self.time_columns)
        schema |= {name: column.dtype for name, column in self.columns.items()}
        if "occurrence" in self.key:
            schema["occurrence"] = pl.Int32
        return schema | ORIGIN

    @property
    def values(self) -> tuple[str, ...]:
        """The columns that are compared to tell a changed row from an unchanged one."""
        return tuple(c for c in self.columns if c not in self.key)

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(n for n, c in self.columns.items() if c.required)

    @property
    def recognised_by(self) -> tuple[str, ...]:
        """The columns without which a file's header is not this table's."""
        return tuple(n for n, c in self.columns.items() if c.required or n in self.signature)

    @property
    def additive(self) -> tuple[str, ...]:
        return tuple(n for n, c in self.columns.items() if c.additive)

    def label(self, name: str, lang: str) -> str:
        """The column's label in the reader's language."""
        fixed = {
            "period_start": ("周期开始", "Period start"),
            "period_end": ("周期结束", "Period end"),
            "as_of": ("截至", "As of"),
            "occurrence": ("第几次出现", "Occurrence"),
        }
        if name in fixed:
            return fixed[name][0 if lang == "zh" else 1]
        column = self.columns[name]
        return column.zh if lang == "zh" else column.en

    def title(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en
