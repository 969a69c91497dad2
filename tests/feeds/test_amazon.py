"""Amazon, with the published samples of its own API models.

The inventory answer is the static sandbox example in Amazon's model of the FBA inventory API (two of its fields a record), the
orders and the item those of the orders API's sandbox (`published.py`). The sandbox names the same next page for ever ("seed").
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.feeds.conftest import NOW
from tests.feeds.published import AMAZON_ITEM, AMAZON_ORDERS
from tests.feeds.server import ok, serving
from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.amazon import pull
from zhanggui.intake import read

SUMMARIES = {
    "pagination": {"nextToken": "seed"},
    "payload": {
        "granularity": {"granularityType": "Marketplace", "granularityId": "ATVPDKIKX0DER"},
        "inventorySummaries": [
            {
                "asin": "B0020MLK00",
                "sellerSku": "EMTEC 1 GB",
                "inventoryDetails": {"fulfillableQuantity": 0},
                "totalQuantity": 0,
            },
            {
                "asin": "B00T9QONN6",
                "sellerSku": "Silicon Power 32GB",
                "inventoryDetails": {"fulfillableQuantity": 66},
                "totalQuantity": 87,
            },
        ],
    },
}
ORDER, OTHER = AMAZON_ORDERS
SECRET = {"client_id": "c", "client_secret": "s", "refresh_token": "Atzr|1"}


def amazon(answers):
    def answer(asked):
        if asked.path == "/auth/o2/token":
            if asked.form != {"grant_type": "refresh_token"} | SECRET:
                return (
                    400,
                    {},
                    json.dumps(
                        {"error": "invalid_grant", "error_description": "The request has an invalid grant parameter"}
                    ).encode(),
                )
            return ok({"access_token": "Atza|1", "token_type": "bearer", "expires_in": 3600, "refresh_token": "Atzr|1"})
        if asked.headers.get("x-amz-access-token") != "Atza|1":
            return (
                403,
                {},
                json.dumps(
                    {"errors": [{"code": "Unauthorized", "message": "Access to requested resource is denied."}]}
                ).encode(),
            )
        given = answers[asked.path]
        return given(asked) if callable(given) else ok(given)

    return answer


def brought(asking, answers, subjects, secret=SECRET, state=None):
    with serving(amazon(answers)) as source:
        ask = asking(source.address, {"region": "na", "marketplace": "ATVPDKIKX0DER", "subjects": subjects}, secret, state)
        got = list(pull(ask))
    return {a.name: a for a in got if isinstance(a, Answer)}, [t for t in got if isinstance(t, Trouble)], source.asked, ask


def test_the_published_stock_answer_is_kept_and_its_endless_page_ends(asking):
    answers, troubles, asked, _ = brought(asking, {"/fba/inventory/v1/summaries": SUMMARIES}, ["stock"])
    assert [t.code for t in troubles] == ["page_repeats"]
    assert [a.query.get("nextToken") for a in asked[1:]] == [None, "seed"]
    assert asked[1].query == {
        "details": "true",
        "granularityType": "Marketplace",
        "granularityId": "ATVPDKIKX0DER",
        "marketplaceIds": "ATVPDKIKX0DER",
    }
    kept = json.loads(answers["amazon.inventory_summaries-2026-11-22.json"].data)
    assert kept["answers"][0] == SUMMARIES
    (answer,) = answers.values()
    (part,) = read(answer.data, answer.name, on=NOW.date(), table=answer.table).parts
    assert part.rows.select("sku", "available", "on_hand").rows() == [("EMTEC 1 GB", 0, 0), ("Silicon Power 32GB", 66, 87)]


def test_orders_and_their_items_are_one_answer_and_its_rows(asking):
    def orders(asked):
        if "NextToken" in asked.query:
            return ok({"payload": {"Orders": [OTHER]}})
        return ok({"payload": {"Orders": [ORDER], "NextToken": "n2"}})

    items = {
        f"/orders/v0/orders/{o['AmazonOrderId']}/orderItems": {
            "payload": {"AmazonOrderId": o["AmazonOrderId"], "OrderItems": [AMAZON_ITEM]}
        }
        for o in AMAZON_ORDERS
    }
    answers, troubles, asked, _ = brought(asking, {"/orders/v0/orders": orders} | items, ["orders"])
    assert troubles == []
    assert asked[1].query == {"MarketplaceIds": "ATVPDKIKX0DER", "LastUpdatedAfter": "2026-10-23T08:00:00Z"}
    assert [a.path for a in asked if "restricted" in a.path or "tokens" in a.path] == []
    (answer,) = answers.values()
    kept = json.loads(answer.data)
    assert (kept.pop("answers"), kept) == (
        [{"order": o, "answer": a} for o, a in zip(AMAZON_ORDERS, items.values(), strict=True)],
        {"method": "amazon.orders", "channel": "Amazon"},
    )
    assert dict(answer.state) == {"orders": NOW.isoformat(), "orders so far": None}
    (part,) = read(answer.data, answer.name, on=NOW.date(), table=answer.table).parts
    assert (part.table.name, part.rows["order_id"].to_list()) == (
        "channel_order_line",
        [o["AmazonOrderId"] for o in AMAZON_ORDERS],
    )
    first = part.rows.row(0, named=True)
    assert {n: v for n, v in first.items() if v is not None and n != "_line"} == {
        "channel": "Amazon",
        "order_id": "902-1845936-5435065",
        "line_id": "05015851154158",
        "created": datetime(1970, 1, 19, 3, 58, 30),
        "modified": datetime(1970, 1, 19, 3, 58, 32),
        "status": "Unshipped",
        "sku": "NABetaASINB00551Q3CS",
        "product_name": "B00551Q3CS [Card Book]",
        "item_id": "B008X9Z37A",
        "quantity": 1,
        "shipped": 0,
        "line_total": Decimal(10),
        "currency": "USD",
    }


def test_the_next_pull_asks_since_the_day_before_the_last(asking):
    *_, asked, _ = brought(
        asking, {"/orders/v0/orders": {"payload": {"Orders": []}}}, ["orders"], state={"orders": NOW.isoformat()}
    )
    assert asked[1].query["LastUpdatedAfter"] == "2026-11-21T08:00:00Z"


def test_a_token_is_used_until_it_ends_and_its_end_is_kept(asking):
    empty = {"/orders/v0/orders": {"payload": {"Orders": []}}}
    *_, ask = brought(asking, empty, ["orders"])
    assert ask.kept[-1]["expires"] == (NOW + timedelta(hours=1)).isoformat()
    *_, asked, _ = brought(asking, empty, ["orders"], secret=ask.kept[-1])
    assert [a.path for a in asked] == ["/orders/v0/orders"]


def test_a_token_that_is_refused_is_renewed_once(asking):
    secret = SECRET | {"access_token": "old", "expires": (NOW + timedelta(hours=1)).isoformat()}
    *_, asked, _ = brought(asking, {"/orders/v0/orders": {"payload": {"Orders": []}}}, ["orders"], secret=secret)
    assert [a.path for a in asked] == ["/orders/v0/orders", "/auth/o2/token", "/orders/v0/orders"]


@pytest.mark.parametrize(
    ("status", "code", "calls"), [(403, "no_scope", 4), (404, "not_found", 2), (400, "refused", 2), (429, "too_many_calls", 3)]
)
def test_refusals(asking, status, code, calls):
    body = json.dumps({"errors": [{"code": "X", "message": "why"}]}).encode()
    _, troubles, asked, _ = brought(asking, {"/orders/v0/orders": lambda asked: (status, {}, body)}, ["orders"])
    assert ([t.code for t in troubles], len(asked)) == ([code], calls)


def test_a_refresh_token_that_is_not_accepted(asking):
    _, troubles, *_ = brought(asking, {}, ["orders"], secret=SECRET | {"refresh_token": "other"})
    assert [(t.code, t.said) for t in troubles] == [
        ("wrong_token", "HTTP 400 The request has an invalid grant parameter · invalid_grant")
    ]


def test_items_of_many_orders_come_in_several_pulls(asking):
    orders = [ORDER | {"AmazonOrderId": f"9-{n}", "LastUpdateDate": f"2026-11-{30 - n}T00:00:00Z"} for n in range(10, 20)]
    answers = {"/orders/v0/orders": {"payload": {"Orders": orders}}} | {
        f"/orders/v0/orders/9-{n}/orderItems": {"payload": {"AmazonOrderId": f"9-{n}", "OrderItems": [AMAZON_ITEM]}}
        for n in range(10, 20)
    }
    came, state, moved = [], {}, []
    with serving(amazon(answers)) as source:
        for day in range(3):
            told = {"region": "na", "marketplace": "ATVPDKIKX0DER", "subjects": ["orders"]}
            ask = asking(source.address, told, SECRET, state, pace=2.0)
            ask.now, ask.until = NOW + timedelta(days=day), ask.wire.clock() + 8.0
            got = list(pull(ask))
            for answer in (a for a in got if isinstance(a, Answer)):
                state |= answer.state
                came += [a["answer"]["payload"]["AmazonOrderId"] for a in json.loads(answer.data)["answers"]]
            moved.append((state.get("orders"), [t.code for t in got if isinstance(t, Trouble)]))
    assert moved == [(None, ["more_to_come"]), (None, ["more_to_come"]), (NOW.isoformat(), [])]
    assert came == [f"9-{n}" for n in range(19, 9, -1)]
