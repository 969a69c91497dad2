"""A table is the whole declaration of one kind of fact; what is wrong with it is said when it is declared."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from zhanggui.tables import ORIGIN, TABLES, Table
from zhanggui.tables.columns import Count, Day, Rate, Text, with_peers

WORD = Text(zh="词", en="Word", required=True)
BASE = {"name": "t", "zh": "表", "en": "T", "kind": "report", "grain": "one row per word", "key": ("word",)}


def table(**other):
    return Table(**{"time": "period", "columns": {"word": WORD}} | BASE | other)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "T"}, "lower_case"),
        ({"key": ("word", "sku")}, r"not declared: \['sku'\]"),
        ({"signature": ("sku",)}, r"not declared: \['sku'\]"),
        ({"time": "event"}, "names the column of its day"),
        ({"columns": {"word": replace(WORD, en="")}}, "t.word: both languages"),
        ({"columns": {"word": WORD, "ctr": Rate(zh="率", en="Rate", of=("clicks", "word"))}}, "part clicks of the rate"),
    ],
)
def test_a_wrong_declaration_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        table(**wrong)


@pytest.mark.parametrize(
    ("time", "clock", "full_key"),
    [
        ("period", "period_end", ("period_start", "period_end", "word")),
        ("state", "as_of", ("as_of", "word")),
        ("event", "made", ("word",)),
    ],
)
def test_each_kind_of_time_has_its_clock_and_its_key(time, clock, full_key):
    made = table(time=time, day="made", columns={"word": WORD, "made": Day(zh="日", en="Day")})
    assert (made.clock, made.full_key) == (clock, full_key)
    assert list(made.schema) == [*made.time_columns, "word", "made", *ORIGIN]


def test_an_occurrence_is_stored_beside_the_columns_of_the_file():
    made = table(key=("word", "occurrence"), columns={"word": WORD, "clicks": Count(zh="点击", en="Clicks", additive=True)})
    assert made.schema == {
        "period_start": pl.Date,
        "period_end": pl.Date,
        "word": pl.String,
        "clicks": pl.Int64,
        "occurrence": pl.Int32,
        **ORIGIN,
    }
    assert (made.values, made.required, made.additive) == (("clicks",), ("word",), ("clicks",))


def test_a_column_with_peers_brings_their_average_and_their_best_which_are_never_added_up():
    made = with_peers("visits", Count(zh="访问次数", en="Visits", also=("访次",), additive=True, required=True, peers=True))
    assert [(n, c.zh, c.en, c.additive, c.required) for n, c in made.items()] == [
        ("visits", "访问次数", "Visits", True, True),
        ("visits_peers", "访问次数同行平均", "Visits, peers' average", False, False),
        ("visits_best", "访问次数同行优秀", "Visits, peers' best", False, False),
    ]
    assert "访次-行业平均" in made["visits_peers"].also


@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_says_what_a_person_needs_in_both_languages(name):
    found = TABLES[name]
    assert all((found.zh, found.en, found.grain))
    assert (set(found.menu) == {"zh", "en"}) == (found.kind == "report")
    assert bool(found.source) == (found.kind == "report")
    labels = [found.label(c, lang) for c in found.schema if c not in ORIGIN for lang in ("zh", "en")]
    assert all(labels)
    assert (found.title("zh"), found.title("en")) == (found.zh, found.en)


@pytest.mark.parametrize("name", list(TABLES))
def test_people_rates_and_rolling_figures_are_never_additive(name):
    wrong = [
        n
        for n, c in TABLES[name].columns.items()
        if c.additive and (c.unit == "person" or c.kind == "rate" or c.rolling or n in TABLES[name].key)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", list(TABLES))
def test_no_two_columns_of_a_table_share_a_header(name):
    from zhanggui.intake.recognise import plain

    headers = [plain(h) for c in TABLES[name].columns.values() if c.end != "high" for h in {plain(h) for h in c.headers}]
    assert sorted(headers) == sorted(set(headers))


@pytest.mark.parametrize("name", list(TABLES))
def test_what_a_rate_is_made_of_may_be_added_up_or_is_people(name):
    columns = TABLES[name].columns
    wrong = [n for n, c in columns.items() for p in c.of or () if not columns[p].additive and columns[p].unit != "person"]
    assert wrong == []
