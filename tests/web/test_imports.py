"""Bring → look → accept → evidence → undo, as a person walks it."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_q.models import OrmQ

from tests.web import files
from zhanggui.desk import clock, leftovers, people
from zhanggui.desk.models import Import


def upload(client, key, *named, **more):
    given = [SimpleUploadedFile(name, data) for name, data in named]
    return client.post(reverse("imports", args=[key]), {"files": given, **more}, follow=True)


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_whole_walk(cast, as_):
    shop = people.open_shop("fresh", "Fresh", company=cast.shop.company)
    alice = as_(cast.alice)
    empty = text(alice.get(reverse("today", args=["fresh"])))
    assert "还没有数据" in empty
    assert "数据参谋 → 产品 → 产品分析 → 导出" in empty
    assert "数据参谋 → 产品 → 产品分析 → 导出" in text(alice.get(reverse("products", args=["fresh"])))
    assert "还没有「引流关键词」" in text(alice.get(reverse("keywords", args=["fresh"])))

    looked = text(upload(alice, "fresh", ("流量.csv", files.keywords())))
    item = Import.objects.get(shop=shop)
    assert item.state == "waiting"
    assert "认出：引流关键词" in looked
    assert "表头在第 6 行" in looked
    assert "<strong>3</strong> 新增" in looked
    assert shop.findings.count() == 0

    done = text(alice.post(reverse("decide_import", args=["fresh", item.pk]), {"verb": "accept"}, follow=True))
    assert "已导入" in done
    finding = shop.findings.get(code="KW03", key__word="nike shoes 2")
    today = text(alice.get(reverse("today", args=["fresh"])))
    assert "nike shoes 2" in today

    proof = text(alice.get(reverse("evidence", args=["fresh", finding.pk])))
    rows = re.findall(r'<tr><th scope="row">流量\.csv</th>(.*?)</tr>', proof)
    assert [("行", "8"), ("列", "曝光量"), ("值", "100")] in [re.findall(r'data-label="([^"]+)">([^<]*)<', r)[:3] for r in rows]
    assert "为什么会看到它" in proof

    item.refresh_from_db()
    address = reverse("undo", args=["fresh", item.number])
    assert "撤销这次导入" in text(alice.get(address))
    gone = text(alice.post(address, follow=True))
    assert "「引流关键词」去掉 3 行" in gone
    item.refresh_from_db()
    assert item.state == "undone"
    assert alice.get(address).status_code == 404
    assert "数据已经不在了" in text(alice.get(reverse("evidence", args=["fresh", finding.pk])))


def test_a_file_that_is_no_report_says_why_and_changes_nothing(cast, as_):
    answer = text(upload(as_(cast.alice), cast.shop.key, ("notes.txt", b"shopping list\nmilk\n")))
    assert "不能导入" in answer
    assert "没有认出" in answer
    assert cast.shop.imports.get(file="notes.txt").state == "refused"
    assert 'value="accept"' not in answer


def test_a_bad_row_is_named_and_can_be_downloaded_safely(cast, as_):
    rows = [files.product(1, 搜索曝光次数="=cmd()"), files.product(2, 搜索曝光次数=5)]
    data = files.export("product_effect", "产品数据", rows)
    alice = as_(cast.alice)
    looked = text(upload(alice, cast.shop.key, ("bad.csv", data)))
    item = cast.shop.imports.get(file="bad.csv")
    assert "「搜索曝光次数」应为整数" in looked
    assert "全部没问题才导入" in looked
    sheet = alice.get(reverse("problems", args=[cast.shop.key, item.pk])).content.decode("utf-8-sig")
    assert "7,搜索曝光次数,'=cmd()" in sheet
    refused = text(alice.post(reverse("decide_import", args=[cast.shop.key, item.pk]), {"verb": "whole"}, follow=True))
    assert "没有导入：有 1 处问题" in refused
    alice.post(reverse("decide_import", args=[cast.shop.key, item.pk]), {"verb": "accept"})
    item.refresh_from_db()
    assert item.state == "accepted"
    assert "7,搜索曝光次数" in alice.get(reverse("problems", args=[cast.shop.key, item.pk])).content.decode("utf-8-sig")


def test_several_files_and_all_accepted_at_once_even_if_two_are_the_same(cast, as_):
    alice = as_(cast.alice)
    answer = text(
        upload(alice, cast.shop.key, ("a.csv", files.keywords(5)), ("b.csv", files.products(4)), ("c.csv", files.keywords(5)))
    )
    assert "全部导入（3 个待确认）" in answer
    assert "已导入 3 个文件" in text(alice.post(reverse("accept_all", args=[cast.shop.key]), follow=True))
    assert set(cast.shop.imports.values_list("file", "state")) == {
        ("Products.csv", "accepted"),
        ("Keywords.csv", "accepted"),
        ("a.csv", "accepted"),
        ("b.csv", "accepted"),
        ("c.csv", "duplicate"),
    }


def test_a_file_thrown_away_leaves_nothing(cast, as_):
    alice = as_(cast.alice)
    upload(alice, cast.shop.key, ("x.csv", files.keywords(2)))
    item = cast.shop.imports.get(file="x.csv")
    alice.post(reverse("decide_import", args=[cast.shop.key, item.pk]), {"verb": "drop"})
    assert not Import.objects.filter(pk=item.pk).exists()


def test_no_file_half_a_period_and_too_large(cast, as_, monkeypatch):
    alice = as_(cast.alice)
    assert "请先选择文件" in text(alice.post(reverse("imports", args=[cast.shop.key]), follow=True))
    half = upload(alice, cast.shop.key, ("x.csv", files.keywords(2)), start="2026-01-01")
    assert "要有开始和结束" in text(half)
    monkeypatch.setattr("zhanggui.web.imports.MAX_FILE_BYTES", 100)
    assert "超过上限" in text(upload(alice, cast.shop.key, ("x.csv", files.keywords(2))))
    assert not cast.shop.imports.filter(file="x.csv").exists()


def test_undo_says_what_an_older_import_says_again(cast, as_):
    alice = as_(cast.alice)
    rows = [files.product(1, 搜索曝光次数=999)]
    upload(alice, cast.shop.key, ("newer.csv", files.export("product_effect", "产品数据", rows)))
    item = cast.shop.imports.get(file="newer.csv")
    alice.post(reverse("decide_import", args=[cast.shop.key, item.pk]), {"verb": "accept"})
    item.refresh_from_db()
    gone = text(alice.post(reverse("undo", args=[cast.shop.key, item.number]), follow=True))
    assert "去掉 0 行，1 行恢复为更早导入的值" in gone


def test_a_period_that_the_file_lacks_is_named_on_its_page(cast, as_):
    alice = as_(cast.alice)
    asked = text(upload(alice, cast.shop.key, ("x.csv", "产品ID,搜索曝光次数\n1,5\n".encode())))
    item = cast.shop.imports.get(file="x.csv")
    assert "这份文件是哪一段时间的" in asked
    address = reverse("decide_import", args=[cast.shop.key, item.pk])
    half = text(alice.post(address, {"verb": "period", "start": "2026-01-04"}, follow=True))
    assert "要有开始和结束" in half
    period = {"verb": "period", "start": "2026-01-04", "end": "2026-01-10"}
    assert "<strong>1</strong> 新增" in text(alice.post(address, period, follow=True))
    alice.post(address, {"verb": "accept"})
    item.refresh_from_db()
    assert (item.state, item.preview["parts"][0]["period"]) == ("accepted", ["2026-01-04", "2026-01-10"])


def test_a_long_file_is_left_to_the_worker_and_can_be_stopped(cast, as_, monkeypatch):
    monkeypatch.setattr("zhanggui.desk.importing.BACKGROUND_BYTES", 10)
    alice = as_(cast.alice)
    page = text(upload(alice, cast.shop.key, ("x.csv", files.keywords(2))))
    item = cast.shop.imports.get(file="x.csv")
    assert item.state == "reading"
    assert "正在读取" in page
    here = reverse("preview", args=[cast.shop.key, item.pk])
    assert "HX-Refresh" not in alice.get(here, headers={"HX-Request": "true"})
    alice.post(reverse("decide_import", args=[cast.shop.key, item.pk]), {"verb": "stop"})
    item.refresh_from_db()
    assert item.state == "cancelled"
    assert alice.get(here, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "已停止，没有导入任何数据" in text(alice.get(here))


def test_a_file_whose_reading_died_can_be_read_again(cast, as_, monkeypatch):
    monkeypatch.setattr("zhanggui.desk.importing.BACKGROUND_BYTES", 10)
    alice = as_(cast.alice)
    upload(alice, cast.shop.key, ("x.csv", files.keywords(2)))
    item = cast.shop.imports.get(file="x.csv")
    Import.objects.filter(pk=item.pk).update(told=clock.now() - 2 * leftovers.SILENT)
    leftovers.give_back()
    page = text(alice.get(reverse("preview", args=[cast.shop.key, item.pk])))
    assert "读取时程序中断了" in page
    assert ('value="again"' in page, " download>" in page, 'value="drop"' in page) == (True, False, True)
    address = reverse("decide_import", args=[cast.shop.key, item.pk])
    assert as_(cast.rita).post(address, {"verb": "again"}).status_code == 403
    as_(cast.alice).post(address, {"verb": "again"})
    item.refresh_from_db()
    assert (item.state, OrmQ.objects.last().task["args"]) == ("reading", (item.pk,))
