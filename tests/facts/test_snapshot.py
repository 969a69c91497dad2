"""What was known of the days up to a day; windows of whole periods; sums that never make a missing cell a zero."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facts.shop import WEEK, costs, effect, exposures, orders, put, shop
from zhanggui.facts.snapshot import Snapshot, choose_tiles, whole_sum

START = date(2026, 9, 1)


def week(n: int) -> date:
    return WEEK + timedelta(weeks=n)


def tile(first: int, last: int) -> tuple[date, date]:
    return START + timedelta(days=first), START + timedelta(days=last)


def days(tiles) -> int:
    return sum((end - start).days + 1 for start, end in tiles)


@pytest.mark.parametrize(
    ("periods", "chosen"),
    [
        ([], []),
        ([tile(0, 6), tile(7, 13)], [tile(0, 6), tile(7, 13)]),
        ([tile(0, 6), *[tile(d, d) for d in range(7)]], [tile(0, 6)]),
        ([tile(0, 6), *[tile(d, d) for d in range(8)]], [tile(0, 6), tile(7, 7)]),
        ([tile(0, 6), tile(3, 9), tile(7, 13)], [tile(0, 6), tile(7, 13)]),
        ([tile(0, 6), tile(3, 11), tile(7, 9)], [tile(0, 6), tile(7, 9)]),
        ([tile(0, 6), tile(3, 12), tile(7, 9)], [tile(3, 12)]),
        ([tile(0, 6), tile(3, 13)], [tile(3, 13)]),
        ([tile(0, 6), tile(6, 12)], [tile(0, 6)]),
    ],
)
def test_of_overlapping_periods_those_that_cover_most_are_chosen_and_of_equals_the_fewest(periods, chosen):
    assert choose_tiles(periods) == chosen


PERIODS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 7)).map(lambda p: tile(p[0], p[0] + p[1])), max_size=8)


@settings(deadline=None)
@given(PERIODS)
def test_no_other_choice_covers_more_or_does_it_with_fewer(periods):
    free = sorted(set(periods))
    apart = [
        c
        for n in range(len(free) + 1)
        for c in combinations(free, n)
        if all(a[1] < b[0] for a, b in combinations(sorted(c), 2))
    ]
    best = max(apart, key=lambda c: (days(c), -len(c)))
    chosen = choose_tiles(periods)
    assert chosen == sorted(chosen)
    assert tuple(chosen) in apart
    assert (days(chosen), len(chosen)) == (days(best), len(best))


def test_a_snapshot_sees_nothing_after_its_day(tmp_path):
    facts = shop(tmp_path)
    put(facts, effect(week(0), {"1": 10}))
    put(facts, effect(week(1), {"1": 99}))
    put(facts, orders([("1", week(0), 1), ("2", week(1), 1)]))
    put(facts, costs({"1": "5"}, f"{week(0)}"))
    put(facts, costs({"1": "6"}, f"{week(1)}"))

    def seen(day):
        shot = facts.snapshot(day)
        cost = shot.scan("product_cost").collect()["unit_cost"].to_list()
        return exposures(facts, day), shot.scan("order_lines").collect().height, [int(c) for c in cost]

    last = week(1) - timedelta(days=1)
    assert seen(last) == ({"1": 10}, 1, [5])
    assert seen(date.max) == ({"1": 99}, 2, [6])
    assert [facts.snapshot(last).newest(t) for t in ("product_effect", "order_lines", "product_cost", "keyword_effect")] == [
        last,
        week(0),
        week(0),
        None,
    ]
    assert [facts.snapshot(d).has("product_effect") for d in (last - timedelta(days=1), last)] == [False, True]
    assert facts.snapshot(last).periods("product_effect") == [(week(0), last)]


def test_of_a_list_the_newest_row_of_each_key_up_to_the_day_counts(tmp_path):
    facts = shop(tmp_path)
    put(facts, costs({"1": "7", "2": "8"}, "2026-09-10"))
    put(facts, costs({"1": "5", "3": "9"}, "2026-09-01"))

    def known(day):
        rows = facts.snapshot(day).scan("product_cost").sort("product_id").collect()
        return {p: int(c) for p, c in rows.select("product_id", "unit_cost").iter_rows()}

    assert known(date(2026, 8, 31)) == {}
    assert known(date(2026, 9, 9)) == {"1": 5, "3": 9}
    assert known(date(2026, 9, 10)) == {"1": 7, "2": 8, "3": 9}


def test_a_window_says_which_periods_it_used_and_how_much_they_cover(tmp_path):
    facts = shop(tmp_path)
    for n in (0, 1, 3):
        put(facts, effect(week(n), {"1": 1 << n}))
    put(facts, effect(week(1), {"1": 500}, days=1))
    shot = facts.snapshot(date.max)
    window = shot.last("product_effect", 28)
    assert window.tiles == tuple((week(n), week(n) + timedelta(days=6)) for n in (0, 1, 3))
    assert (window.start, window.days, window.covered, window.complete) == (week(0), 28, 21, False)
    assert window.sums().select("search_exposures").collect().item() == 1 + 2 + 8
    assert shot.last("product_effect", 7).complete is True


def test_a_period_that_only_reaches_into_the_window_is_not_used(tmp_path):
    facts = shop(tmp_path)
    put(facts, effect(week(0), {"1": 1}))
    put(facts, effect(week(1), {"1": 2}))
    window = facts.snapshot(date.max).window("product_effect", week(0) + timedelta(days=1), date(2026, 12, 31))
    assert (window.tiles, window.rows.collect().height) == (((week(1), week(1) + timedelta(days=6)),), 1)


def test_without_data_there_is_no_window(tmp_path):
    assert shop(tmp_path).snapshot(date.max).last("product_effect", 28) is None
    window = shop(tmp_path).snapshot(date.max).window("product_effect", week(0), week(1))
    assert (window.tiles, window.covered, window.rows.collect().height) == ((), 0, 0)


def test_orders_of_a_window_are_those_of_its_days(tmp_path):
    facts = shop(tmp_path)
    put(facts, orders([(f"{d}", date(2026, 9, d), 1) for d in range(1, 11)]))
    shot = facts.snapshot(date(2026, 9, 8))
    window = shot.window("order_lines", date(2026, 9, 4), date(2026, 9, 30))
    assert sorted(window.rows.collect()["order_no"]) == ["4", "5", "6", "7", "8"]
    assert (window.tiles, window.covered) == (((date(2026, 9, 4), date(2026, 9, 8)),), 5)
    assert shot.window("order_lines", date(2026, 9, 20), date(2026, 9, 30)).tiles == ()


def test_a_sum_with_a_missing_cell_is_missing_and_not_smaller(tmp_path):
    facts = shop(tmp_path)
    put(facts, effect(week(0), {"1": 1, "2": 2}))
    put(facts, effect(week(1), {"1": 4, "2": None}))
    window = facts.snapshot(date.max).last("product_effect", 14)
    assert window.sums("product_id").select("product_id", "search_exposures").sort("product_id").collect().rows() == [
        ("1", 5),
        ("2", None),
    ]
    assert window.sums().select("search_exposures").collect().item() is None


@pytest.mark.parametrize(("cells", "total"), [([1, 2], 3), ([0], 0), ([1, None], None), ([None], None), ([], None)])
def test_a_sum_is_of_every_cell_or_missing(cells, total):
    assert pl.DataFrame({"n": cells}, schema={"n": pl.Int64}).select(whole_sum("n")).item() == total


def test_people_are_in_no_sum(tmp_path):
    facts = shop(tmp_path)
    put(facts, effect(week(0), {"1": 1}))
    summed = set(facts.snapshot(date.max).last("product_effect", 7).sums().collect_schema())
    people = {n for n, c in facts.tables["product_effect"].columns.items() if c.unit == "person"}
    assert (len(people), summed & people) == (8, set())
    assert pl.Series([facts.tables["product_effect"].columns[c].additive for c in summed]).all()


def test_of_a_table_about_the_shop_itself_the_newest_day_stands():
    level = pl.LazyFrame(
        [
            {"as_of": date(2026, 9, 1), "_import": 2, "level": "4", "score": 61.0},
            {"as_of": date(2026, 9, 8), "_import": 1, "level": "5", "score": 80.0},
            {"as_of": date(2026, 9, 15), "_import": 3, "level": "3", "score": 40.0},
        ]
    )
    seen = Snapshot(date(2026, 9, 10), {"p4p_level": level}).scan("p4p_level").collect()
    assert seen["level"].to_list() == ["5"]
