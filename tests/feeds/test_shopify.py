"""Shopify, with the answers that it has published itself (`published.py`); the shop on this side is ours."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal

import pytest

from tests.feeds.conftest import NOW
from tests.feeds.published import SHOPIFY_ITEMS, SHOPIFY_LEVELS, SHOPIFY_ORDER
from tests.feeds.server import ok, serving
from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.shopify import pull
from zhanggui.intake import read

SETTINGS = {"shop": "my-shop.myshopify.com", "version": "2026-01"}


def brought(asking, answer, subjects, state=None, **wire):
    with serving(answer) as source:
        ask = asking(source.address, SETTINGS | {"subjects": subjects}, {"access_token": "shpat_1"}, state, **wire)
        got = list(pull(ask))
    return {a.name: a for a in got if isinstance(a, Answer)}, [t for t in got if isinstance(t, Trouble)], source.asked


def stock_of(items, **refused):
    """A shop with the published levels in two places, and these items; `refused` says which list is not given."""

    def answer(asked):
        assert asked.headers["x-shopify-access-token"] == "shpat_1"
        what = asked.path.removeprefix("/admin/api/2026-01/").removesuffix(".json")
        places = [{"id": p, "name": str(p)} for p in (487838322, 905684977)]
        lists = {"locations": places, "inventory_levels": SHOPIFY_LEVELS, "inventory_items": items}
        return (refused[what], {}, b"{}") if what in refused else ok({what: lists[what]})

    return answer


def test_stock_is_asked_by_location_and_carries_the_skus_of_its_items(asking):
    answers, troubles, asked = brought(asking, stock_of(SHOPIFY_ITEMS), ["stock"])
    assert troubles == []
    assert [a.query for a in asked[1:]] == [
        {"location_ids": "487838322,905684977", "limit": "250"},
        {"ids": "39072856,808950810", "limit": "250"},
    ]
    (answer,) = answers.values()
    kept = [{"inventory_levels": SHOPIFY_LEVELS}, {"inventory_items": SHOPIFY_ITEMS}]
    assert json.loads(answer.data) == {"method": "shopify.inventory_levels", "answers": kept}
    (part,) = read(answer.data, answer.name, on=NOW.date(), table=answer.table).parts
    assert part.rows.select("sku", "item_id", "warehouse", "available").rows() == [
        ("IPOD2008GREEN", "39072856", "487838322", 27),
        ("IPOD2008PINK", "808950810", "905684977", 1),
        ("IPOD2008PINK", "808950810", "487838322", 9),
        ("IPOD2008GREEN", "39072856", "905684977", 3),
    ]


def test_an_item_without_a_sku_goes_by_its_id_and_two_items_may_share_one(asking):
    named = [SHOPIFY_ITEMS[0] | {"sku": ""}]
    shared = [i | {"sku": "IPOD"} for i in SHOPIFY_ITEMS]
    found = []
    for items in (named, shared):
        (answer,) = brought(asking, stock_of(items), ["stock"])[0].values()
        (part,) = read(answer.data, answer.name, on=NOW.date(), table=answer.table).parts
        found.append((part.rows["sku"].unique().sort().to_list(), part.rows.height, part.rejected.height))
    assert found == [(["39072856", "808950810"], 4, 0), (["IPOD"], 4, 0)]


@pytest.mark.parametrize("list_", ["locations", "inventory_levels", "inventory_items"])
def test_half_a_stock_is_no_stock(asking, list_):
    answers, troubles, _ = brought(asking, stock_of(SHOPIFY_ITEMS, **{list_: 403}), ["stock"])
    assert (answers, [t.code for t in troubles]) == ({}, ["no_scope"])


def test_orders_follow_the_link_header_and_hold_no_buyer(asking):
    def answer(asked):
        if "page_info" in asked.query:
            return ok(
                {"orders": [{"id": 2}]}, link=f'<http://{asked.headers["host"]}{asked.path}?page_info=p1>; rel="previous"'
            )
        link = f'<http://{asked.headers["host"]}{asked.path}?page_info=p0>; rel="previous", <http://{asked.headers["host"]}{asked.path}?limit=250&page_info=p2>; rel="next"'
        return ok({"orders": [{"id": 1}]}, link=link)

    answers, troubles, asked = brought(asking, answer, ["orders"], {"orders": NOW.isoformat()})
    assert troubles == []
    assert (asked[0].query["updated_at_min"], asked[0].query["status"]) == ("2026-11-21T08:00:00+00:00", "any")
    assert [f for f in ("customer", "email", "address", "phone") if f in asked[0].query["fields"]] == []
    assert asked[1].query == {"limit": "250", "page_info": "p2"}
    (answer,) = answers.values()
    assert [a["orders"][0]["id"] for a in json.loads(answer.data)["answers"]] == [1, 2]
    assert dict(answer.state) == {"orders": NOW.isoformat()}


def test_the_published_order_is_its_lines(asking):
    answers, troubles, _ = brought(asking, lambda asked: ok({"orders": [SHOPIFY_ORDER]}), ["orders"])
    assert troubles == []
    (answer,) = answers.values()
    (part,) = read(answer.data, answer.name, on=NOW.date(), table=answer.table).parts
    assert (part.table.name, part.rejected.height) == ("channel_order_line", 0)
    assert part.rows.select("line_id", "sku", "variant", "quantity", "unit_price").rows() == [
        ("466157049", "IPOD2008GREEN", "green", 1, Decimal(199)),
        ("518995019", "IPOD2008RED", "red", 1, Decimal(199)),
        ("703073504", "IPOD2008BLACK", "black", 1, Decimal(199)),
    ]
    moment = datetime(2008, 1, 10, 11)
    whole = ("channel", "order_id", "order_name", "created", "modified", "cancelled", "payment", "fulfilled", "currency")
    assert part.rows.select(whole).unique().rows() == [
        ("Shopify", "450789469", "#1001", moment, moment, None, "partially_refunded", None, "USD")
    ]


def test_a_link_to_another_host_is_not_followed(asking):
    away = lambda asked: ok({"orders": [{"id": 1}]}, link='<http://169.254.169.254/x>; rel="next"')  # noqa: E731
    answers, troubles, asked = brought(asking, away, ["orders"])
    assert ([t.code for t in troubles], len(asked)) == (["redirected_away"], 1)
    assert [dict(a.state) for a in answers.values()] == [{}]


def test_a_link_in_a_circle_ends(asking):
    circle = lambda asked: ok({"orders": [{"id": 1}]}, link=f'<http://{asked.headers["host"]}/again>; rel="next"')  # noqa: E731
    _, troubles, asked = brought(asking, circle, ["orders"])
    assert ([t.code for t in troubles], len(asked)) == (["page_repeats"], 2)


def test_too_many_calls_wait_as_long_as_the_answer_says(asking, clock):
    replies = [(429, {"retry-after": "2.0"}, b""), ok({"orders": []})]
    answers, troubles, _ = brought(asking, lambda asked: replies.pop(0), ["orders"])
    assert (answers, troubles, clock.slept) == ({}, [], [2.0])


@pytest.mark.parametrize(("status", "code"), [(401, "wrong_token"), (403, "no_scope"), (404, "not_found"), (402, "refused")])
@pytest.mark.parametrize("subject", ["orders", "stock"])
def test_refusals(asking, status, code, subject):
    answers, troubles, _ = brought(asking, lambda asked: (status, {}, b"{}"), [subject])
    assert (answers, [t.code for t in troubles]) == ({}, [code])


@pytest.mark.parametrize("shop", ["", "evil.example/x", "a@b", "shop.myshopify.com.evil.example"])
def test_only_a_shop_of_shopify_is_asked(asking, shop):
    ask = asking("", {"shop": shop, "version": "2026-01", "subjects": ["stock"]})
    assert [t.code for t in pull(ask)] == ["bad_address"]
