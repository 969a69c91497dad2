"""Measures, figures down to the cell of a file, and the tables themselves, as the member is shown them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from zhanggui.api.asked import Asked, Rows, plain
from zhanggui.api.parameters import Parameter, Refused, Whole
from zhanggui.desk import access
from zhanggui.facts import Window
from zhanggui.measures import DERIVED, MEASURES, Measure, NoFigure, parse_address, trace
from zhanggui.measures.kinds import kind_of, unit_of
from zhanggui.measures.measure import MOST_DAYS
from zhanggui.tables import TABLES, Table

CELLS = ("import_id", "file", "sheet", "line", "header", "value", "period")


def label(table: Table, column: str) -> dict[str, str]:
    if column in DERIVED and column not in table.columns:
        return dict(zip(("zh", "en"), DERIVED[column], strict=True))
    return {lang: table.label(column, lang) for lang in ("zh", "en")}


def column_of(table: Table, name: str) -> dict[str, Any]:
    """What a column of a table is."""
    declared = table.columns.get(name)
    kind = declared.kind if declared else "day" if name in table.time_columns else "count"
    told = {"name": name, **label(table, name), "kind": kind}
    return told | ({"unit": declared.unit, "additive": declared.additive} if declared else {"unit": "", "additive": False})


@cache
def columns_of(name: str) -> dict[str, dict[str, Any]]:
    """What the columns of a measure are: first those that name the row, then the figures, each with its formula."""
    found = MEASURES[name]
    table = TABLES[found.table]
    made = {k: {p: v for p, v in column_of(table, k).items() if p != "additive"} for k in found.by}
    for column, formula in found.formulas.items():
        kind, unit = kind_of(table.name, column, formula), unit_of(table.name, column, formula)
        says = {lang: formula.says(lang, found.table) for lang in ("zh", "en")}
        made[column] = {"name": column, **label(table, column), "kind": kind, "unit": unit, "formula": says}
    return made


def measure_names() -> dict[str, str]:
    """Measure → the first paragraph of what is said about it."""
    return {n: " ".join(inspect.cleandoc(m.function.__doc__ or "").split("\n\n")[0].split()) for n, m in MEASURES.items()}


def parameters_of(name: str) -> tuple[Parameter, ...]:
    """The window, and each part of the measure's key."""
    found = MEASURES[name]
    usual = inspect.signature(found.function).parameters["days"].default
    days = Whole(name="days", zh="窗口的天数", en="days of the window", default=usual, low=1, high=MOST_DAYS)
    told = {k: label(TABLES[found.table], k) for k in found.by}
    return (days, *(Parameter(name=k, zh=f"只要这个{v['zh']}", en=f"only this: {v['en']}") for k, v in told.items()))


def measures(asked: Asked) -> Mapping[str, Any]:
    """Every measure in words, with units and formulas of the figures that the member is shown some of."""
    return {
        "measures": [
            {"name": n, "says": says, "table": MEASURES[n].table, "by": MEASURES[n].by, "columns": _offered(asked, MEASURES[n])}
            for n, says in measure_names().items()
        ]
    }


def _offered(asked: Asked, found: Measure) -> list[dict[str, Any]]:
    codes = access.shown_indicators(asked.member, TABLES[found.table]) or [""]
    told = columns_of(found.name)
    return [told[c] for c in told if any(access.sees_figure(asked.member, found.name, c, {"code": code}) for code in codes)]


def measure(asked: Asked) -> Rows:
    """The rows of a measure over the newest window of so many days. A figure that is not for the member is left out of its row."""
    found, days, member = MEASURES[asked.path["name"]], asked.values["days"], asked.member
    window = found.window(asked.facts, days)
    told = columns_of(found.name)
    about = {"measure": found.name, "day": asked.day.isoformat(), "window": window and _window(window)}
    if window is None:
        return Rows(_offered(asked, found), [], None, about | {"waits_for": found.table})
    given = {k: asked.values[k] for k in found.by if asked.values[k] is not None}
    wanted = [pl.col(k).cast(pl.String).fill_null("") == v for k, v in given.items()]
    frame = found.function(asked.facts, days).filter(*wanted).select(list(told))
    frame = frame.sort(found.by, nulls_last=True, maintain_order=True) if found.by else frame
    rows, more = asked.page(frame)
    always = {c for c in told if access.sees_figure(member, found.name, c, {})}
    rows = [{c: v for c, v in r.items() if c in always or access.sees_figure(member, found.name, c, r)} for r in rows]
    return Rows(_offered(asked, found), rows, more, about)


def _window(window: Window) -> dict[str, Any]:
    """Of a state only its newest day: it is so, however long ago it was brought."""
    if window.table.time == "state":
        return {"end": window.end.isoformat()}
    days = {"start": window.start.isoformat(), "end": window.end.isoformat()}
    return days | {"days": window.days, "covered": window.covered}


def figure(asked: Asked) -> Rows:
    """One figure with its formula and the cells that it was made of, each with file and line."""
    address = asked.values["address"]
    try:
        name, column, key, _ = parse_address(address)
    except NoFigure as error:
        raise Refused(400, f"address：{error}", f"address: {error}", "address") from None
    if not access.sees_figure(asked.member, name, column, key):
        raise access.Forbidden("see")
    try:
        found = trace(asked.facts, address)
    except NoFigure as error:
        raise Refused(404, f"没有这个数：{error}", f"no such figure: {error}", "address") from None
    begins, limit = asked.begins(asked.seen), asked.values["limit"]
    cells = [{part: plain(getattr(cell, part)) for part in CELLS} for cell in found.origins[begins : begins + limit]]
    more = asked.cursor(begins + limit, asked.seen) if begins + limit < len(found.origins) else None
    about = {"address": address, "day": asked.day.isoformat(), "value": plain(found.value), "figure": columns_of(name)[column]}
    about |= {"window": _window(found.window), "cells": len(found.origins)}
    return Rows([{"name": part} for part in CELLS], cells, more, about)


def shown_columns(asked: Asked, table: Table) -> list[str]:
    """The columns of a table that the member is shown, those of its time first."""
    hidden = access.sight(asked.member, table).hidden
    return [c for c in table.schema if not c.startswith("_") and c != "removed" and c not in hidden]


def tables(asked: Asked) -> Mapping[str, Any]:
    """Every report and register whose rows the member is shown: what it is, how far it reaches, and its columns."""
    fields = ("name", "zh", "en", "kind", "time", "grain")
    return {
        "tables": [
            {f: getattr(table, f) for f in fields}
            | {"key": table.full_key, "newest": plain(asked.facts.newest(table.name))}
            | {"columns": [column_of(table, c) for c in shown_columns(asked, table)]}
            for table in TABLES.values()
            if access.sees_rows(asked.member, table)
        ]
    }


def table(asked: Asked) -> Rows:
    """The rows of a table dated `start` to `end`; of a state, the newest row of each key."""
    found, start, end = TABLES[asked.path["name"]], asked.values["start"], asked.values["end"]
    if not access.sees_rows(asked.member, found):
        raise access.Forbidden("see")
    if start and end and start > end:
        raise Refused(400, "start：不能晚于 end", "start: not after end", "start")
    frame = asked.facts.scan(found.name)
    if start:
        frame = frame.filter(found.dated >= start)
    if end:
        frame = frame.filter(found.dated <= end)
    codes = access.shown_indicators(asked.member, found)
    if codes is not None:
        frame = frame.filter(pl.col("code").is_in(codes))
    names = shown_columns(asked, found)
    order = [c for c in found.full_key if c in names]  # an order by a hidden column would tell it
    rows, more = asked.page(frame.sort([*order, "_import", "_part", "_line"], nulls_last=True).select(names))
    return Rows([column_of(found, c) for c in names], rows, more, {"table": found.name, "day": asked.day.isoformat()})
