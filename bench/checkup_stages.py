"""One part of the check-up's benchmark in a process of its own: `python -m bench.checkup_stages STAGE HOME DAY [COPIES]`.

`checks`: every check, with its seconds. `columns`: which columns they read, kept beside the facts. `bare`: those columns of the
same Parquet files read with nothing but Polars, table after table. `copies`: every row of a thing (product, word, order, person)
once more under other ids, so many times.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from bench.stages import SHOP
from zhanggui.checks import load, run_one
from zhanggui.facts import Snapshot, open_facts
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES

COLUMNS = "columns.json"
#: Texts that name a thing beside the columns of kind `id`. Names of channels, countries or figures stay as they are.
NAMES = ("word", "search_word", "product_name", "email")


def checks(home: Path, day: date) -> dict[str, Any]:
    """Every check one after the other, as a check-up runs them; the first to ask for a shared measure pays for it."""
    load()
    begun = time.perf_counter()
    shop, rules = open_facts(home, SHOP).snapshot(day), RULEBOOK.on(day)
    took, findings, waiting = {}, {}, {}
    for code, check in load().items():
        from_here = time.perf_counter()
        outcome = run_one(check, shop, rules)
        took[code] = time.perf_counter() - from_here
        if outcome.findings:
            findings[code] = len(outcome.findings)
        if outcome.waiting:
            table = outcome.waiting.table
            waiting[code] = table if shop.has(table) else f"{table}:absent"
    seconds = time.perf_counter() - begun
    slowest = dict(sorted(took.items(), key=lambda item: -item[1]))
    return {"seconds": seconds, "checks": len(took), "check_seconds": slowest, "findings": findings, "waiting": waiting}


def columns(home: Path, day: date) -> dict[str, Any]:
    """What the checks read of the files, told by frames that note what is asked of them."""
    shop = open_facts(home, SHOP).snapshot(day)
    read: dict[str, set[str]] = {}

    def noting(table: str, frame: pl.LazyFrame) -> pl.LazyFrame:
        schema = frame.collect_schema()

        def rows(
            wanted: list[str] | None, predicate: pl.Expr | None, most: int | None, batch: int | None
        ) -> Iterator[pl.DataFrame]:
            asked = list(schema) if wanted is None else wanted
            read.setdefault(table, set()).update(asked)
            found = frame.select(asked)
            found = found if predicate is None else found.filter(predicate)
            yield (found if most is None else found.head(most)).collect()

        return register_io_source(rows, schema=schema)

    noted = Snapshot(day, {t: noting(t, f) for t, f in shop.frames.items()}, shop.tables, shop.imports)
    for check in load().values():
        run_one(check, noted, RULEBOOK.on(day))
    told = {t: sorted(c) for t, c in sorted(read.items())}
    (home / COLUMNS).write_text(json.dumps(told), encoding="utf-8")
    return {"tables": len(told), "columns": sum(map(len, told.values()))}


def bare(home: Path, day: date) -> dict[str, Any]:
    """The floor of any check-up: each table's columns read once, and how many cells they have."""
    told = json.loads((home / COLUMNS).read_text("utf-8"))
    manifest = json.loads((home / "facts" / SHOP / "manifest.json").read_bytes())
    begun = time.perf_counter()
    rows = cells = 0
    for table, names in told.items():
        files = [home / "facts" / SHOP / table / name for name in manifest["files"][table].values()]
        frame = pl.scan_parquet(files).select(names).collect()
        rows, cells = rows + frame.height, cells + frame.height * frame.width
    return {"seconds": time.perf_counter() - begun, "rows": rows, "cells": cells}


def copies(home: Path, day: date, times: int) -> dict[str, Any]:
    """Rewrites the facts in place. Tables about the shop as a whole stay as they are."""
    rows = 0
    for path in (home / "facts" / SHOP).glob("*/*.parquet"):
        table = TABLES[path.parent.name]
        named = [n for n, column in table.columns.items() if column.kind == "id" or n in NAMES]
        if set(named) & set(table.key):
            frame = pl.read_parquet(path)
            again = [
                frame.with_columns([pl.concat_str(pl.col(n), pl.lit(f" {copy}")) for n in named]) for copy in range(1, times)
            ]
            frame = pl.concat([frame, *again])
            frame.write_parquet(path)
            rows += frame.height
    return {"rows": rows}


STAGES: dict[str, Callable[..., dict[str, Any]]] = {"checks": checks, "columns": columns, "bare": bare, "copies": copies}


def main(stage: str, home: str, day: str, *more: str) -> None:
    print(json.dumps(STAGES[stage](Path(home), date.fromisoformat(day), *map(int, more))))


if __name__ == "__main__":
    main(*sys.argv[1:])
