"""Verdicts on the tests of the register, and how long a new one must run."""

from __future__ import annotations

from datetime import date
from math import inf
from pathlib import Path

import pytest

from zhanggui.estimates.sequential import events_needed
from zhanggui.facts import Facts, Snapshot, open_facts
from zhanggui.intake import read
from zhanggui.plans.fast_test import Subject, click_prices, disagree, length, page_tests, subjects

DAY = date(2026, 9, 21)
CLICKS, INQUIRIES = ("clicks", "exposures"), ("inquiries", "clicks")
HEAD = "测试名称,测试方案,产品ID,测试开始日,测试结束日,测试曝光,测试点击,测试访客,测试询盘,测试结论\n"
#: 100 and 40 clicks of 150 and 100: 1.50 and 2.50 each, 1.79 in the mean of all.
PAID = """日期,推广计划,产品ID,产品名称,曝光量,点击量,花费,询盘个数
2026-09-19,P,101,Loafers,5000,100,150,1
2026-09-19,P,102,Boots,2000,40,100,0
"""
ACCOUNT = "外贸直通车-账户报告\n日期,曝光量,点击量,花费,询盘个数\n2026-09-19,7000,140,250,1\n"
EFFECT = """产品数据 2026-08-23~2026-09-19
产品ID,产品名称,是否橱窗,是否P4P,搜索曝光次数,搜索点击次数,访问人数,询盘个数,询盘人数,TM咨询人数,提交订单个数,全店曝光次数,全店点击次数
101,Loafers,N,N,0,0,0,4,0,0,0,20000,600
102,Boots,N,N,0,0,0,0,0,0,0,5000,100
103,Sandals,N,N,0,0,0,0,0,0,0,900,0
"""


def shop(home: Path, **texts: str) -> Snapshot:
    """A shop with these tables; registers as of the 20th."""
    facts: Facts = open_facts(home, "alice-shoes")
    for table, text in texts.items():
        data = text.encode()
        reading = read(data, f"{table}.csv", on=date(2026, 9, 20), table=table)
        facts.put(data, f"{table}.csv", reading, at="t")
    return facts.snapshot(DAY)


def test_a_shop_without_the_register_has_no_tests(tmp_path):
    assert page_tests(shop(tmp_path)) == ()


def test_what_is_missing_is_said_in_clicks_days_and_money(tmp_path):
    """30 clicks in 10 days: the 2,182 that are missing of 2,212 take 727 days, at 1.50 each."""
    rows = HEAD + "image,white,101,2026-09-10,,500,12,,,\nimage,scene,101,2026-09-10,,500,18,,,\n"
    (test,) = page_tests(shop(tmp_path, page_test=rows, p4p_product=PAID, p4p_account=ACCOUNT))
    (told,) = test.readings(0.2, click_prices(shop(tmp_path)))
    needs = events_needed(0.2) - 30
    assert (test.ran, told.step, told.told.kind, told.best.name) == (10, ("clicks", "exposures"), "open", "scene")
    assert (told.clicks, told.days, told.money) == (needs, pytest.approx(needs * 10 / 30), pytest.approx(needs * 1.5))


def test_inquiries_are_counted_in_the_clicks_that_bring_them(tmp_path):
    rows = HEAD + "page,a,,2026-09-10,,9000,200,,4,\npage,b,,2026-09-10,,9000,200,,6,\n"
    (test,) = page_tests(shop(tmp_path, page_test=rows, p4p_account=ACCOUNT))
    clicks, asked = test.readings(0.5, {"": 2.0})
    assert (clicks.step, asked.step) == (("clicks", "exposures"), ("inquiries", "clicks"))
    assert asked.clicks == pytest.approx(asked.told.needs * 400 / 10)
    assert asked.money == pytest.approx(asked.clicks * 2)


def test_visitors_stand_in_where_clicks_are_not_counted(tmp_path):
    rows = HEAD + "page,a,,2026-09-10,,,,300,4,\npage,b,,2026-09-10,,,,310,6,\n"
    (told,) = page_tests(shop(tmp_path, page_test=rows))[0].readings(0.5, {"": 2.0})
    assert (told.step, told.clicks, told.money) == (("inquiries", "visitors"), None, None)


def test_a_test_ends_where_it_was_ended_and_one_without_a_start_has_no_pace(tmp_path):
    rows = (
        HEAD
        + "old,a,,2026-09-01,2026-09-08,900,9,,,a\nold,b,,2026-09-01,2026-09-08,900,8,,,\nno start,a,,,,90,3,,,\nno start,b,,,,90,3,,,\n"
    )
    first, judged = page_tests(shop(tmp_path, page_test=rows))
    assert (first.name, first.ran, judged.name, judged.ran, judged.judged) == ("no start", 0, "old", 7, "a")
    assert first.readings(0.2, {})[0].days is None


def test_one_variant_or_impossible_counts_are_not_judged(tmp_path):
    rows = HEAD + "one,a,,,,90,3,,,\ntwo,a,,,,90,3,,,\ntwo,b,,,,2,5,,,\nthree,a,,,,,,,,\n"
    assert [t.readings(0.2, {}) for t in page_tests(shop(tmp_path, page_test=rows))] == [(), (), ()]


def test_the_price_of_a_click_is_the_products_own_or_the_accounts(tmp_path):
    prices = click_prices(shop(tmp_path, p4p_product=PAID, p4p_account=ACCOUNT))
    assert prices == {"101": 1.5, "102": 2.5, "": pytest.approx(250 / 140)}
    assert click_prices(shop(tmp_path / "none")) == {}


def test_a_cost_that_is_not_there_gives_no_price(tmp_path):
    """An account without cost falls back on its words, and words of which one has no cost give none either."""
    bare = {"p4p_product": PAID.replace(",100,150,", ",100,,"), "p4p_account": ACCOUNT.replace(",250,", ",,")}
    assert click_prices(shop(tmp_path / "a", **bare)) == {"102": 2.5}
    words = (
        "日期,推广计划,关键词,曝光量,点击量,花费,询盘个数\n2026-09-19,P,boots,500,10,30,0\n2026-09-19,P,loafers,500,10,20,0\n"
    )
    assert click_prices(shop(tmp_path / "b", **bare, p4p_keyword=words)) == {"102": 2.5, "": 2.5}
    assert click_prices(shop(tmp_path / "c", **bare, p4p_keyword=words.replace(",20,", ",,"))) == {"102": 2.5}


def subject(product_id: str, name: str, clicks: tuple[int, int], inquiries: tuple[int, int] | None) -> Subject:
    return Subject(product_id, name, {CLICKS: clicks, INQUIRIES: inquiries}, 28)


def test_subjects_are_the_whole_shop_and_its_products_with_clicks(tmp_path):
    """The exposures of sandals, which nobody clicked, are the shop's too."""
    found = subjects(shop(tmp_path, product_effect=EFFECT))
    assert found == (
        subject("", "", (700, 25_900), (4, 700)),
        subject("101", "Loafers", (600, 20_000), (4, 600)),
        subject("102", "Boots", (100, 5_000), (0, 100)),
    )


def test_what_one_step_lacks_is_left_out_of_that_step_only(tmp_path):
    """Nobody knows how many inquiries the boots had."""
    effect = EFFECT.replace("102,Boots,N,N,0,0,0,0,", "102,Boots,N,N,0,0,0,,")
    found = subjects(shop(tmp_path, product_effect=effect))
    assert found == (
        subject("", "", (700, 25_900), (4, 600)),
        subject("101", "Loafers", (600, 20_000), (4, 600)),
        subject("102", "Boots", (100, 5_000), None),
    )
    unknown = length(found[2], INQUIRIES, 2, 0.5, 56, {})
    assert (unknown.known, unknown.days, unknown.advised) == (False, inf, False)


def test_steps_that_call_different_variants_better_disagree(tmp_path):
    rows = HEAD + "page,white,,2026-09-10,,20000,2000,,20,\npage,scene,,2026-09-10,,20000,1000,,120,\n"
    told = page_tests(shop(tmp_path, page_test=rows))[0].readings(0.2, {})
    assert [(r.told.kind, r.best.name) for r in told] == [("better", "white"), ("better", "scene")]
    assert (disagree(told), disagree(told[:1])) == (True, False)


def test_how_long_it_must_run_and_when_not_to(tmp_path):
    loafers = subject("101", "Loafers", (600, 20_000), (4, 600))
    clicks = length(loafers, CLICKS, 2, 0.5, 56, {"101": 1.5})
    needed = events_needed(0.5)
    assert (clicks.events, clicks.days, clicks.money) == (needed, pytest.approx(needed * 28 / 600), needed * 1.5)
    assert (clicks.trials, clicks.advised) == (pytest.approx(needed * 20_000 / 600), True)
    asked = length(loafers, INQUIRIES, 2, 0.5, 56, {"101": 1.5})
    assert (asked.advised, asked.least, asked.clicks) == (False, None, pytest.approx(needed * 150))
    assert length(loafers, CLICKS, 2, 0.1, 56, {}).least == 0.3
    assert length(loafers, CLICKS, 2, 0.5, 56, {}, 0.01).events == events_needed(0.5, 2, 0.01) > needed
    nothing = length(subject("102", "Boots", (100, 5_000), (0, 100)), INQUIRIES, 2, 0.5, 56, {"": 1.0})
    assert (nothing.days, nothing.money, nothing.least, nothing.advised) == (inf, None, None, False)
