"""The pages of promotion: who is shown money, what is said without data, the proposal saved and taken back, questions that stay as few."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.web import files, listed
from tests.web.conftest import bring, questions
from zhanggui.desk import checking, people, registering, setting
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import listing
from zhanggui.tables import TABLES

TABS = ("ads_week", "ads_spend", "ads_auction", "ads_plans", "ads_life", "ads_budget", "ads_level")
ASSIGNED = TABLES["p4p_assignment"]


def at(shop, name):
    return reverse(name, args=[shop.key])


def read(browser, shop, name, **query):
    answer = browser.get(at(shop, name), query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def table(text, title):
    """The rows of the table of a title, cell by cell without tags."""
    body = re.search(rf'aria-label="{re.escape(title)}"><table.*?<tbody>(.*?)</tbody>', text)[1]
    return [[listed.plain(c) for c in re.findall(r"<t[hd][ >].*?</t[hd]>", row)] for row in re.findall(r"<tr>.*?</tr>", body)]


def word(n, **figures):
    return {"plan": "计划一", "word": f"loafers {n}", "occurrence": 1, "star": 4, "bid": "2.50", "exposures": 1000, "clicks": 40,
            "cost": f"{100 - n}.00", "inquiries": 2} | figures  # fmt: skip


@pytest.fixture
def paid(cast):
    """Twelve paid words in one plan, the account's week, an hour report, and the products of the cast."""
    listed.take(cast.shop, "p4p_keyword", [word(n) for n in range(1, 13)])
    _, end = files.week()
    listed.take(
        cast.shop,
        "p4p_account",
        [
            {"day": end - timedelta(days=n), "exposures": 12_000, "clicks": 480, "cost": "1122.00", "inquiries": 24}
            if n == 0
            else {"day": end - timedelta(days=n), "exposures": 0, "clicks": 0, "cost": "0", "inquiries": 0}
            for n in range(7)
        ],
    )
    listed.take(
        cast.shop,
        "p4p_plan",
        [{"plan": "计划一", "exposures": 12_000, "clicks": 480, "cost": "1122.00", "inquiries": 24, "budget": 180}],
    )
    listed.take(cast.shop, "p4p_hour", [{"hour": "08:00-08:59", "clicks": 480, "cost": "1122.00", "inquiries": 24}])
    return cast


@pytest.mark.parametrize("name", TABS)
def test_every_member_sees_the_tabs_and_nobody_else(cast, as_, name):
    assert [as_(p).get(at(cast.shop, name)).status_code for p in (cast.alice, cast.rita, cast.charlie)] == [200, 200, 404]


@pytest.mark.parametrize("name", ["ads_week", "ads_spend", "ads_plans", "ads_life"])
def test_a_shop_without_data_is_told_which_export_is_missing(cast, as_, name):
    other = cast.charlie.memberships.get().company.shops.get()
    text = read(as_(cast.charlie), other, name)
    assert ('class="empty"' in text, "→" in text) == (True, True)


@pytest.mark.parametrize("name", TABS)
def test_a_role_without_money_is_shown_none(paid, as_, name):
    """The cost of the week, of a word and of the budget form stand nowhere on the page of a reader."""
    listed.take(paid.shop, "p4p_level", [{"level": "L2", "score": 60}])
    text = read(as_(paid.rita), paid.shop, name)
    assert [figure for figure in ("1,122", "99.00", "46.75", "160.29", 'name="cpc"') if figure in text] == []
    assert ("不在您的角色能看的范围里" in text) == (name not in ("ads_auction", "ads_plans", "ads_level"))


def test_the_week_with_its_plans(paid, as_):
    text = read(as_(paid.bob), paid.shop, "ads_week")
    assert table(text, "这一周")[0][:3] == ["花费（元）", "1,122", "—"]
    assert "没有可比的一周" in text
    assert table(text, "按计划") == [["计划一", "1,122", "—", "480", "—", "24", "—", "46.75"]]
    assert f"{reverse('figure', args=[paid.shop.key])}?address=ads.account.cost%407" in text


def test_a_figure_of_the_week_opens(paid, as_):
    bob = as_(paid.bob)
    text = read(bob, paid.shop, "ads_week")
    links = [h.replace("&amp;", "&") for h in re.findall(r'href="([^"]*/figure/[^"]*)"', text)]
    assert len(links) >= 6
    assert {bob.get(link).status_code for link in links} == {200}


def test_findings_of_promotion_stand_on_the_week_and_open(paid, as_):
    listed.take(paid.shop, "p4p_keyword", [word(99, word="mules", star=1, clicks=400, cost="900.00", inquiries=0)])
    checking.check(paid.shop)
    text = read(as_(paid.bob), paid.shop, "ads_week")
    assert "花钱的低星词" in text
    opened = re.search(r'href="([^"]*evidence/\d+/)" data-drawer>花钱的低星词', text)[1]
    assert as_(paid.bob).get(opened).status_code == 200
    assert "花钱的低星词" not in read(as_(paid.rita), paid.shop, "ads_week")


def test_the_week_as_excel_has_real_numbers(paid, as_):
    answer = as_(paid.bob).get(at(paid.shop, "ads_week"), {"format": "xlsx"})
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["本周", "计划", "变化大的词", "提醒"]
    assert [c.value for c in book["本周"][2]] == ["花费", 1122, None]
    assert [c.value for c in book["计划"][2]] == ["计划一", 1122, None, 480, None, 24, None]


def test_a_reader_s_excel_has_no_money(paid, as_):
    answer = as_(paid.rita).get(at(paid.shop, "ads_week"), {"format": "xlsx"})
    cells = [c.value for sheet in load_workbook(io.BytesIO(answer.content)) for row in sheet for c in row]
    assert (1122 in cells, 480 in cells) == (False, True)


def test_where_the_money_goes(paid, as_):
    listed.take(
        paid.shop, "target_country", [{"country": "United States", "priority": "A"}, {"country": "Atlantis", "priority": "B"}]
    )
    text = read(as_(paid.bob), paid.shop, "ads_spend")
    first = table(text, "推广词按花费")[0]
    assert [first[i] for i in (0, 1, 4, 5, 8)] == ["loafers 1 A", "99.00", "40", "2", "4"]
    assert ("美西 06:00–15:00" in text, "Atlantis" in text) == (True, True)
    assert ["08:00", "上班", "1,122", "480", "24"] in table(text, "时段")


def test_the_working_hours_are_those_that_the_shop_has_set(paid, as_):
    listed.take(paid.shop, "target_country", [{"country": "United States", "priority": "A"}])
    for name, value in (("opens", 10), ("closes", 16)):
        setting.change_setting(paid.shop, "AD12", name, value, person=paid.alice)
    text = read(as_(paid.bob), paid.shop, "ads_spend")
    assert ("当地 10–16 点" in text, "美西 07:00–13:00" in text) == (True, True)
    assert ["06:00", "下班", "—", "—", "—"] in table(text, "时段")


def test_a_word_and_a_plan_with_a_comma_open(paid, as_):
    odd = {"plan": "A=b, c", "exposures": 900, "clicks": 9, "cost": "20.00", "inquiries": 0}
    listed.take(paid.shop, "p4p_keyword", [word(50, word="size 8,5 a=b", **odd)])
    listed.take(paid.shop, "p4p_plan", [odd])
    bob, opened = as_(paid.bob), []
    for name, told in (("ads_spend", "size 8,5 a=b"), ("ads_week", "A=b, c"), ("ads_life", "A=b, c")):
        links = [unquote(link) for link in re.findall(r'href="([^"]*figure/[^"]*)"', read(bob, paid.shop, name))]
        opened += [bob.get(link).status_code for link in links if told in link.replace("+", " ")]
    assert opened == [200] * 4


def test_a_finding_of_a_budget_is_for_those_who_see_the_register(cast, as_):
    """Ten weeks at 700 CNY, and a month that may cost 1 CNY."""
    _, end = files.week()
    rows = [
        {"day": end - timedelta(days=n), "exposures": 100, "clicks": 50, "cost": "100.00", "inquiries": 1} for n in range(70)
    ]
    listed.take(cast.shop, "p4p_account", rows)
    day = platform_today()
    money = {"year": day.year, "month": day.month, "item": "广告", "channel": "P4P", "amount": 1, "currency": "CNY"}
    listed.take(cast.shop, "budget", [money])
    checking.check(cast.shop)
    told = cast.shop.findings.filter(code="AD17").exists()
    assert told == (end >= day.replace(day=1))  # on the first days of a month nothing is known of it
    seen = ["推广预算的进度不对" in read(as_(p), cast.shop, "ads_week") for p in (cast.alice, cast.bob, cast.rita)]
    assert seen == [told, False, False]


def test_words_that_come_by_themselves_are_told_without_a_claim(cast, as_):
    rows = [{"word": "loafers", "occurrence": 1, "exposures": 900, "clicks": 40, "p4p_exposures": 300, "p4p_clicks": 10, "top10_exposures": 500}]  # fmt: skip
    listed.take(cast.shop, "keyword_effect", rows)
    text = read(as_(cast.rita), cast.shop, "ads_plans")
    assert table(text, "自然也能来的词") == [["loafers 自然曝光到 Top10", "30", "10", "600", "500", "—"]]
    assert "只能做开关测试" in text


def test_the_daily_first_group(paid, as_):
    assert "还没有词标为优先推广" in read(as_(paid.bob), paid.shop, "ads_spend")
    marks = [{"word": "Loafers 2", "mark": "优先推广"}, {"word": "clogs", "mark": "优先推广"}]
    listed.take(paid.shop, "marked_word", marks)
    text = read(as_(paid.bob), paid.shop, "ads_spend")
    assert [row[:2] for row in table(text, "每日优先组")] == [["loafers 2 A", "98.00"]]
    assert "这段时间却没有花费：clogs" in text


def test_budgets_are_for_those_who_see_the_register(paid, as_):
    month = files.week()[1]
    listed.take(
        paid.shop, "budget", [{"year": month.year, "item": "广告", "channel": "P4P", "amount": 77_777, "currency": "CNY"}]
    )
    shown = ["77,777" in read(as_(p), paid.shop, "ads_spend") for p in (paid.alice, paid.bob)]
    assert shown == [True, False]
    shown = ["77,777" in read(as_(p), paid.shop, "ads_budget") for p in (paid.alice, paid.bob)]
    assert shown == [True, False]


def test_the_stage_of_a_plan(paid, as_):
    text = read(as_(paid.bob), paid.shop, "ads_life")
    (row,) = table(text, "计划")
    assert (row[0], row[1], row[4], row[7]) == ("计划一", "放量", "24", "还算不出投产比，先补齐上面说的")


def test_a_plan_without_a_name_goes_by_its_id_and_opens(paid, as_):
    rows = [{"plan_id": "7", "plan": "", "exposures": 900, "clicks": 9, "cost": "20.00", "inquiries": 0}]
    listed.take(paid.shop, "p4p_plan", rows)
    bob = as_(paid.bob)
    text = read(bob, paid.shop, "ads_life")
    assert [row[0] for row in table(text, "计划")] == ["计划一", "7"]
    links = re.findall(r'href="([^"]*plan_id%3D7%2Cplan%3D%5D[^"]*)"', text)
    assert [bob.get(link.replace("&amp;", "&")).status_code for link in links] == [200]


def test_a_plan_whose_return_is_surely_above_the_line(paid, as_):
    """1,000 orders of 10,000 USD and 10,000 inquiries at 7 CNY: 7,000 CNY an inquiry, for 46.75 CNY."""
    listed.take(paid.shop, "shop_overview", [{"orders": 1000, "order_amount": 10_000_000, "inquiries": 10_000}])
    listed.take(paid.shop, "exchange_rate", [{"currency": "USD", "rate_on": "2026-01-01", "rate": 7}])
    text = read(as_(paid.bob), paid.shop, "ads_life")
    (row,) = table(text, "计划")
    assert (row[1], row[6].startswith("149.7"), row[7]) == ("收割", True, "投产比的整个范围在线上：小步加预算，放宽匹配")
    assert "本店一个询盘约值 7,000 元" in text


def test_words_of_a_cold_start_are_listed(paid, as_):
    listed.take(paid.shop, "p4p_plan", [{"plan": "新计划", "exposures": 900, "clicks": 9, "cost": "20.00", "inquiries": 0}])
    listed.take(paid.shop, "p4p_keyword", [word(50, plan="新计划", exposures=900, clicks=9, cost="20.00", inquiries=0)])
    text = read(as_(paid.bob), paid.shop, "ads_life")
    (row,) = table(text, "推广词")
    assert (row[0], row[-1]) == ("loafers 50", "点击率肯定不到线，停或换产品")


# ---- plans


def growth(n, label):
    return {"product_id": f"16018250746{n:02d}", "product_name": f"Canvas Sneaker Model {n}", "label": label}


@pytest.fixture
def labelled(cast):
    """Model 1 is new, 2 a hit, 3 ordinary."""
    labels = ((1, "新品试销中"), (2, "爆品"), (3, "普通品"))
    listed.take(cast.shop, "product_growth", [growth(n, label) for n, label in labels])
    return cast


def kept(shop):
    return sorted(
        (r["product_id"][-2:], r["plan"], r["plan_kind"]) for r in listing(shop, ASSIGNED).frame.iter_rows(named=True)
    )


PROPOSED = [("01", "新品加速 1", "新品加速"), ("02", "爆品助推 1601825074602", "优品助推"), ("03", "普通计划 1", "普通计划")]


def test_the_proposal_is_saved_with_one_click_and_taken_back(labelled, as_):
    bob, shop = as_(labelled.bob), labelled.shop
    assert "加入 3" in read(bob, shop, "ads_plans")
    assert bob.post(at(shop, "ads_plans")).status_code == 302
    assert kept(shop) == PROPOSED
    text = read(bob, shop, "ads_plans")
    assert ("没有要改的" in text, "不动 3" in text, "整份建议存进名单" in text) == (True, True, False)
    own, _ = registering.own_save(shop, ASSIGNED, labelled.bob)
    registering.undo(shop, ASSIGNED, own.id, person=labelled.bob)
    assert kept(shop) == []


def test_what_moves_leaves_its_old_plan_and_what_is_gone_is_taken_out(labelled, as_):
    rows = [
        {"plan": "日常", "plan_kind": "普通计划", "product_id": "1601825074602"},
        {"plan": "日常", "plan_kind": "普通计划", "product_id": "1601825074603"},
        {"plan": "日常", "plan_kind": "普通计划", "product_id": "9999"},
    ]
    listed.take(labelled.shop, "p4p_assignment", rows)
    text = read(as_(labelled.bob), labelled.shop, "ads_plans")
    assert ("加入 1" in text, "换计划 1" in text, "不动 1" in text, "9999（日常）" in text) == (True, True, True, True)
    as_(labelled.bob).post(at(labelled.shop, "ads_plans"))
    assert kept(labelled.shop) == [*PROPOSED[:2], ("03", "日常", "普通计划")]


def test_without_products_nothing_is_saved(cast, as_):
    other = cast.charlie.memberships.get().company.shops.get()
    listed.take(other, "p4p_assignment", [{"plan": "日常", "plan_kind": "普通计划", "product_id": "1601825074602"}])
    charlie = as_(cast.charlie)
    assert "整份建议存进名单" not in read(charlie, other, "ads_plans")
    charlie.post(at(other, "ads_plans"))
    assert kept(other) == [("02", "日常", "普通计划")]


def test_a_save_leaves_what_is_right_and_what_is_not_proposed(labelled, as_):
    rows = [
        {"plan": "美国", "plan_kind": "国家包", "product_id": "1601825074602"},
        {"plan": "引流", "plan_kind": "快速引流", "product_id": "1601825074603"},
        {"plan": "词", "plan_kind": "问鼎", "product_id": "1601825074603"},
    ]
    listed.take(labelled.shop, "p4p_assignment", rows)
    as_(labelled.bob).post(at(labelled.shop, "ads_plans"))
    assert kept(labelled.shop) == [
        ("01", "新品加速 1", "新品加速"),
        ("02", "美国", "国家包"),
        ("03", "普通计划 1", "普通计划"),
        ("03", "词", "问鼎"),
    ]


def test_a_reader_and_another_company_cannot_save(labelled, as_):
    codes = [as_(p).post(at(labelled.shop, "ads_plans")).status_code for p in (labelled.rita, labelled.charlie)]
    assert (codes, kept(labelled.shop)) == ([403, 404], [])


# ---- level


def test_the_points_to_the_next_levels(paid, as_):
    listed.take(paid.shop, "p4p_level", [{"level": "L2", "score": 60}])
    rows = table(read(as_(paid.bob), paid.shop, "ads_level"), "等级")
    assert [(r[0], r[1], r[2], r[4]) for r in rows] == [("L3", "71", "11", "够了"), ("L4", "81", "21", "39.71")]
    rows = table(read(as_(paid.rita), paid.shop, "ads_level"), "等级")
    assert [(r[2], r[4], r[5]) for r in rows] == [("11", "—", "—"), ("21", "—", "—")]


def test_money_is_in_the_currency_of_the_account(paid, as_):
    listed.take(paid.shop, "p4p_level", [{"level": "L2", "score": 60, "currency": "USD"}])
    bob = as_(paid.bob)
    assert "近 7 天日均花费 160 美元。" in read(bob, paid.shop, "ads_level")
    text = read(bob, paid.shop, "ads_life")
    assert ("账户用美元计费，投产比缺它的汇率" in text, "金额为美元" in text) == (True, True)
    text = read(bob, paid.shop, "ads_week")
    assert ("金额为美元" in text, table(text, "这一周")[0][0]) == (True, "花费（美元）")
    assert "个词花了 1,122 美元" in read(bob, paid.shop, "ads_spend")


def test_a_budget_beside_an_account_whose_currency_has_no_rate(paid, as_):
    year = files.week()[1].year
    listed.take(paid.shop, "budget", [{"year": year, "item": "广告", "channel": "P4P", "amount": 77_777, "currency": "CNY"}])
    listed.take(paid.shop, "p4p_level", [{"level": "L2", "score": 60, "currency": "USD"}])
    text = read(as_(paid.alice), paid.shop, "ads_spend")
    assert "账户用美元计费，没有它的汇率就不知道花了预算的多少" in text
    assert table(text, "预算进度")[0][1:3] == ["77,777", "—"]


@pytest.mark.parametrize("name", TABS)
def test_the_same_number_of_questions_for_any_size(cast, as_, name):
    def add(count):
        listed.take(cast.shop, "p4p_keyword", [word(n, cost="9.00") for n in range(count)])

    assert len(questions(as_(cast.bob), at(cast.shop, name), add)) == 1


def test_english(paid, as_):
    people.set_language(paid.bob, "en")
    text = read(as_(paid.bob), paid.shop, "ads_week")
    assert table(text, "The week")[0][:3] == ["Spend (CNY)", "1,122", "—"]
    bring(paid.shop, files.products(), "Again.csv")
