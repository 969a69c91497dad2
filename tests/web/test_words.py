"""The pages beside the list of words: the library and the title builder."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from tests.web import listed
from tests.web.conftest import questions
from tests.web.listed import take
from zhanggui.desk import people, registering
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.plans.proposals import propose

PRODUCTS = [("101", "Canvas Sneaker for Men"), ("102", "Leather Loafers"), ("103", "Canvas Sneaker Kids")]
WORDS = [
    ("canvas sneaker", 300, 3, 40, 2), ("walking sneaker", 250, 2, 30, 1), ("canvas walking sneaker", 90, 0, 9, 0),
    ("zapatos deportivos", 400, 1, 20, 0), ("nike sneaker", 900, 1, 8, 0), ("leather loafers", 100, 80, 7, 1),
]  # fmt: skip


@pytest.fixture
def shop(cast):
    shop = people.open_shop("words", "Words", company=cast.shop.company)
    rows = [{"product_id": i, "product_name": t, "search_exposures": 10 * n} for n, (i, t) in enumerate(PRODUCTS)]
    take(shop, "product_effect", rows)
    names = ("word", "index", "seller_index", "exposures", "clicks")
    take(shop, "keyword_effect", [dict(zip(names, row, strict=True)) for row in WORDS])
    return shop


def read(client, shop, name, status=200, **query):
    answer = client.get(reverse(name, args=[shop.key]), query)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode())


def rows(page: str, heading: str) -> list[list[str]]:
    part = page[page.index(heading) :]
    body = re.search(r"<tbody>(.*?)</tbody>", part)
    return [[listed.plain(c) for c in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in body[1].split("</tr>") if "<t" in row]


def test_the_list_shows_layer_language_and_rank(cast, as_, shop):
    page = listed.get(as_(cast.alice), shop, "keywords", cols="layer,language,ocean_rank,titles")
    told = {row[0]: row[-4:] for row in listed.table(page)}
    assert told["zapatos deportivos"] == ["核心词", "es", "1", "0"]
    assert told["nike sneaker"] == ["竞品词", "en", "—", "0"]
    assert told["canvas walking sneaker"][0] == "场景词"
    assert listed.names(listed.get(as_(cast.alice), shop, "keywords", f="foreign")) == ["zapatos deportivos"]
    assert listed.names(listed.get(as_(cast.alice), shop, "keywords", f="rivals'")) == ["nike sneaker"]


def test_the_library_counts_layers_languages_coverage_and_blue_ocean(cast, as_, shop):
    page = read(as_(cast.alice), shop, "library")
    assert rows(page, 'id="layers"') == [
        ["核心词", "3", "0", "120"], ["长尾词", "0", "0", "800"], ["场景词", "2", "0", "1,500"], ["竞品词", "1", "0", "300"],
    ]  # fmt: skip
    assert rows(page, 'id="languages"') == [["英语", "5", "2", "94", "4", "4.26%"], ["西班牙语", "1", "0", "20", "0", "0%"]]
    assert "4 个词没有一个标题整个包含它，它们占 67 次曝光" in page
    assert "有 5 个词满足（公布了指数的有 6 个）" in page
    assert "归成词簇" in page


def test_clusters_come_when_they_are_asked_for(cast, as_, shop):
    page = read(as_(cast.alice), shop, "library", clusters=1)
    found = rows(page, 'id="clusters"')
    assert sum(int(row[1]) for row in found) == 5
    assert "nike" not in " ".join(row[-1] for row in found)


def test_a_product_is_chosen_its_title_worked_out_and_what_changes_is_told(cast, as_, shop):
    alice = as_(cast.alice)
    assert [row[0].split(" 10")[0] for row in rows(read(alice, shop, "titles", q="canvas"), "今天的标题")] == [
        "Canvas Sneaker Kids",
        "Canvas Sneaker for Men",
    ]
    page = read(alice, shop, "titles", product="101")
    assert "Canvas Sneaker for Men" in page
    assert "建议的标题" not in page
    page = read(alice, shop, "titles", product="101", run=1)
    told = propose(facts_of(shop).snapshot(platform_today()), "101")
    assert html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page)[1]) == told.title.text
    assert (
        [row[0] for row in rows(page, "多覆盖的词")]
        == [c.word for c in told.gained]
        == ["walking sneaker", "canvas walking sneaker"]
    )
    assert "without=walking" in page
    assert (
        "walking"
        not in re.search(
            r"<textarea[^>]*>(.*?)</textarea>", read(alice, shop, "titles", product="101", run=1, without="walking")
        )[1].lower()
    )


def test_what_cannot_be_worked_out_says_why(cast, as_, shop):
    alice = as_(cast.alice)
    assert "没有可用的词" in read(alice, shop, "titles", product="102", run=1, without="leather，loafers")
    assert "加起来超过 128 个字符" in read(
        alice, shop, "titles", product="101", run=1, keep=" ".join(f"word{n}" for n in range(30))
    )
    read(alice, shop, "titles", status=404, product="999")


def test_a_title_that_was_used_is_noted_once_and_can_be_edited_before(cast, as_, shop):
    bob = as_(cast.bob)
    address = reverse("title_used", args=[shop.key])
    asked = {"product": "101", "title": "  Canvas Walking  Sneaker Men "}
    page = bob.post(address, asked, follow=True).content.decode()
    assert "已记下这次改标题" in page
    row = facts_of(shop).snapshot(platform_today()).scan("product_change").collect().row(0, named=True)
    assert {k: row[k] for k in ("product_id", "part", "before", "after", "person")} == {
        "product_id": "101", "part": "标题", "before": "Canvas Sneaker for Men", "after": "Canvas Walking Sneaker Men", "person": "bob",
    }  # fmt: skip
    assert row["changed_on"] == platform_today()
    assert "今天已经记过" in bob.post(address, asked | {"title": "Another"}, follow=True).content.decode()
    assert "现在是 129 个" in bob.post(address, asked | {"title": "x" * 129}, follow=True).content.decode()
    assert facts_of(shop).snapshot(platform_today()).scan("product_change").collect().height == 1
    assert as_(cast.rita).post(address, asked).status_code == 403
    assert as_(cast.charlie).post(address, asked).status_code == 404
    assert bob.post(address, asked | {"product": "999"}).status_code == 404


def test_a_title_that_others_got_in_the_way_of_can_be_noted_again(cast, as_, shop, monkeypatch):
    monkeypatch.setattr(registering, "TRIES", 0)
    address, asked = reverse("title_used", args=[shop.key]), {"product": "101", "title": "Canvas Walking Sneaker Men"}
    answer = as_(cast.bob).post(address, asked, follow=True)
    assert answer.redirect_chain == [(reverse("titles", args=[shop.key]) + "?product=101", 302)]
    assert answer.content.decode().count("别人正在同时保存，请再试一次。") == 1


@pytest.mark.parametrize("name", ["library", "titles"])
def test_without_data_the_page_says_which_export_fills_it(cast, as_, name):
    shop = people.open_shop("empty", "Empty", company=cast.shop.company)
    page = read(as_(cast.alice), shop, name)
    assert "数据参谋 → 选词参谋 → 引流关键词 → 导出" in page
    assert "先看演示店" in page


@pytest.mark.parametrize(("name", "query"), [("library", "?clusters=1"), ("titles", ""), ("titles", "?product=101&run=1")])
def test_the_pages_ask_the_same_for_1_3_and_300_rows(cast, as_, shop, name, query):
    def add(count):
        take(
            shop,
            "keyword_effect",
            [{"word": f"walking sneaker {n}", "index": n + 1, "exposures": n, "clicks": 0} for n in range(count)],
            f"{count}.csv",
        )

    assert len(questions(as_(cast.alice), reverse(name, args=[shop.key]) + query, add)) == 1
