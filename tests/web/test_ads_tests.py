"""The tests of advertising: who sees them and what of them, verdicts, how long a new one must run, and a plan that is drawn and kept."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.web import files, listed
from tests.web.conftest import PASSWORD, bring, questions
from zhanggui.desk import people
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import listing
from zhanggui.estimates.sequential import events_needed
from zhanggui.tables import TABLES

PLAN = TABLES["on_off_test"]
FAST = {"plan": "fast", "product": "1601825074601", "step": "clicks exposures", "variants": "2", "worth": "50", "limit": "56"}
ON_OFF = {"plan": "on_off", "unit": "时段", "many": "2", "outcome": "询盘", "hoped": "100", "limit": "112"}


def at(cast) -> str:
    return reverse("ad_tests", args=[cast.shop.key])


def read(browser, cast, language: str = "", **asked: str) -> str:
    if language:
        browser.post(reverse("language"), {"lang": language, "next": "/"})
    answer = browser.get(at(cast), asked)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def trials_of(page: str) -> dict[str, str]:
    """Name of a test → what is read of it."""
    found = re.findall(r'<article class="trial">(.*?)</article>', page)
    return {re.search(r"<h3>(.*?)</h3>", one)[1]: re.sub(r" +", " ", listed.plain(one)) for one in found}


def variants(count: int = 1, clicks: tuple[int, int] = (40, 80), verdict: str = "") -> list[dict[str, object]]:
    start = listed.newest() - timedelta(days=10)
    return [
        {
            "test": f"image {n}",
            "variant": v,
            "subject": "主图",
            "start": start,
            "exposures": 2000,
            "clicks": c,
            "verdict": verdict,
        }
        for n in range(count)
        for v, c in zip(("white", "scene"), clicks, strict=True)
    ]


def weeks_of_inquiries(cast, weeks: int = 8, claimed: int = 3) -> None:
    """Eight inquiries in each half of a day, of which P4P claims some; 20 yuan an hour window."""
    days = [listed.newest() - timedelta(days=i) for i in range(7 * weeks + 2)]
    made = [
        {"inquiry_id": f"{i}-{hour}-{n}", "created": f"{day} {hour:02d}:10:00", "country": "Germany"}
        for i, day in enumerate(days)
        for hour in (3, 15)
        for n in range(8 + (i % 2 if hour == 3 else -(i % 3)))
    ]
    listed.take(cast.shop, "inquiry", made)
    paid = [
        {
            "day": day,
            "plan": "P",
            "hour": f"{hour:02d}:00-{hour:02d}:59",
            "exposures": 99,
            "clicks": 9,
            "cost": 20,
            "inquiries": claimed,
        }
        for day in days[1:29]
        for hour in (3, 15)
    ]
    listed.take(cast.shop, "p4p_hour", paid)


def test_every_member_sees_the_page_and_nobody_else(cast, as_):
    assert [as_(p).get(at(cast)).status_code for p in (cast.alice, cast.rita, cast.charlie)] == [200, 200, 404]


def test_it_is_a_tab_of_the_ads(cast, as_):
    page = read(as_(cast.alice), cast)
    assert re.findall(r'<a href="([^"]*)" aria-current="page">实验</a>', page) == [at(cast)]
    assert at(cast) in as_(cast.alice).get(reverse("ads", args=[cast.shop.key])).content.decode()


def test_a_shop_without_tests_is_told_where_they_are_kept(cast, as_):
    page = read(as_(cast.alice), cast)
    assert trials_of(page) == {}
    assert reverse("register", args=[cast.shop.key, "page_test"]) in page


# ---- which variant is better


def test_a_verdict_in_both_languages(cast, as_):
    listed.take(cast.shop, "page_test", variants(), on=listed.newest())
    alice = as_(cast.alice)
    told = trials_of(read(alice, cast, "zh"))["image 0"]
    assert "点击率 · 更好 「scene」的点击率更高，换上它。" in told
    assert "共 120 次点击；真有 20% 的差别，到现在有不到 1% 的可能已经看出来。" in told
    told = trials_of(read(alice, cast, "en"))["image 0"]
    assert "click rate · better “scene” has the higher click rate: use it." in told
    assert "2.00 (1.00–4.23)" in told


def test_what_is_missing_is_clicks_days_and_money_and_money_is_not_for_readers(cast, as_):
    """1,680 clicks in ten days; 280 yuan for 140 clicks."""
    listed.take(cast.shop, "page_test", variants(clicks=(800, 880)), on=listed.newest())
    account = [{"day": listed.newest(), "exposures": 7000, "clicks": 140, "cost": 280, "inquiries": 1}]
    listed.take(cast.shop, "p4p_account", account)
    told = trials_of(read(as_(cast.bob), cast))["image 0"]
    assert "点击率 · 还不够判断 「scene」「white」还分不出高下：再要约 532 次点击 ≈ 4 天 ≈ 1,064 CNY。" in told
    told = trials_of(read(as_(cast.rita), cast))["image 0"]
    assert "再要约 532 次点击 ≈ 4 天。" in told
    listed.take(cast.shop, "p4p_level", [{"level": "L2", "currency": "USD"}])
    assert "≈ 4 天 ≈ 1,064 USD。" in trials_of(read(as_(cast.bob), cast))["image 0"]


def test_waiting_for_years_is_advised_against(cast, as_):
    listed.take(cast.shop, "page_test", variants(clicks=(12, 14)), on=listed.newest())
    told = trials_of(read(as_(cast.alice), cast))["image 0"]
    assert "点击率 · 不建议再等" in told
    assert "再要约 2,186 次点击，照现在的速度一年以上" in told


def test_a_test_that_somebody_judged_shows_the_verdict_first(cast, as_):
    listed.take(cast.shop, "page_test", variants(verdict="scene it is"), on=listed.newest())
    told = trials_of(read(as_(cast.alice), cast))["image 0"]
    assert "已写结论" in told
    assert "结论：scene it is" in told


def test_steps_that_disagree_change_nothing_yet(cast, as_):
    rows = [{"test": "page", "variant": v, "exposures": 20_000, "clicks": c, "inquiries": q}
            for v, c, q in (("white", 2000, 20), ("scene", 1000, 120))]  # fmt: skip
    listed.take(cast.shop, "page_test", rows, on=listed.newest())
    told = trials_of(read(as_(cast.alice), cast))["page"]
    assert (
        "两步说的相反，先别换：一次曝光最后带来多少询盘才算数：scene 0.600%，white 0.100%（只是数出来的，还没有判断）。" in told
    )
    assert "点击率 · 更好 「white」的点击率更高。" in told
    assert "询盘率 · 更好 「scene」的询盘率更高。" in told
    assert "换上它" not in told
    assert "The two steps disagree: change nothing yet." in trials_of(read(as_(cast.alice), cast, "en"))["page"]


def test_a_lopsided_test_is_read_like_any_other(cast, as_):
    rows = [
        {"test": "old and new", "variant": v, "exposures": n, "clicks": c} for v, n, c in (("old", 20_000, 20), ("new", 100, 1))
    ]
    listed.take(cast.shop, "page_test", rows, on=listed.newest())
    assert "还分不出高下" in trials_of(read(as_(cast.alice), cast))["old and new"]


def test_as_many_questions_for_any_number_of_tests(cast, as_):
    def add(count: int) -> None:
        listed.take(cast.shop, "page_test", variants(count), on=listed.newest(), name=f"{count}.csv")

    assert len(questions(as_(cast.alice), at(cast), add)) == 1
    assert len(trials_of(read(as_(cast.alice), cast))) == 10
    assert len(trials_of(read(as_(cast.alice), cast, page="30"))) == 10


# ---- before a start


def products(cast, clicks: int) -> None:
    rows = [files.product(1, 全店曝光次数=50 * clicks, 全店点击次数=clicks, 询盘个数=0)]
    bring(cast.shop, files.export("product_effect", "产品数据", rows), "more.csv")


def answer(page: str) -> str:
    found = re.search(r'<div class="answer([^"]*)" role="status">(.*?)</div>', page)
    return f"{found[1].strip()}|{listed.plain(found[2])}"


def test_how_long_a_fast_test_must_run(cast, as_):
    """700 clicks in seven days: 459 take about five."""
    products(cast, 700)
    told = answer(read(as_(cast.alice), cast, **FAST))
    assert told == "|要跑 5 天：459 次点击（约 22,950 次曝光） ≈ 5 天。"
    told = answer(read(as_(cast.alice), cast, "en", **FAST))
    assert told == "|It must run for 5 days: 459 clicks (about 22,950 exposures) ≈ 5 days."


def test_what_cannot_be_told_in_time_is_advised_against(cast, as_):
    products(cast, 21)
    told = answer(read(as_(cast.alice), cast, **FAST))
    assert told.startswith("no|不建议测：459 次点击")
    assert "56 天里只看得出 100% 以上的差别" in told
    told = answer(read(as_(cast.alice), cast, **FAST | {"step": "inquiries clicks"}))
    assert told == "no|不建议测：最近 7 天没有询盘，看不出任何差别。"


def test_the_form_before_a_start_begins_with_the_shops_own_settings(cast, as_):
    from zhanggui.desk import setting

    products(cast, 700)
    for name, value in (("worth", 0.15), ("patience", 14), ("chance", 0.01)):
        setting.change_setting(cast.shop, "LI16", name, value, person=cast.alice)
    page = read(as_(cast.alice), cast, plan="fast", product="1601825074601", step="clicks exposures")
    assert '<option value="15" selected>15%</option>' in page
    assert 'value="14" required' in page
    needed = events_needed(0.15, 2, 0.01)
    assert answer(page).startswith(f"no|不建议测：{needed:,} 次点击")
    assert "超过您给的 14 天" in answer(page)


@pytest.mark.parametrize("value", [0, 0.001, 11])
def test_a_difference_of_nothing_is_no_setting(cast, value):
    from zhanggui.desk import setting

    with pytest.raises(setting.OutOfLimits):
        setting.change_setting(cast.shop, "LI16", "worth", value, person=cast.alice)


@pytest.mark.parametrize("asked", [{"variants": "x"}, {"worth": "-1"}, {"limit": "9" * 30}, {"step": "a b"}, {"product": "?"}])
def test_what_nobody_would_type_gives_the_usual(cast, as_, asked):
    products(cast, 700)
    assert answer(read(as_(cast.alice), cast, **FAST | asked)).split("|")[1].startswith(("要跑", "不建议测"))


# ---- on and off


def test_the_length_is_said_before_the_start_and_the_plan_is_drawn_and_kept(cast, as_):
    weeks_of_inquiries(cast)
    bob = as_(cast.bob)
    page = read(bob, cast, **ON_OFF)
    told = answer(page)
    assert told.startswith("|要跑 28 天。")
    assert "报表说其中 3.0 个来自直通车" in told
    assert "先把日预算减半，或者给每个时段各设预算" in told
    assert "每格头一小时的还不在内。" in told
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.split('role="status"')[1]))
    since = platform_today() + timedelta(days=1)
    kept = bob.post(at(cast), sent | {"name": "autumn", "since": since.isoformat()}, follow=True)
    assert "已抽签并存进名单" in kept.content.decode()
    (row,) = listing(cast.shop, PLAN).frame.iter_rows(named=True)
    assert (row["test"], row["units"], row["weeks"], row["since"]) == ("autumn", "00-11 | 12-23", 4, since)
    page = read(bob, cast)
    assert "还没开始" in trials_of(page)["autumn"]
    assert len(re.findall(r'<th scope="row">[^<]*</th>(?:<td[^>]*>[开关]</td>){2}', page)) == 28


def test_visitor_days_are_held_against_the_usual_number(cast, as_):
    """Forty visitors a day, give or take one; the account report counts clicks."""
    days = [listed.newest() - timedelta(days=i) for i in range(63)]
    seen = [
        {"visitor_id": f"{i}-{n}", "came": day, "country": "Chile"} for i, day in enumerate(days) for n in range(40 + i % 2)
    ]
    listed.take(cast.shop, "visitor", seen)
    account = [{"day": day, "exposures": 700, "clicks": 14, "cost": 25, "inquiries": 1} for day in days[:28]]
    listed.take(cast.shop, "p4p_account", account)
    told = answer(read(as_(cast.bob), cast, **ON_OFF | {"unit": "整天", "outcome": "访问", "hoped": "25"}))
    assert re.search(r"^\|要跑 \d+ 天。", told)
    assert "个访客×天（看了 9 周）；报表记的是点击，比不了，所以按平时的算：少了 25%" in told
    assert "日预算照旧；有周预算的先减半" in told
    assert "少来多少，正是要测的。" in told


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "2020-01-01"},
        {"since": "soon"},
        {"weeks": "3"},
        {"weeks": "54"},
        {"weeks": ""},
        {"name": "  "},
        {"name": "taken"},
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_said(cast, as_, wrong):
    since = (platform_today() + timedelta(days=1)).isoformat()
    good = {"unit": "时段", "many": "2", "outcome": "询盘", "hoped": "100", "weeks": "4", "since": since}
    bob = as_(cast.bob)
    bob.post(at(cast), good | {"name": "taken"})
    told = bob.post(at(cast), good | {"name": "new"} | wrong, follow=True).content.decode()
    assert "没有保存" in told
    assert listing(cast.shop, PLAN).frame.height == 1


def test_readers_keep_no_plan(cast, as_):
    since = (platform_today() + timedelta(days=1)).isoformat()
    sent = {"unit": "时段", "many": "2", "outcome": "询盘", "hoped": "100", "weeks": "4", "since": since, "name": "x"}
    assert as_(cast.rita).post(at(cast), sent).status_code == 403
    assert as_(cast.charlie).post(at(cast), sent).status_code == 404
    assert listing(cast.shop, PLAN).frame.height == 0
    weeks_of_inquiries(cast)
    page = read(as_(cast.rita), cast, **ON_OFF)
    assert answer(page).startswith("|要跑")
    assert 'method="post" class="before"' not in page


def test_a_salesperson_sees_no_figures_of_the_whole_shop(cast, as_):
    weeks_of_inquiries(cast)
    finished(cast)
    sam = people.add_person("sam", PASSWORD, cast.shop.company, "sales")
    page = read(as_(sam), cast, **ON_OFF)
    assert "summer" not in page
    assert 'role="status"' not in page
    assert "您的角色只看自己的" in page


def finished(cast, cost: bool = True, before: float | None = None, spent=20) -> None:
    """A plan of four weeks that is over: two inquiries a window, and one more where it was on. `before`: cost of a window until then."""
    from zhanggui.plans.on_off_test import Trial

    since = listed.newest() - timedelta(days=28)
    trial = Trial("summer", "时段", ("00-11", "12-23"), "询盘", since, 4, 5)
    row = {"test": "summer", "unit": "时段", "units": "00-11 | 12-23", "outcome": "询盘", "since": since, "weeks": 4, "seed": 5}
    listed.take(cast.shop, "on_off_test", [row])
    asked, paid = [], []
    for day, on in trial.days():
        for hour, is_on in zip((3, 15), on, strict=True):
            asked += [(f"{day} {hour:02d}:10:00", n) for n in range(2 + is_on)]
            paid.append({"day": day, "plan": "P", "hour": f"{hour:02d}:00-{hour:02d}:59", "exposures": 9, "clicks": 9,
                         "cost": spent * is_on if cost else spent, "inquiries": 2 * is_on})  # fmt: skip
    asked.append((f"{listed.newest()} 01:10:00", 0))
    if before is not None:
        paid += [{"day": since - timedelta(days=i), "plan": "P", "hour": f"{hour:02d}:00-{hour:02d}:59", "exposures": 9, "clicks": 9,
                  "cost": before, "inquiries": 1} for i in range(1, 29) for hour in (3, 15)]  # fmt: skip
    listed.take(
        cast.shop, "inquiry", [{"inquiry_id": f"s{i}", "created": at, "country": "Chile"} for i, (at, _) in enumerate(asked)]
    )
    listed.take(cast.shop, "p4p_hour", paid, name="summer.csv")


def test_what_it_really_added_what_it_cost_and_what_the_report_claims(cast, as_):
    finished(cast)
    told = trials_of(read(as_(cast.bob), cast))["summer"]
    assert "确有增量" in told
    assert "开的时候多带来约 28 个询盘（区间 28 到 28），这些没有推广就没有。" in told
    assert "同样这些格，直通车报表记了 56 个。" in told
    assert "每多一个询盘花 20 CNY（区间 20 到 20）。" in told
    told = trials_of(read(as_(cast.rita), cast, "en"))["summer"]
    assert "Being on brought about 28 more inquiries (range 28 to 28) that the shop would not have had." in told
    assert "CNY" not in told


def test_a_budget_that_moved_to_what_was_on_is_said(cast, as_):
    finished(cast, before=10)
    told = trials_of(read(as_(cast.bob), cast))["summer"]
    assert "预算挪了地方" in told
    assert "但开的格子花费是开始前四周的 2.0 倍，关掉的那一半预算挪了过来" in told
    assert "2.0 times as much was spent as in the four weeks before" in trials_of(read(as_(cast.bob), cast, "en"))["summer"]


def test_a_budget_that_was_halved_is_not_spoken_of(cast, as_):
    finished(cast, before=20)
    told = trials_of(read(as_(cast.bob), cast))["summer"]
    assert "确有增量" in told
    assert "四周的" not in told


def test_a_plan_that_nobody_kept_says_nothing_else(cast, as_):
    finished(cast, cost=False)
    told = trials_of(read(as_(cast.bob), cast))["summer"]
    assert "该关的格子花了该开的一半以上，没有照表开关，下不了结论。" in told
    assert "该关的 28 格里有 28 格还有花费" in told
    assert "多带来" not in told


def test_a_plan_on_which_nothing_was_spent_was_not_broken(cast, as_):
    finished(cast, spent=0)
    told = trials_of(read(as_(cast.bob), cast))["summer"]
    assert ("没有花费" in told, "该开的格子也没有花费，下不了结论。" in told, "没有照表开关" in told) == (True, True, False)


def test_a_row_that_is_no_plan_is_named(cast, as_):
    row = {"test": "odd", "unit": "时段", "units": "00-11", "outcome": "询盘", "since": date(2026, 1, 4), "weeks": 3, "seed": 5}
    listed.take(cast.shop, "on_off_test", [row])
    assert "「odd」不是一张完整的表" in read(as_(cast.alice), cast)


def test_missing_reports_are_named_with_their_place(cast, as_):
    page = read(as_(cast.alice), cast, **ON_OFF)
    assert "还没有「询盘」" in page
    assert "营销中心 → 外贸直通车 → 数据报告 → 小时报告" in page


def test_the_shops_own_settings_say_what_matters(cast, as_):
    """The page and the check of Today judge by the same numbers."""
    from zhanggui.desk import setting

    listed.take(cast.shop, "page_test", variants(clicks=(40, 60)), on=listed.newest())
    assert "真有 20% 的差别" in read(as_(cast.alice), cast)
    setting.change_setting(cast.shop, "LI16", "worth", 0.5, person=cast.alice)
    assert "真有 50% 的差别" in read(as_(cast.alice), cast)
