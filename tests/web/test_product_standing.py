"""What stands above the rows of a product: whether its type suits it, only where ninety days are known; its searched words."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.web import files
from tests.web.conftest import PASSWORD
from tests.web.listed import take
from zhanggui.desk import importing, people
from zhanggui.desk.models import Membership
from zhanggui.tables import TABLES
from zhanggui.web import product_standing

ID, OTHER = "101", "102"
SILENT = "不提建议"
END = files.week()[1]
BUYERS = 30


def effect(shop, *titles, days=91, inquiries=10, end=END):
    """The report of one stretch of days with product 101 (and 102) under these titles."""
    columns = TABLES["product_effect"].columns
    head = [columns[c].zh for c in ("product_id", "product_name", "inquiries")]
    rows = [[product, title, inquiries] for product, title in zip((ID, OTHER), titles, strict=False) if title]
    text = "\n".join(",".join(map(str, row)) for row in [head, *rows])
    period = (end - timedelta(days=days - 1), end)
    item = importing.take(shop, text.encode(), f"{end} {days}.csv", table="product_effect", period=period)
    assert item.state == "accepted", item.preview


def orders(shop, title, *, buyers=BUYERS, seller="Kim", since=90, **more):
    """An order of each buyer, the first on the first of the days and the last on the last."""
    line = {"product_name": title, "sku": "red", "quantity": 1, "seller": seller, "currency": "USD"} | more
    days = [END - timedelta(days=since * n // (buyers - 1)) for n in range(buyers)]
    take(
        shop,
        "order_lines",
        [{"order_no": f"{seller}{n}", "created": d, "buyer": f"{seller}{n}"} | line for n, d in enumerate(days)],
    )


@pytest.fixture
def shop(cast):
    shop = people.open_shop("typed", "Typed", company=cast.shop.company)
    take(shop, "product_catalogue", [{"product_id": ID, "product_name": "Boots", "product_type": "商机品"}])
    return shop


def advice(client, shop, product=ID):
    answer = client.get(reverse("list_row", args=[shop.key, "products"]), {"product_id": product})
    text = answer.content.decode()
    section = text[text.index("<h2>等级</h2>") : text.index("<h2>自然排名因素</h2>")]
    found = re.search(r'<p class="quiet">(.*?)</p>', section)
    return found and found[1]


def test_the_days_that_were_counted_are_said(cast, as_, shop):
    effect(shop, "Boots")
    orders(shop, "Boots", buyers=20)
    assert advice(as_(cast.alice), shop) == "91 天 20 个买家、10 个询盘：改为交易品更合适，2 天后生效。"


def test_a_salesperson_is_not_told_the_shop_s_inquiries_beside_their_own_buyers(cast, as_, shop):
    sam = people.add_person("sam", PASSWORD, cast.shop.company, "sales")
    Membership.objects.filter(person=sam).update(account="Sam")
    effect(shop, "Boots")
    orders(shop, "Boots")
    orders(shop, "Boots", buyers=2, seller="Sam")
    assert advice(as_(sam), shop) is None
    Membership.objects.filter(person=sam).update(all_buyers=True)
    assert advice(as_(sam), shop) == "91 天 32 个买家、10 个询盘：改为交易品更合适，2 天后生效。"


@pytest.mark.parametrize("told_by", ["report", "register"])
def test_buyers_under_an_earlier_title_are_buyers(cast, as_, shop, told_by):
    orders(shop, "Shoes")
    if told_by == "report":
        effect(shop, "Shoes", days=7, end=END - timedelta(days=91))
    else:
        change = {"product_id": ID, "changed_on": END, "part": "标题", "before": "Shoes", "after": "Boots"}
        take(shop, "product_change", [change])
    effect(shop, "Boots")
    assert advice(as_(cast.alice), shop) == "91 天 30 个买家、10 个询盘：改为交易品更合适，2 天后生效。"


def test_buyers_by_the_id_of_the_product(cast, as_, shop):
    effect(shop, "Boots")
    orders(shop, "Whatever", product_id=ID)
    assert advice(as_(cast.alice), shop).count("30 个买家") == 1


def few_days(shop):
    effect(shop, "Boots", days=7)
    orders(shop, "Boots")


def a_gap(shop):
    effect(shop, "Boots", days=7)
    effect(shop, "Boots", days=70, end=END - timedelta(days=14))
    orders(shop, "Boots")


def new_product(shop):
    effect(shop, "Boots", "Shoes", days=7)
    effect(shop, None, "Shoes", days=84, end=END - timedelta(days=7))
    orders(shop, "Boots")


def few_days_of_orders(shop):
    effect(shop, "Boots")
    orders(shop, "Boots", since=60)


def no_match(shop):
    effect(shop, "Boots")
    orders(shop, "Shoes")


def two_of_a_title(shop):
    effect(shop, "Boots", "Boots")
    orders(shop, "Boots")


def buyers_not_told(shop):
    effect(shop, "Boots")
    orders(shop, "Boots", buyer="")


@pytest.mark.parametrize("given", [few_days, a_gap, new_product, few_days_of_orders, no_match, two_of_a_title, buyers_not_told])
def test_nothing_is_said_of_what_is_not_known(cast, as_, shop, given):
    given(shop)
    assert advice(as_(cast.alice), shop).endswith(SILENT + "。")


def test_words_are_those_that_the_whole_title_holds_and_are_indexed_once(cast, as_, shop):
    effect(shop, "Canvas Boots Men", "Canvas Shoes")
    words = [("canvas", 30), ("boots men", 20), ("canvas boots women", 10), ("shoes", 5)]
    take(shop, "keyword_effect", [{"word": w, "exposures": n, "clicks": 0} for w, n in words])
    for cached in (product_standing._searched, product_standing._judged):
        cached.cache_clear()
    alice, told = as_(cast.alice), {}
    for product in (ID, OTHER):
        page = alice.get(reverse("list_row", args=[shop.key, "products"]), {"product_id": product}).content.decode()
        told[product] = re.findall(r"<li>([a-z ]+) <small", page)
    assert told == {ID: ["boots men", "canvas"], OTHER: ["shoes", "canvas"]}
    assert [cached.cache_info().misses for cached in (product_standing._searched, product_standing._judged)] == [1, 1]


def test_exposures_that_the_report_does_not_say_are_missing(cast, as_, shop):
    effect(shop, "Suede Mules")
    take(
        shop,
        "keyword_effect",
        [{"word": "mules", "index": 70, "exposures": ""}, {"word": "suede", "index": "", "exposures": 30}],
    )
    page = as_(cast.alice).get(reverse("list_row", args=[shop.key, "products"]), {"product_id": ID}).content.decode()
    assert re.findall(r"<li>([a-z ]+) <small class=\"quiet\">(.*?)<", page) == [("suede", "曝光 30 · "), ("mules", "")]
