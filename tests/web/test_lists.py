"""Every list: rows, empty states, filters, columns, Excel, queries."""

from __future__ import annotations

import io
import re
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.web import listed
from tests.web.listed import get, heads, names, table, take, totals
from zhanggui.desk import people
from zhanggui.web import words
from zhanggui.web.lists import FRONTS, LISTS, SECTIONS
from zhanggui.web.sections import BESIDE

EVERY = sorted(LISTS)


def queries(client, shop, name):
    address = reverse("list", args=[shop.key, name])
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        page = client.get(address)
    assert page.status_code == 200
    return len(seen), page.content.decode().count('class="tick"')


@pytest.mark.parametrize("name", EVERY)
def test_a_list_asks_the_same_for_1_3_and_300_rows(cast, as_, name):
    alice = as_(cast.alice)
    counts = []
    for rows in (1, 3, 300):
        shop = people.open_shop(f"rows-{rows}", "Rows", company=cast.shop.company)
        take(shop, LISTS[name].table, rows)
        counts.append(queries(alice, shop, name))
    assert [shown for _, shown in counts] == [1, 3, 50]
    assert len({asked for asked, _ in counts}) == 1
    assert counts[0][0] <= 15


@pytest.mark.parametrize("name", EVERY)
def test_every_column_can_be_shown_sorted_and_filtered_and_every_row_opens(cast, as_, name):
    shop = people.open_shop("whole", "Whole", company=cast.shop.company)
    take(shop, LISTS[name].table, 3)
    alice = as_(cast.alice)
    page = get(alice, shop, name)
    columns = re.findall(r'name="col" value="([^"]+)"', page)
    assert set(LISTS[name].shown) <= set(columns)
    every = get(alice, shop, name, cols=",".join(columns))
    assert len(heads(every)) == len(columns) + 1
    assert len(table(every)) == 3
    for column in columns:
        for way in ("up", "down"):
            assert len(names(get(alice, shop, name, sort=column, dir=way))) == 3
        assert "notice error" not in get(alice, shop, name, **{f"missing.{column}": "1"})
    for chip in re.findall(r'href="(\?f=[^"]+)"', page):
        assert alice.get(reverse("list", args=[shop.key, name]) + chip).status_code == 200
    links = re.findall(r'href="([^"]*/(?:row|figure)/[^"]*)"', every)
    assert len(links) >= 3
    for href in dict.fromkeys(links):
        assert (href, alice.get(href.replace("&amp;", "&")).status_code) == (href, 200)


@pytest.mark.parametrize("name", EVERY)
def test_a_list_without_data_says_which_export_fills_it(cast, as_, name):
    shop = people.open_shop("empty", "Empty", company=cast.shop.company)
    page = get(as_(cast.alice), shop, name)
    assert f"还没有「{LISTS[name].source.zh}」" in page
    assert LISTS[name].source.menu["zh"] in page


def test_the_first_list_of_a_section_stands_at_its_address_and_the_others_are_tabs(cast, as_):
    alice = as_(cast.alice)
    for section, lists in SECTIONS.items():
        page = alice.get(reverse(section, args=[cast.shop.key])).content.decode()
        tabs = re.findall(r'<nav class="tabs".*?</nav>', page, re.S)
        many = len(lists) > 1 or section in BESIDE
        assert [one.title in tabs[0] for one in lists] == [True] * len(lists) if many else tabs == []
        here = re.findall(r'aria-current="page">([^<]*)</a>', tabs[0]) if tabs else []
        assert here == ([FRONTS[section][0] if section in FRONTS else lists[0].title] if tabs else [])
    assert alice.get(reverse("list", args=[cast.shop.key, "no-such-list"])).status_code == 404


LEADS = [
    {"inquiry_id": "1", "created": "{day} 10:00:00", "title": "Shoes", "country": "Germany", "buyer_orders": 0, "buyer_amount": 0},
    {"inquiry_id": "2", "created": "{day} 11:00:00", "title": "=Boots", "country": "France", "buyer_orders": 3, "buyer_amount": "1,250.5"},
    {"inquiry_id": "3", "created": "{early} 12:00:00", "title": "Sandals", "country": "", "buyer_orders": 7, "buyer_amount": 99},
]  # fmt: skip


@pytest.fixture
def leads(cast):
    day = listed.newest()
    early = day.replace(day=1) if day.day > 1 else day
    rows = [row | {"created": row["created"].format(day=day, early=early)} for row in LEADS]
    take(cast.shop, "inquiry", rows)
    return day


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"min.buyer_orders": "3"}, ["=Boots", "Sandals"]),
        ({"max.buyer_orders": "3"}, ["=Boots", "Shoes"]),
        ({"min.buyer_orders": "1", "max.buyer_orders": "3"}, ["=Boots"]),
        ({"min.buyer_amount": "1,250.50"}, ["=Boots"]),
        ({"has.country": "GERM"}, ["Shoes"]),
        ({"is.country": ["germany", "France"]}, ["=Boots", "Shoes"]),
        ({"missing.country": "1"}, ["Sandals"]),
        ({"is.buyer_orders": ["0", "7"]}, ["Shoes", "Sandals"]),
        ({"f": "bought", "q": "sand"}, ["Sandals"]),
    ],
)
def test_filters_of_columns(cast, as_, leads, query, found):
    page = get(as_(cast.alice), cast.shop, "leads", **query, days="90")
    assert names(page) == found
    asked = [n for n in query if "." in n]
    assert page.count('<span class="hush">去掉</span>') == len(asked)


def test_a_filter_of_days(cast, as_, leads):
    alice = as_(cast.alice)
    assert names(get(alice, cast.shop, "leads", **{"min.created": leads.isoformat()})) == ["=Boots", "Shoes"]
    assert names(get(alice, cast.shop, "leads", **{"max.created": f"{leads:%Y/%m/%d}"}, q="shoes")) == ["Shoes"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"min.buyer_orders": "many"}, "「订单总数」要写一个数，比如 100；收到的是「many」。"),
        ({"min.buyer_orders": "1e400"}, "「订单总数」要写一个数，比如 100；收到的是「1e400」。"),
        ({"min.created": "2026-13-45"}, "「创建时间」要写日期，比如 2026-09-13；收到的是「2026-13-45」。"),
        ({"has.buyer_orders": "3"}, "「订单总数」不能用「包含」；可以用：≥（从）、≤（到）、是、没有值。"),
        ({"min.country": "3"}, "「国家/地区」不能用「≥（从）」；可以用：包含、是、没有值。"),
        ({"min.no_such": "3"}, "这个列表没有「no_such」这一列。"),
        ({"has.country": " "}, "「国家/地区」的筛选没有写值。"),
    ],
)
def test_a_filter_that_cannot_be_read_is_said_and_left_out(cast, as_, leads, query, says):
    alice = as_(cast.alice)
    page = get(alice, cast.shop, "leads", **query)
    assert says in page
    assert "去掉这个条件" in page
    assert len(names(page)) >= 2
    answer = alice.get(reverse("leads", args=[cast.shop.key]), {**query, "format": "xlsx"})
    assert (answer.status_code, "html" in answer["Content-Type"]) == (400, True)


def test_the_form_of_filters_writes_a_readable_address(cast, as_, leads):
    alice = as_(cast.alice)
    address = reverse("leads", args=[cast.shop.key])
    answer = alice.get(address, {"q": "s", "page": "2", "column": "country", "ask": "is", "value": "Germany | France"})
    assert answer["Location"] == f"{address}?q=s&is.country=Germany&is.country=France"
    answer = alice.get(address, {"column": "country", "ask": "missing", "value": ""})
    assert answer["Location"] == f"{address}?missing.country=1"
    answer = alice.get(address, {"column": "created", "ask": "min", "value": ""})
    assert "没有写值" in alice.get(answer["Location"]).content.decode()


def test_columns_are_chosen_and_ordered(cast, as_, leads):
    alice = as_(cast.alice)
    address = reverse("leads", args=[cast.shop.key])
    answer = alice.get(address, {"choose": "1", "col": ["country", "buyer_orders"], "panel": "columns", "q": "s"})
    assert answer["Location"] == f"{address}?q=s&cols=country%2Cbuyer_orders"
    page = get(alice, cast.shop, "leads", cols="country,buyer_orders,nonsense,country")
    assert heads(page) == ["询盘标题", "国家/地区", "订单总数"]
    up = re.search(r'href="([^"]*)" aria-label="上移 订单总数"', page)[1].replace("&amp;", "&")
    assert heads(re.sub(r"\s+", " ", alice.get(address + up).content.decode())) == ["询盘标题", "订单总数", "国家/地区"]
    assert len(heads(get(alice, cast.shop, "leads", cols="nonsense"))) == len(LISTS["leads"].shown) + 1


def test_excel_is_what_is_seen_with_real_numbers_and_days_and_no_formula(cast, as_, leads):
    alice = as_(cast.alice)
    query = {"cols": "created,buyer_amount,buyer_orders,country", "sort": "buyer_orders", "dir": "up", "days": "90"}
    page = get(alice, cast.shop, "leads", **query)
    answer = alice.get(reverse("leads", args=[cast.shop.key]), query | {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    assert [c.value for c in rows[0]][:5] == heads(page)
    assert heads(page) == ["询盘标题", "创建时间", "订单总金额 USD", "订单总数", "国家/地区"]
    assert [row[0].value for row in rows[1:]] == names(page) == ["Shoes", "=Boots", "Sandals"]
    assert [row[3].value for row in rows[1:]] == [0, 3, 7]
    assert [row[2].value for row in rows[1:]] == [0, 1250.5, 99]
    assert (rows[2][0].data_type, rows[1][1].is_date, rows[3][4].value) == ("s", True, None)


def test_excel_holds_all_pages(cast, as_):
    take(cast.shop, "inquiry", 120)
    alice = as_(cast.alice)
    assert len(names(get(alice, cast.shop, "leads"))) == 50
    answer = alice.get(reverse("leads", args=[cast.shop.key]), {"format": "xlsx"})
    assert load_workbook(io.BytesIO(answer.content)).active.max_row == 121


def test_totals_stay_within_one_currency_and_one_kind(cast, as_):
    day = listed.newest()
    dispute = {"order_no": "1", "opened": f"{day} 10:00:00", "refund": "1"}
    rows = [
        dispute | {"dispute_id": n, "amount": a, "currency": c} for n, a, c in ((1, 10, "USD"), (2, 20, "USD"), (3, 5, "EUR"))
    ]
    take(cast.shop, "dispute", rows)
    alice = as_(cast.alice)
    page = get(alice, cast.shop, "orders-disputes")
    assert totals(page)["纠纷金额"] == "—"
    assert "币种不同，不能相加" in page
    assert sorted(row[heads(page).index("纠纷金额")] for row in table(page)) == ["10.00 USD", "20.00 USD", "5.00 EUR"]
    assert totals(get(alice, cast.shop, "orders-disputes", **{"is.currency": "usd"}))["纠纷金额 USD"] == "30.00"
    target = {"exposures": 10, "clicks": 1, "cost": 2, "inquiries": 0, "plan": "P"}
    take(
        cast.shop,
        "p4p_target",
        [target | {"kind": k, "target": t} for k, t in (("地域", "US"), ("地域", "DE"), ("人群", "L1"))],
    )
    page = get(alice, cast.shop, "ads-targets")
    assert totals(page)["花费 CNY"] == "—"
    assert totals(get(alice, cast.shop, "ads-targets", f="region"))["花费 CNY"] == "4.00"


def test_money_is_shown_in_the_wanted_currency_with_the_day_of_its_rate(cast, as_):
    day = listed.newest()
    rows = [
        {"dispute_id": n, "order_no": "1", "opened": f"{day} 10:00:00", "amount": 10, "refund": "", "currency": c}
        for n, c in ((1, "USD"), (2, "EUR"))
    ]
    take(cast.shop, "dispute", rows)
    take(cast.shop, "exchange_rate", [{"currency": "USD", "rate_on": day, "rate": 7.2}])
    cast.alice.currency = "CNY"
    cast.alice.save()
    page = get(as_(cast.alice), cast.shop, "orders-disputes")
    assert sorted(row[heads(page).index("纠纷金额")] for row in table(page)) == ["10.00 EUR", "72.00 CNY"]
    assert f"按 {words.day(day)} 的汇率折算" in page
    assert "原币：没有那一天可用的汇率" in page
    assert reverse("register", args=[cast.shop.key, "exchange_rate"]) in page


def test_days_are_words_to_read_and_days_in_excel(cast, as_):
    day = listed.newest()
    row = {"dispute_id": 1, "order_no": "1", "opened": f"{day} 10:00:00", "amount": 10, "refund": "", "currency": "USD"}
    take(cast.shop, "dispute", [row])
    page = get(as_(cast.alice), cast.shop, "orders-disputes")
    assert f"{words.day(day)} 10:00" in page
    people.set_language(cast.alice, "en")
    page = get(as_(cast.alice), cast.shop, "orders-disputes")
    assert f"{day.day} {day:%b %Y} 10:00" in page
    narrowed = get(as_(cast.alice), cast.shop, "orders-disputes", **{"min.opened": str(day)})
    chips = re.findall(r'class="chip" aria-current="true"[^>]*>([^<]*) <', narrowed)
    assert [chip.endswith(f" {day.day} {day:%b %Y}") for chip in chips] == [True]
    book = as_(cast.alice).get(reverse("list", args=[cast.shop.key, "orders-disputes"]), {"format": "xlsx"}).content
    kinds = {type(cell.value) for row in load_workbook(io.BytesIO(book)).active.iter_rows() for cell in row if cell.is_date}
    assert kinds == {datetime}  # a moment that Excel can count with, not its words


def test_an_order_of_two_lines_is_one_row_and_its_page_shows_both_lines(cast, as_):
    line = {"order_no": "77", "created": listed.newest(), "order_amount": "100", "currency": "USD", "quantity": 2}
    take(
        cast.shop,
        "order_lines",
        [line | {"product_name": "Boots", "sku": "red"}, line | {"product_name": "Shoes", "sku": "blue"}],
    )
    alice = as_(cast.alice)
    page = get(alice, cast.shop, "orders")
    assert (names(page), totals(page)["订单总价 USD"], totals(page)["数量"]) == (["77"], "100.00", "4")
    row = alice.get(reverse("list_row", args=[cast.shop.key, "orders"]), {"order_no": "77"}).content.decode()
    assert [row.count(text) for text in ("<td>Boots</td>", "<td>Shoes</td>", "order_lines 2.csv")] == [1, 1, 2]
    assert ("第 2 行" in row, "第 3 行" in row) == (True, True)


def test_a_row_that_is_not_there_is_404(cast, as_, leads):
    alice = as_(cast.alice)
    address = reverse("list_row", args=[cast.shop.key, "leads"])
    assert [alice.get(address, query).status_code for query in ({"inquiry_id": "1"}, {"inquiry_id": "8"}, {})] == [
        200,
        404,
        404,
    ]
