"""Decisions on Today."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from zhanggui.checks import load
from zhanggui.desk import deciding
from zhanggui.desk.clock import platform_today
from zhanggui.web import words


def today(client, cast):
    return re.sub(r"\s+", " ", client.get(reverse("today", args=[cast.shop.key])).content.decode())


def decide(client, cast, verb, *findings, **data):
    ids = [f.pk for f in findings or (cast.finding,)]
    answer = client.post(reverse("decide", args=[cast.shop.key, verb]), {"finding": ids, **data}, follow=True)
    return re.sub(r"\s+", " ", answer.content.decode())


def part(page, name):
    """The section of the page under a heading's id; empty if it is not there."""
    match = re.search(rf'id="{name}".*?</section>', page)
    return match[0] if match else ""


def test_a_reason_is_needed_to_dismiss(cast, as_):
    bob = as_(cast.bob)
    assert "请写明不做的理由" in decide(bob, cast, "dismiss", reason="  ")
    assert cast.finding.dismissed_reason == ""
    page = decide(bob, cast, "dismiss", reason="我们有授权")
    assert f'id="f{cast.finding.pk}"' not in part(page, "worth")
    assert "我们有授权" in part(page, "aside")
    page = decide(bob, cast, "bring_back")
    assert f'id="f{cast.finding.pk}"' in part(page, "worth")
    assert part(page, "aside") == ""


@pytest.mark.parametrize(
    "chosen", [{"for": "7"}, {"for": "worse"}, {"until": (platform_today() + timedelta(days=3)).isoformat(), "for": ""}]
)
def test_snooze_and_bring_back(cast, as_, chosen):
    alice = as_(cast.alice)
    page = decide(alice, cast, "snooze", **chosen)
    assert cast.finding.key["word"] in part(page, "aside")
    assert f'id="f{cast.finding.pk}"' not in part(page, "worth")
    assert f'id="f{cast.finding.pk}"' in part(decide(alice, cast, "bring_back"), "worth")


def test_a_snooze_without_a_day_to_come_is_refused(cast, as_):
    assert "请选一个今天以后的日子" in decide(as_(cast.alice), cast, "snooze", until="2001-01-01")
    assert "请选一个今天以后的日子" in decide(as_(cast.alice), cast, "snooze", until="soon")


def test_doing_makes_a_task_of_mine_and_finishing_gives_a_look_back(cast, as_):
    bob = as_(cast.bob)
    page = decide(bob, cast, "do")
    task = cast.shop.tasks.get(code="KW03")
    assert task.assignee == cast.bob
    assert cast.finding.key["word"] in part(page, "tasks")
    assert f'id="f{cast.finding.pk}"' not in part(page, "worth")
    done = bob.post(
        reverse("task", args=[cast.shop.key, task.pk, "finish"]), {"note": "改了标题"}, follow=True
    ).content.decode()
    task.refresh_from_db()
    assert (task.state, task.note) == ("done", "改了标题")
    assert f"{words.day(task.look_back_on)} 回看效果" in done
    assert "改了标题" in done
    assert f'id="f{cast.finding.pk}"' not in part(today(bob, cast), "worth")
    bob.post(reverse("task", args=[cast.shop.key, task.pk, "reopen"]))
    task.refresh_from_db()
    assert task.state == "open"


def test_a_group_is_assigned_as_one_task(cast, as_):
    found = list(cast.shop.findings.filter(code="KW03"))
    due = platform_today() + timedelta(days=2)
    decide(as_(cast.alice), cast, "assign", *found, assignee=cast.bob.pk, due=due.isoformat(), note="一起做")
    task = cast.shop.tasks.get(code="KW03")
    assert (task.assignee, task.due, task.findings.count()) == (cast.bob, due, 3)


def test_nobody_of_another_company_is_given_a_task(cast, as_):
    assert "请选一位本公司的成员" in decide(as_(cast.alice), cast, "assign", assignee=cast.charlie.pk)
    assert "charlie" not in today(as_(cast.alice), cast)


@pytest.mark.parametrize("path", ["decide/explode/", "tasks/{task}/explode/"])
def test_an_unknown_verb_is_404(cast, as_, path):
    address = f"/s/{cast.shop.key}/" + path.format(task=cast.task.pk)
    assert as_(cast.alice).post(address, {"finding": cast.finding.pk}).status_code == 404


def test_closing_twice_is_said(cast, as_):
    alice = as_(cast.alice)
    address = reverse("task", args=[cast.shop.key, cast.task.pk, "finish"])
    alice.post(address)
    assert "已经关闭" in alice.post(address, follow=True).content.decode()


def test_the_page_says_how_fresh_the_data_are_and_what_it_waits_for(cast, as_):
    page = today(as_(cast.alice), cast)
    assert "7/28 天" in page
    assert "数据里没有可估的收益" in part(page, "worth")
    assert "还差" in part(page, "waiting")
    assert "PR02" in part(page, "early")


def test_check_again_is_a_check_up(cast, as_):
    answer = as_(cast.bob).post(reverse("check_again", args=[cast.shop.key]), follow=True)
    assert "体检完成" in answer.content.decode()


def test_a_made_up_shop_says_so(cast, as_):
    cast.shop.demo = True
    cast.shop.save()
    assert '<span class="badge">演示</span>' in today(as_(cast.alice), cast)


def test_nobody_decides_about_what_they_are_not_shown(cast, as_, monkeypatch):
    """An operator does not see what things cost, so a finding about it is as if it were not there."""
    days = dict.fromkeys(("first_seen", "last_seen", "changed_on"), "2026-09-19")
    about_costs = ({"measure": "profit.total", "columns": ["gross_profit"]},)
    monkeypatch.setitem(load(), "PR01", replace(load()["PR01"], evidence=about_costs))
    made = cast.shop.findings.create(code="PR01", fingerprint="hidden", key={"product_id": "1"}, **days)
    told = {}
    for person in (cast.bob, cast.alice):
        answer = as_(person).post(reverse("decide", args=["shop-a", "dismiss"]), {"finding": made.pk, "reason": "no"})
        made.refresh_from_db()
        told[person.username] = (answer.status_code, made.dismissed_reason)
    assert told == {"bob": (404, ""), "alice": (302, "no")}


@pytest.mark.parametrize(
    ("after", "says"),
    [(40, "曝光量：做之前 100，现在 40。这是前后对比，不等于效果：没有与不做的情形比较。"), (None, "")],
)
def test_a_look_back_says_the_size_before_and_after_and_no_effect(cast, as_, after, says):
    mark = cast.finding.fingerprint
    task = deciding.finish(deciding.assign([cast.finding], cast.bob))
    before = {mark: cast.finding.values | {"exposures": 100}}
    kept = {} if after is None else {mark: after}
    cast.shop.tasks.filter(pk=task.pk).update(look_back_on=platform_today(), before=before, after=kept)
    page = part(today(as_(cast.bob), cast), "closed")
    assert "回看：1 条里 0 条已消失。" in page
    assert re.findall(r'<span( class="thin")?>([^<]*)</span>', page.split("回看：")[1]) == ([("", says)] if says else [])


def test_a_look_back_at_too_few_is_grey_and_says_so(cast, as_):
    mark = cast.finding.fingerprint
    task = deciding.finish(deciding.assign([cast.finding], cast.bob))
    before = {mark: cast.finding.values | {"exposures": 12}}
    cast.shop.tasks.filter(pk=task.pk).update(look_back_on=platform_today(), before=before, after={mark: 4})
    page = part(today(as_(cast.bob), cast), "closed")
    assert '<span class="thin">曝光量：做之前 12，现在 4。样本太少，看不出变化。</span>' in page
