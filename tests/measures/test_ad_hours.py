"""Spend while the markets work and while they sleep, by the clocks of each period."""

from __future__ import annotations

from datetime import date

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.measures.ad_hours import by_open, markets
from zhanggui.plans.p4p_spend import hours
from zhanggui.tables import TABLES

DAY = date(2026, 11, 16)
SUMMER = {"period_start": date(2026, 10, 11), "period_end": date(2026, 10, 17)}
WINTER = {"period_start": date(2026, 11, 1), "period_end": date(2026, 11, 7)}


def shop(*rows, countries=("India",)) -> Snapshot:
    made = {"p4p_hour": list(rows), "target_country": [{"country": name} for name in countries]}
    return Snapshot(DAY, {name: frame(TABLES[name], kept).lazy() for name, kept in made.items()}, TABLES)


def hour(text, cost, **period):
    return {"hour": text, "cost": cost, "clicks": cost, "inquiries": 1, **period}


def test_india_opens_an_hour_earlier_once_america_has_turned_its_clocks():
    held = shop(hour("19", 50, **SUMMER), hour("19", 70, **WINTER))
    assert by_open(held, 91, ["IN"], 9, 18).rows() == [(19, False, 50, 50, 1), (19, True, 70, 70, 1)]
    assert hours(held, 91, 9, 18).outside == 50 / 120


def test_two_spellings_of_an_hour_are_added():
    told = hours(shop(hour("08:00-08:59", 100, **SUMMER), hour("8", 50, **WINTER)), 91, 9, 18).hours[8]
    assert (told.cost, told.clicks, told.inquiries) == (150, 150, 2)


def test_what_is_not_known_of_one_period_is_not_known_of_the_hour():
    assert (
        hours(shop(hour("8", 50, **SUMMER), hour("8", 50, **WINTER) | {"inquiries": None}), 91, 9, 18).hours[8].inquiries
        is None
    )


def test_a_country_without_a_clock_is_unknown_like_one_without_a_name():
    known, unknown = markets(shop(countries=("Kosovo", "India", "Nowhereland")))
    assert (list(known), unknown) == (["IN"], ("Kosovo", "Nowhereland"))


def test_without_a_report_there_are_no_hours():
    assert by_open(Snapshot(DAY, {}, TABLES), 91, ["IN"], 9, 18).is_empty()
