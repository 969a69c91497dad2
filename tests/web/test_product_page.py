"""One product's page: deductions with what was seen, pictures through a view that asks who looks, before and after, queries."""

from __future__ import annotations

import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from tests.intake.files import archive, text
from tests.intake.studio import film, jpeg, png, product
from tests.web.conftest import bring
from zhanggui.desk import checking, importing, setting
from zhanggui.tables import TABLES

ID = "1601825074601"


def address(shop, product_id=ID):
    return reverse("product_page", args=[shop.key]) + f"?product_id={product_id}"


def page(client, shop, product_id=ID):
    return client.get(address(shop, product_id)).content.decode()


def images(html):
    return [src.replace("&amp;", "&") for src in re.findall(r'<img src="([^"]*/listings/picture/[^"]+)"', html)]


def deductions(html):
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>\s*<td>(.*?)</td>\s*<td class="quiet">(.*?)</td></tr>', html, re.S)
    return {name: (re.sub("<[^>]+>", "", held).strip(), seen.strip()) for name, held, seen in rows}


@pytest.fixture
def pictured(cast):
    """Shop A with a main image that is too small, a side image and a video of one product, on two days."""
    bring(cast.shop, archive({f"{ID}-1.jpg": jpeg(product(1, (600, 600))), f"{ID}-2.jpg": jpeg(product(2))}), "2026-09-01.zip")
    newer = {
        f"{ID}-1.jpg": jpeg(product(3, (999, 999))),
        f"{ID}-2.jpg": jpeg(product(2)),
        f"{ID}-video.mp4": film(1, (90, 160)),
    }
    bring(cast.shop, archive(newer), "2026-09-15.zip")
    return cast


def test_every_deduction_says_what_was_seen_and_what_would_tell(pictured, as_):
    told = deductions(page(as_(pictured.alice), pictured.shop))
    assert told["主图小于规定边长或不是正方形"] == ("− 10", "999×999 / 1000")
    assert told["图片张数不够"] == ("− 10", "2 / 3")
    assert told["没有主图视频"][0] == "✓ 没有"
    assert told["没有阶梯价，或价格不随数量下降"] == ("不知道", "等「产品阶梯价」")


def test_weights_are_the_shop_s_own(pictured, as_):
    setting.change_setting(pictured.shop, "LI15", "weight_size", 40, person=pictured.alice)
    html = page(as_(pictured.alice), pictured.shop)
    assert deductions(html)["主图小于规定边长或不是正方形"][0] == "− 40"
    score = int(re.search(r'<span class="value">(\d+)</span>', html)[1])
    judged, lost = (int(n) for n in re.search(r"看得到 (\d+) 分的内容，扣了 (\d+) 分", html).groups())
    assert (judged, lost, score) == (105, 50, 52)


def test_a_picture_that_was_changed_stands_beside_the_one_before(pictured, as_):
    html = page(as_(pictured.alice), pictured.shop)
    days = [(parse_qs(urlsplit(src).query)["position"], parse_qs(urlsplit(src).query)["as_of"]) for src in images(html)]
    assert days == [(["1"], ["2026-09-15"]), (["1"], ["2026-09-01"]), (["2"], ["2026-09-15"])]
    assert "1.0 秒" in html


def test_a_thumbnail_is_a_small_jpeg_drawn_anew(pictured, as_):
    alice = as_(pictured.alice)
    sizes = []
    for src in images(page(alice, pictured.shop)):
        answer = alice.get(src)
        assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
        sizes.append(Image.open(io.BytesIO(answer.content)).size)
    assert sizes == [(320, 320)] * 3


def test_what_hides_in_a_picture_file_is_not_passed_on(cast, as_):
    comment = b"<script>alert(1)</script>"
    bring(cast.shop, jpeg(product(1, (60, 60)), comment=comment), f"{ID}-1.jpg")
    alice = as_(cast.alice)
    answer = alice.get(images(page(alice, cast.shop))[0])
    assert comment not in answer.content


def test_a_stranger_sees_no_picture_and_a_reader_does(pictured, as_):
    src = images(page(as_(pictured.alice), pictured.shop))[0]
    assert as_(pictured.charlie).get(src).status_code == 404
    assert as_(pictured.rita).get(src).status_code == 200
    assert as_(pictured.charlie).get(src.replace("/shop-a/", "/shop-c/")).status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?product_id=1", f"?product_id={ID}&position=9&as_of=2026-09-15", f"?product_id={ID}&position=x&as_of=y"]
)
def test_no_such_picture(pictured, as_, query):
    assert as_(pictured.alice).get(reverse("picture", args=[pictured.shop.key]) + query).status_code == 404


def test_a_product_that_nobody_knows_is_404_and_one_without_pictures_says_how_to_name_them(cast, as_):
    alice = as_(cast.alice)
    assert [alice.get(address(cast.shop, p)).status_code for p in ("", "1", "x' or 1=1")] == [404] * 3
    assert f"<code>{ID}-1.jpg</code>" in page(alice, cast.shop)


def test_figures_from_a_list_have_no_picture_to_show(cast, as_):
    columns = TABLES["picture"].columns
    names = ("product_id", "position", "file", "width", "height", "bytes", "white_share", "content")
    cells = [[columns[n].zh for n in names], [ID, "1", "a.jpg", "800", "800", "1000", "0.5", "abc"]]
    day = bring(cast.shop, text(cells), "figures.csv").preview["parts"][0]["as_of"]
    alice = as_(cast.alice)
    html = page(alice, cast.shop)
    assert (images(html), "只有量出来的数" in html) == ([], True)
    assert alice.get(reverse("picture", args=[cast.shop.key]) + f"?product_id={ID}&position=1&as_of={day}").status_code == 404


def test_the_page_after_undo_knows_nothing_of_it(pictured, as_):
    for number in pictured.shop.imports.filter(file__endswith=".zip").values_list("number", flat=True):
        importing.undo(pictured.shop, number)
    assert images(page(as_(pictured.alice), pictured.shop)) == []


def test_the_page_asks_the_database_as_often_for_one_picture_as_for_three_hundred(cast, as_):
    alice, asked = as_(cast.alice), set()
    for count in (1, 3, 300):
        tiny = png(Image.new("RGB", (8, 8), "white"))
        bring(cast.shop, archive({f"{int(ID) + n}-1.png": tiny for n in range(count)}), f"{count}.zip")
        alice.get(address(cast.shop))
        with CaptureQueriesContext(connection) as made:
            assert alice.get(address(cast.shop)).status_code == 200
        asked.add(len(made))
    assert len(asked) == 1


def test_the_list_of_pages_is_sorted_by_clicks_lost_and_opens_the_page(pictured, as_):
    html = as_(pictured.alice).get(reverse("list", args=[pictured.shop.key, "listings"])).content.decode()
    assert f'href="{address(pictured.shop)}&amp;days="' in html
    assert "自算得分" in html
    checking.check(pictured.shop)
    assert pictured.shop.findings.filter(code="LI01").count() == 1


def video(shop, **told):
    """A main video of which a list tells these things."""
    columns, row = TABLES["video"].columns, {"product_id": ID, "kind": "main", "file": "a.mp4"} | told
    bring(shop, text([[columns[n].zh for n in row], [str(v) for v in row.values()]]), "videos.csv")


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ({"seconds": 61.4, "audio": "Y", "black_start": "N"}, "61.4 / 45 秒"),
        ({"seconds": 12, "audio": "N", "black_start": "N"}, "没有声音"),
        ({"seconds": 61, "audio": "N", "black_start": "Y"}, "61.0 / 45 秒，没有声音，开头黑屏"),
        ({"seconds": "", "audio": "N", "black_start": ""}, "没有声音"),
        ({"seconds": 12, "audio": "Y", "black_start": "N"}, "12.0 / 45 秒"),
    ],
)
def test_a_video_s_deduction_names_what_is_wrong_with_it(cast, as_, told, seen):
    video(cast.shop, **told)
    assert deductions(page(as_(cast.alice), cast.shop))["主图视频过长、没有声音或开头黑屏"][1] == seen
