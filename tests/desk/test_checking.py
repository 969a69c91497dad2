"""The life of a finding: new, ongoing, resolved, regressed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.desk.conftest import Cast, week_file
from zhanggui import jobs
from zhanggui.desk import checking, deciding, importing, setting
from zhanggui.desk.access import Forbidden
from zhanggui.desk.models import Finding, Run, Task
from zhanggui.rulebook import Bad

END = date(2026, 9, 19)


def bring(cast: Cast, end: date, unseen: int) -> None:
    importing.take(cast.shop, week_file(end, unseen), f"{end}.csv")


def states(cast: Cast, code: str = "PR02") -> dict[str, str]:
    return {f.key["product_id"][-2:]: f.state for f in cast.shop.findings.filter(code=code)}


def test_new_ongoing_resolved_regressed(cast: Cast) -> None:
    setting.change_rule(cast.shop, "no_effect_days", 7, since=date(2026, 1, 1))
    bring(cast, END, unseen=2)
    checking.check(cast.shop, day=END + timedelta(days=2))
    assert states(cast) == {"00": "new", "01": "new"}
    checking.check(cast.shop, day=END + timedelta(days=2))  # the same day again moves nothing
    assert states(cast) == {"00": "new", "01": "new"}
    bring(cast, END + timedelta(weeks=1), unseen=1)
    checking.check(cast.shop, day=END + timedelta(days=9))
    assert states(cast) == {"00": "ongoing", "01": "resolved"}
    bring(cast, END + timedelta(weeks=2), unseen=2)
    checking.check(cast.shop, day=END + timedelta(days=16))
    assert states(cast) == {"00": "ongoing", "01": "regressed"}


def test_what_is_gone_because_data_are_late_is_not_resolved(cast: Cast) -> None:
    bring(cast, END, unseen=1)
    checking.check(cast.shop, day=END + timedelta(days=2))
    importing.undo(cast.shop, 1)
    bring(cast, END - timedelta(weeks=8), unseen=0)
    checking.check(cast.shop, day=END + timedelta(days=3))
    assert states(cast) == {"00": "new"}
    assert [f.key["table"] for f in cast.shop.findings.filter(code="DA01")] == ["product_effect"]


def test_a_day_before_the_last_check_up_is_looked_at_and_not_written(cast: Cast) -> None:
    bring(cast, END, unseen=1)
    checking.check(cast.shop, day=END + timedelta(days=5))
    before = list(Finding.objects.values_list("fingerprint", "last_seen"))
    checking.check(cast.shop, day=END + timedelta(days=1))
    assert list(Finding.objects.values_list("fingerprint", "last_seen")) == before


def test_a_check_up_is_kept_as_a_run_also_when_it_fails(cast: Cast, settings: object) -> None:
    bring(cast, END, unseen=1)
    checking.check(cast.shop, day=END)
    setting.RuleOverride.objects.create(shop=cast.shop, name="no_effect_days", since=date(2020, 1, 1), value=-5)
    with pytest.raises(Bad):
        checking.check(cast.shop, day=END)
    assert list(Run.objects.order_by("id").values_list("kind", "ok")) == [("check", True), ("check", False)]


def test_a_check_that_fails_leaves_its_findings_and_the_other_checks_as_they_are(cast: Cast) -> None:
    """A setting of before its limits were drawn."""
    tests = "测试名称,测试方案,测试曝光,测试点击\nimage,white,2000,40\nimage,scene,2000,80\n"
    importing.take(cast.shop, tests.encode(), "tests.csv", table="page_test", on=END)
    bring(cast, END, unseen=1)
    checking.check(cast.shop, day=END + timedelta(days=2))
    setting.CheckSetting.objects.create(shop=cast.shop, code="LI16", name="worth", value=0)
    checking.check(cast.shop, day=END + timedelta(days=3))
    assert dict(cast.shop.findings.filter(code__in=("LI16", "PR02")).values_list("code", "state")) == {
        "LI16": "new",
        "PR02": "ongoing",
    }
    run = Run.objects.latest("id")
    assert (run.ok, [w["unit"] for w in run.note["waiting"] if w["code"] == "LI16"]) == (True, ["broken"])


def test_the_nightly_job_goes_on_after_a_shop_that_fails(cast: Cast) -> None:
    bring(cast, END, unseen=1)
    setting.RuleOverride.objects.create(shop=cast.shop, name="no_effect_days", since=date(2020, 1, 1), value=-5)
    assert jobs.check_all() == 1
    assert jobs.check_all() == 1


def test_a_snooze_ends_on_its_day_and_when_it_gets_worse(cast: Cast) -> None:
    bring(cast, END, unseen=1)
    day = END + timedelta(days=2)
    checking.check(cast.shop, day=day)
    finding = cast.shop.findings.get(code="PR02")
    deciding.snooze(finding, until=date(2099, 1, 1), person=cast.bob)
    assert finding.fingerprint in checking.hidden(cast.shop)
    Finding.objects.filter(pk=finding.pk).update(snoozed_until=day + timedelta(days=1))
    checking.check(cast.shop, day=day + timedelta(days=1))
    assert checking.hidden(cast.shop) == frozenset()
    finding.refresh_from_db()
    deciding.snooze(finding, until_worse=True, person=cast.bob)  # its size: 7 days without exposure
    assert finding.fingerprint in checking.hidden(cast.shop)
    bring(cast, END - timedelta(weeks=1), unseen=1)  # now 14
    checking.check(cast.shop, day=day + timedelta(days=2))
    assert checking.hidden(cast.shop) == frozenset()


@pytest.mark.parametrize(("left", "later", "wakes"), [(30, 23, False), (30, 22, True), (60, 60, False), (60, 59, True)])
def test_a_certificate_is_worse_the_nearer_its_end(cast: Cast, left: int, later: int, wakes: bool) -> None:
    """Its size is the days of the sixty that have gone by: 30 of them are a quarter more than 24; nothing is more than nothing."""
    ends = END + timedelta(days=60)
    importing.take(
        cast.shop, f"证照类型,证照名称,国家,产品ID,证照到期日\n商标,NORDEN,,,{ends}\n".encode(), f"certificates {END}.csv"
    )
    checking.check(cast.shop, day=ends - timedelta(days=left))
    deciding.snooze(cast.shop.findings.get(code="LI14"), until_worse=True, person=cast.bob)
    checking.check(cast.shop, day=ends - timedelta(days=later))
    assert (checking.hidden(cast.shop) == frozenset()) is wakes


def test_only_the_own_company_may_check(cast: Cast) -> None:
    for person in (cast.charlie, cast.rita):
        with pytest.raises(Forbidden):
            checking.check(cast.shop, person=person)


def done(cast: Cast, code: str, fingerprint: str = "one", **values: float) -> Task:
    """A task about one product, done four weeks before its look back."""
    days = dict.fromkeys(("first_seen", "last_seen", "changed_on"), END)
    key = {"product_id": "1601000000020"}
    found = cast.shop.findings.create(code=code, fingerprint=fingerprint, key=key, values=values, **days)
    task = deciding.finish(deciding.assign([found], cast.bob))
    Task.objects.filter(pk=task.pk).update(closed_on=END, look_back_on=END + timedelta(weeks=4))
    return task


def brought(cast: Cast, task: Task, day: date) -> dict[str, float] | None:
    """What is kept of the task after the check-up of a day."""
    checking.check(cast.shop, day=day)
    task.refresh_from_db()
    return task.after


def test_the_size_of_a_done_task_is_looked_at_on_its_day_and_once(cast: Cast) -> None:
    """The product has sixty clicks in the week before and 180 in the newest of the four weeks after."""
    importing.take(cast.shop, week_file(END, 0, clicks=3), "before.csv")
    task = done(cast, "PR01", shop_clicks=60)
    importing.take(cast.shop, week_file(END + timedelta(weeks=4), 0, clicks=9), "after.csv")
    importing.take(cast.shop, week_file(END + timedelta(weeks=5), 0, clicks=50), "too-late.csv")
    checking.check(cast.shop, day=END + timedelta(weeks=4) - timedelta(days=1))
    task.refresh_from_db()
    assert task.after is None
    assert checking.look_back(cast.shop, END + timedelta(weeks=6)) == 1
    task.refresh_from_db()
    assert task.after == {"one": 180}
    assert checking.look_back(cast.shop, END + timedelta(weeks=7)) == 0
    assert deciding.reopen(task).after is None


def test_a_size_that_no_measure_says_is_left_out(cast: Cast) -> None:
    importing.take(cast.shop, week_file(END, 2), "before.csv")
    task = done(cast, "PR02", covered_days=28)
    checking.check(cast.shop, day=END + timedelta(weeks=4))
    task.refresh_from_db()
    assert task.after == {}


def test_old_figures_are_not_what_became_of_it(cast: Cast) -> None:
    """Nothing was brought since the task was done: neither on the look-back day nor later is there anything to say."""
    importing.take(cast.shop, week_file(END, 0, clicks=3), "before.csv")
    task = done(cast, "PR01", shop_clicks=60)
    assert [brought(cast, task, END + timedelta(days=n)) for n in (2, 28, 30, 60)] == [None] * 4


def test_days_before_the_task_do_not_count_and_data_of_later_days_are_waited_for(cast: Cast) -> None:
    """Done in the midst of a week: on the look-back day the newest four weeks hold days before it, a week later they do not."""
    task = done(cast, "PR01", shop_clicks=60)
    Task.objects.filter(pk=task.pk).update(closed_on=END + timedelta(days=3), look_back_on=END + timedelta(days=31))
    for week in range(1, 5):
        bring_clicks(cast, week, clicks=3)
    assert brought(cast, task, END + timedelta(days=31)) is None
    bring_clicks(cast, 5, clicks=9)
    assert brought(cast, task, END + timedelta(days=37)) == {"one": 3 * 60 + 180}


def bring_clicks(cast: Cast, week: int, clicks: int) -> None:
    importing.take(cast.shop, week_file(END + timedelta(weeks=week), 0, clicks=clicks), f"{week}.csv")


def test_a_longer_window_is_waited_for(cast: Cast) -> None:
    """PR08 counts over 90 days, PR01 over 28."""
    tasks = [done(cast, "PR01", shop_clicks=60), done(cast, "PR08", fingerprint="two", inquiries=0)]
    told, early = {}, END - timedelta(weeks=5)
    Task.objects.update(closed_on=early, look_back_on=early + timedelta(weeks=4))
    for week in range(-4, 10):
        bring_clicks(cast, week, clicks=3)
        day = END + timedelta(weeks=week)
        told[week] = [brought(cast, task, day) is not None for task in tasks]
    assert {week: both for week, both in told.items() if told.get(week - 1) != both} == {
        -4: [False, False], -1: [True, False], 8: [True, True],
    }  # fmt: skip


def test_what_is_so_on_a_day_counts_once_it_was_brought_after_the_task(cast: Cast) -> None:
    task = done(cast, "PR12", score=3)
    scores = "产品ID,产品质量分\n1601000000020,{}\n"
    importing.take(cast.shop, scores.format("3.1").encode(), "a.csv", table="product_score", on=END)
    assert brought(cast, task, END + timedelta(days=28)) is None
    importing.take(cast.shop, scores.format("4.2").encode(), "b.csv", table="product_score", on=END + timedelta(days=29))
    assert brought(cast, task, END + timedelta(days=30)) == {"one": 4.2}
