"""Grades of each era: what people tell of a count of leads, and what they do not."""

from __future__ import annotations

from datetime import date

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.measures import grades
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)


def test_a_lead_hit_is_sure_only_where_the_people_alone_are_as_many_as_its_leads():
    people = {"a": None, "b": 1, "c": 2, "d": 20, "e": 21}
    rows = [{"product_id": i, "lead_people_90d": n} for i, n in people.items()]
    shop = Snapshot(DAY, {"product_growth": frame(TABLES["product_growth"], rows).lazy()}, TABLES)
    found = grades.judged(shop, RULEBOOK.on(DAY)).sort("product_id").collect()
    assert found["lead_grade"].to_list() == [None, 0, 1, 1, 2]
