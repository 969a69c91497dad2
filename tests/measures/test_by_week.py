"""A figure of each name, week by week, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from tests.checks.cases import WEEK, frame
from zhanggui.facts import Snapshot
from zhanggui.measures.by_week import by_week
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)


def week(n: int, country: str, days: int = 7, **figures):
    start = WEEK + timedelta(weeks=n)
    return {"period_start": start, "period_end": start + timedelta(days=days - 1), "country": country, **figures}


def told(rows, columns=("visits",), weeks=9, share=0.0):
    return by_week(
        Snapshot(DAY, {"shop_region": frame(TABLES["shop_region"], rows).lazy()}, TABLES),
        "shop_region",
        "country",
        columns,
        weeks,
        share,
    )


def test_who_is_not_listed_had_none_and_an_empty_cell_is_missing():
    one = told([week(-1, "A", visits=5), week(-1, "B", visits=2), week(0, "A", visits=None), week(0, "C", visits=0)])
    assert (one.names, one.length) == (["A", "B", "C"], 7)
    assert one.ends == [WEEK - timedelta(days=1), WEEK + timedelta(days=6)]
    np.testing.assert_array_equal(one.counts, [[5, np.nan], [2, 0], [0, 0]])


def test_the_column_of_fewest_missing_cells_is_taken_the_first_among_equals():
    rows = [week(0, "A", visits=None, clicks=3, exposures=9), week(0, "B", visits=2, clicks=1, exposures=9)]
    assert told(rows, ("visits", "clicks", "exposures")).column == "clicks"


def test_days_and_other_lengths_are_left_out():
    rows = [week(-3, "A", days=14, visits=100), week(-1, "A", visits=4), week(0, "A", visits=5)]
    assert told(rows).counts.tolist() == [[4, 5]]
    assert told([week(0, "A", days=1, visits=5)]) is None
    assert told([week(0, "A")]) is None
    assert told([]) is None


def test_small_ones_stand_together_in_the_last_row():
    rows = [week(n, name, visits=v) for n in (-1, 0) for name, v in (("A", 90), ("B", 6), ("C", 2), ("D", 2))]
    one = told(rows, share=0.05)
    assert (one.names, one.counts.tolist()) == (["A", "B"], [[90, 90], [6, 6], [4, 4]])
    assert told(rows[:2], share=0.05).counts.tolist() == [[90], [6], [0]]


def test_small_ones_together_are_missing_where_one_of_them_is():
    rows = [week(n, name, visits=v) for n in (-1, 0) for name, v in (("A", 90), ("B", 6), ("C", 2))]
    one = told([*rows, week(-1, "D", visits=2), week(0, "D", visits=None)], share=0.05)
    np.testing.assert_array_equal(one.counts, [[90, 90], [6, 6], [4, np.nan]])
