"""Any address that gives a table. The documents are of the common public kinds: a plain list, a list inside, a CSV.

Whole recorded files are served in tests/real/test_feeds.py.
"""

from __future__ import annotations

import json

import pytest

from tests.feeds.server import ok, serving
from zhanggui.feeds.generic import headers_of, pull


def got(asking, answer, *, secret="", path="", **settings):
    with serving(lambda asked: answer) as source:
        settings = {"address": f"{source.address}/stock?shop=1", "path": path} | settings
        found = list(pull(asking("", settings, {"headers": secret})))
    return found, source.asked


def test_an_answer_is_kept_byte_for_byte(asking):
    raw = b' {"data": {"items": [{"sku": "A-1", "quantity": 1.10}]}}\n'
    (answer,), asked = got(asking, ok(raw), secret="Authorization: Bearer x\nX-Shop: 7", path="data.items", table="stock_level")
    assert (answer.data, answer.name, answer.table) == (raw, "stock_level-2026-11-22.json", "stock_level")
    assert (asked[0].headers["authorization"], asked[0].headers["x-shop"], asked[0].query) == ("Bearer x", "7", {"shop": "1"})


def test_a_product_list_of_woocommerce_is_found_by_its_path(asking):
    """A record of a shop with WooCommerce, whose list is the whole answer; the fields are those that its REST answers have for stock."""
    record = {"sku": "000206", "manage_stock": False, "stock_quantity": None, "backorders": "no", "low_stock_amount": None}
    (answer,), _ = got(asking, ok([record]))
    assert json.loads(answer.data) == [record]


def test_csv(asking):
    (answer,), _ = got(asking, ok("sku,库存\nA-1,5\n".encode("gb18030")), form="csv")
    assert (answer.data.decode("gb18030"), answer.name, answer.table) == ("sku,库存\nA-1,5\n", "feed-2026-11-22.csv", None)


@pytest.mark.parametrize(
    ("answer", "told", "code"),
    [
        (ok({"data": []}), {"path": "data.items"}, "no_list"),
        (ok([]), {"path": "items"}, "no_list"),
        (ok(b"<!doctype html>"), {"form": "csv"}, "html_instead"),
        (ok(b"<!doctype html>"), {}, "html_instead"),
        (ok(b""), {"form": "csv"}, "empty_answer"),
        (ok(b'{"data": ['), {}, "broken_json"),
        ((401, {}, b""), {}, "wrong_token"),
        ((404, {}, b""), {}, "not_found"),
        ((418, {}, b""), {}, "refused"),
        ((503, {}, b""), {}, "server_error"),
        ((302, {"location": "http://10.0.0.1/"}, b""), {}, "redirected_away"),
    ],
)
def test_each_trouble(asking, answer, told, code):
    (trouble,), _ = got(asking, answer, **told)
    assert trouble.code == code
    assert "shop=1" not in trouble.says("en")


def test_inner_addresses_are_refused(asking):
    (trouble,) = pull(asking("", {"address": "https://10.1.2.3/stock"}))
    assert trouble.code == "address_not_allowed"


def test_headers_of_lines():
    assert headers_of("A: b: c\n\nno header\nBad Name: x\nX-Y:1") == {"A": "b: c", "X-Y": "1"}
    own = "Host: evil\nContent-Length: 3\nTransfer-Encoding: chunked\nconnection: close\nAccept-Encoding: br\nX_Key: 灯"
    assert headers_of(own) == {"X_Key": "灯"}


def test_a_header_may_hold_any_letters_and_none_of_the_lines_own(asking):
    (answer,), asked = got(asking, ok([]), secret="Host: evil\nX-Key: 灯")
    assert (answer.data, asked[0].headers["x-key"].encode("latin-1").decode()) == (b"[]", "灯")
    assert asked[0].headers["host"].startswith("127.0.0.1:")
