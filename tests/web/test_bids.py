"""The pages of bids: who sees them, a dry run that writes nothing, each figure open to its file; the same number of questions for any size."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sandbox.bid_reports import keyword_report
from tests.desk.bids import key, proposal
from tests.plans.bid_shops import played
from tests.web import listed
from tests.web.bid_pages import DAYS, FILE, NASTY, PLAN, at, proposed, said, text_of, words
from zhanggui.desk import bid_weekly, bidding, importing, registering, setting
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import Row
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import BidLine, BidSheet
from zhanggui.tables import TABLES
from zhanggui.web import bid_words


def test_who_sees_bids(paid, sheet, as_):
    pages = [
        at(paid, "bids"),
        at(paid, "bid_sheets"),
        at(paid, "bid_columns"),
        at(paid, "bid_sheet", sheet.pk),
        at(paid, "bid_sheet_excel", sheet.pk),
    ]
    for person, status in ((paid.alice, 200), (paid.bob, 200), (paid.rita, 403), (paid.charlie, 404)):
        assert [as_(person).get(p).status_code for p in pages] == [status] * len(pages)
    hidden = as_(paid.rita).get(at(paid, "bids"))
    assert "您的角色看不到出价和花费" in text_of(hidden)
    assert "canvas shoe" not in hidden.content.decode()


@pytest.mark.parametrize("verb", ["approve", "revert"])
def test_only_who_may_spend(paid, sheet, as_, verb):
    address = at(paid, "bid_sheet_revert", sheet.pk) if verb == "revert" else at(paid, "bid_sheet_do", sheet.pk, verb)
    assert as_(paid.bob).post(address, {"version": sheet.version, "reason": "x"}).status_code == 403
    assert "/approve/" not in as_(paid.bob).get(at(paid, "bid_sheet", sheet.pk)).content.decode()
    assert "/approve/" in as_(paid.alice).get(at(paid, "bid_sheet", sheet.pk)).content.decode()


def test_nobody_writes_without_the_token(paid, sheet):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(paid.alice)
    for address in (
        at(paid, "bids"),
        at(paid, "bid_sheet", sheet.pk),
        at(paid, "bid_sheet_do", sheet.pk, "approve"),
        at(paid, "bid_columns"),
    ):
        assert browser.post(address).status_code == 403
    assert BidSheet.objects.get().state == "draft"


def test_a_reader_writes_nothing(paid, sheet, as_):
    rita = as_(paid.rita)
    for address in (
        at(paid, "bids"),
        at(paid, "bid_sheet", sheet.pk),
        at(paid, "bid_sheet_bring", sheet.pk),
        at(paid, "bid_columns"),
    ):
        assert rita.post(address).status_code == 403
    assert BidSheet.objects.count() == 1


def test_a_shop_without_the_report_is_told_what_to_bring(cast, as_):
    told = text_of(as_(cast.alice).get(at(cast, "bids")))
    assert "还没有「直通车关键词报告」" in told
    assert "营销中心 → 外贸直通车 → 数据报告 → 关键词报告 → 下载" in told


def test_bids_that_never_varied_tell_nothing(paid, as_):
    answer = as_(paid.alice).get(at(paid, "bids") + "?budget=60")
    assert "出价没有变过，或只变过点击很少的词" in text_of(answer)
    assert "存为草稿" not in answer.content.decode()


def test_without_a_budget_it_says_where_to_write_one(varied, as_):
    assert "没有预算：在上面填每天预算" in text_of(as_(varied.alice).get(at(varied, "bids")))


def test_a_proposal_is_a_dry_run(varied, as_):
    plan, answer = proposed(varied), as_(varied.alice).get(at(varied, "bids") + "?budget=60")
    assert words(answer) == [c.word for c in plan.changes][:50]
    told = " ".join(text_of(answer).split())
    for part in (
        f"花费/天 {plan.now.cost.value:.2f} → {plan.then.cost.value:.2f}",
        "照现在的出价，预算撑不到一天结束",
        "连保守估计也更好" if plan.beats_uniform else "还不能肯定逐词出价比「所有词同一个出价」更好",
        f"把 {len(plan.changes)} 个改动存为草稿",
    ):
        assert part in told
    assert len(words(as_(varied.alice).get(at(varied, "bids") + "?budget=60&page=2"))) == len(plan.changes) - 50
    assert not BidSheet.objects.exists()


def test_a_plan_whose_own_budget_ends_first_is_to_be_raised(varied, as_):
    name = proposed(varied).costs[0].plan
    alice, address = as_(varied.alice), at(varied, "bids") + "?budget=60"
    title = r'aria-label="各计划的日预算".*?<tbody>(.*?)</tbody>'
    row = re.search(title, alice.get(address).content.decode(), re.DOTALL)[1]
    assert ("最新的计划报告里没有它的日预算" in row, 'data-label="建议日预算"><span>—</span>' in row) == (True, True)
    listed.take(varied.shop, "p4p_plan", [{"plan_id": "7", "plan": name, "budget": "5.5", "clicks": 1, "cost": "1"}])
    row = re.search(title, alice.get(address).content.decode(), re.DOTALL)[1]
    proposal = Decimal(re.search(r"<strong>([\d.]+)</strong>", row)[1])
    assert proposal == Decimal(f"{proposed(varied).costs[0].needed:.2f}").to_integral_value("ROUND_CEILING") > 6
    opened = alice.get(html.unescape(re.search(r'<a href="([^"]*)" data-drawer>5.50</a>', row)[1]))
    assert re.search(r'<strong class="value">([^<]*)</strong>', opened.content.decode())[1].startswith("5.5")


def test_the_challenger_is_told_where_it_is_not_beaten():
    told = bid_words.plan_says(proposal(PLAN, beats_uniform=False, explored=0.0, kept=0), "CNY")
    assert told == ["还不能肯定逐词出价比「所有词同一个出价」更好，所以先往同一个出价改。"]
    bare = bid_words.plan_says(proposal({}, uniform=None, explored=0.0, kept=0), "CNY")
    assert bare == []


@pytest.mark.parametrize(
    ("more", "says"),
    [({}, True), ({"explored": 12.5}, False), ({"gap": 0.2}, False), ({"beats_uniform": False}, False)],
)
def test_the_bound_is_told_of_a_plan_that_comes_near_it(more, says):
    told = bid_words.plan_says(proposal(PLAN, **{"explored": 0.0, "kept": 0} | more), "CNY")
    assert [one for one in told if "理论上限" in one] == (
        ["离理论上限至多差 0.01%：在同样的预算和估计下，没有别的出价能明显更好。"] if says else []
    )


def test_money_is_in_the_currency_of_the_account(varied, as_):
    listed.take(varied.shop, "p4p_level", [{"level": "L2", "currency": "USD"}])
    told = text_of(as_(varied.alice).get(at(varied, "bids") + "?budget=60"))
    assert [part in told for part in ("每天预算（美元）", "原出价 → 新出价（美元）", "元 是明着花", "CNY")] == [
        True,
        True,
        False,
        False,
    ]
    said = bid_words.plan_says(proposal(PLAN, uniform=None, gap=1.0, explored=12.5, elsewhere=3.0, kept=0), "USD")
    assert [one[:17] for one in said] == ["其中每天约 12.50 美元是明着", "预算里每天约 3.00 美元留给没"]


def test_how_late_a_report_may_be_goes_by_the_rulebook(cast, as_):
    """The newest day is five days old: two until it is there, three that it may be late."""
    shop, done = played(1, DAYS)
    importing.take(cast.shop, keyword_report(shop, done, platform_today() - timedelta(days=DAYS + 4)).encode(), FILE)
    told = "最近没有按天的关键词报告"
    assert told not in text_of(as_(cast.alice).get(at(cast, "bids") + "?budget=60"))
    setting.change_rule(cast.shop, "data_lag_days", 1, person=cast.alice)
    assert told in text_of(as_(cast.alice).get(at(cast, "bids") + "?budget=60"))


def test_limits_are_kept_to_and_can_be_the_shops_own(varied, as_):
    alice = as_(varied.alice)
    wide, narrow = (set(changes_of(alice.get(at(varied, "bids") + f"?budget=60&change={c}"))) for c in ("30", "10"))
    assert max(narrow) <= 11 < max(wide) <= 31
    assert "「一天最多改（%）」要在 1 到 100 之间" in text_of(alice.get(at(varied, "bids") + "?budget=60&change=0"))
    assert as_(varied.bob).post(at(varied, "bid_limits"), {"change": "10"}).status_code == 403
    alice.post(at(varied, "bid_limits"), {"change": "10", "dead_band": "5", "explore": "0"})
    asked = changes_of(alice.get(at(varied, "bids") + "?budget=60&change=10&dead_band=5&explore=0"))
    assert changes_of(alice.get(at(varied, "bids") + "?budget=60")) == asked
    varied.shop.refresh_from_db()
    assert varied.shop.bid_limits == {"change": 0.1, "dead_band": 0.05, "explore": 0.0}
    assert "试探的" not in text_of(alice.get(at(varied, "bids") + "?budget=60"))
    alice.post(at(varied, "bid_limits"), {"usual": "1"})
    varied.shop.refresh_from_db()
    assert varied.shop.bid_limits == {}


def changes_of(answer) -> list[int]:
    """How far bids move on the page, in percent; those that are switched off left out."""
    found = re.findall(r'data-label="幅度">([+−][0-9]+)%', answer.content.decode())
    assert found
    return [int(one[1:]) for one in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=SHOE 2", ["canvas shoe 2"]),
        ("?q=plan <", [NASTY[2]]),
        ("?sort=word", sorted(k[2] for k in PLAN)),
        ("?sort=before", ["canvas shoe 3", NASTY[2], "canvas shoe 1", "canvas shoe 2"]),
        ("?sort=change", ["canvas shoe 3", "canvas shoe 2", "canvas shoe 1", NASTY[2]]),
        ("?sort=nonsense&why=more", [k[2] for k in PLAN]),
    ],
)
def test_search_and_order(paid, sheet, as_, query, expected):
    answer = as_(paid.alice).get(at(paid, "bid_sheet", sheet.pk) + query)
    assert words(answer) == expected
    assert "<script>alert" not in answer.content.decode()


def test_nothing_found_says_so(varied, sheet_of_plan, as_):
    for address in (at(varied, "bids") + "?budget=60&why=none", at(varied, "bid_sheet", sheet_of_plan.pk) + "?q=nobody"):
        assert "没有符合条件的词" in text_of(as_(varied.alice).get(address))


def test_every_proposed_change_opens_its_evidence(varied, sheet_of_plan, as_):
    """The figure beside each word is the one that its address opens, down to the file."""
    alice = as_(varied.alice)
    shown = {at(varied, "bids") + "?budget=60&q=" + change.word: 4 for change in proposed(varied).changes[8:11]}
    for page, count in (shown | {at(varied, "bid_sheet", sheet_of_plan.pk): 4 * 8}).items():
        body = alice.get(page).content.decode()
        links = re.findall(r'<a href="([^"]*/figure/[^"]*)" data-drawer>([^<]*)</a>', body)
        assert len(links) >= count
        for href, text in links:
            opened = alice.get(html.unescape(href))
            assert opened.status_code == 200
            value = re.search(r'<strong class="value">([^<]*)</strong>', opened.content.decode())
            shown = Decimal(text.split(" ")[1].replace(",", ""))
            assert value
            assert abs(Decimal(value[1].split(" ")[0].replace(",", "")) - shown) < Decimal("0.01")
            assert FILE in opened.content.decode()


def test_a_budget_of_ones_own(paid, as_):
    alice = as_(paid.alice)
    assert 'value="320.50"' in alice.get(at(paid, "bids") + "?budget=320.5").content.decode()
    for bad in ("much", "0", "-5", "1e9", "9" * 19):
        answer = alice.get(at(paid, "bids"), {"budget": bad})
        assert answer.status_code == 200
        assert f"「{bad}」不是预算" in text_of(answer)


def test_the_budget_of_the_list_is_not_for_every_role(paid, as_):
    day = platform_today()
    cells = {
        "year": str(day.year),
        "quarter": "",
        "month": "",
        "item": "广告",
        "channel": "P4P",
        "amount": "36500",
        "currency": "CNY",
    }
    assert registering.save(paid.shop, TABLES["budget"], [Row(1, None, cells)], person=paid.alice).written == 1
    assert "来自名单「预算」" in text_of(as_(paid.alice).get(at(paid, "bids")))
    assert "来自名单「预算」" not in text_of(as_(paid.bob).get(at(paid, "bids")))


def test_a_kept_sheet_does_not_tell_the_budget_of_the_list_either(varied, as_):
    day = platform_today()
    cells = {
        "year": str(day.year),
        "month": str(day.month),
        "item": "广告",
        "channel": "P4P",
        "amount": "1800",
        "currency": "CNY",
    }
    assert registering.save(varied.shop, TABLES["budget"], [Row(1, None, cells)], person=varied.alice).written == 1
    alice = as_(varied.alice)
    body = alice.get(at(varied, "bids")).content.decode()
    form = dict(re.findall(r'type="hidden" name="(mark|budget|change|dead_band|explore)" value="([\w.]+)"', body))
    alice.post(at(varied, "bids"), form)
    bid_weekly.switch(varied.shop, True)
    BidSheet.objects.update(day=day - timedelta(days=7))
    weekly = bid_weekly.draft_if_due(varied.shop, facts_of(varied.shop).snapshot(day), 2)
    for sheet in (BidSheet.objects.get(made_by=varied.alice), weekly):
        assert sheet
        assert sheet.budget_from == "register"
        for person, shown in ((varied.alice, True), (varied.bob, False)):
            told = text_of(as_(person).get(at(varied, "bid_sheet", sheet.pk)))
            assert [part in told for part in ("每天预算", "提出时对整个账户的估计")] == [shown, shown]


def test_keeping_a_proposal(varied, as_):
    bob, count = as_(varied.bob), len(proposed(varied).changes)
    body = bob.get(at(varied, "bids") + "?budget=60").content.decode()
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', body)
    assert mark
    stale = bob.post(at(varied, "bids"), {"mark": mark[1], "budget": "40"}, follow=True)
    assert said(stale) == ["报表刚刚更新过，建议已经变了，还没有保存。请看过新的建议再保存。"]
    assert not BidSheet.objects.exists()
    kept = bob.post(at(varied, "bids"), {"mark": mark[1], "budget": "60.00", "reason": "Monday"}, follow=True)
    made = BidSheet.objects.get()
    assert kept.redirect_chain == [(at(varied, "bid_sheet", made.pk), 302)]
    assert (made.made_by, made.reason, made.budget, made.lines.count()) == (varied.bob, "Monday", Decimal(60), count)


def test_the_list_of_sheets_asks_the_same_for_any_number(paid, as_):
    alice, asked = as_(paid.alice), set()
    alice.get(at(paid, "bid_sheets"))
    for count in (1, 3, 60):
        for _ in range(count):
            bidding.draft(paid.shop, proposal({key(1): (1.2345, 1.5)}), person=paid.bob)
        with CaptureQueriesContext(connection) as made:
            alice.get(at(paid, "bid_sheets"))
        asked.add(len(made))
    assert len(asked) == 1


def test_a_sheet_asks_the_same_for_any_number_of_words(paid, as_):
    alice, asked = as_(paid.alice), set()
    for count in (1, 3, 300):
        sheet = bidding.draft(paid.shop, proposal({key(n): (1.0, 1.5) for n in range(count)}))
        alice.get(at(paid, "bid_sheet", sheet.pk))
        with CaptureQueriesContext(connection) as made:
            assert alice.get(at(paid, "bid_sheet", sheet.pk)).status_code == 200
        asked.add(len(made))
    assert len(asked) == 1
    assert BidLine.objects.count() == 304


def test_the_weekly_draft_is_switched_by_who_may_spend(varied, as_):
    assert as_(varied.bob).post(at(varied, "bid_weekly"), {"on": "1"}).status_code == 403
    alice = as_(varied.alice)
    for on, word in (("1", "开"), ("0", "关")):
        told = text_of(alice.post(at(varied, "bid_weekly"), {"on": on}, follow=True))
        assert f"从不自动批准）： {word}" in " ".join(told.split())
