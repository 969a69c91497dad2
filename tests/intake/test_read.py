"""Rows of one file that share a key; and the answers with which a file reads the same again."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.files import TITLE, archive, codes, taken, text

WORDS = ["词", "曝光量", "点击量", "Top10平均曝光"]
EFFECT = ["产品ID", "产品名称", "搜索曝光次数"]
PERIOD = (TITLE,)


def test_an_exact_repetition_counts_once():
    part = taken(text([PERIOD, EFFECT, ["1", "A", "5"], ["2", "B", "7"], ["1", "A", "5"]])).parts[0]
    assert part.rows["_line"].to_list() == [3, 4]
    assert [(p.code, p.level, p.line, p.other) for p in part.problems("f")] == [("same_row", "note", 5, 3)]
    assert part.rejected_rows == 0


def test_a_contradiction_is_rejected_and_the_first_line_named():
    part = taken(text([PERIOD, EFFECT, ["1", "A", "5"], ["1", "A", "6"], ["1", "A", "5"]])).parts[0]
    assert part.rows.select("_line", "search_exposures").rows() == [(3, 5)]
    assert [(p.code, p.level, p.line, p.column, p.value, p.other) for p in part.problems("f")] == [
        ("same_key", "row", 4, "产品ID", "1", 3),
        ("same_row", "note", 5, "产品ID", "1", 3),
    ]
    assert part.rejected_rows == 1


def test_a_table_without_key_holds_one_row_a_period():
    header = ["店铺访问人数", "搜索曝光次数"]
    part = taken(text([PERIOD, header, ["10", "200"], ["11", "200"]])).parts[0]
    assert part.rows["visitors"].to_list() == [10]
    assert [(p.code, p.line, p.column, p.other) for p in part.problems("f")] == [("same_key", 4, "店铺概览", 3)]


def test_words_that_stand_twice_are_numbered_and_none_is_lost():
    part = taken(text([PERIOD, WORDS, ["sac", "3", "0", "9"], ["bag", "5", "1", "9"], ["sac", "8", "1", "9"]])).parts[0]
    assert part.rows.sort("word", "occurrence").select("word", "occurrence", "exposures").rows() == [
        ("bag", 1, 5),
        ("sac", 1, 8),
        ("sac", 2, 3),
    ]


LINES = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.sampled_from(["", "0", "1", "2"]), st.integers(1, 2)), max_size=8
)


@settings(max_examples=60, deadline=None)
@given(LINES, st.randoms(use_true_random=False))
def test_occurrence_does_not_depend_on_the_order_of_the_rows(lines, dice):
    shuffled = dice.sample(lines, len(lines))
    read = [taken(text([PERIOD, WORDS, *cells])).parts[0].rows.drop("_line") for cells in (lines, shuffled)]
    order = ["word", "occurrence"]
    assert read[0].sort(order).equals(read[1].sort(order))
    assert read[0].group_by("word").len().sort("word").rows() == [
        (word, n) for word in "ab" if (n := sum(line[0] == word for line in lines))
    ]


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_no_two_rows_of_a_file_share_a_key(lines):
    part = taken(text([PERIOD, WORDS, *lines])).parts[0]
    assert part.rows.select(pl.struct(part.table.full_key).is_duplicated().any()).item() is False


def test_a_file_read_with_its_own_options_reads_the_same():
    data = text([EFFECT, ["1", "A", "5"]])
    first = taken(data, period=(date(2026, 9, 13), date(2026, 9, 19)), table="product_effect")
    asked = tuple(date.fromisoformat(d) for d in first.options["period"])
    again = taken(data, on=date.fromisoformat(first.options["on"]), period=asked, table=first.options["table"])
    assert (again.options, again.parts[0].rows.equals(first.parts[0].rows)) == (first.options, True)


def test_a_reading_with_an_error_is_not_ok_even_if_something_was_read():
    reading = taken(archive({"a.csv": text([PERIOD, EFFECT, ["1", "A", "5"]]), "b.csv": text([EFFECT, ["1", "A", "5"]])}))
    assert (codes(reading), len(reading.parts), reading.ok) == (["period_unknown"], 1, False)
