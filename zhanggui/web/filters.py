"""Filters of single columns, as the address says them: `min.clicks=100`, `has.country=uni`, `is.status=closed`, `missing.owner=1`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from django.http import QueryDict

from zhanggui.web import words
from zhanggui.web.columns import DATED, Column
from zhanggui.web.page import changed
from zhanggui.web.words import said

MOST = 30  # filters of one address
LONGEST = 200  # characters of a value
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")

#: What may be asked → how it is written, zh and en.
ASKS: dict[str, tuple[str, str]] = {
    "has": ("包含", "contains"),
    "is": ("是", "is one of"),
    "min": ("≥（从）", "≥ (from)"),
    "max": ("≤（到）", "≤ (to)"),
    "missing": ("没有值", "has no value"),
}
SHORT = {"min": ("≥", "≥"), "max": ("≤", "≤"), "has": ("包含", "contains"), "is": ("是", "is")}


@dataclass(frozen=True)
class Filter:
    """One filter that holds. `href` is the list without it."""

    label: str
    test: pl.Expr
    href: str


class BadFilter(ValueError):
    """The filter cannot be read; the message says what, where and what to do."""


def asks_of(column: Column) -> tuple[str, ...]:
    """What may be asked of a column."""
    if column.numeric:
        return ("min", "max", "is", "missing")
    if column.kind in DATED:
        return ("min", "max", "missing")
    return ("is", "missing") if column.kind == "flag" else ("has", "is", "missing")


@dataclass(frozen=True)
class Trouble:
    """A filter that was left out, why, and the list without it."""

    says: str
    href: str


def read(asked: QueryDict, columns: Sequence[Column]) -> tuple[list[Filter], list[Trouble]]:
    """The filters of an address, and what is wrong with those that cannot be read. A column that is not shown to the reader
    is a column that does not exist.
    """
    known = {c.name: c for c in columns}
    found: list[Filter] = []
    troubles: list[Trouble] = []
    for name in list(asked):
        ask, dot, column = name.partition(".")
        if not dot or ask not in ASKS:
            continue
        href = changed(asked, page=None, format=None, **{name: None})
        values = [v.strip()[:LONGEST] for v in asked.getlist(name) if v.strip()]
        try:
            if column not in known:
                raise BadFilter(said(f"这个列表没有「{column}」这一列。", f"This list has no column “{column}”."))
            if len(found) >= MOST:
                raise BadFilter(said(f"一次最多 {MOST} 个筛选条件。", f"At most {MOST} filters at a time."))
            test, label = _filter(known[column], ask, values)
        except BadFilter as error:
            troubles.append(Trouble(str(error), href))
        else:
            found.append(Filter(label, test, href))
    return found, troubles


def parts(text: str, ask: str) -> list[str]:
    """What was typed into the form as the address holds it: several values of `is` stand apart by a bar."""
    return [v.strip() for v in text.split("|") if v.strip()] if ask == "is" else [text.strip()]


def _filter(column: Column, ask: str, values: list[str]) -> tuple[pl.Expr, str]:
    cell = pl.col(column.name)
    if ask not in asks_of(column):
        allowed = said("、", ", ").join(said(*ASKS[a]) for a in asks_of(column))
        raise BadFilter(
            said(
                f"「{column.label}」不能用「{ASKS[ask][0]}」；可以用：{allowed}。",
                f"“{column.label}” cannot be asked “{ASKS[ask][1]}”; it can be asked: {allowed}.",
            )
        )
    if ask == "missing":
        return cell.is_null(), said(f"{column.label} 没有值", f"{column.label} has no value")
    if not values:
        raise BadFilter(said(f"「{column.label}」的筛选没有写值。", f"The filter of “{column.label}” says no value."))
    label = f"{column.label} {said(*SHORT[ask])} {said('、', ', ').join(values)}"
    if ask == "has":
        return cell.str.to_lowercase().str.contains(values[0].lower(), literal=True), label
    if ask == "is":
        return _one_of(column, cell, values), label
    if column.kind in DATED:
        bound = _day(column, values[0])
        day, label = cell.dt.date(), f"{column.label} {said(*SHORT[ask])} {words.day(bound)}"
        return (day >= bound if ask == "min" else day <= bound), label
    number = _number(column, values[0])
    return (cell.cast(pl.Float64) >= number if ask == "min" else cell.cast(pl.Float64) <= number), label


def _one_of(column: Column, cell: pl.Expr, values: list[str]) -> pl.Expr:
    if column.kind == "flag":
        wanted = {"y": True, "是": True, "yes": True, "1": True, "n": False, "否": False, "no": False, "0": False}
        told = [wanted.get(v.lower()) for v in values]
        if None in told:
            raise BadFilter(said(f"「{column.label}」写「是」或「否」。", f"“{column.label}”: write yes or no."))
        return cell.is_in([bool(v) for v in told])
    if column.numeric:
        return cell.cast(pl.Float64).is_in([_number(column, v) for v in values])
    return cell.str.to_lowercase().is_in([v.lower() for v in values])


def _number(column: Column, text: str) -> float:
    plain = text.replace(",", "").replace("，", "").replace("%", "").strip()
    if not NUMBER.fullmatch(plain):
        raise BadFilter(
            said(
                f"「{column.label}」要写一个数，比如 100；收到的是「{text}」。",
                f"“{column.label}” needs a number such as 100; “{text}” was given.",
            )
        )
    return float(plain) / 100 if column.kind == "rate" else float(plain)


def _day(column: Column, text: str) -> date:
    try:
        found = date.fromisoformat(text.replace("/", "-"))
        found + timedelta(days=1)
    except (ValueError, OverflowError):
        raise BadFilter(
            said(
                f"「{column.label}」要写日期，比如 2026-09-13；收到的是「{text}」。",
                f"“{column.label}” needs a day such as 2026-09-13; “{text}” was given.",
            )
        ) from None
    return found
