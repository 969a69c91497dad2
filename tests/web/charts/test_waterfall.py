"""Waterfalls: the parts lead from before to after, whatever the signs; the rest is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.web import charts


def waterfall(before, after, *values, **more):
    return charts.Waterfall(
        title="", before=before, after=after, parts=[charts.Part(f"p{i}", v) for i, v in enumerate(values)], **more
    )


def test_what_the_parts_do_not_explain_is_a_part():
    one = waterfall(100, 90, -30, 15)
    assert [(p.label, p.value) for p in one.whole] == [("p0", -30), ("p1", 15), ("The rest", 5)]
    assert one.table.rows == [["Before", "100"], ["p0", "-30"], ["p1", "+15"], ["The rest", "+5"], ["After", "90"]]
    assert one.summary == "From 100 to 90, a change of -10."


def test_parts_that_explain_all_leave_no_rest_in_spite_of_rounding():
    assert [p.label for p in waterfall(0, 0.3, 0.1, 0.2).whole] == ["p0", "p1"]


def test_a_part_that_is_not_known_is_no_bar_and_is_within_the_rest():
    one = waterfall(10, 7, None, -1)
    _, above, _, signs = one.option["series"]
    assert [x and x["value"] for x in above["data"]] == [None, None, 1.0, 2.0, None]
    assert one.table.rows[1] == ["p0", "—"]
    assert [s["label"]["formatter"] for s in signs["data"]] == ["10", "—", "-1", "-2", "7"]
    assert one.notes[1] == "Not known: p0; within the rest."


def test_a_bar_across_zero_is_drawn_on_both_sides():
    hidden, above, below, _ = waterfall(3, -2, -5).option["series"]
    assert (hidden["data"][1], above["data"][1]["value"], below["data"][1]["value"]) == (0, 3.0, -2.0)


@given(st.integers(-50, 50), st.lists(st.integers(-50, 50), min_size=1, max_size=6))
def test_every_bar_reaches_from_one_level_to_the_next(before, values):
    one = waterfall(before, before + sum(values), *values)
    hidden, above, below, _ = one.option["series"]
    level = before
    for place, value in enumerate(values, 1):
        ends = {level, level + value}
        base, up, down = hidden["data"][place], above["data"][place]["value"], below["data"][place]["value"]
        low = min(base, 0) + down if down else max(base, 0) if up else base
        high = max(base, 0) + up if up else min(base, 0) if down else base
        assert {low, high} == ends
        level += value
    assert level == one.after


def test_people_are_never_added_up():
    with pytest.raises(ValueError, match="people are never summed"):
        waterfall(1, 2, 1, unit=charts.PEOPLE)
