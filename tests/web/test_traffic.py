"""The traffic page and the charts of its lists: what they say of a small shop, and what they say without data."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web import files, listed, weeks
from tests.web.conftest import PASSWORD, bring
from zhanggui.desk import people


@pytest.fixture
def shop(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return people.open_shop("flow", "Flow 的店")


@pytest.fixture
def browser(shop, as_):
    return as_(people.add_person("owner", PASSWORD, shop.company, "owner"))


def read(browser, shop, **query):
    answer = browser.get(reverse("traffic", args=[shop.key]), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def drawn(page):
    """Kind of chart → its title."""
    found = re.findall(r"<figcaption>(.*?)</figcaption>.*?data-chart='(.*?)'", page)
    return {json.loads(html.unescape(made))["series"][0]["type"]: html.unescape(title) for title, made in found}


def rows(page, title):
    """The rows of the table behind a chart."""
    figure = next(f for f in re.findall(r'<figure class="drawing">.*?</figure>', page) if title in f)
    return [[listed.plain(c) for c in re.findall(r"<td.*?</td>", row)] for row in re.findall(r"<tr><td>.*?</tr>", figure)]


def visitors(shop):
    """Ten visitors on each of eight days but the third; those of many pages ask."""
    last = files.week()[1]
    made = []
    for back in range(9):
        for n in range(10 if back != 3 else 0):
            pages = (1, 1, 1, 1, 2, 2, 3, 4, 5, 9)[n]
            made.append(
                {
                    "visitor_id": f"{back}{n:03d}", "came": last - timedelta(days=back), "country": "美国" if n % 2 else "Kenya",
                    "entry_words": "loafers" if n < 5 else "", "views": pages,
                    "inquired": "Y" if n == 9 else "N", "chatted": "Y" if n >= 8 else "N",
                }
            )  # fmt: skip
    listed.take(shop, "visitor", made)


def test_a_shop_without_data_is_told_which_exports_fill_the_page(shop, browser):
    page = read(browser, shop)
    menus = re.findall(r'<span class="quiet">([^<]*→[^<]*)</span>', page)
    assert len(menus) == 5
    assert "数据参谋 → 流量 → 地域" in menus
    assert reverse("sandbox", args=[shop.key]) in page


def test_the_gap_in_leads_is_split_into_visitors_and_asking(shop, browser):
    weeks.bring_all(shop)
    page = read(browser, shop)
    assert "与同行平均差 0" in re.search(r'<p id="verdict">(.*?)</p>', page)[1]
    own = weeks.overview(0)
    told = {label: cells for label, *cells in beside(page)}
    assert told["搜索点击次数"] == [f"{own['搜索点击次数']:,}", f"{2 * own['搜索点击次数']:,}", "—", "↓ −50%"]
    assert told["搜索点击率"][3] == "↓ −50%"
    assert told["店铺访问人数"][3] == "≈ 0.0%"


def beside(page):
    """Label, own, average, best and the distance from the average, row by row."""
    body = re.search(r"比平均</th></tr></thead>(.*?)</table>", page)[1]
    kept = re.sub(r"<small.*?</small>", "", body)
    return [[listed.plain(c) for c in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in re.findall(r"<tr>.*?</tr>", kept)]


def test_visitors_are_followed_from_word_to_inquiry_and_missing_days_stay_empty(shop, browser):
    visitors(shop)
    page = read(browser, shop)
    told = drawn(page)
    assert told["sankey"] == "问了的：看 1 页的 0.0%，看 2–3 页的 0.0%，看 4 页以上的 66.7%"
    bands = {(a, b): n for a, b, n, _ in rows(page, "问了的")}
    assert bands["搜词进店", "看 1 页"] == "32"
    assert bands["看 4 页以上", "询盘又 TM"] == "8"
    assert "缺 1 天，留空，不是零。" in page
    days = [value for _, value in rows(page, "访客人数")]
    assert days == ["10"] * 5 + ["—"] + ["10"] * 3


def test_the_regions_are_drawn_with_their_targets(shop, browser):
    listed.take(shop, "target_country", [{"country": "USA", "priority": "高"}])
    figures = [
        {"country": c, "visits": n, "visitors": n // 2} for c, n in (("United States", 60), ("肯尼亚", 30), ("Atlantis", 10))
    ]
    listed.take(shop, "shop_region", figures)
    page = listed.get(browser, shop, "traffic-regions")
    assert drawn(page)["scatter"] == "店铺访问次数最多的是美国（60）；目标国家占 60%"
    assert rows(page, "目标国家占 60%") == [
        ["美国", "60", "目标国家"], ["肯尼亚", "30", "其他国家"], ["Atlantis", "10", "其他国家"],
    ]  # fmt: skip
    assert "不认识的名称，不在图上：Atlantis。" in page
    assert [row[:4] for row in listed.table(listed.get(browser, shop, "traffic-regions", f="target"))] == [
        ["United States", "高", "北美洲", "60"]
    ]


def test_the_continent_is_named_in_the_readers_language(shop, browser):
    listed.take(shop, "shop_region", [{"country": "Kenya", "visits": 2, "visitors": 1}])
    assert listed.table(listed.get(browser, shop, "traffic-regions"))[0][2] == "非洲"
    browser.post(reverse("language"), {"lang": "en"})
    assert listed.table(listed.get(browser, shop, "traffic-regions"))[0][2] == "Africa"


def test_products_are_told_apart_only_where_their_clicks_suffice(shop, browser):
    made = [{"product_id": f"9{n}", "product_name": f"P{n}", "shop_clicks": 300, "inquiries": 6} for n in range(8)]
    made.append({"product_id": "98", "product_name": "Silent", "shop_clicks": 3000, "inquiries": 3})
    made.append({"product_id": "99", "product_name": "Small", "shop_clicks": 9, "inquiries": 0})
    listed.take(shop, "product_effect", made)
    page = listed.get(browser, shop, "products")
    assert drawn(page)["scatter"] == "1 个产品点击多、询盘明显偏少：先看它们的价格和详情页"
    corner = {name: where for name, _, _, where in rows(page, "1 个产品")}
    assert (corner["Silent"], corner["Small"]) == ("点击多、询盘少", "还不够判断")
    assert drawn(read(browser, shop))["bar"] == "点击最多的 2 个产品（20%）占全店点击的 61%"


def bring_weeks(shop, lost):
    """Nine weeks of three products and two countries; in the newest the product `Loafers` and Germany lose `lost` of theirs."""
    for back in range(9):
        left = 1 - lost if back == 0 else 1
        made = []
        for n, (name, seen) in enumerate((("Loafers", 40_000 * left), ("Boots", 30_000), ("Sandals", 30_000))):
            clicks = round(seen / 50)
            made.append(
                {"产品ID": f"9{n}", "产品名称": name, "全店曝光次数": round(seen) + back, "全店点击次数": clicks + back, "询盘个数": clicks // 40,
                 "搜索曝光次数": round(seen), "搜索点击次数": clicks, "提交订单个数": 2}
            )  # fmt: skip
        bring(shop, files.export("product_effect", "产品数据", made, weeks.period(back)), f"p{back}.csv")
        rows = [
            ["国家/地区", "店铺访问人数", "店铺访问次数"],
            ["Germany", 200, round(1000 * left)],
            ["Chile", 300, 1500 + back],
        ]
        bring(shop, weeks.text("访客地域, 时间周期 {}~{}".format(*weeks.period(back)), rows[0], rows[1:]), f"r{back}.csv")


def test_a_fall_is_explained_and_its_cause_stands_first(shop, browser):
    bring_weeks(shop, 0.75)
    page = read(browser, shop, days=7)
    head = next(s for s in re.findall(r"<summary>(.*?)</summary>", page) if "全店曝光次数" in s)
    said = listed.plain(head)
    assert said.startswith("▼ 全店曝光次数：")
    assert "100,003" in said
    assert "70,000" in said
    assert said.endswith("；其中产品「Loafers」−30,001")
    products = re.search(r"按产品.*?</table>", page)[0]
    first = re.search(r'<tr><th scope="row">.*?</tr>', products)[0]
    assert listed.plain(re.sub(r"</t[hd]>", " ", first)).split() == [
        "Loafers自己变的，别的没有一起变", "40,001", "10,000", "−30,001",
    ]  # fmt: skip
    countries = re.search(r"按国家.*?</table>", page)[0]
    first = re.search(r'<tr><th scope="row"><span class="name" title="([^"]*)">', countries)[1]
    assert first == "Germany"
    opened = browser.get(html.unescape(re.search(r'href="([^"]*by_country[^"]*)"', countries)[1])).content.decode()
    assert "250" in opened


def test_weeks_that_are_alike_are_told_to_be_within_the_usual(shop, browser):
    bring_weeks(shop, 0)
    page = read(browser, shop, days=7)
    assert "在平时的上下之内，下面的拆分只供参考。" in page
    assert "其中产品「" not in page


def test_the_page_asks_the_database_the_same_however_much_there_is(shop, browser):
    asked = []
    for count in (1, 3, 300):
        listed.take(
            shop, "shop_region", [{"country": f"C{n}", "visits": n + 1, "visitors": 1} for n in range(count)], f"{count}.csv"
        )
        read(browser, shop)
        with CaptureQueriesContext(connection) as seen:
            read(browser, shop)
        asked.append(len(seen))
    assert len(set(asked)) == 1
    assert asked[0] <= 12


def test_who_may_not_see_turnover_is_not_told_amounts(shop, as_):
    weeks.bring_all(shop)
    owner, reader = (as_(people.add_person(r, PASSWORD, shop.company, r)) for r in ("owner", "reader"))
    assert ["信保交易金额" in read(one, shop) for one in (owner, reader)] == [True, False]


def test_another_company_s_traffic_does_not_exist(cast, as_):
    assert as_(cast.charlie).get(reverse("traffic", args=[cast.shop.key])).status_code == 404
