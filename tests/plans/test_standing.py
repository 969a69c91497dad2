"""Beside the peers: what the gap in leads is made of, and what is the trouble."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.checks.cases import WEEK, frame
from zhanggui.facts import Snapshot
from zhanggui.plans.standing import top10
from zhanggui.plans.traffic import traffic_of
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)
USUAL = {"visitors": 1000, "lead_people": 40, "visitors_peers": 1000, "lead_people_peers": 40, "visitors_best": 2000}


def shop(table="shop_overview", rows=(), weeks=13, **figures):
    made = list(rows) or [
        {"period_start": WEEK - timedelta(weeks=n), "period_end": WEEK - timedelta(weeks=n, days=-6)} | USUAL | figures
        for n in range(weeks)
    ]
    return Snapshot(DAY, {table: frame(TABLES[table], made).lazy()}, TABLES)


def standing(**figures):
    return traffic_of(shop(**figures), 28, lambda table, column: True).standing


@pytest.mark.parametrize(
    ("figures", "trouble"),
    [
        ({"visitors": 500, "lead_people": 20}, "visitors"),
        ({"lead_people": 15}, "asking"),
        ({"visitors": 700, "lead_people": 8}, "asking"),
        ({}, ""),
        ({"lead_people": 39}, ""),
        ({"visitors": 2000, "lead_people": 80}, ""),
    ],
)
def test_the_trouble_is_the_larger_part_of_the_gap_that_is_clearly_behind(figures, trouble):
    one = standing(**figures)
    own = USUAL | figures
    assert one.trouble == trouble
    assert one.visitors + one.asking == pytest.approx(own["lead_people"] - 40, abs=1e-9)


def test_without_the_peers_of_one_of_them_neither_is_blamed():
    one = standing(lead_people_peers=None)
    assert (one.visitors, one.asking, one.lead_gap, one.trouble) == (None, None, None, "")
    assert [v.column for v in one.levels] == ["visitors"]


def test_a_few_weeks_do_not_tell_the_noise_so_nothing_is_behind():
    one = traffic_of(shop(weeks=3, visitors=100), 28, lambda t, c: True).standing
    assert [(v.column, v.behind) for v in one.levels] == [("visitors", False), ("lead_people", False)]
    assert one.trouble == ""


def test_money_is_left_out_for_who_may_not_see_it():
    whole = shop(order_amount=100, order_amount_peers=200)
    told = [traffic_of(whole, 28, lambda t, c, may=may: may or c != "order_amount") for may in (True, False)]
    assert [[v.column for v in one.standing.levels] for one in told] == [
        ["visitors", "lead_people", "order_amount"],
        ["visitors", "lead_people"],
    ]


def test_the_ten_best_are_held_against_the_same_words_of_the_newest_period():
    words = [
        {"word": "a", "exposures": 100, "clicks": 2, "top10_exposures": 300, "top10_clicks": 12},
        {"word": "b", "exposures": 50, "clicks": 1, "top10_exposures": 20, "top10_clicks": 0},
        {"word": "c", "exposures": 70, "clicks": 1},
        {"word": "a", "exposures": 9, "clicks": 9, "top10_exposures": 9, "top10_clicks": 9,
         "period_start": WEEK - timedelta(weeks=1), "period_end": WEEK - timedelta(days=1)},
    ]  # fmt: skip
    one = top10(shop("keyword_effect", words))
    assert (one.words, one.behind, one.exposures, one.top_exposures) == (2, 1, 150, 320)
    assert (one.rate, one.top_rate) == (3 / 150, 12 / 320)
    assert top10(shop("keyword_effect", words[2:3])) is None
    assert top10(Snapshot(DAY, {}, TABLES)) is None
