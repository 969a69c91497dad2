"""Windows of the same length right beside each other, and steps with their holes."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from zhanggui.facts import Snapshot
from zhanggui.measures.series import series, with_rows
from zhanggui.tables import TABLES

END = date(2026, 9, 19)


def shop(*weeks: int, length: int = 7) -> Snapshot:
    """One row for each of the weeks so many steps back, with as many visits as the step's number."""
    rows = [(END - timedelta(days=length * n + length - 1), END - timedelta(days=length * n), n) for n in weeks]
    schema = TABLES["shop_overview"].schema
    frame = pl.DataFrame(rows, schema=["period_start", "period_end", "visits"], orient="row").lazy()
    return Snapshot(END, {"shop_overview": frame.select(*(pl.col(c) if c in ("period_start", "period_end", "visits") else pl.lit(None, t).alias(c) for c, t in schema.items()))}, TABLES)  # fmt: skip


def read(snapshot: Snapshot, days: int):
    return with_rows(series(snapshot, "shop_overview", days), snapshot.scan("shop_overview").collect())


def test_the_window_before_is_as_long_and_ends_where_the_window_starts():
    one = read(shop(*range(8)), 28)
    assert (one.sum(one.tiles, "visits"), one.sum(one.earlier, "visits")) == (0 + 1 + 2 + 3, 4 + 5 + 6 + 7)
    assert one.earlier[-1][1] + timedelta(days=1) == one.tiles[0][0]


def test_a_hole_on_either_side_leaves_nothing_to_compare_with():
    assert read(shop(0, 1, 3, 4, 5, 6, 7), 28).earlier == ()
    assert read(shop(0, 1, 2, 3, 4, 6, 7), 28).earlier == ()
    assert read(shop(0), 7).earlier == ()


def test_a_step_that_is_not_there_is_missing_and_no_zero():
    one = read(shop(0, 1, 3), 7)
    assert one.of_steps("visits") == [3, None, 1, 0]
    assert one.counted("visits", END - timedelta(days=27), END) == (4, 21)
    assert one.counted("visits", date(2020, 1, 1), date(2020, 12, 31)) == (None, 0)


def test_days_make_weeks_and_months_stay_months():
    days = read(shop(*range(14), length=1), 7)
    assert days.of_steps("visits") == [sum(range(7, 14)), sum(range(7))]
    months = read(shop(0, 1, 2, length=30), 28)
    assert (months.of_steps("visits"), months.sum(months.tiles, "visits"), months.sum(months.earlier, "visits")) == (
        [2, 1, 0],
        0,
        1,
    )


def test_people_are_compared_with_the_period_right_before_of_the_same_length():
    assert read(shop(0, 1), 28).before_newest == ((END - timedelta(days=13), END - timedelta(days=7)),)
    assert read(shop(0, 2), 28).before_newest == ()
