"""What is missing to L3 and L4, and what no report says."""

from __future__ import annotations

from datetime import date

from tests.plans.test_p4p_plans import rules, snapshot
from zhanggui.plans.marketing_level import marketing_level
from zhanggui.rulebook import RULEBOOK

LEVEL = [{"level": "L2", "score": 65, "next_score": 68, "currency": "CNY"}]


def test_points_and_money_to_both_levels():
    account = [{"day": "2026-09-19", "clicks": 100, "cost": "560.00"}]
    told = marketing_level(snapshot(p4p_level=LEVEL, p4p_account=account), rules())
    assert (told.level, told.score, told.daily, told.days) == ("L2", 65, 80, 7)
    assert [(a.level, a.short, a.extra, a.monthly, a.combined, a.reached) for a in told.aims] == [
        (3, 6, 20, 600, 25, False),
        (4, 16, 120, 3600, 30, False),
    ]


def test_without_reports_nothing_is_assumed():
    told = marketing_level(snapshot(), rules())
    assert (told.level, told.score, told.daily, told.promoted, told.products) == ("", None, None, None, None)
    assert [(a.short, a.extra, a.monthly, a.reached) for a in told.aims] == [(None, None, None, False)] * 2


def test_a_reached_level_needs_nothing():
    account = [{"day": "2026-09-19", "clicks": 100, "cost": "1400.00"}]
    told = marketing_level(snapshot(p4p_level=[{"level": "3", "score": 75}], p4p_account=account), rules())
    assert [(a.reached, a.extra) for a in told.aims] == [(True, 0), (False, 0)]


def test_promoted_products_are_those_of_the_newest_period():
    rows = [
        {"product_id": "1", "standard_exposures": 5},
        {"product_id": "2", "standard_exposures": 0},
        {"product_id": "3", "standard_exposures": 9, "period_start": "2026-09-06", "period_end": "2026-09-12"},
    ]
    told = marketing_level(snapshot(product_effect=rows), rules())
    assert (told.promoted, told.products) == (1, 2)


def test_the_guide_of_the_day_says_from_which_level_on_regions_can_be_targeted():
    shop = snapshot()
    days = (date(2023, 1, 1), date(2026, 9, 21))
    known = RULEBOOK.on(days[1])
    assert marketing_level(shop, known).regions_from == 3
    assert RULEBOOK.on(days[0])["p4p_region_level"] == 4
