"""Whatever is put and taken back in whatever order, the facts are those of the raw files that remain."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facts.shop import WEEK, all_rows, costs, effect, orders, packed, put, shop, stored_files, words

FIGURES = st.one_of(st.none(), st.integers(0, 2))
EFFECTS = st.builds(  # weeks, and months that overlap them
    lambda week, days, rows: effect(WEEK + timedelta(weeks=week), rows, days),
    st.integers(0, 3),
    st.sampled_from([7, 7, 28]),
    st.dictionaries(st.sampled_from("abc"), FIGURES, min_size=1),
)
ORDERS = st.builds(
    orders,
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.sampled_from([date(2026, m, 28) for m in (7, 8, 9)]), st.integers(1, 2)),
        min_size=1,
        max_size=3,
    ),
)
COSTS = st.builds(
    lambda rows, month: costs(rows, f"2026-0{month}-01"),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["1", "2", "gone"]), min_size=1),
    st.integers(7, 9),
)
WORDS = st.builds(
    lambda week, rows: words(WEEK + timedelta(weeks=week), rows),
    st.integers(0, 1),
    st.lists(st.tuples(st.sampled_from("ab"), FIGURES), min_size=1, max_size=5),  # the same word more than once
)
FILES = st.one_of(EFFECTS, EFFECTS, ORDERS, ORDERS, COSTS, WORDS)
ZIPS = st.lists(FILES, min_size=2, max_size=3, unique=True).map(packed)
#: A file, the number of an import to take back, or "again": the last file once more.
STEPS = st.lists(st.one_of(FILES, FILES, ZIPS, st.integers(1, 6), st.just("again")), min_size=2, max_size=8)


def holds(steps: list[bytes | int | str]) -> None:
    with tempfile.TemporaryDirectory() as home:
        facts = shop(Path(home))
        last = b""
        for step in steps:
            if isinstance(step, bytes):
                last = step
                put(facts, step)
            elif step == "again" and last:
                before = stored_files(facts)
                newer = {r.sha256 for r in facts.imports() if r.live}
                put(facts, last)
                assert stored_files(facts) == before or hashlib.sha256(last).hexdigest() not in newer
            elif any(r.id == step and r.live for r in facts.imports()):
                facts.undo(step, at="t")  # type: ignore[arg-type]
        grown, files = all_rows(facts), stored_files(facts)
        facts.rebuild()
        rebuilt = all_rows(facts)
        assert list(grown) == list(rebuilt)
        assert [name for name in grown if not grown[name].equals(rebuilt[name])] == []
        assert stored_files(facts) == files
        for number in [r.id for r in facts.imports() if r.live]:
            facts.undo(number, at="t")
        assert stored_files(facts) == {}
        assert [n for n, frame in grown.items() if frame.select(facts.tables[n].full_key).is_duplicated().any()] == []


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_any_sequence_of_puts_and_undos_equals_the_rebuild(steps):
    holds(steps)


@pytest.mark.proof
def test_five_hundred_sequences() -> None:
    from bench.results import record

    ran = 0

    @settings(max_examples=500, deadline=None, derandomize=True, database=None)
    @given(STEPS)
    def each(steps):
        nonlocal ran
        ran += 1
        holds(steps)

    each()
    record("any_order", sequences=ran)
    assert ran >= 500
