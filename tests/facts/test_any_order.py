"""Whatever is put and taken back in whatever order, the facts are those of the raw files that remain."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facts.shop import WEEK, all_rows, costs, effect, orders, put, shop, stored_files

FIGURES = st.one_of(st.none(), st.integers(0, 2))
EFFECTS = st.builds(
    lambda week, rows: effect(WEEK + timedelta(weeks=week), rows),
    st.integers(0, 3),
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
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["1", "2"]), min_size=1),
    st.integers(7, 9),
)
STEPS = st.lists(st.one_of(EFFECTS, EFFECTS, ORDERS, ORDERS, COSTS, st.integers(1, 6)), min_size=2, max_size=7)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_any_sequence_of_puts_and_undos_equals_the_rebuild(steps):
    with tempfile.TemporaryDirectory() as home:
        facts = shop(Path(home))
        for step in steps:
            if isinstance(step, bytes):
                put(facts, step)
            elif any(r.id == step and r.live for r in facts.imports()):
                facts.undo(step, at="t")
        grown, files = all_rows(facts), stored_files(facts)
        facts.rebuild()
        rebuilt = all_rows(facts)
        assert list(grown) == list(rebuilt)
        assert [name for name in grown if not grown[name].equals(rebuilt[name])] == []
        assert stored_files(facts) == files
        assert [n for n, frame in grown.items() if frame.select(facts.tables[n].full_key).is_duplicated().any()] == []
