"""What a file is and what accepting it would do; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.mapping import maps_of
from zhanggui.desk.models import Shop
from zhanggui.facts import Counts
from zhanggui.facts.store import digest
from zhanggui.intake import Period, Reading, read
from zhanggui.intake.cells import Progress

KEPT_ROWS = 200  # problems kept with the row for the page; the download reads them all again


@dataclass(frozen=True)
class Preview:
    """What a file is and what accepting it would do."""

    reading: Reading
    counts: list[Counts]
    duplicate_of: int | None


def look(
    shop: Shop,
    data: bytes | Path,
    name: str,
    *,
    period: Period | None = None,
    table: str | None = None,
    on: date | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Read a file and compare it with what is there. Writes nothing."""
    reading = read(data, name, on=on or platform_today(), period=period, table=table, maps=maps_of(shop), progress=progress)
    facts = facts_of(shop)
    duplicate = facts.find_duplicate(digest(data), reading) if reading.ok else None
    return Preview(reading, facts.preview(reading), duplicate.id if duplicate else None)


def describe(preview: Preview, name: str) -> dict[str, Any]:
    """A preview as plain data: recognised tables with their counts, and problems in both languages."""
    parts = []
    for part, counts in zip(preview.reading.parts, preview.counts, strict=True):
        parts.append(
            {
                "table": part.table.name,
                "sheet": part.sheet,
                "header_line": part.header_line,
                "period": [d.isoformat() for d in part.period] if part.period else None,
                "as_of": part.as_of.isoformat() if part.as_of else None,
                "columns": part.headers,
            }
            | counted(counts)
        )
    reading = preview.reading
    problems = [*reading.problems, *(p for part in reading.parts for p in part.problems(name, KEPT_ROWS))]
    return {
        "ok": preview.reading.ok,
        "duplicate_of": preview.duplicate_of,
        "parts": parts,
        "problems": [p.__dict__ for p in problems[:KEPT_ROWS]],
        "problem_count": len(reading.problems) + sum(part.rejected.height for part in reading.parts),
    }


def counted(counts: Counts) -> dict[str, Any]:
    """What an import does to a table's rows; `changes` and `cleared` count cells by column."""
    rows = {name: getattr(counts, name) for name in ("new", "changed", "unchanged", "rejected", "dropped")}
    return rows | {"changes": counts.columns, "cleared": counts.cleared}
