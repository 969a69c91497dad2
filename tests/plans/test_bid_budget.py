"""Which budget a day holds: the list before the reports, the month before the quarter and the year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.plans.test_p4p_plans import snapshot
from zhanggui.facts import Snapshot, open_facts
from zhanggui.intake import read
from zhanggui.plans.bid_budget import Budget, day_budget

DAY = date(2026, 11, 20)
REPORTED = date(2026, 11, 18)
LIST = "预算年份,预算季度,预算月份,费用项目,费用渠道,预算金额,币种\n"
ACCOUNT = "日期,曝光量,点击量,花费,账户日预算\n2026-11-17,1,1,1,200\n2026-11-18,1,1,1,250\n"
PLANS = "日期,计划ID,推广计划,日预算,曝光量,点击量,花费\n2026-11-17,1,A,900,1,1,1\n2026-11-18,1,A,80,1,1,1\n2026-11-18,2,B,60.5,1,1,1\n"


def shop(tmp_path: Path, budget: str = "", account: str = "", plans: str = "") -> Snapshot:
    facts = open_facts(tmp_path, "a")
    for table, text in (("budget", budget), ("p4p_account", account), ("p4p_plan", plans)):
        if text:
            data = text.encode()
            reading = read(data, f"{table}.csv", on=date(2026, 11, 19), table=table)
            assert reading.parts, reading.problems
            facts.put(data, f"{table}.csv", reading, at="2026-11-19T00:00:00+00:00", by="t")
    return facts.snapshot(DAY)


@pytest.mark.parametrize(
    ("rows", "amount"),
    [
        ("2026,,11,广告,P4P,9000,CNY\n2026,4,,广告,P4P,1,CNY\n", "300.00"),
        ("2026,4,,广告,P4P,9200,CNY\n2026,,,广告,P4P,1,CNY\n", "100.00"),
        ("2026,,,广告,P4P,36500,CNY\n", "100.00"),
    ],
)
def test_the_list_comes_first(tmp_path, rows, amount):
    assert day_budget(shop(tmp_path, LIST + rows, ACCOUNT, PLANS)) == Budget(Decimal(amount), "register")


@pytest.mark.parametrize(
    "rows",
    [
        "2025,,11,广告,P4P,9000,CNY\n",
        "2026,,10,广告,P4P,9000,CNY\n",
        "2026,,11,广告,顶展,9000,CNY\n",
        "2026,,11,广告,,9000,CNY\n",
        "2026,,11,广告,P4P,9000,USD\n",
    ],
)
def test_another_budget_is_not_that_of_p4p_today(tmp_path, rows):
    assert day_budget(shop(tmp_path, LIST + rows, ACCOUNT)) == Budget(Decimal("250.00"), "account", REPORTED)


RATE = [{"currency": "USD", "rate_on": "2026-09-01", "rate": 7.2}]
MONTH = {"year": 2026, "month": 9, "item": "广告", "channel": "P4P", "amount": 9000}


@pytest.mark.parametrize(
    ("listed", "account", "rates", "amount"),
    [
        ("CNY", "USD", RATE, "41.67"),
        ("USD", "CNY", RATE, "2160.00"),
        ("USD", "USD", [], "300.00"),
        ("CNY", "USD", [], None),
        ("USD", "CNY", [], None),
    ],
)
def test_the_list_is_told_in_the_account_s_currency(listed, account, rates, amount):
    """9,000 a month of thirty days, at 7.2 CNY a dollar."""
    held = snapshot(
        budget=[MONTH | {"currency": listed}], p4p_level=[{"level": "L2", "currency": account}], exchange_rate=rates
    )
    assert day_budget(held) == (Budget(Decimal(amount), "register") if amount else None)


def test_who_may_not_see_the_list_gets_the_reports(tmp_path):
    held = shop(tmp_path, LIST + "2026,,11,广告,P4P,9000,CNY\n", ACCOUNT)
    assert day_budget(held, register=False) == Budget(Decimal("250.00"), "account", REPORTED)


def test_the_plans_of_the_newest_day_together(tmp_path):
    assert day_budget(shop(tmp_path, plans=PLANS)) == Budget(Decimal("140.50"), "plans", REPORTED)


def test_nothing_may_be_spent_this_month(tmp_path):
    rows = "2026,,11,广告,P4P,0,CNY\n2026,,,广告,P4P,36500,CNY\n"
    assert day_budget(shop(tmp_path, LIST + rows, ACCOUNT)) == Budget(Decimal("0.00"), "register")


def test_plans_that_do_not_run_have_no_part_in_it(tmp_path):
    header = "日期,计划ID,推广计划,计划状态,日预算,曝光量,点击量,花费\n"
    rows = "2026-11-18,1,A,推广中,80,1,1,1\n2026-11-18,2,B,已暂停,60,1,1,1\n2026-11-18,3,C,Paused,5,1,1,1\n"
    assert day_budget(shop(tmp_path, plans=header + rows)) == Budget(Decimal("80.00"), "plans", REPORTED)


def test_a_week_and_its_last_day_are_not_added_up(tmp_path):
    week = "统计时间: 2026-11-12~2026-11-18\n\n计划ID,推广计划,日预算,曝光量,点击量,花费\n1,A,70,1,1,1\n2,B,30,1,1,1\n"
    shop(tmp_path, plans=week)
    day = PLANS.replace("2026-11-18,2,B,60.5,1,1,1\n", "")
    assert day_budget(shop(tmp_path, plans=day)) == Budget(Decimal("110.00"), "plans", REPORTED)


def test_a_report_that_is_too_old_says_nothing_of_today(tmp_path):
    assert day_budget(shop(tmp_path, account=ACCOUNT.replace("2026-11-1", "2026-08-1"))) is None


def test_nobody_says(tmp_path):
    assert day_budget(shop(tmp_path)) is None
