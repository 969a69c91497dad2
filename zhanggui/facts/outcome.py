"""What a write to the facts did, or would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhanggui.facts.manifest import ImportRecord
from zhanggui.facts.merge import Met
from zhanggui.intake import Part


@dataclass(frozen=True)
class Counts:
    """What an import would do, or did, to one table.

    `dropped`: repeated rows that an older file of the period had and this one has no longer. `columns`: cells that change, per
    column; `cleared`: those of them that had a value and have none now.
    """

    table: str
    new: int
    changed: int
    unchanged: int
    rejected: int
    dropped: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    cleared: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.unchanged


@dataclass(frozen=True)
class Put:
    """Outcome of an import. `duplicate`: this very file, read the same way, is already live, so nothing was written."""

    record: ImportRecord
    counts: list[Counts]
    duplicate: bool = False


class Stale(Exception):
    """The shop's facts have changed since they were looked at."""


@dataclass(frozen=True)
class Undone:
    """What taking an import back did, per table: rows that went, rows that an older import says again, and rows that stay as a
    newer import has said them since."""

    import_id: int
    removed: dict[str, int]
    restored: dict[str, int]
    kept: dict[str, int]


def counted(part: Part, met: Sequence[Met]) -> Counts:
    """One part's counts over all its buckets."""
    fates: Counter[str] = sum((m.fates for m in met), Counter())
    columns: Counter[str] = sum((m.columns for m in met), Counter())
    cleared: Counter[str] = sum((m.cleared for m in met), Counter())
    return Counts(
        part.table.name,
        fates["new"],
        fates["changed"],
        fates["unchanged"],
        part.rejected_rows,
        fates["dropped"],
        dict(columns),
        dict(cleared),
    )
