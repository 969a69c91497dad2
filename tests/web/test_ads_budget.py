"""Budget backwards: by hand, from the register's goal, in inquiries, and what is lacking or wrong."""

from __future__ import annotations

import re

from tests.web import files, listed
from tests.web.test_ads import read, table
from zhanggui.desk.clock import platform_today

BY_HAND = {"figure": "turnover", "goal": "100,000", "order_value": "400", "order_rate": "10", "lead_rate": "2", "paid_share": "50", "cpc": "4"}  # fmt: skip


def test_a_hundred_thousand_dollars_by_hand(cast, as_):
    text = read(as_(cast.bob), cast.shop, "ads_budget", **BY_HAND, money="300000")
    told = dict(table(text, "要多少钱"))
    assert told["预算（元）"] == "250,000"
    assert (told["商机"], told["订单"], told["其中买来的"]) == ("2,500", "250", "62,500")
    assert 95 <= int(re.search(r"打算花的 300,000 元，达到目标的可能大约是 (\d+)%", text)[1]) <= 100
    months = table(text, "按季度和月")
    assert (len(months), months[0][:3], months[1][0]) == (16, ["Q1 季度", "18.0%", "18,000"], "1月")


def test_what_is_lacking_or_wrong_is_said_and_nothing_is_worked_out(cast, as_):
    bob = as_(cast.bob)
    assert "还缺： 每个订单（美元）" in read(bob, cast.shop, "ads_budget", goal="100").replace("还缺：每", "还缺： 每")
    for wrong in (
        {"order_rate": "0"},
        {"order_rate": "101"},
        {"cpc": "nan"},
        {"lead_rate": "=1+1"},
        {"goal": "-5"},
        {"paid_share": "1e99"},
    ):
        text = read(bob, cast.shop, "ads_budget", **BY_HAND | wrong)
        assert (wrong, 'class="notice error"' in text, "要多少钱" in text) == (wrong, True, False)


def test_the_goal_of_the_register_is_taken(cast, as_):
    year = files.week()[1].year
    listed.take(cast.shop, "goal", [{"year": year, "figure": "商机", "value": 2500}])
    text = read(as_(cast.bob), cast.shop, "ads_budget", **{k: v for k, v in BY_HAND.items() if k not in ("goal", "figure")})
    assert dict(table(text, "要多少钱"))["预算（元）"] == "250,000"


def test_a_goal_of_inquiries_is_worked_out_in_inquiries(cast, as_):
    listed.take(cast.shop, "goal", [{"year": platform_today().year, "figure": "询盘", "value": 2500}])
    text = read(as_(cast.bob), cast.shop, "ads_budget", **{k: v for k, v in BY_HAND.items() if k not in ("goal", "figure")})
    told = dict(table(text, "要多少钱"))
    assert (told["询盘"], told["每个询盘摊到（元）"], "商机" in told) == ("2,500", "100.00", False)
    assert "询盘成单率（%）" in text
