"""The cockpit against sums of the raw rows; who is shown what; what is said where something is missing."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web import weeks
from tests.web.conftest import PASSWORD, bring
from zhanggui.desk import people
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.measures import trace


@pytest.fixture
def shop(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return people.open_shop("deck", "Deck 的店")


@pytest.fixture
def member(shop, as_):
    return lambda role: as_(people.add_person(role, PASSWORD, shop.company, role))


def read(client, shop, name="cockpit", **query):
    answer = client.get(reverse(name, args=[shop.key]), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def gauges(page):
    """Figure → its title, which gives it in full; — for a missing one."""
    found = {}
    for name, body in re.findall(r'<article class="gauge" id="([^"]+)">(.*?)</article>', page):
        full = re.search(r'class="value[^"]*"><a href="[^"]*" title="([^"]*)"', body)
        found[name] = full[1] if full else "—"
    return found


def added(column, start, stop):
    return sum(weeks.overview(n)[column] for n in range(start, stop))


def test_figures_are_the_sums_of_the_raw_rows(shop, member):
    weeks.bring_all(shop)
    shown = gauges(read(member("owner"), shop))
    clicks, exposures = added("搜索点击次数", 0, 4), added("搜索曝光次数", 0, 4)
    wanted = {
        "traffic-overview-search_exposures": f"{exposures:,}",
        "traffic-overview-search_clicks": f"{clicks:,}",
        "traffic-overview-search_ctr": f"{clicks / exposures:.2%}",
        "traffic-overview-visitors": f"{weeks.overview(0)['店铺访问人数']}",
        "traffic-overview-lead_people": f"{weeks.overview(0)['商机人数']}",
        "traffic-overview-inquiries": f"{added('询盘个数', 0, 4)}",
        "traffic-total-shop_exposures": f"{4 * 9000:,}",
        "traffic-overview-orders": "16",
        "traffic-overview-order_amount": "4,001.00 USD",
        "orders-total-orders": "3",
        "orders-total-amount": "180.00 USD",
        "profit-total-gross_profit": f"{10 * (10 - 6)}.00 USD",
        "profit-total-gross_margin": "40.00%",
    }
    assert {k: shown.get(k) for k in wanted} == wanted


def test_every_figure_opens_to_itself(shop, member):
    """The page adds up by itself, for speed; the way to the files reckons anew."""
    weeks.bring_all(shop)
    client = member("owner")
    for days in (7, 28, 90):
        page = read(client, shop, days=days)
        links = re.findall(r'class="value[^"]*"><a href="([^"]*)" title="([^"]*)"', page)
        assert len(links) >= 13
        for href, full in links:
            (address,) = parse_qs(urlsplit(href.replace("&amp;", "&")).query)["address"]
            opened = re.sub(r"\s+", " ", client.get(href.replace("&amp;", "&")).content.decode())
            assert (address, re.search(r'<strong class="value">(.*?)</strong>', opened)[1]) == (address, full)
            assert trace(facts_of(shop).snapshot(platform_today()), address).origins


def test_the_period_before_opens_as_it_was(shop, member):
    weeks.bring_all(shop)
    client = member("owner")
    page = read(client, shop)
    href = re.search(r'id="traffic-overview-search_clicks".*?<a class="about" href="([^"]*)"', page)[1].replace("&amp;", "&")
    opened = client.get(href).content.decode()
    assert re.search(r'<strong class="value">(.*?)</strong>', opened)[1] == f"{added('搜索点击次数', 4, 8):,}"


def test_a_fall_beyond_the_usual_is_split_and_the_parts_add_up(shop, member):
    weeks.bring_all(shop, 20)
    page = read(member("owner"), shop)
    inquiries = re.search(r'<details class="move" open>(.*?)</details> </figure>.*?</table>', page)[0]
    assert ("询盘个数：" in inquiries, "▼" in inquiries, "降 −67%" in inquiries) == (True, True, True)
    parts = dict(re.findall(r"<tr><td>([^<]*)</td><td class=\"n\">([^<]*)</td></tr>", inquiries))
    assert parts == {"上一段": "144", "曝光": "0", "点击率": "0", "询盘率（每次点击）": "-96", "这一段": "48"}
    products = re.findall(r'<td class="n">([+-][\d,]+)</td></tr>', inquiries)
    assert [int(p) for p in products] == [-96, -64, -32, 0]  # the part, two products, all others


def test_what_stays_the_same_is_no_change(shop, member):
    weeks.bring_all(shop, 20)
    page = read(member("owner"), shop)
    orders = re.search(r'<details class="move"> <summary>.*?提交订单个数：.*?</summary>', page)
    assert "平时的上下" in orders[0]


def test_the_step_that_loses_most_against_the_peers(shop, member):
    weeks.bring_all(shop, 20)
    said = re.search(r'<p id="verdict">(.*?)</p>', read(member("owner"), shop))[1]
    own, peers = 400 / 40_000, 800 / 40_000
    assert (
        said
        == f"与同行比，搜索点击率这一步丢得最多：本店 {own:.2%}，同行平均 {peers:.2%}；按同行的水平，那一期会多 400 搜索点击次数。"
    )


def test_without_peers_that_is_said(shop, member):
    weeks.bring_all(shop, 6, peers=False)
    page = read(member("owner"), shop)
    assert re.search(r'<p id="verdict">(.*?)</p>', page)[1] == "数据里没有同行的数字。"
    assert '<svg class="beside"' not in page


@pytest.mark.parametrize(
    ("role", "amount", "profit"), [("owner", True, True), ("operator", True, False), ("reader", False, False)]
)
def test_money_only_for_those_who_may_see_it(shop, member, role, amount, profit):
    weeks.bring_all(shop)
    client = member(role)
    for name in ("cockpit", "wall"):
        page = read(client, shop, name)
        assert (role, name, "信保交易金额" in page, "毛利" in page) == (role, name, amount, profit)
    addresses = {"traffic.overview.order_amount@28": amount, "orders.total.amount[currency=USD]@28": amount}
    addresses |= {"profit.total.gross_profit[currency=USD]@28": profit, "traffic.overview.orders@28": True}
    figure = reverse("figure", args=[shop.key])
    assert {a: client.get(figure, {"address": a}).status_code == 200 for a in addresses} == addresses


def test_sales_who_see_their_own_buyers_only_see_no_sums_of_all_orders(shop, member):
    weeks.bring_all(shop)
    client = member("sales")
    assert [n for n in gauges(read(client, shop)) if n.startswith(("orders", "profit"))] == []
    figure = reverse("figure", args=[shop.key])
    # Of their own orders there are none here; other people's are as if they were not there.
    assert client.get(figure, {"address": "orders.total.orders[currency=USD]@28"}).status_code == 404


def test_no_data_says_which_reports_to_bring(shop, member):
    client = member("owner")
    page = read(client, shop)
    assert ("还没有数据" in page, "店铺概览" in page, "数据参谋 → 数据概览" in page, gauges(page)) == (True, True, True, {})
    assert "还没有数据。" in read(client, shop, "wall")


def test_one_week_has_nothing_to_compare_with_and_says_so(shop, member):
    bring(shop, weeks.overview_file(0), "overview.csv")
    page = read(member("owner"), shop, days=7)
    assert gauges(page)["traffic-overview-search_clicks"] == "400"
    assert "没有可比的上一段" in page
    assert ("▲" in page, "▼" in page) == (False, False)


def test_a_cost_in_another_currency_without_a_rate_is_no_profit(shop, member):
    weeks.bring_all(shop)
    bring(shop, "产品ID,单件成本,成本币种\n1601825074601,40,CNY\n".encode(), "产品成本2.csv")
    page = read(member("owner"), shop)
    assert gauges(page)["profit-total-gross_profit"] == "—"
    assert "没有当天的汇率" in page


def test_a_goal_with_its_pace_and_without_one_the_way_to_set_it(shop, member):
    weeks.bring_all(shop)
    client = member("owner")
    assert reverse("register", args=[shop.key, "goal"]) in read(client, shop)
    year = platform_today().year
    bring(shop, f"目标年份,目标指标,目标值,目标单位\n{year},询盘,1000,个\n".encode(), "目标.csv")
    page = read(client, shop)
    head = re.search(r'<p class="head"><strong>(.*?)</strong> <span>(\S+) / (\S+)', page)
    assert head.groups() == (f"{year}年 询盘", f"{added('询盘个数', 0, 10)}", "1,000")


def test_the_wall_refreshes_itself_with_and_without_scripts(shop, member):
    weeks.bring_all(shop, 3)
    page = read(member("owner"), shop, "wall")
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page
    assert f'hx-get="{reverse("wall", args=[shop.key])}" hx-trigger="every 60s" hx-select="#wall" hx-swap="outerHTML"' in page
    assert re.search(r"更新于 <time datetime=", page)


def test_the_number_of_queries_does_not_grow(shop, member):
    client, counts = member("owner"), []
    for n in (1, 3, 12):
        weeks.bring_all(shop, n)
        for name in ("cockpit", "wall"):
            with CaptureQueriesContext(connection) as queries:
                read(client, shop, name)
            counts.append(len(queries))
    assert counts == [counts[0], counts[1]] * 3
