"""Recognise → read → clean, for every sheet of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from zhanggui.intake.cells import Broken, Progress, Sheet
from zhanggui.intake.clean import REJECTED, Cleaner
from zhanggui.intake.recognise import HeaderMap, Period, Recognition, find_day, find_period, recognise
from zhanggui.intake.sheets import read_sheets
from zhanggui.intake.wide import unfold
from zhanggui.tables import TABLES, Problem, Table


@dataclass(frozen=True)
class Part:
    """One sheet taken in: `rows` has the table's schema but `_import` and `_part`; `rejected` is line, column, value, code."""

    table: Table
    sheet: str
    header_line: int
    headers: dict[str, str]
    rows: pl.DataFrame
    rejected: pl.DataFrame
    period: Period | None = None
    as_of: date | None = None

    @property
    def rejected_rows(self) -> int:
        """Rows left out because a cell could not be read; totals rows and repeated rows are not counted as lost."""
        return self.rejected.filter(~pl.col("code").is_in(["totals_row", "same_row"]))["line"].n_unique()

    def problems(self, file: str, most: int | None = None) -> list[Problem]:
        """The rejected cells as problems: all, or the first of them."""
        notes = {"totals_row": "note", "same_row": "note"}
        return [
            Problem(
                r["code"],
                notes.get(r["code"], "row"),  # type: ignore[arg-type]
                file=file,
                sheet=self.sheet,
                line=r["line"],
                column=r["column"],
                value=r["value"] or "",
                limit=str(r["other"]),
                other=r["other"],
            )
            for r in (self.rejected if most is None else self.rejected.head(most)).iter_rows(named=True)
        ]


@dataclass(frozen=True)
class Reading:
    """What one file holds. `options` are the answers a person gave; with them the file reads the same again."""

    parts: list[Part]
    problems: list[Problem]
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Something can be taken in, and nothing stands against it."""
        return bool(self.parts) and not any(p.level == "error" for p in self.problems)


def read(
    data: bytes | Path,
    name: str,
    *,
    on: date,
    period: Period | None = None,
    table: str | None = None,
    maps: Mapping[str, HeaderMap] | None = None,
    tables: Mapping[str, Table] = TABLES,
    progress: Progress | None = None,
) -> Reading:
    """Read one file, held in memory or on disk.

    `on` dates a list that carries no day of its own (a register, a catalogue). `period`, `table` and `maps` (by the header's
    fingerprint) are a person's answers where the file does not say. Never raises on bad data: what is wrong comes back as
    problems. `progress` is told what is behind of how much; what it raises ends the reading.
    """
    options: dict[str, Any] = {
        "on": on.isoformat(),
        "period": [d.isoformat() for d in period] if period else None,
        "table": table,
    }
    sheets, problems = read_sheets(data, name, progress)
    parts: list[Part] = []
    trouble: list[Problem] = []
    for sheet in sheets:
        sheet = unfold(sheet) or sheet
        found, why = recognise(sheet, tables, name, table, maps)
        if found is None:
            trouble += why
            continue
        if found.mapped and maps:
            options.setdefault("maps", {})[found.mapped] = plainly(maps[found.mapped])
        try:
            part, notes = _part(sheet, found, name, on, period)
        except Broken as broken:
            problems.append(replace(broken.problem, sheet=sheet.place))
            continue
        problems += notes
        if part:
            parts.append(part)
    # A second sheet of notes is normal in one workbook; a file of which nothing was recognised is not.
    inside_zip = any(s.member for s in sheets)
    if not parts or inside_zip:
        problems += trouble
    else:
        problems += [replace(p, level="note") for p in trouble]
    return Reading(parts, problems, options)


def plainly(answer: HeaderMap) -> dict[str, Any]:
    """A person's answer as plain data, to be kept with the import."""
    return {
        "table": answer.table,
        "columns": dict(answer.columns),
        "scale": dict(answer.scale),
        "constants": dict(answer.constants),
        "orders": dict(answer.orders),
    }


def answers(options: Mapping[str, Any]) -> dict[str, Any]:
    """Kept options as arguments of `read`: the same file with them reads the same again."""
    period = options.get("period")
    return {
        "on": date.fromisoformat(options["on"]),
        "period": (date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
        "table": options.get("table"),
        "maps": {known: HeaderMap(**answer) for known, answer in options.get("maps", {}).items()},
    }


def _part(sheet: Sheet, found: Recognition, file: str, on: date, asked: Period | None) -> tuple[Part | None, list[Problem]]:
    table = found.table
    place: dict[str, Any] = {"file": file, "sheet": sheet.place}
    notes = [Problem("unknown_column", "note", column=u, **place) for u in found.unknown]
    period: Period | None = None
    as_of: date | None = None
    row_days = table.columns.get("day") is not None and "day" in found.columns and table.time == "period"
    if table.time == "period" and not row_days:
        said = find_period(sheet, found.header, file)
        period = said or asked
        if period is None:
            return None, [*notes, Problem("period_unknown", **place)]
        value = f"{period[0]}~{period[1]}"
        if period[0] > period[1]:
            return None, [*notes, Problem("period_reversed", value=value, **place)]
        if period[1] > on + timedelta(days=1):  # a day ahead of the platform's is still today somewhere
            return None, [*notes, Problem("period_in_future", value=value, **place)]
        if said and asked and said != asked:
            notes.append(Problem("period_differs", "note", value=value, **place))
    if table.time == "state":
        as_of = min(find_day(sheet, found.header, file) or (asked[1] if asked else on), on)
    columns = dict(found.columns)
    cleaner = Cleaner(table, columns, len(found.headers), found.scale, found.constants, dict(found.orders))
    below: int = found.header + 1
    for i, (cells, lines) in enumerate(sheet.blocks()):
        cleaner.take(cells[below:], lines[below:]) if i == 0 else cleaner.take(cells, lines)
    if sheet.tail is not None and sheet.tail < len(found.headers):
        cleaner.cut(int(lines[-1]))
    rows, rejected = cleaner.finish()
    if table.time == "period":
        start, end = (pl.col("day"), pl.col("day")) if period is None else (pl.lit(period[0]), pl.lit(period[1]))
        rows = rows.with_columns(start.alias("period_start"), end.alias("period_end"))
        if period is None:
            undated = rows.filter(pl.col("day").is_null())
            rejected = pl.concat([rejected, _as_rejected(undated, table.columns["day"].zh, "required_missing")])
            rows = rows.filter(pl.col("day").is_not_null())
    elif as_of:
        rows = rows.with_columns(pl.lit(as_of).alias("as_of"))
    rows, doubles = _number(table, rows)
    before = [sheet.rejected] if sheet.rejected is not None else []
    rejected = pl.concat([*before, rejected, doubles]).sort("line")
    order = [c for c in table.schema if c not in ("_import", "_part")]
    part = Part(
        table,
        sheet.place,
        int(sheet.lines[found.header]),
        {n: found.headers[int(c[1:])] for n, c in columns.items()},
        rows.select(order).cast({k: v for k, v in table.schema.items() if k in order}),  # type: ignore[arg-type]
        rejected,
        period,
        as_of,
    )
    if rows.is_empty() and rejected.is_empty():
        notes.append(Problem("no_rows", "note", column=table.zh, **place))
    return part, notes


def _as_rejected(rows: pl.DataFrame, column: str, code: str) -> pl.DataFrame:
    return rows.select(
        pl.col("_line").alias("line"),
        pl.lit(column).alias("column"),
        pl.lit("").alias("value"),
        pl.lit(code).alias("code"),
        pl.lit(0).alias("other"),
    ).cast(REJECTED)  # type: ignore[arg-type]


def _perhaps_again(rows: pl.DataFrame, key: list[str]) -> pl.Series:
    """Which rows may share a key with another, by the hash of it: no row that does is missed, and few others are taken."""
    if not key:
        return pl.Series([rows.height > 1], dtype=pl.Boolean).new_from_index(0, rows.height)
    hashes = rows.select(key).hash_rows()
    if hashes.n_unique() == rows.height:
        return pl.Series([False], dtype=pl.Boolean).new_from_index(0, rows.height)
    return hashes.is_duplicated()


def _number(table: Table, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of one file that share a key: told apart by an occurrence number where the table allows it, else by the file's order.

    The occurrence follows the figures (largest first), not the line, so that the same rows sorted otherwise keep their numbers.
    Without an occurrence in the key an exact repetition counts once, and a contradiction is rejected with the first line named.
    """
    none = pl.DataFrame(schema=REJECTED)
    key = [k for k in table.full_key if k != "occurrence"]
    groups: list[str] | list[pl.Expr] = key or [pl.lit(0)]
    again = _perhaps_again(rows, key)
    if "occurrence" in table.key:
        values = [c for c in table.values if c in rows.columns]
        once = rows.filter(~again).with_columns(pl.lit(1, pl.Int32).alias("occurrence"))
        numbered = (
            rows.filter(again)
            .sort([*key, *values, "_line"], descending=[False] * len(key) + [True] * len(values) + [False], nulls_last=True)
            .with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over(groups).alias("occurrence"))
        )
        return pl.concat([once, numbered]), none
    rows = rows.with_row_index("_row")  # several rows may come from one line
    some = (
        rows.filter(again).sort("_line", "_row").with_columns(pl.col("_row", "_line").first().over(groups).name.prefix("_1st"))
    )
    doubles = some.filter(pl.col("_row") != pl.col("_1st_row"))
    if doubles.is_empty():
        return rows.drop("_row"), none
    first = some.filter(pl.col("_row") == pl.col("_1st_row"))
    same = doubles.join(first, on=[*table.values, *key, "_1st_row"], how="semi", nulls_equal=True)
    labels = " + ".join(table.columns[k].zh for k in table.key) or table.zh
    value = (
        pl.concat_str([pl.col(k).cast(pl.String) for k in table.key], separator=" + ", ignore_nulls=True)
        if table.key
        else pl.lit("")
    )
    rejected = doubles.select(
        pl.col("_line").alias("line"),
        pl.lit(labels).alias("column"),
        value.alias("value"),
        pl.when(pl.col("_row").is_in(same["_row"].implode()))
        .then(pl.lit("same_row"))
        .otherwise(pl.lit("same_key"))
        .alias("code"),
        pl.col("_1st_line").alias("other"),
    ).cast(REJECTED)  # type: ignore[arg-type]
    return rows.filter(~pl.col("_row").is_in(doubles["_row"].implode())).drop("_row"), rejected
