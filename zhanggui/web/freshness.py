"""How fresh the data are: each report with how far it reaches, what is missing, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from zhanggui.checks import load
from zhanggui.desk import seeing
from zhanggui.desk.models import Shop
from zhanggui.desk.seeing import Seen
from zhanggui.facts.manifest import ImportRecord
from zhanggui.tables import Table

DAYS = 28
KEPT = 64  # shops of an agency whose answer is kept


@dataclass(frozen=True)
class Freshness:
    """How far a report reaches (`end`; None: nothing of it was ever brought) and how much of the last four weeks it covers.

    `awaited`: expected on a rhythm, or read by checks. `late`: its next file could have been exported by now, and
    `overdue` is since how many days. `by` and `at`: who brought it last, and when.
    """

    table: Table
    end: date | None
    age: int
    covered: int | None
    late: bool
    overdue: int
    awaited: bool
    by: str = ""
    at: datetime | None = None

    @property
    def missing_since(self) -> date | None:
        """The first day without data, of a report that is late."""
        return self.end + timedelta(days=1) if self.end and self.late else None


@dataclass(frozen=True)
class ByNeed:
    """Reports in the order in which they need a person: the most overdue first, then the oldest; and those never brought."""

    here: list[Freshness]
    others: list[Freshness]
    never: list[Freshness]


def freshness(shop: Shop, day: date) -> list[Freshness]:
    """One line per report that has data or is awaited. No query: the facts say it all."""
    return list(_freshness(seeing.whole(shop, day)))


@lru_cache(maxsize=KEPT)
def _freshness(seen: Seen) -> tuple[Freshness, ...]:
    snapshot, day = seeing.snapshot(seen), seen[3]
    needed = _needed()
    last = _last_imports(snapshot.imports)
    told = []
    for name, table in snapshot.tables.items():
        if table.kind != "report":
            continue
        end = snapshot.newest(name)
        awaited = bool(table.cadence_days) or name in needed
        if end is None:
            if awaited:
                told.append(Freshness(table, None, 0, None, False, 0, True))
            continue
        window = snapshot.last(name, DAYS) if table.time == "period" else None
        age = (day - end).days
        overdue = age - table.cadence_days - table.lag_days if table.cadence_days else 0
        record = last.get(name)
        by, at = (record.by, datetime.fromisoformat(record.at)) if record else ("", None)
        covered = window.covered if window else None
        told.append(Freshness(table, end, age, covered, overdue > 0, max(overdue, 0), awaited, by, at))
    return tuple(told)


def _last_imports(imports: Sequence[ImportRecord]) -> dict[str, ImportRecord]:
    """Table → the newest import of it that was not taken back."""
    return {part["table"]: record for record in imports if record.live for part in record.parts}


def by_need(told: Sequence[Freshness]) -> ByNeed:
    here = [one for one in told if one.end]
    wanted = sorted((one for one in here if one.awaited), key=lambda one: (-one.overdue, -one.age, one.table.name))
    others = sorted((one for one in here if not one.awaited), key=lambda one: (-one.age, one.table.name))
    first = {table.name: i for i, table in enumerate(reports_wanted([one.table for one in told]))}
    never = sorted(
        (one for one in told if not one.end), key=lambda one: (first.get(one.table.name, len(first)), one.table.name)
    )
    return ByNeed(wanted, others, never)


def _needed() -> set[str]:
    """The tables that some check cannot do without."""
    return {name for check in load().values() for name in check.needs}


def reports_wanted(tables: Sequence[Table]) -> list[Table]:
    """Reports to bring first: those that checks cannot do without, real headers before guessed ones."""
    needed = _needed()
    wanted = [table for table in tables if table.name in needed and table.kind == "report"]
    return sorted(wanted, key=lambda table: (not table.headers_are_real, table.name))
