"""One bid sheet: edits that lose nobody's work, every step in its turn and with its reason, what the reports say of it."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from tests.desk.bids import key, proposal, report
from tests.web.bid_pages import BIDS, NASTY, PLAN, at, form_of, lines, mark_of, said, text_of, words
from tests.web.conftest import bring
from zhanggui.desk import bidding, importing
from zhanggui.desk.bid_reports import changes
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import BidSheet


def test_rows_are_edited_and_taken_out(paid, sheet, as_):
    bob = as_(paid.bob)
    form = form_of(bob.get(at(paid, "bid_sheet", sheet.pk)))
    one, two = sheet.lines.all()[:2]
    form[f"after.{one.pk}"] = ["1.40"]
    del form[f"take.{two.pk}"]
    answer = bob.post(at(paid, "bid_sheet", sheet.pk), form, follow=True)
    assert said(answer) == ["已保存 2 个词。"]
    assert lines(sheet)["canvas shoe 1"] == ("1.2345", "1.4000", True)
    assert lines(sheet)["canvas shoe 2"] == ("0.8000", "0.6000", False)
    told = " ".join(text_of(answer).split())
    assert "要改的词 3 1 个手改，没有估计" in told
    assert "手改 建议 1.50" in told
    assert said(bob.post(at(paid, "bid_sheet", sheet.pk), form_of(answer), follow=True)) == ["没有改动，没有保存。"]


def test_what_cannot_be_read_stays_in_its_cell(paid, sheet, as_):
    bob = as_(paid.bob)
    form = form_of(bob.get(at(paid, "bid_sheet", sheet.pk)))
    one, two, three, _ = sheet.lines.all()
    form |= {f"after.{one.pk}": ['"><b>'], f"after.{two.pk}": ["0.004"], f"after.{three.pk}": ["2.999"]}
    answer = bob.post(at(paid, "bid_sheet", sheet.pk), form)
    assert said(answer) == ["已保存 1 个词。1 个出价四舍五入到了分。", "2 个出价没有保存，原因写在格子下面。"]
    assert lines(sheet)["canvas shoe 3"] == ("3.1000", "3.0000", True)
    again = form_of(answer)
    assert (again[f"after.{one.pk}"], again[f"after.{two.pk}"]) == (['"><b>'], ["0.004"])


def test_a_stale_tab_does_not_undo_others(paid, sheet, as_):
    old = form_of(as_(paid.alice).get(at(paid, "bid_sheet", sheet.pk)))
    bob = as_(paid.bob)
    form = form_of(bob.get(at(paid, "bid_sheet", sheet.pk)))
    one, two = sheet.lines.all()[:2]
    form[f"after.{one.pk}"] = ["1.11"]
    bob.post(at(paid, "bid_sheet", sheet.pk), form)
    old[f"after.{one.pk}"], old[f"after.{two.pk}"] = ["1.33"], ["0.70"]
    answer = as_(paid.alice).post(at(paid, "bid_sheet", sheet.pk), old, follow=True)
    assert said(answer) == ["已保存 1 个词。", "别人同时改过这些词，保留了别人的：canvas shoe 1。请再看一遍。"]
    assert [lines(sheet)[w][1] for w in ("canvas shoe 1", "canvas shoe 2")] == ["1.1100", "0.7000"]
    version = {"version": sheet.version}
    assert said(as_(paid.alice).post(at(paid, "bid_sheet_do", sheet.pk, "approve"), version, follow=True)) == [
        "您打开之后别人改过这张出价单。请看过新的内容再批准。"
    ]


def test_a_line_of_another_sheet_is_not_there(paid, sheet, as_):
    other = bidding.draft(paid.shop, proposal(PLAN))
    line = other.lines.first()
    answer = as_(paid.bob).post(
        at(paid, "bid_sheet", sheet.pk), {"line": [line.pk], f"after.{line.pk}": "9", f"was.{line.pk}": "1.5 Y"}
    )
    assert answer.status_code == 404
    assert other.lines.get(pk=line.pk).after == Decimal("1.5000")


def test_from_approval_to_revert(paid, sheet, as_):
    alice, bob = as_(paid.alice), as_(paid.bob)
    version = re.search(r'name="version" value="(\d+)"', alice.get(at(paid, "bid_sheet", sheet.pk)).content.decode())
    assert version
    answer = alice.post(at(paid, "bid_sheet_do", sheet.pk, "approve"), {"version": version[1], "note": "go"}, follow=True)
    assert "平台批量上传的表格格式我们不知道" in text_of(answer)
    assert form_less(answer)
    bob.post(at(paid, "bid_sheet_do", sheet.pk, "apply"), {"note": "entered"})
    assert said(alice.post(at(paid, "bid_sheet_do", sheet.pk, "apply"), follow=True)) == [
        "这张出价单已经不是这个状态了：别人刚处理过。"
    ]
    asked = alice.get(at(paid, "bid_sheet_revert", sheet.pk))
    assert "恢复为（元）" in text_of(asked)
    assert words(asked) == [k[2] for k in PLAN]
    without = alice.post(at(paid, "bid_sheet_revert", sheet.pk), {"reason": " "})
    assert "请写理由。" in text_of(without)
    answer = alice.post(at(paid, "bid_sheet_revert", sheet.pk), {"reason": "no leads", "mark": mark_of(asked)}, follow=True)
    back = BidSheet.objects.get(reverts=sheet)
    assert {(one.plan, one.ad_group, one.word): one.after for one in changes(back)} == {k: Decimal(b) for k, b in BIDS.items()}
    log = " ".join(text_of(as_(paid.alice).get(at(paid, "bid_sheet", sheet.pk))).split("经过")[1].split())
    for part in (
        "alice 撤回出价",
        "备注 no leads",
        "bob 出价已在后台改好",
        "备注 entered",
        "alice 批准出价单",
        "备注 go",
        "新建出价单",
    ):
        assert part in log


def form_less(answer) -> bool:
    return 'id="words"' not in answer.content.decode()


def test_words_that_moved_are_named_and_confirmed(paid, sheet, as_):
    alice = as_(paid.alice)
    bring(paid.shop, report({key(2): "0.95"}, platform_today() - timedelta(days=1)), "later.csv")
    answer = alice.get(at(paid, "bid_sheet", sheet.pk))
    assert "canvas shoe 2 Plan A · 原以为 0.80，现在 0.95" in " ".join(text_of(answer).split())
    refused = alice.post(at(paid, "bid_sheet_do", sheet.pk, "approve"), {"version": sheet.version}, follow=True)
    assert said(refused) == ["有些词的出价已经变了，请确认后再批准。"]
    line = sheet.lines.get(word="canvas shoe 2")
    form = {"version": sheet.version, "confirm": [line.pk], "mark": mark_of(answer)}
    importing.take(paid.shop, report({key(2): "0.99"}, platform_today() - timedelta(days=1), exposures=7), "latest.csv")
    again = alice.post(at(paid, "bid_sheet_do", sheet.pk, "approve"), form, follow=True)
    assert said(again) == ["有些词的出价已经变了，请确认后再批准。"]
    alice.post(at(paid, "bid_sheet_do", sheet.pk, "approve"), form | {"mark": mark_of(again)})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.lines.get(pk=line.pk).before) == ("approved", Decimal("0.9900"))


def test_the_report_is_counted(paid, sheet, as_):
    bidding.approve(sheet, version=sheet.version)
    BidSheet.objects.update(approved_on=platform_today() - timedelta(days=1))
    importing.take(paid.shop, report(BIDS | {key(1): "1.50"}, platform_today() - timedelta(days=1)), "after.csv")
    told = text_of(as_(paid.alice).get(at(paid, "bid_sheet", sheet.pk)))
    assert "4 个词中有 1 个已经是新出价" in told


def test_before_and_after_stand_beside_the_words_whose_bids_stayed_without_a_verdict(paid, sheet, as_):
    bidding.edit(sheet, [bidding.Wish(k, Decimal(1), False) for k in (key(3), NASTY)])
    bidding.approve(BidSheet.objects.get(), version=2)
    bidding.apply(sheet)
    alice, address = as_(paid.alice), at(paid, "bid_sheet", sheet.pk)
    assert "再有 7 天的报表就能看" in text_of(alice.get(address))
    BidSheet.objects.update(applied_on=platform_today() - timedelta(days=12))
    told = " ".join(text_of(alice.get(address)).split())
    assert "点击/天 8.0 8.0 +0% 8.0 → 8.0 (+0%)" in told
    assert "这里不下结论" in told
    assert "改之前和之后各 7 天" in told


def test_discarding_needs_a_reason(paid, sheet, as_):
    bob = as_(paid.bob)
    assert said(bob.post(at(paid, "bid_sheet_do", sheet.pk, "discard"), {"note": ""}, follow=True)) == ["请写理由。"]
    assert said(bob.post(at(paid, "bid_sheet_do", sheet.pk, "discard"), {"note": "too dear"}, follow=True)) == ["已作废。"]
    assert said(bob.post(at(paid, "bid_sheet_do", sheet.pk, "reopen"), follow=True)) == ["已取回，又是草稿了。"]
    assert bob.post(at(paid, "bid_sheet_do", sheet.pk, "sing"), follow=True).status_code == 404


def test_very_many_words_that_moved_are_confirmed_together(paid, as_):
    alice, many = as_(paid.alice), {key(n): "1.00" for n in range(201)}
    importing.take(paid.shop, report(many, platform_today() - timedelta(days=2)), "many.csv")
    sheet = bidding.draft(paid.shop, proposal(dict.fromkeys(many, (1.0, 1.5))))
    importing.take(paid.shop, report(dict.fromkeys(many, "1.10"), platform_today() - timedelta(days=1)), "moved.csv")
    answer = alice.get(at(paid, "bid_sheet", sheet.pk))
    assert "全部 201 个词" in text_of(answer)
    form = {"version": sheet.version, "confirm": ["all"], "mark": mark_of(answer)}
    alice.post(at(paid, "bid_sheet_do", sheet.pk, "approve"), form)
    sheet.refresh_from_db()
    assert (sheet.state, set(sheet.lines.values_list("before", flat=True))) == ("approved", {Decimal("1.1000")})


def test_words_changed_since_are_restored_where_ticked(paid, sheet, as_):
    alice = as_(paid.alice)
    bidding.approve(sheet, version=sheet.version)
    bidding.apply(sheet)
    BidSheet.objects.update(applied_on=platform_today() - timedelta(days=3), approved_on=platform_today() - timedelta(days=3))
    after = {k: str(new) for k, (_, new) in PLAN.items()} | {key(1): "1.77", key(2): "0.44", key(3): "3.10"}
    importing.take(paid.shop, report(after, platform_today() - timedelta(days=1)), "after.csv")
    answer = alice.get(at(paid, "bid_sheet_revert", sheet.pk))
    asked = " ".join(text_of(answer).split())
    assert "canvas shoe 1 Plan A · 现在 1.77 → 1.2345" in asked
    assert "canvas shoe 2 Plan A · 现在 0.44 → 0.80" in asked
    assert "恢复 1 个词" in asked
    assert "1 个词已经是原来的出价，不用动" in asked
    ticked = sheet.lines.get(word="canvas shoe 1").pk
    alice.post(at(paid, "bid_sheet_revert", sheet.pk), {"reason": "back", "confirm": [ticked], "mark": mark_of(answer)})
    back = BidSheet.objects.get(reverts=sheet)
    assert {one.word: (one.before, one.after) for one in changes(back)} == {
        "canvas shoe 1": (Decimal("1.7700"), Decimal("1.2345")),
        NASTY[2]: (Decimal("2.2000"), Decimal("2.0000")),
    }


def test_a_revert_of_what_was_not_shown_asks_again(paid, sheet, as_):
    alice = as_(paid.alice)
    bidding.approve(sheet, version=sheet.version)
    bidding.apply(sheet)
    BidSheet.objects.update(applied_on=platform_today() - timedelta(days=2), approved_on=platform_today() - timedelta(days=2))
    old = mark_of(alice.get(at(paid, "bid_sheet_revert", sheet.pk)))
    importing.take(paid.shop, report({key(1): "1.90"}, platform_today() - timedelta(days=1)), "later.csv")
    again = alice.post(at(paid, "bid_sheet_revert", sheet.pk), {"reason": "back", "mark": old})
    told = " ".join(text_of(again).split())
    assert "您打开之后出价又变了" in told
    assert "canvas shoe 1 Plan A · 现在 1.90 → 1.2345" in told
    assert not BidSheet.objects.filter(reverts=sheet).exists()
    alice.post(at(paid, "bid_sheet_revert", sheet.pk), {"reason": "back", "mark": mark_of(again)})
    assert BidSheet.objects.get(reverts=sheet).lines.count() == 3


def test_the_day_on_which_they_were_entered(paid, sheet, as_):
    bidding.approve(sheet, version=sheet.version)
    today = platform_today()
    BidSheet.objects.update(approved_on=today - timedelta(days=3))
    bob, address = as_(paid.bob), at(paid, "bid_sheet_do", sheet.pk, "apply")
    for bad in ("soon", str(today + timedelta(days=1)), str(today - timedelta(days=4))):
        assert said(bob.post(address, {"on": bad}, follow=True)) == ["改好的那天要在批准那天和今天之间。"]
    bob.post(address, {"on": str(today - timedelta(days=2))})
    sheet.refresh_from_db()
    assert (sheet.state, sheet.applied_on) == ("applied", today - timedelta(days=2))
