"""Money in another currency: by the rate of the day or the newest before it, and left alone where there is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from tests.measures.shop import shop
from zhanggui.measures import money

DAYS = [date(2026, 9, 17), date(2026, 8, 31), date(2026, 9, 1), None]


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return money.rates(shop(tmp_path_factory.mktemp("home"), "rates.csv"))


def amounts(into: str, known: pl.DataFrame, currencies: list[str | None], days: list[date | None] = DAYS):
    frame = pl.DataFrame({"id": range(4), "paid": [Decimal(10)] * 4, "currency": currencies, "day": days})
    made = money.converted(frame, "paid", pl.col("currency"), pl.col("day"), into, known)
    assert made["id"].to_list() == [0, 1, 2, 3]
    return [
        (None if v is None else round(float(v), 6), c, d) for v, c, d in made.select("paid", "paid:in", "paid:on").iter_rows()
    ]


def test_the_rate_of_the_day_or_the_newest_before_it(known):
    assert amounts("CNY", known, ["USD", "usd ", "USD", "USD"]) == [
        (72.0, "CNY", date(2026, 9, 16)),
        (10.0, "USD", None),  # no rate that early
        (70.0, "CNY", date(2026, 9, 1)),
        (10.0, "USD", None),  # on no day
    ]


def test_from_yuan_into_dollars_and_from_a_currency_without_rate(known):
    assert amounts("USD", known, ["CNY", "CNY", "EUR", None], [date(2026, 9, 17)] * 4) == [
        (round(10 / 7.2, 6), "USD", date(2026, 9, 16)),
        (round(10 / 7.2, 6), "USD", date(2026, 9, 16)),
        (10.0, "EUR", None),
        (10.0, None, None),
    ]


def test_what_is_in_the_currency_already_is_not_touched(known):
    assert amounts("USD", known, ["USD"] * 4)[0] == (10.0, "USD", None)


def test_as_reported_converts_nothing(known):
    assert amounts("", known, ["USD", "EUR", None, "CNY"]) == [(10.0, c, None) for c in ("USD", "EUR", None, "CNY")]
