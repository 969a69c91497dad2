"""The traffic page and the charts of its lists: what they say of a small shop, and what they say without data."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.web import files, listed, weeks
from tests.web.conftest import PASSWORD
from zhanggui.desk import people


@pytest.fixture
def shop(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return people.open_shop("flow", "Flow 的店")


@pytest.fixture
def client(shop, as_):
    return as_(people.add_person("owner", PASSWORD, shop.company, "owner"))


def read(client, shop, **query):
    answer = client.get(reverse("traffic", args=[shop.key]), query)
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


def test_a_shop_without_data_is_told_which_exports_fill_the_page(shop, client):
    page = read(client, shop)
    menus = re.findall(r'<span class="quiet">([^<]*→[^<]*)</span>', page)
    assert len(menus) == 5
    assert "数据参谋 → 流量 → 地域" in menus
    assert reverse("sandbox", args=[shop.key]) in page


def test_the_gap_in_leads_is_split_into_visitors_and_asking(shop, client):
    weeks.bring_all(shop)
    page = read(client, shop)
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


def test_visitors_are_followed_from_word_to_inquiry_and_missing_days_stay_empty(shop, client):
    visitors(shop)
    page = read(client, shop)
    told = drawn(page)
    assert told["sankey"] == "问了的：看 1 页的 0.0%，看 2–3 页的 0.0%，看 4 页以上的 66.7%"
    bands = {(a, b): n for a, b, n, _ in rows(page, "问了的")}
    assert bands["搜词进店", "看 1 页"] == "32"
    assert bands["看 4 页以上", "询盘又 TM"] == "8"
    assert "缺 1 天，留空，不是零。" in page
    days = [value for _, value in rows(page, "访客人数")]
    assert days == ["10"] * 5 + ["—"] + ["10"] * 3


def test_the_regions_are_drawn_with_their_targets(shop, client):
    listed.take(shop, "target_country", [{"country": "USA", "priority": "高"}])
    figures = [
        {"country": c, "visits": n, "visitors": n // 2} for c, n in (("United States", 60), ("肯尼亚", 30), ("Atlantis", 10))
    ]
    listed.take(shop, "shop_region", figures)
    page = listed.get(client, shop, "traffic-regions")
    assert drawn(page)["scatter"] == "店铺访问次数最多的是美国（60）；目标国家占 60%"
    assert rows(page, "目标国家占 60%") == [
        ["美国", "60", "目标国家"], ["肯尼亚", "30", "其他国家"], ["Atlantis", "10", "其他国家"],
    ]  # fmt: skip
    assert "不认识的名称，不在图上：Atlantis。" in page
    assert [row[:4] for row in listed.table(listed.get(client, shop, "traffic-regions", f="target"))] == [
        ["United States", "高", "北美洲", "60"]
    ]


def test_the_continent_is_named_in_the_readers_language(shop, client):
    listed.take(shop, "shop_region", [{"country": "Kenya", "visits": 2, "visitors": 1}])
    assert listed.table(listed.get(client, shop, "traffic-regions"))[0][2] == "非洲"
    client.post(reverse("language"), {"lang": "en"})
    assert listed.table(listed.get(client, shop, "traffic-regions"))[0][2] == "Africa"


def test_products_are_told_apart_only_where_their_clicks_suffice(shop, client):
    made = [{"product_id": f"9{n}", "product_name": f"P{n}", "shop_clicks": 300, "inquiries": 6} for n in range(8)]
    made.append({"product_id": "98", "product_name": "Silent", "shop_clicks": 3000, "inquiries": 3})
    made.append({"product_id": "99", "product_name": "Small", "shop_clicks": 9, "inquiries": 0})
    listed.take(shop, "product_effect", made)
    page = listed.get(client, shop, "products")
    assert drawn(page)["scatter"] == "1 个产品点击多、询盘明显偏少：先看它们的价格和详情页"
    corner = {name: where for name, _, _, where in rows(page, "1 个产品")}
    assert (corner["Silent"], corner["Small"]) == ("点击多、询盘少", "还不够判断")
    assert drawn(read(client, shop))["bar"] == "点击最多的 2 个产品（20%）占全店点击的 61%"
