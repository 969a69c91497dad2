"""The history: who, what, before and after; found, taken out as Excel, taken back."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.test_pages import queries
from zhanggui.desk import checking, connecting, deciding, people, setting
from zhanggui.desk.history import remember
from zhanggui.desk.models import Change
from zhanggui.web import change_words

HISTORY = "/s/shop-a/history/"


def rows(answer) -> list[str]:
    """The text of each row, blanks drawn together."""
    body = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0] if b"<tbody>" in answer.content else ""
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("<tr>")[1:]]


@pytest.fixture
def changed(cast):
    Change.objects.all().delete()
    setting.change_rule(cast.shop, "no_effect_days", 30, reason="peak", person=cast.alice)
    setting.change_setting(cast.shop, "TR01", "share", 0.1, person=cast.alice)
    deciding.dismiss(cast.finding, "=cmd()", person=cast.bob)
    remember("invented", "something", about=cast.shop.company, person=None, after={"new_part": 1})
    return cast


def test_who_what_before_and_after(changed, as_):
    seen = rows(as_(changed.alice).get(HISTORY))
    assert len(seen) == 4
    assert "零效果产品的观察天数" in seen[3]
    assert "改了规则数字 值 90 → 30 理由 peak alice" in seen[3]
    assert "值 0.15 → 0.1 alice" in seen[2]
    assert "不做 理由 =cmd() bob" in seen[1]
    assert seen[0].startswith("something invented new_part 1 系统管理员")


def test_a_connection_is_told_in_words(changed, as_):
    told = {"address": "https://erp.example/stock.csv", "form": "csv", "table": "stock_level"}
    connecting.connect(changed.shop, "generic", "ERP", settings=told, secret={}, every_minutes=15, active=False)
    seen = rows(as_(changed.alice).get(HISTORY))[0]
    assert "种类 ERP 或其他系统（网址）" in seen
    assert [part in seen for part in ("网址 erp.example", "格式 CSV 表格", "是什么数据 库存")] == [True] * 3


def test_every_remembered_verb_has_words():
    """All verbs that the desk writes, told from its code."""
    from tests.house.tree import ROOT

    written = set()
    for path in (ROOT / "zhanggui" / "desk").glob("*.py"):
        written |= set(re.findall(r"(?:remember|_sign)\(\s*\"(\w+)\"", path.read_text("utf-8")))
    assert written <= set(change_words.VERBS)
    assert len(written) >= 15


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        ({"who": "alice"}, 2),
        ({"who": "*"}, 1),
        ({"verb": "dismiss"}, 1),
        ({"q": "零效果"}, 1),
        ({"q": "no_effect"}, 1),
        ({"q": "bob"}, 1),
        ({"q": "changed"}, 2),
        ({"q": "nothing like it"}, 0),
        ({"from": "2099-01-01"}, 0),
        ({"to": "2000-01-01"}, 0),
        ({"from": "soon"}, 4),
        ({"who": "alice", "verb": "change_rule"}, 1),
    ],
)
def test_filters(changed, as_, asked, n):
    assert len(rows(as_(changed.alice).get(HISTORY, asked))) == n


def test_days(changed, as_):
    Change.objects.filter(verb="dismiss").update(at=timezone.now() - timedelta(days=10))
    day = (timezone.localtime() - timedelta(days=9)).date().isoformat()
    alice = as_(changed.alice)
    assert [len(rows(alice.get(HISTORY, {name: day}))) for name in ("from", "to")] == [3, 1]


def test_excel_holds_no_formula(changed, as_):
    answer = as_(changed.alice).get(HISTORY, {"format": "xlsx", "verb": "dismiss"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    header, row = list(sheet.iter_rows())
    assert [c.value for c in header] == ["时间", "谁", "做了什么", "对象", "代号", "原来", "改为"]
    assert [c.value for c in row][1:3] == ["bob", "不做"]
    assert row[6].value == "理由 =cmd()"
    assert {c.data_type for c in row} <= {"s", "n"}
    assert (
        len(list(openpyxl.load_workbook(io.BytesIO(as_(changed.alice).get(HISTORY, {"format": "xlsx"}).content)).active)) == 5
    )


def test_the_name_stays_when_the_person_is_gone(changed, as_):
    carol = people.add_person("carol", "a long password", changed.shop.company, "manager")
    setting.change_rule(changed.shop, "no_effect_days", 40, person=carol)
    carol.delete()
    assert "carol" in rows(as_(changed.alice).get(HISTORY))[0]
    assert len(rows(as_(changed.alice).get(HISTORY, {"who": "carol"}))) == 1


def test_undo_by_button(changed, as_):
    alice, change = as_(changed.alice), Change.objects.get(verb="change_rule")
    said = alice.get(HISTORY).content.decode()
    assert len(re.findall(r"/history/\d+/undo/", said)) == 3
    alice.post(reverse("history_undo", args=["shop-a", change.pk]))
    assert checking.own_rules(changed.shop) == {}
    assert (Change.objects.first().verb, Change.objects.first().name) == ("drop_rule", "alice")
    again = alice.post(reverse("history_undo", args=["shop-a", change.pk]), follow=True)
    assert "已经不能撤销" in again.content.decode()
    assert checking.own_rules(changed.shop) == {}
    alice.post(reverse("history_undo", args=["shop-a", Change.objects.get(verb="dismiss").pk]))
    changed.finding.refresh_from_db()
    assert changed.finding.dismissed_reason == ""


@pytest.mark.parametrize("who", ["bob", "rita"])
def test_who_does_not_lead_sees_no_history(changed, as_, who):
    browser = as_(getattr(changed, who))
    assert browser.get(HISTORY).status_code == 403
    change = Change.objects.get(verb="change_rule")
    assert browser.post(reverse("history_undo", args=["shop-a", change.pk])).status_code == 403
    assert checking.own_rules(changed.shop) != {}


def test_nothing_of_another_shop_or_company(changed, as_):
    charlie, change = as_(changed.charlie), Change.objects.get(verb="change_rule")
    assert rows(charlie.get("/s/shop-c/history/")) == []
    assert charlie.post(reverse("history_undo", args=["shop-c", change.pk])).status_code == 404
    people.open_shop("second", "Second", company=changed.shop.company)
    seen = rows(as_(changed.alice).get("/s/second/history/"))
    assert len(seen) == 1  # what is the company's as a whole
    assert as_(changed.alice).post(reverse("history_undo", args=["second", change.pk])).status_code == 404


def test_pages_and_queries(changed, as_):
    alice, counts = as_(changed.alice), []
    Change.objects.all().delete()
    for n in (1, 3, 300):
        while Change.objects.count() < n:
            deciding.dismiss(changed.finding, f"reason {Change.objects.count()}", person=changed.bob)
        counts.append(queries(alice, HISTORY))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 16
    assert len(rows(alice.get(HISTORY))) == 50
    assert "reason 0 " in rows(alice.get(HISTORY, {"page": "6"}))[-1]
