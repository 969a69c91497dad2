"""Through the day, on the page of where the money goes: a day whose money was gone, an open day, what it waits for, who sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web import listed
from tests.web.test_ads import read
from zhanggui.desk import bidding
from zhanggui.desk.clock import platform_today
from zhanggui.plans.day_pace import Waits
from zhanggui.web import ads_pace

WEIGHT = [1] * 6 + [3] * 12 + [1] * 6  # of 48
GONE = [240 / 33 * w if h < 15 else 0 for h, w in enumerate(WEIGHT)]


def hours(ago, cost, clicks=20):
    day = platform_today() - timedelta(days=ago)
    return [
        {"day": day, "hour": f"{h:02}:00", "exposures": 100 * w, "clicks": clicks * w, "cost": f"{c:.2f}"}
        for h, (w, c) in enumerate(zip(WEIGHT, cost, strict=False))
    ]


def paid(shop, newest, ago=1, budget=240, usual=5):
    rows = [row for n in range(usual, 0, -1) for row in hours(ago + n, [4 * w for w in WEIGHT])]
    listed.take(shop, "p4p_hour", rows + hours(ago, newest))
    if budget:
        days = [platform_today() - timedelta(days=ago + n) for n in range(usual + 1)]
        listed.take(
            shop, "p4p_account", [{"day": d, "exposures": "", "clicks": "", "cost": "", "budget": budget} for d in days]
        )


def section(text):
    return listed.plain(text.split('id="pace"')[1].split("</section>")[0])


def table(text):
    """The rows of the table behind the chart."""
    body = text.split('id="pace"')[1].split("<tbody>")[1].split("</tbody>")[0]
    return [[listed.plain(c) for c in row.split("</td>")[:-1]] for row in body.split("</tr>")[:-1]]


def test_a_day_whose_money_was_gone(cast, as_):
    paid(cast.shop, GONE)
    listed.take(cast.shop, "target_country", [{"country": "United States", "priority": "A"}])
    text = read(as_(cast.bob), cast.shop, "ads_spend")
    said = section(text)
    assert "14:00–15:00 这一小时把钱花完了，平常到这时只花 69%" in said
    assert "那时目标市场已经下班。要让钱撑到一天结束，接下来的出价要比当天早上整体降约 30%（本店一天最多改这么多）" in said
    assert "一天的预算 240.00 元（来自账户报告的日预算" in said
    rows = table(text)
    assert rows[11] == ["12:00", "120.00", "174.54", "65.46", "↓ 30%", "15.00", "21.82", "6.2%", "上班"]
    assert [row[4] for row in rows[14:]] == ["钱已花完"] * 9 + ["—"]


def test_an_open_day_in_english_and_dollars(cast, as_):
    """Its last hour may not be over; the account counts in USD."""
    cast.bob.language = "en"
    cast.bob.save()
    paid(cast.shop, [5.5 * w for w in WEIGHT[:11]], ago=0)
    listed.take(cast.shop, "p4p_level", [{"level": "L2", "score": 60, "currency": "USD"}])
    text = read(as_(cast.bob), cast.shop, "ads_spend")
    said = section(text)
    assert "99.00 USD spent until 10:00 today; at the usual pace it would be 90.00 USD" in said
    assert "for the money to last, lower all bids of the morning by about 9% for the rest of the day." in said
    assert "Budget of a day: 240.00 USD (the account's daily budget, by its report, " in said
    assert [row[2] for row in table(text)[9:12]] == ["99.00", "—", "—"]


def test_a_day_as_usual_is_left_alone(cast, as_):
    paid(cast.shop, [5 * w for w in WEIGHT])
    said = section(read(as_(cast.bob), cast.shop, "ads_spend"))
    assert ("钱正好撑到一天结束" in said, "出价不用改。" in said) == (True, True)


def test_a_day_with_money_left_keeps_to_the_shop_s_own_limits(cast, as_):
    paid(cast.shop, [3.5 * w for w in WEIGHT])
    bidding.set_limits(cast.shop, {"change": 0.5})
    said = section(read(as_(cast.bob), cast.shop, "ads_spend"))
    assert "花了 168.00 元，预算 240.00 元，剩 72.00 元" in said
    assert "接下来的出价要比当天早上整体提高约 35%；" in said


def test_a_day_beyond_the_budget_of_now(cast, as_):
    """Its money was not gone at noon: it was spent until midnight."""
    paid(cast.shop, [8 * w for w in WEIGHT])
    listed.take(cast.shop, "target_country", [{"country": "United States", "priority": "A"}])
    text = read(as_(cast.bob), cast.shop, "ads_spend")
    said = section(text)
    assert "花了 384.00 元，超过现在的预算 240.00 元" in said
    assert "接下来的出价要比当天早上整体降约 30%（本店一天最多改这么多）" in said
    assert ("花完" in said.split("怎么算的")[0].split("表格")[0], "看不到广告" in said) == (False, False)
    assert [row[4] for row in table(text)[15:]] == ["超出预算"] * 8 + ["—"]
    cast.bob.language = "en"
    cast.bob.save()
    assert "384.00 CNY spent on " in (said := section(read(as_(cast.bob), cast.shop, "ads_spend")))
    assert "more than the budget of now, 240.00 CNY" in said


def test_a_report_of_whose_hours_none_is_understood(cast, as_):
    rows = [row | {"hour": "下午"} for row in hours(1, [4])]
    listed.take(cast.shop, "p4p_hour", rows)
    said = section(read(as_(cast.bob), cast.shop, "ads_spend"))
    assert "看不出是几点，例如「下午」。请写成 08:00 这样再导入" in said


def test_a_report_that_does_not_say_the_end_of_the_day(cast, as_):
    paid(cast.shop, [5 * w for w in WEIGHT[:10]])
    said = section(read(as_(cast.bob), cast.shop, "ads_spend"))
    assert "报表没有说 10:00 以后花了多少" in said


def test_what_it_waits_for(cast, as_):
    bob = as_(cast.bob)
    listed.take(cast.shop, "p4p_hour", [{"hour": "08:00", "exposures": 9, "clicks": 480, "cost": "1122.00"}])
    said = section(read(bob, cast.shop, "ads_spend"))
    assert ("看不出一天里怎么花。请按天导出" in said, "小时报告 → 下载" in said) == (True, True)
    paid(cast.shop, GONE, budget=None)
    assert "不知道一天的预算" in section(read(bob, cast.shop, "ads_spend"))


def test_too_few_days_that_lasted(cast, as_):
    paid(cast.shop, GONE, usual=2)
    assert "现在有 2 天，另有 0 天提前花完" in section(read(as_(cast.bob), cast.shop, "ads_spend"))


@pytest.mark.parametrize("code", [*ads_pace.WAITS, "days"])
def test_every_wait_says_what_to_do(code):
    assert len(ads_pace.waits_says(Waits(code))) > 20


def test_a_budget_of_the_register_is_for_those_who_see_it(cast, as_):
    paid(cast.shop, GONE, budget=None)
    day = platform_today()
    money = {"year": day.year, "month": day.month, "item": "广告", "channel": "P4P", "amount": 9_000, "currency": "CNY"}
    listed.take(cast.shop, "budget", [money])
    alice, bob = (section(read(as_(p), cast.shop, "ads_spend")) for p in (cast.alice, cast.bob))
    assert ("来自名单「预算」" in alice, "不知道一天的预算" in bob) == (True, True)


def test_a_role_without_money_is_shown_no_pace(cast, as_):
    paid(cast.shop, GONE)
    text = read(as_(cast.rita), cast.shop, "ads_spend")
    assert ('id="pace"' in text, "240" in text) == (False, False)
