"""The currency of the P4P account and its rate."""

from __future__ import annotations

from datetime import date

import pytest

from tests.plans.test_p4p_plans import snapshot
from zhanggui.measures.ad_budget import spend
from zhanggui.measures.ad_money import currency, rate

DAY = date(2026, 9, 21)
RATES = [{"currency": "USD", "rate_on": "2026-01-01", "rate": 7}, {"currency": "USD", "rate_on": "2026-09-01", "rate": 7.1}]


def test_yuan_where_no_page_says_otherwise():
    for level in ([], [{"level": "L2", "score": 60}], [{"level": "L2", "currency": "CNY"}]):
        shop = snapshot(p4p_level=level)
        assert (currency(shop), rate(shop, DAY)) == ("CNY", 1)


def test_the_rate_of_the_day():
    shop = snapshot(p4p_level=[{"level": "L2", "currency": "usd "}], exchange_rate=RATES)
    assert (currency(shop), rate(shop, DAY), rate(shop, date(2026, 8, 1)), rate(shop, date(2025, 8, 1))) == (
        "USD",
        7.1,
        7,
        None,
    )


def test_the_spend_of_an_account_in_dollars_is_told_in_yuan_by_the_rate_of_each_period():
    weeks = [("2026-08-23", "2026-08-29"), ("2026-09-13", "2026-09-19")]
    rows = [{"period_start": a, "period_end": b, "clicks": 1, "cost": "100"} for a, b in weeks]
    level = [{"level": "L2", "currency": "USD"}]
    told = spend(snapshot(p4p_account=rows, p4p_level=level, exchange_rate=RATES))
    assert [told.sum([tile], "cost") for tile in told.periods] == [700, pytest.approx(710)]
    unknown = spend(snapshot(p4p_account=rows, p4p_level=level))
    assert [unknown.sum([tile], "cost") for tile in unknown.periods] == [None, None]
