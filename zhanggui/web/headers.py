"""What the form about unknown headers shows and says: columns with hints and units, the answer, and what it would read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.http import QueryDict

from zhanggui.desk import mapping
from zhanggui.intake import HeaderMap, Period
from zhanggui.intake.recognise import find_period
from zhanggui.intake.sheets import Sheet
from zhanggui.intake.suggest import Head, Match, Suggestion, try_out
from zhanggui.tables import TABLES, Problem, Table
from zhanggui.web.words import said

SHOWN_CELLS = 3
SHOWN_PROBLEMS = 8

#: What a unit is called in the form → its factor. `dmy` and `mdy` stand in the same choice and are no factors.
FACTORS = {
    "0.01": 0.01,
    "0.001": 0.001,
    "100": 100.0,
    "1000": 1000.0,
    "10000": 10_000.0,
    "1/60": 1 / 60,
    "1/3600": 1 / 3600,
    "60": 60.0,
    "7": 7.0,
    "1/24": 1 / 24,
}
UNITS = (
    ("0.01", "÷100（百分数、分）", "÷ 100 (percent, cents)"),
    ("1000", "×1,000（千）", "× 1,000 (thousands)"),
    ("10000", "×10,000（万）", "× 10,000 (万)"),
    ("1/60", "÷60（分钟→小时）", "÷ 60 (minutes → hours)"),
    ("1/3600", "÷3,600（秒→小时）", "÷ 3,600 (seconds → hours)"),
    ("60", "×60（小时→分钟）", "× 60 (hours → minutes)"),
    ("7", "×7（周→天）", "× 7 (weeks → days)"),
    ("1/24", "÷24（小时→天）", "÷ 24 (hours → days)"),
    ("0.001", "÷1,000", "÷ 1,000"),
    ("100", "×100", "× 100"),
)  # fmt: skip
ORDERS = (("dmy", "日/月/年", "day/month/year"), ("mdy", "月/日/年", "month/day/year"))


@dataclass(frozen=True)
class Line:
    """One column of the file in the form. `to` is the table's column, `unit` a choice of `UNITS` or `ORDERS`, `hint` in words."""

    number: int
    label: str
    samples: list[str]
    to: str
    unit: str
    units: tuple[tuple[str, str, str], ...]
    hint: str
    unsure: bool


def _unit(factor: float) -> str:
    return next((name for name, f in FACTORS.items() if abs(f - factor) < 1e-12), "")


def _hint(match: Match | None) -> tuple[str, bool]:
    """How sure a suggestion is, in words; whether it asks for a look."""
    if match is None:
        return said("没有找到对应的列", "no column found for it"), False
    if match.ask:
        return said("看不出日和月谁在前，请选", "day or month first? Please choose"), True
    if match.offered != 1:
        return said("数值大于 1，如果是百分数请选 ÷100", "values above 1: choose ÷ 100 if they are percent"), True
    if match.why == "values":
        return said("按内容猜的，请看一下", "told by its cells; have a look"), True
    if match.score >= 0.9:
        return said("就是这一列", "this is it"), False
    if match.score >= 0.6:
        return said("很像", "very likely"), False
    return said("可能是，请看一下", "perhaps; have a look"), True


def lines_of(head: Head, suggestion: Suggestion, answer: HeaderMap) -> list[Line]:
    """The file's columns with what is chosen for each, and what speaks for it."""
    chosen = {label: name for name, label in answer.columns.items()}
    found = []
    for i, label in enumerate(head.labels):
        if not label:
            continue
        match, to = suggestion.matches.get(label), chosen.get(label, "")
        hint, unsure = _hint(match) if match is None or match.column == to else ("", False)
        unit = answer.orders.get(to) or _unit(answer.scale.get(to, 1.0))
        samples = [v[:60] for v in head.samples[i].unique(maintain_order=True).head(SHOWN_CELLS)]
        found.append(Line(i, label, samples, to, unit, _units(head.shares.get(i, {}), unit), hint, unsure))
    return found


def _units(shares: Mapping[str, float], unit: str) -> tuple[tuple[str, str, str], ...]:
    """The units that a column of such cells may need; none for text."""
    if shares.get("Day", 0) > 0.5 or unit in ("dmy", "mdy"):
        return ORDERS
    return UNITS if shares.get("Number", 0) > 0.5 or unit else ()


def answer_of(post: QueryDict, head: Head, table: Table) -> tuple[HeaderMap, list[Problem]]:
    """What the form says, and columns that it names twice."""
    columns: dict[str, str] = {}
    scale: dict[str, float] = {}
    orders: dict[str, str] = {}
    twice = []
    for i, label in enumerate(head.labels):
        name, unit = post.get(f"to-{i}", ""), post.get(f"unit-{i}", "")
        if not label or name not in table.columns:
            continue
        if name in columns:
            column = table.columns[name]
            twice.append(Problem("same_column_twice", column=column.zh, nearest=column.en, value=f"{columns[name]}, {label}"))
            continue
        columns[name] = label
        if unit in FACTORS:
            scale[name] = FACTORS[unit]
        elif unit in ("dmy", "mdy"):
            orders[name] = unit
    constants = {n: text for n in table.columns if n not in columns and (text := post.get(f"fixed-{n}", "").strip())}
    return HeaderMap(table.name, columns, scale, constants, orders), twice  # type: ignore[arg-type]


def period_of(post: QueryDict) -> Period | None:
    """The period that the form names; None for half a one and for one that ends before it starts."""
    try:
        start, end = date.fromisoformat(post.get("start", "")), date.fromisoformat(post.get("end", ""))
    except ValueError:
        return None
    return (start, end) if start <= end else None


def dateless(sheet: Sheet, head: Head, table: Table, file: str) -> bool:
    """Whether the table needs a period and the file names none; a column of days may still say it row by row."""
    return table.time == "period" and find_period(sheet, head.row, file) is None


@dataclass(frozen=True)
class Tried:
    """What the answer would read of the first rows, and what stands against it."""

    rows: int
    of: int
    against: list[Problem]
    rejected: list[tuple[Problem, int]]


def tried(sheet: Sheet, head: Head, file: str, answer: HeaderMap, period: Period | None, twice: list[Problem]) -> Tried:
    """Problems of cells are told once for each column and kind, with their number."""
    against = twice + mapping.trouble(head, answer)
    if period is None and "day" not in answer.columns and dateless(sheet, head, TABLES[answer.table], file):
        against.append(Problem("period_not_given"))
    if not answer.columns:
        return Tried(0, 0, against, [])
    trial = try_out(sheet, head, answer)
    told = trial.rejected.group_by("column", "code", maintain_order=True).agg(pl.all().first(), pl.len().alias("times"))
    rejected = [
        (
            Problem(r["code"], "row", line=r["line"], column=r["column"], value=r["value"] or "", limit=str(r["other"])),
            r["times"],
        )
        for r in told.head(SHOWN_PROBLEMS).iter_rows(named=True)
        if r["code"] != "required_missing"
        or not any(p.code == "column_not_mapped" and p.column == r["column"] for p in against)
    ]
    return Tried(trial.rows, trial.of, against, rejected)
