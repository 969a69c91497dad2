"""The table: search, chips, sort, totals, Excel."""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.web import files
from tests.web.conftest import bring
from zhanggui.web import words


def listed(client, cast, section="products", **query):
    return re.sub(r"\s+", " ", client.get(reverse(section, args=[cast.shop.key]), query).content.decode())


def names(page):
    return re.findall(r'<span class="name" title="([^"]*)"', page)


def total(page, label):
    row = re.search(r'<tr class="totals">.*?</tr>', page)[0]
    cell = re.search(rf'data-label="{label}">(.*?)</td>', row)[1]
    return re.sub(r'<span class="hush">.*?</span>', "", re.sub(r"<(?!/?span)[^>]+>", "", cell)).replace("</span>", "")


def test_sorted_by_any_column_both_ways(cast, as_):
    alice = as_(cast.alice)
    assert [n[-1] for n in names(listed(alice, cast))] == ["2", "1", "3"]
    assert [n[-1] for n in names(listed(alice, cast, sort="search_exposures", dir="up"))] == ["3", "1", "2"]
    assert [n[-1] for n in names(listed(alice, cast, sort="product_name"))] == ["1", "2", "3"]
    assert [n[-1] for n in names(listed(alice, cast, sort="nonsense", page="-1", size="9", days="x"))] == ["2", "1", "3"]


def test_search_and_chips_narrow_the_rows_and_their_totals(cast, as_):
    alice = as_(cast.alice)
    page = listed(alice, cast, q="MODEL 1")
    assert [n[-1] for n in names(page)] == ["1"]
    assert total(page, "搜索曝光次数") == "100"
    assert [n[-1] for n in names(listed(alice, cast, f="unseen"))] == ["3"]
    assert "没有符合条件的行" in listed(alice, cast, f="showcase")
    assert len(names(listed(alice, cast, "keywords", f="brand"))) == 3
    assert "没有符合条件的行" in listed(alice, cast, "keywords", f=["brand", "opportunity"])


def test_totals_add_up_what_may_be_added_and_say_why_not(cast, as_):
    page = listed(as_(cast.alice), cast)
    assert total(page, "搜索曝光次数") == "300"
    assert total(page, "搜索点击率") == f'<span title="由合计重新计算，不是平均">{6 / 300:.2%}'
    for people in ("访问人数", "询盘人数", "TM咨询人数"):
        assert total(page, people) == '<span title="人数不能相加：同一位买家会看多个产品">—'
    assert ">21<" not in re.search(r'<tr class="totals">.*?</tr>', page)[0]  # 7 + 7 + 7 visitors


def test_missing_is_a_dash_with_its_reason_and_zero_is_zero(cast, as_):
    page = listed(as_(cast.alice), cast)
    row = re.search(r"<tr> ?<th(?:(?!</tr>).)*Model 3.*?</tr>", page)[0]
    assert re.search(r'data-label="搜索曝光次数"><a [^>]*>0</a>', row)
    assert re.search(r'data-label="搜索点击率"><span title="搜索曝光次数为 0">—', row)


def test_people_over_two_periods_are_missing_not_added(cast, as_):
    start, end = files.week()
    week = end - start + (end - start) / 6
    earlier = (start - week, end - week)
    bring(
        cast.shop,
        files.export("product_effect", "产品数据", [files.product(1, 搜索曝光次数=40, 访问人数=5)], earlier),
        "Earlier.csv",
    )
    page = listed(as_(cast.alice), cast)
    row = re.search(r"<tr> ?<th(?:(?!</tr>).)*Model 1.*?</tr>", page)[0]
    assert re.search(r'data-label="搜索曝光次数"><a [^>]*>140</a>', row)
    assert re.search(r'data-label="访问人数"><span title="人数不能跨周期相加', row)
    assert re.search(r'data-label="访问人数"><a [^>]*>7</a>', listed(as_(cast.alice), cast, days=7))


def test_every_figure_opens_to_its_line(cast, as_):
    alice = as_(cast.alice)
    page = listed(alice, cast)
    links = {href.replace("&amp;", "&") for href in re.findall(r'href="([^"]*/figure/[^"]*)"', page)}
    assert len(links) > 30
    for href in links:
        assert (href, alice.get(href).status_code) == (href, 200)
    one = next(h for h in links if "search_exposures" in h and "1601825074602" in h)
    page = alice.get(one).content.decode()
    row = re.search(r'<tr><th scope="row">Products\.csv</th>(.*?)</tr>', page)[1]
    assert re.findall(r'data-label="([^"]+)">([^<]*)</td>', row) == [
        ("行", "8"),
        ("列", "搜索曝光次数"),
        ("值", "200"),
        ("周期", words.span(files.week())),
    ]


def test_excel_holds_the_rows_that_are_seen_as_numbers(cast, as_):
    answer = as_(cast.alice).get(
        reverse("products", args=[cast.shop.key]), {"format": "xlsx", "q": "model", "sort": "search_exposures", "dir": "up"}
    )
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    column = rows[0].index("搜索曝光次数")
    assert [row[column] for row in rows[1:]] == [0, 100, 200]
    assert rows[1][rows[0].index("搜索点击率")] is None
    assert rows[1][-1] == "1601825074603"  # an id stays text


@pytest.mark.parametrize(
    "address", ["", "nonsense", "products.effect.no_such@28", "products.effect.search_exposures[product_id=1]@28"]
)
def test_a_figure_that_does_not_exist_is_404(cast, as_, address):
    assert as_(cast.alice).get(reverse("figure", args=[cast.shop.key]), {"address": address}).status_code == 404


def test_long_evidence_is_paged(cast, as_):
    bring(
        cast.shop, files.export("product_effect", "产品数据", [files.product(n, 搜索曝光次数=1) for n in range(60)]), "Many.csv"
    )
    alice = as_(cast.alice)
    address = reverse("figure", args=[cast.shop.key]) + "?address=traffic.total.search_exposures@28"
    assert "1–50 / 60" in alice.get(address).content.decode()
    assert "51–60 / 60" in alice.get(address + "&page=2").content.decode()
