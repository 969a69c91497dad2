"""The tabs of products: who sees them, the Top group's ticks in the register, and the same number of questions for any size."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web import files
from tests.web.conftest import bring
from zhanggui.desk import importing, registering
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import listing
from zhanggui.tables import TABLES

TABS = ("top_group", "showcase", "safe_delete", "hit_steps")
TOP = TABLES["top_group"]


def asked_about(count: int = 12) -> bytes:
    """Products with 1,000 exposures, 40 clicks and an inquiry each; the first is asked about most."""
    rows = [
        files.product(
            n,
            搜索曝光次数=500,
            全店曝光次数=1000,
            全店点击次数=40,
            询盘个数=9 if n == 1 else 1,
            是否橱窗="Y" if n == 2 else "N",
        )
        for n in range(1, count + 1)
    ]
    return files.export("product_effect", "产品数据", rows)


@pytest.fixture
def busy(cast):
    bring(cast.shop, asked_about(), "asked.csv")
    return cast


def at(cast, name: str) -> str:
    return reverse(name, args=[cast.shop.key])


def kept(cast) -> list[tuple[str, str, str]]:
    return sorted(tuple(r[c] for c in TOP.key) for r in listing(cast.shop, TOP).frame.iter_rows(named=True))


@pytest.mark.parametrize("name", TABS)
def test_every_member_sees_the_tabs_and_nobody_else(cast, as_, name):
    assert [as_(p).get(at(cast, name)).status_code for p in (cast.alice, cast.rita, cast.charlie)] == [200, 200, 404]


@pytest.mark.parametrize("name", TABS)
def test_a_shop_without_data_is_told_what_is_missing(cast, as_, name):
    other = cast.charlie.memberships.get().company.shops.get()
    text = as_(cast.charlie).get(reverse(name, args=[other.key])).content.decode()
    assert ('class="empty"' in text, "产品分析 → 导出" in text or "打开名单" in text) == (True, True)


def test_ticks_become_rows_and_can_be_taken_back(busy, as_):
    bob, month = as_(busy.bob), f"{platform_today():%Y-%m}"
    text = bob.get(at(busy, "top_group")).content.decode()
    first = re.findall(r'name="product" value="(\d+)"', text)
    assert first[0] == "1601825074601"
    form = {
        "product": first,
        f"in.{first[0]}": "1",
        f"use.{first[0]}": ["RFQ报价", "短视频", "invented"],
    }
    assert bob.post(at(busy, "top_group"), form).status_code == 302
    assert kept(busy) == [(month, first[0], use) for use in sorted(("RFQ报价", "短视频"))]
    assert "本月已选 1 个" in bob.get(at(busy, "top_group")).content.decode()
    bob.post(at(busy, "top_group"), form | {f"use.{first[0]}": ["RFQ报价"]})
    assert kept(busy) == [(month, first[0], "RFQ报价")]
    own, _ = registering.own_save(busy.shop, TOP, busy.bob)
    registering.undo(busy.shop, TOP, own.id, person=busy.bob)
    assert len(kept(busy)) == 2


def test_a_product_without_its_tick_loses_all_uses(busy, as_):
    bob = as_(busy.bob)
    form = {"product": ["1601825074601"], "in.1601825074601": "1", "use.1601825074601": ["RFQ报价"]}
    bob.post(at(busy, "top_group"), form)
    month = f"{platform_today():%Y-%m}"
    importing.take(busy.shop, f"入选月份,产品ID,用途\n{month},1601825074601,展会\n".encode(), "by_hand.csv")
    bob.post(at(busy, "top_group"), form)
    assert [use for _, _, use in kept(busy)] == ["RFQ报价", "展会"]
    del form["in.1601825074601"]
    bob.post(at(busy, "top_group"), form)
    assert kept(busy) == []


def test_the_plan_of_a_product_is_that_of_the_page_of_plans(busy, as_):
    lines = "1601825074601,优品,3\n1601825074602,普通品,0\n"
    importing.take(busy.shop, f"产品ID,标签,近90天[TM+询盘]人数\n{lines}".encode(), "growth.csv")
    told = {}
    for name in ("top_group", "ads_plans"):
        body = as_(busy.alice).get(at(busy, name)).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
        rows = [re.findall(r"(?s)<t[hd].*?</t[hd]>", row) for row in body.split("</tr>")[:-1]]
        column = -1 if name == "top_group" else 1
        cells = [(re.findall(r"16018250746\d\d", "".join(row))[0], re.sub("<[^>]*>", " ", row[column])) for row in rows]
        told[name] = {product: text.split()[-1] for product, text in cells}
    assert told["top_group"] == {i: told["ads_plans"][i] for i in told["top_group"]}
    assert told["ads_plans"]["1601825074601"] == "优品助推"


def test_a_reader_and_another_company_cannot_save(busy, as_):
    form = {"product": ["1601825074601"], "in.1601825074601": "1", "use.1601825074601": ["RFQ报价"]}
    codes = [as_(p).post(at(busy, "top_group"), form).status_code for p in (busy.rita, busy.charlie)]
    assert (codes, kept(busy)) == ([403, 404], [])


def test_showcase_names_the_swap(busy, as_):
    text = as_(busy.alice).get(at(busy, "showcase")).content.decode()
    body = text[text.index("<tbody>") : text.index("</tbody>")]
    assert re.findall(r"product_id=(\d+)", body) == ["1601825074602", "1601825074601"]


def test_showcase_names_first_whom_nobody_was_shown(cast, as_):
    idle = files.product(1, 搜索曝光次数=0, 全店曝光次数=0, 全店点击次数=0, 询盘个数=0, 是否橱窗="Y")
    bring(cast.shop, files.export("product_effect", "产品数据", [idle]), "idle.csv")
    text = as_(cast.alice).get(at(cast, "showcase")).content.decode()
    said = ("报表里有 1 个橱窗产品", "占着位置，28 天内 0 次曝光", "没有值得的对调")
    assert [words in text for words in said] == [True, True, False]


def test_thirteen_weeks_are_asked_for_before_anything_is_deleted(busy, as_):
    assert "还差 83 天的数据" in as_(busy.alice).get(at(busy, "safe_delete")).content.decode()


@pytest.fixture
def idle(cast):
    """Two products, one of them without effect, for thirteen weeks."""
    _, end = files.week()
    rows = [files.product(1, 搜索曝光次数=0), files.product(2, 搜索曝光次数=9)]
    bring(cast.shop, files.export("product_effect", "产品数据", rows, (end - timedelta(days=90), end)), "long.csv")
    return cast


def headings(text: str) -> list[str]:
    return re.findall(r"<h2>([^<]*?) ?<", text[text.index("<main") :])


def test_without_words_nothing_can_go_and_nothing_is_said_to_be_lost(idle, as_):
    importing.undo(idle.shop, idle.items[1].number)
    text = as_(idle.alice).get(at(idle, "safe_delete")).content.decode()
    assert (headings(text), text.count("先不要删"), text.count("没有哪个词")) == (["还没有「引流关键词」"], 1, 0)
    bring(idle.shop, files.keywords(), "again.csv")
    text = as_(idle.alice).get(at(idle, "safe_delete")).content.decode()
    assert (headings(text), text.count("先不要删"), text.count("没有哪个词")) == (["先别删：会丢词", "可以删"], 0, 1)


def test_late_steps_come_first(cast, as_):
    lines = "产品ID,产品名称,打爆步骤,应完成日,完成日\n1,Mules,选品,2026-01-01,2026-01-01\n2,Clogs,选词,2026-01-01,\n"
    importing.take(cast.shop, lines.encode(), "steps.csv")
    text = as_(cast.alice).get(at(cast, "hit_steps")).content.decode()
    assert re.findall(r"product_id=(\d+)", text) == ["2", "1"]
    assert (text.count("过期 2026"), text.count("✓ 2026")) == (1, 1)


def test_a_product_s_page_shows_its_grades_words_and_factors(busy, as_):
    importing.take(busy.shop, "产品ID,排名因素,是否具备\n1601825074602,评价,N\n".encode(), "rank.csv")
    page = as_(busy.alice).get(reverse("list_row", args=[busy.shop.key, "products"]) + "?product_id=1601825074602")
    text = page.content.decode()
    told = dict(
        re.findall(
            r'<th scope="row">([^<]*)</th><td>(?:<span class="quiet">)?([^<]*)',
            text[: text.index("文件里") if "文件里" in text else None],
        )
    )
    assert [told[k].strip() for k in ("平台标签（2026）", "评价", "橱窗", "极速回复")] == ["—", "✗ 缺", "✓ 具备", "未核对"]


@pytest.mark.parametrize("name", TABS)
def test_as_many_questions_for_one_product_as_for_three_hundred(cast, as_, name):
    browser, asked = as_(cast.alice), set()
    for count in (3, 12, 300):
        bring(cast.shop, asked_about(count), f"{count}.csv")
        lines = "".join(f"16018250746{n:02d},选品,2026-01-0{n % 9 + 1}\n" for n in range(1, count + 1))
        importing.take(cast.shop, f"产品ID,打爆步骤,应完成日\n{lines}".encode(), "steps.csv")
        with CaptureQueriesContext(connection) as made:
            assert browser.get(at(cast, name)).status_code == 200
        asked.add(len(made))
    assert len(asked) == 1
