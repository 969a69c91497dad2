"""The currency of the P4P account and its rate."""

from __future__ import annotations

from datetime import date

from tests.plans.test_p4p_plans import snapshot
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
