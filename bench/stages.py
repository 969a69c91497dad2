"""One stage in a process of its own: `python -m bench.stages STAGE FOLDER HOME [DAY]` prints seconds and what came out.

Ours: `import`, `sums`, `check`, `today`. Bare: `cells` (fastexcel, every cell as text), `scan` (Polars over the stored
Parquet). `start` does nothing: what a process costs before any work. The clock runs from after the imports of modules.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl

from bench.agreement import DAYS, KEY, SUMS, agreed
from zhanggui.facts import Window, open_facts
from zhanggui.intake import read
from zhanggui.plans import agenda, check_up

SHOP = "shop"
Told = Callable[[], dict[str, Any]]


def start(folder: Path, home: Path, day: date) -> Told:
    return dict


def import_(folder: Path, home: Path, day: date) -> Told:
    """Every file, as `zhanggui import --yes` takes it, without the database of decisions."""
    facts = open_facts(home, SHOP)
    reading_seconds = 0.0
    rows = rejected = 0
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        begun = time.perf_counter()
        reading = read(data, path.name, on=day)
        reading_seconds += time.perf_counter() - begun
        assert reading.ok, (path.name, reading.problems)
        for counts in facts.put(data, path.name, reading, at=f"{day}T00:00:00").counts:
            rows += counts.rows
            rejected += counts.rejected
    live = sum((facts.folder / name).stat().st_size for name in facts.manifest().live_files())
    disk = sum(p.stat().st_size for p in facts.folder.glob("*/*.parquet"))
    return lambda: {
        "rows": rows,
        "rejected": rejected,
        "reading_seconds": reading_seconds,
        "stored_mb": live / 2**20,
        "disk_mb": disk / 2**20,  # with the files of before each import, which are swept after an hour
    }


def sums(folder: Path, home: Path, day: date) -> Told:
    """The sums that everybody must agree on, through snapshot and window."""
    shop = open_facts(home, SHOP).snapshot(day)
    said = {}
    for table, key in KEY.items():
        window = shop.last(table, DAYS)
        assert isinstance(window, Window)
        assert window.complete
        rows = shop.scan(table).select(pl.len()).collect().item()
        columns = SUMS[table]
        assert columns == window.table.additive
        said[table] = (rows, window.sums().collect(), window.sums(key).collect())
    return lambda: {"agreed": _agreed(said)}


def check(folder: Path, home: Path, day: date) -> Told:
    outcomes = check_up(home, SHOP, day).outcomes
    return lambda: {
        "findings": {o.check.code: len(o.findings) for o in outcomes if o.findings},
        "clear": [o.check.code for o in outcomes if not o.findings and not o.waiting],
        "waiting": [o.check.code for o in outcomes if o.waiting],
    }


def today(folder: Path, home: Path, day: date) -> Told:
    """A check-up and its agenda, as `zhanggui today` needs them."""
    outcomes = check_up(home, SHOP, day).outcomes
    begun = time.perf_counter()
    plan = agenda(outcomes)
    seconds = time.perf_counter() - begun
    return lambda: {"agenda_seconds": seconds, "actions": len(plan.actions), "early": len(plan.early)}


def cells(folder: Path, home: Path, day: date) -> Told:
    """The floor of any import by this reader: every cell as text, thrown away."""
    rows = 0
    for path in sorted(folder.iterdir()):
        book = fastexcel.read_excel(path.read_bytes())
        for title in book.sheet_names:
            rows += book.load_sheet(title, header_row=None, skip_rows=0, dtypes="string").to_polars().height
    return lambda: {"lines": rows}


def scan(folder: Path, home: Path, day: date) -> Told:
    """The same sums written straight over the Parquet files, each table scanned once for rows and once for the sums."""
    said = {}
    manifest = json.loads((home / "facts" / SHOP / "manifest.json").read_bytes())
    for table, key in KEY.items():
        frame = pl.scan_parquet([home / "facts" / SHOP / table / name for name in manifest["files"][table].values()])
        end = frame.select(pl.col("period_end").max()).collect().item()
        last = frame.filter(pl.col("period_end") > end - timedelta(days=DAYS))
        columns = [pl.col(c).sum() for c in SUMS[table]]
        rows, shop, each = pl.collect_all([frame.select(pl.len()), last.select(columns), last.group_by(key).agg(columns)])
        said[table] = (rows.item(), shop, each)
    return lambda: {"agreed": _agreed(said)}


def _agreed(said: Mapping[str, tuple[int, pl.DataFrame, pl.DataFrame]]) -> dict[str, object]:
    plain: dict[str, tuple[int, Sequence[object], list[tuple[object, ...]]]] = {
        t: (rows, shop.select(SUMS[t]).row(0), each.select(KEY[t], *SUMS[t]).rows()) for t, (rows, shop, each) in said.items()
    }
    return agreed(plain)


STAGES: dict[str, Callable[[Path, Path, date], Told]] = {
    "start": start,
    "import": import_,
    "sums": sums,
    "check": check,
    "today": today,
    "cells": cells,
    "scan": scan,
}


def main(stage: str, folder: str, home: str, day: str) -> None:
    begun = time.perf_counter()
    told = STAGES[stage](Path(folder), Path(home), date.fromisoformat(day))
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds} | told()))


if __name__ == "__main__":
    main(*sys.argv[1:])
