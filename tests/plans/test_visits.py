"""Days and ways of visitors, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

from tests.checks.cases import WEEK, frame
from zhanggui.facts import Snapshot
from zhanggui.plans.visits import Step, daily, paths
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)


def shop(**tables):
    return Snapshot(DAY, {n: frame(TABLES[n], rows).lazy() for n, rows in tables.items()}, TABLES)


def day(n: int, **figures):
    at = WEEK + timedelta(days=n)
    return {"period_start": at, "period_end": at, **figures}


VISITORS = [{"visitor_id": f"{n}", "came": WEEK + timedelta(days=n % 7)} for n in range(14)]


def test_the_overview_is_preferred_and_weeks_are_no_days():
    weekly = {"period_start": WEEK, "period_end": WEEK + timedelta(days=6), "visits": 700}
    one = daily(shop(shop_overview=[weekly, *(day(n, visits=n) for n in range(-9, 0))], visitor=VISITORS))
    assert (one.table, one.column) == ("shop_overview", "visits")
    assert one.days == {WEEK + timedelta(days=n): n for n in range(-9, 0)}
    one = daily(shop(shop_overview=[weekly], visitor=VISITORS))
    assert (one.table, one.column, set(one.days.values())) == ("visitor", "", {2})


def test_a_figure_of_too_few_days_gives_way_to_the_next():
    rows = [day(n, visits=5 if n < 3 else None, shop_exposures=9) for n in range(7)]
    assert daily(shop(shop_overview=rows)).column == "shop_exposures"
    assert daily(shop(shop_overview=rows[:3])) is None
    assert daily(shop()) is None


def test_a_day_without_the_figure_is_there_and_missing():
    one = daily(shop(shop_overview=[day(n, visits=None if n == 3 else 5) for n in range(9)]))
    assert one.days[WEEK + timedelta(days=3)] is None


def visit(n: int, views, word=None, inquired=None, chatted=None):
    return {
        "visitor_id": f"{n}", "came": WEEK, "views": views, "entry_words": word, "inquired": inquired, "chatted": chatted,
    }  # fmt: skip


def test_every_visit_stands_once_at_each_step_and_what_is_not_told_is_said():
    rows = [
        visit(1, 1, "loafers", "N", "N"), visit(2, 3, "loafers", "Y", "N"), visit(3, 9, None, "Y", "Y"), visit(4, None, None, "N", "N"),
        visit(5, 2, None), visit(6, 4, None, "N", "Y"),
    ]  # fmt: skip
    one = paths(shop(visitor=rows), 28)
    assert one.steps == (
        Step("entry:none", "pages:2-3", 1), Step("entry:none", "pages:4-", 2), Step("entry:none", "pages:unknown", 1),
        Step("entry:word", "pages:1-1", 1), Step("entry:word", "pages:2-3", 1),
        Step("pages:1-1", "asked:none", 1), Step("pages:2-3", "asked:inquiry", 1), Step("pages:2-3", "asked:unknown", 1),
        Step("pages:4-", "asked:both", 1), Step("pages:4-", "asked:chat", 1), Step("pages:unknown", "asked:none", 1),
    )  # fmt: skip
    assert one.asked == {"pages:1-1": (1, 0), "pages:2-3": (1, 1), "pages:4-": (2, 2), "pages:unknown": (1, 0)}
    assert paths(shop(), 28) is None
