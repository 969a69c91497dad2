"""What is told of one product where its orders or the words' report leave something open."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES
from zhanggui.web.product_standing import standing

DAY = date(2026, 9, 21)


def told(**rows):
    shop = Snapshot(DAY, {name: frame(TABLES[name], some).lazy() for name, some in rows.items()}, TABLES)
    return standing(shop, RULEBOOK.on(DAY), "101")


@pytest.mark.parametrize(("buyer", "advised"), [("Charlie", True), (None, False)])
def test_a_type_is_advised_where_the_buyers_are_known(buyer, advised):
    found = told(
        product_effect=[{"product_id": "101", "product_name": "Suede Mules", "inquiries": 6}],
        product_catalogue=[{"product_id": "101", "product_name": "Suede Mules", "category": "Shoes", "product_type": "交易品"}],
        order_lines=[{"order_no": "9001", "created": "2026-09-14", "buyer": buyer, "product_name": "Suede Mules"}],
    )
    assert (found.advice != "") == advised


def test_exposures_that_the_report_does_not_say_are_missing():
    found = told(
        product_effect=[{"product_id": "101", "product_name": "Suede Mules"}],
        keyword_effect=[{"word": "mules", "index": 70}, {"word": "suede", "exposures": 30}],
    )
    assert found.words == [("suede", 30, 1), ("mules", None, 1)]
