"""Which days of a list of events are known."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.measures.known_days import known_days
from zhanggui.tables import TABLES

FIRST = date(2026, 8, 2)


def known(table: str, *files: list[tuple[int, int]]) -> list[int]:
    """Places of the known days; each file holds so many events on days (place, events)."""
    time = TABLES[table].day
    parts = []
    for number, file in enumerate(files):
        rows = [{time: (FIRST + timedelta(days=at)).isoformat()} for at, many in file for _ in range(many)]
        if TABLES[table].columns[time].kind == "moment":
            rows = [{time: f"{row[time]} 10:00:00"} for row in rows]
        parts.append(frame(TABLES[table], rows).with_columns(pl.lit(number, pl.Int32).alias("_import")))
    held = {table: pl.concat(parts).lazy()} if parts else {}
    return sorted((day - FIRST).days for day in known_days(Snapshot(date(2026, 12, 1), held, TABLES), table))


@pytest.mark.parametrize(("table", "newest"), [("visitor", [9]), ("inquiry", [])])
def test_a_file_reaches_from_its_first_event_to_its_last_and_a_moment_may_not_be_the_last_of_its_day(table, newest):
    assert known(table, [(2, 3), (9, 3)]) == [*range(2, 9), *newest]


def test_a_long_silence_between_files_was_never_brought():
    assert known("visitor", [(d, 8) for d in range(3)], [(d, 8) for d in range(9, 12)]) == [0, 1, 2, 9, 10, 11]
    assert known("inquiry", [(d, 8) for d in range(3)], [(d, 8) for d in range(9, 12)]) == [0, 1, 9, 10]


def test_a_silence_that_is_not_unlikely_is_a_silence():
    """Two events in ten days, each in a file of its own."""
    assert known("visitor", [(0, 1)], [(9, 1)]) == list(range(10))


def test_files_that_touch_or_overlap_leave_no_gap():
    assert known("inquiry", [(d, 50) for d in range(7)], [(d, 50) for d in range(7, 14)], [(5, 50), (6, 50)]) == list(range(13))


def test_without_a_row_nothing_is_known():
    assert known("visitor") == []
