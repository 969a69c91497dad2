"""Shops that are empty, tiny, odd or enormous: every check answers, with the same words as ever, and without a warning."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from tests.checks.cases import WEEK, frame
from zhanggui.checks import BROKEN, load, run, sentence, waiting_text
from zhanggui.facts import Snapshot
from zhanggui.plans import agenda
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)
RULES = RULEBOOK.on(DAY)


def one(name: str, value: str | None, n: int = 1, start: date = WEEK, days: int = 7) -> pl.DataFrame:
    """n rows of a table, every optional cell of which is the same."""
    table, rows = TABLES[name], []
    for i in range(n):
        kinds = {c: column for c, column in table.columns.items() if column.required or value is not None}
        days_of = {"day": "2026-09-14", "moment": f"2026-09-14 08:00:{i:02}"}
        row = {c: days_of.get(k.kind) or (f"{i}" if c in table.key else value or "1") for c, k in kinds.items()}
        if table.time == "period":
            row |= {"period_start": start, "period_end": start + timedelta(days=days - 1)}
        rows.append(row)
    return frame(table, rows)


def shop(**how) -> Snapshot:
    return Snapshot(DAY, {name: one(name, **how).lazy() for name in TABLES}, TABLES)


SHOPS = {
    "no data at all": Snapshot(DAY, {}, TABLES),
    "tables without a row": Snapshot(DAY, {n: frame(t, []).lazy() for n, t in TABLES.items()}, TABLES),
    "data of the future": Snapshot(date(2020, 1, 1), shop(value="1").frames, TABLES),
    "one row of everything": shop(value="1"),
    "one row of zeros": shop(value="0"),
    "nothing but missing cells": shop(value=None, n=30),
    "thirty rows of zeros": shop(value="0", n=30),
    "thirty equal rows": shop(value="7", n=30),
    "enormous figures": shop(value="999999999", n=30),
    "one month and no week": shop(value="7", n=30, start=date(2026, 8, 1), days=31),
    "one day": shop(value="7", n=30, start=date(2026, 9, 19), days=1),
    **{
        f"only {name}": Snapshot(DAY, {name: one(name, "7", 30).lazy()}, TABLES) for name in TABLES if TABLES[name].cadence_days
    },
}


@pytest.mark.parametrize("kind", list(SHOPS))
def test_every_check_answers_in_an_odd_shop(kind):
    outcomes = run(SHOPS[kind], RULES)
    assert [o.check.code for o in outcomes] == list(load())
    assert [o.check.code for o in outcomes if o.waiting and o.waiting.unit == BROKEN] == []
    for outcome in outcomes:
        for lang in ("zh", "en"):
            words = [sentence(outcome.check, f, lang) for f in outcome.findings]
            words += [waiting_text(outcome.waiting, lang)] if outcome.waiting else []
            assert [w for w in words if not w or "None" in w or "nan" in w.split()] == []
    plan = agenda(outcomes)
    assert sum(len(a.findings) for a in (*plan.actions, *plan.early)) <= sum(len(o.findings) for o in outcomes)


@pytest.mark.parametrize("kind", ["no data at all", "tables without a row", "data of the future"])
def test_a_shop_without_data_is_only_asked_for_its_reports(kind):
    outcomes = run(SHOPS[kind], RULES)
    assert {o.check.code for o in outcomes if o.findings} == {"DA02"}
    assert {f.key["table"] for o in outcomes for f in o.findings} == {
        "keyword_effect",
        "order_lines",
        "product_catalogue",
        "product_effect",
    }


def test_a_shop_in_which_no_product_differs_has_no_finding_that_claims_a_relation():
    for kind in ("thirty equal rows", "thirty rows of zeros", "enormous figures"):
        assert [f for o in run(SHOPS[kind], RULES) if o.check.claims == "relation" for f in o.findings] == []


def test_a_check_that_one_asks_for_alone_says_the_same():
    whole = {o.check.code: o for o in run(SHOPS["thirty equal rows"], RULES)}
    assert [run(SHOPS["thirty equal rows"], RULES, only=[code]) for code in whole] == [[o] for o in whole.values()]


def test_one_check_that_breaks_leaves_the_others_as_they_are(caplog):
    """A difference of nothing cannot be told apart: a setting that may no longer be given, but may still be kept."""
    tried = [{"test": "t", "variant": v, "exposures": 900, "clicks": 9} for v in "ab"]
    held = Snapshot(DAY, {"page_test": frame(TABLES["page_test"], tried).lazy()}, TABLES)
    broken = run(held, RULES, {"LI16": {"worth": 0}})
    whole = run(held, RULES)
    assert [o.check.code for o in broken] == list(load())
    assert [(a.check.code, a.waiting.unit) for a, b in zip(broken, whole, strict=True) if a != b] == [("LI16", BROKEN)]
    assert [r.getMessage() for r in caplog.records] == ["check LI16 failed"]


def test_a_shop_s_own_settings_reach_the_check():
    brands = frame(TABLES["keyword_effect"], [{"word": "nike boots", "exposures": 5, "clicks": 1}])
    held = Snapshot(DAY, {"keyword_effect": brands.lazy()}, TABLES)
    own = {"KW03": {"own_brands": ["nike"]}}
    assert [len(run(held, RULES, s, only=["KW03"])[0].findings) for s in (None, {}, own)] == [1, 1, 0]
