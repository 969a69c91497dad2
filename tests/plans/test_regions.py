"""Regions: continents, targets however they are written, cities of the own site, and who never asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.checks.cases import WEEK, frame
from zhanggui.facts import Snapshot
from zhanggui.plans.regions import regions
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)
VISITS = [{"country": c, "visits": n} for c, n in (("United States", 60), ("德国", 25), ("Kenya", 10), ("Atlantis", 5))]
TARGETS = [{"country": c, "priority": p} for c, p in (("USA", "高"), ("Germany", "低"))]


def visitor(n, country, asked):
    return {"visitor_id": f"{n}", "came": WEEK + timedelta(days=1), "country": country, "inquired": asked, "chatted": "N"}


VISITORS = [visitor(1, "美国", "Y"), visitor(2, "美国", "N"), visitor(3, "Kenya", "N"), visitor(4, "Atlantis", "Y")]
CITIES = [
    {"country": c, "city": t, "channel": h, "sessions": n}
    for c, t, h, n in (("US", "Houston", "a", 3), ("US", "Boston", "a", 2), ("US", "Boston", "b", 2), ("Kenya", None, "a", 9))
]


def shop(**tables):
    return Snapshot(DAY, {n: frame(TABLES[n], rows).lazy() for n, rows in tables.items()}, TABLES)


def test_places_stand_by_continent_with_targets_cities_and_who_asked():
    one = regions(shop(shop_region=VISITS, target_country=TARGETS, visitor=VISITORS, web_visit=CITIES), 28)
    assert one.column == "visits"
    told = [(p.name, p.continent, p.share, p.target, p.visitors, p.askers, p.cities, p.silent) for p in one.places]
    assert told == [
        ("United States", "north_america", 0.6, "高", 2, 1, ("Boston", "Houston"), False),
        ("德国", "europe", 0.25, "低", None, None, (), False),
        ("Kenya", "africa", 0.1, "", 1, 0, (), False),
        ("Atlantis", "", 0.05, "", 1, 1, (), False),
    ]
    assert [(c, round(share, 9)) for c, (share, _) in one.by_continent().items()] == [
        ("north_america", 0.6), ("europe", 0.25), ("africa", 0.1), ("", 0.05),
    ]  # fmt: skip


def many(targets=TARGETS, kenya=200):
    """Ten countries in which one visitor of ten asks, and Kenya, where nobody does."""
    names = ("美国", "德国", "法国", "英国", "日本", "印度", "巴西", "墨西哥", "加拿大", "澳大利亚")
    askers = [visitor(f"{c}{n}", c, "Y" if n % 10 == 0 else "N") for i, c in enumerate(names) for n in range(20 + 30 * i)]
    silent = [visitor(f"K{n}", "肯尼亚", "N") for n in range(kenya)]
    return shop(shop_region=VISITS, visitor=askers + silent, **({"target_country": targets} if targets else {}))


@pytest.mark.parametrize(("targets", "kenya", "silent"), [(TARGETS, 200, ["Kenya"]), (TARGETS, 3, []), ((), 200, [])])
def test_a_country_is_silent_where_somebody_would_have_asked_and_targets_are_known(targets, kenya, silent):
    assert [p.name for p in regions(many(list(targets), kenya), 28).places if p.silent] == silent


def test_people_are_never_the_figure():
    assert regions(shop(shop_region=[{"country": "Kenya", "visitors": 9}]), 28) is None
    assert regions(shop(), 28) is None


@pytest.mark.parametrize("rows", [[], TARGETS])
def test_whether_targets_are_known_is_said(rows):
    tables = {"shop_region": VISITS} | ({"target_country": rows} if rows else {})
    assert regions(shop(**tables), 28).targets is bool(rows)
