"""What goes through the platform and what goes past it."""

from __future__ import annotations

from datetime import date

from tests.checks.cases import frame
from zhanggui.facts import Snapshot
from zhanggui.measures import online
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)


def order(number, name="Loafers", day="2026-09-01", sku="red"):
    return {"order_no": number, "created": day, "product_name": name, "sku": sku}


def deal(number, product="1", day="2026-09-01", could="N"):
    return {
        "deal_no": number,
        "closed_on": day,
        "amount": 5,
        "currency": "USD",
        "product_id": product,
        "could_be_online": could,
    }


def shop(orders, deals):
    listed = [{"product_id": "1", "product_name": "Loafers"}, {"product_id": "2", "product_name": "Boots"}]
    rows = {"order_lines": orders, "offline_deal": deals, "product_catalogue": listed}
    return Snapshot(DAY, {n: frame(TABLES[n], r).lazy() for n, r in rows.items() if r}, TABLES)


def test_orders_are_counted_once_whatever_their_lines_and_only_those_of_the_days():
    found = shop([order("a"), order("a", sku="blue"), order("b", day="2026-01-01")], [deal("x", could="Y"), deal("y")])
    assert online.total(found).collect().rows() == [(2, 1, 1, 1 / 3)]
    assert online.total(found, 365).collect().rows() == [(2, 1, 2, 0.5)]


def test_without_orders_of_those_days_their_number_and_the_share_are_missing_and_never_zero():
    for orders in ([], [order("a", day="2026-05-01")]):
        found = shop(orders, [deal("x", could="Y"), deal("y")])
        assert online.total(found).collect().rows() == [(2, 1, None, None)]
        assert online.by_product(found).collect().rows() == []


def test_both_sides_are_counted_over_the_days_that_the_orders_reach():
    found = shop(
        [order("a", day="2026-08-01"), order("b", day="2026-08-31")],
        [deal("early", day="2026-07-31"), deal("x", day="2026-08-01"), deal("late", day="2026-09-01")],
    )
    assert online.told(found) == (date(2026, 8, 1), date(2026, 8, 31))
    assert online.total(found).collect().rows() == [(1, 0, 2, 2 / 3)]
    assert online.by_product(found).collect().rows() == [("Loafers", 1, 2, 2 / 3)]


def test_without_the_register_there_is_no_share():
    assert online.total(shop([order("a")], [])).collect().rows() == []


def test_by_product_the_deals_with_an_id_beside_the_orders_of_that_title():
    found = shop([order("a"), order("b"), order("c")], [deal("x"), deal("y", "2"), deal("z", "2"), deal("w", None)])
    assert online.by_product(found).collect().rows() == [("Boots", 2, 0, 0.0), ("Loafers", 1, 3, 0.75)]
