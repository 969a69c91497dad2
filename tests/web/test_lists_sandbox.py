"""What stands on the screen against sums over the sandbox's files, read and added up by a reader of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from sandbox import files as shapes
from sandbox.reports import contacts, paid
from sandbox.scene import scene
from sandbox.shop import draw
from sandbox.year import WEEKLY
from tests.sandbox.written import rows
from tests.web.conftest import bring
from tests.web.listed import get, heads, table, totals
from zhanggui.desk import people


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A year of a small shop: the files of its last four weeks, and orders and inquiries of its last months."""
    folder = tmp_path_factory.mktemp("sandbox")
    world = scene(draw(7, products=100, words=120))
    shop = world.shop
    products = [WEEKLY["product_effect"](shop, week, folder) for week in shop.written("product_effect")[-4:]]
    ads = [paid.p4p_product(world, week, folder) for week in world.detailed[-4:]]
    months = sorted({f"{line.created:%Y-%m}" for line in shop.orders})[-5:]
    orders = [shapes.order_lines(shop, month, folder) for month in months]
    asked = [contacts.inquiry(world, month, folder) for month in months[-3:]]
    return {"products": products, "ads": ads, "orders": orders, "inquiries": asked}


@pytest.fixture
def shown(cast, as_, world):
    """A list of the shop with these files: its headings, its rows by key column, its totals."""
    shop = people.open_shop("drawn", "Drawn", company=cast.shop.company)
    alice = as_(cast.alice)

    def show(kind: str, name: str, **query):
        for path in world[kind]:
            bring(shop, path.read_bytes(), path.name)
        page = get(alice, shop, name, size=100, **query)
        return heads(page), table(page), totals(page)

    return show


def number(text) -> Decimal:
    return Decimal(re.sub(r"[^0-9.]", "", str(text)) or "0")


def summed(paths, key: str, columns: tuple[str, ...]) -> dict[str, list[Decimal]]:
    found: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal()] * len(columns))
    for path in paths:
        for row in rows(path):
            found[str(row[key])] = [a + number(row[c]) for a, c in zip(found[str(row[key])], columns, strict=True)]
    return found


def cells(heads, rows, labels, key) -> dict[str, list[Decimal]]:
    at = [next(i for i, h in enumerate(heads) if h.removesuffix(" CNY") == label) for label in labels]
    return {row[heads.index(key)]: [number(row[i]) for i in at] for row in rows}


def test_products(shown, world):
    labels = (
        "搜索曝光次数",
        "搜索点击次数",
        "询盘个数",
        "提交订单个数",
        "全店曝光次数",
        "全店点击次数",
        "营销曝光次数",
        "营销点击次数",
    )
    columns = "search_exposures,search_clicks,inquiries,orders_submitted,shop_exposures,shop_clicks,paid_exposures,paid_clicks,product_id"
    head, body, total = shown("products", "products", cols=columns)
    told = {path: {str(row["产品ID"]) for row in rows(path)} for path in world["products"]}
    wanted = summed(
        world["products"], "产品ID", tuple(next(c for c in rows(world["products"][0])[0] if c.strip() == x) for x in labels)
    )
    assert len(body) == len(set().union(*told.values())) == 100
    assert cells(head, body, labels, "产品ID") == wanted
    assert [number(total[label]) for label in labels] == [sum(v[i] for v in wanted.values()) for i in range(len(labels))]


def test_paid_products(shown, world):
    labels = ("曝光量", "点击量", "花费", "询盘个数")
    head, body, total = shown("ads", "ads-products", cols="exposures,clicks,cost,inquiries,product_id")
    wanted = summed(world["ads"], "产品ID", labels)
    assert len(wanted) > 10
    assert cells(head, body, labels, "产品ID") == wanted
    assert number(total["花费 CNY"]) == sum(v[2] for v in wanted.values())


def test_orders_are_counted_once(shown, world):
    lines = [row for path in world["orders"] for row in rows(path)]
    amount, created = "订单总价(Order Amount)", "订单创建时间(Order Create Time)"
    day = {row["订单编号(Order Number)"]: date.fromisoformat(str(row[created])[:10]) for row in lines}
    first = max(day.values()) - timedelta(days=27)
    each = {row["订单编号(Order Number)"]: number(row[amount]) for row in lines if day[row["订单编号(Order Number)"]] >= first}
    _, body, total = shown("orders", "orders", cols="order_amount,quantity", days=28)
    assert {row[0]: number(row[1]) for row in body} == each
    assert len(lines) > len(each)
    assert number(total["订单总价 USD"]) == sum(each.values())


def test_inquiries_of_the_last_days(shown, world):
    asked = [row for path in world["inquiries"] for row in rows(path)]
    newest = max(date.fromisoformat(str(row["创建时间"])[:10]) for row in asked)
    recent = {
        str(row["询盘ID"]) for row in asked if date.fromisoformat(str(row["创建时间"])[:10]) > newest - timedelta(days=28)
    }
    head, body, _ = shown("inquiries", "leads", cols="inquiry_id,created", sort="created")
    assert len(recent) > 5
    assert {row[head.index("询盘ID")] for row in body} == recent if len(recent) <= 100 else len(body) == 100
