"""The star page: what it says of both tracks, what it works out when asked, and who is shown money."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.web.conftest import PASSWORD, bring
from zhanggui.desk import checking, people
from zhanggui.desk.clock import platform_today
from zhanggui.rulebook import RULEBOOK
from zhanggui.rulebook.star import assessment

INDICATORS = {
    "商品力": [("6020013", "全店优品数", 10, "10个", 14.5, "14.5个")],
    "营销力": [("21100021", "商机转化率", 0.02, "2.00%", 0.03, "3.00%")],
    "交易力": [("21100061", "近60天站内交易额", 5000, "5000美元", 8000, "8000美元")],
    "服务力": [("21100006", "平均回复时间", 3.0, "3.00小时", 2.0, "2.00小时")],
}
ACTIONS = """升星动作,星等级指标代码,每份动作至少改变,一份是多少,每份动作分钟,每份动作花费,最多几份动作,几天见效
发优品,6020013,1,1 个,40,0,10,5
改标题,21100021,0.5,1 个,30,0,10,5
报价跟进,21100061,1000,1 单,20,10,10,5
值班,21100006,-0.5,1 晚,60,0,10,5
"""


def answer(day, star=2, changed=None, tracks=("rts",)):
    """A star page as the weekly report has it. `changed`: code → (plain, written) in the place of the page's."""
    powers = []
    for power, held in INDICATORS.items():
        listed = []
        for code, name, value, written, aim, aim_written in held:
            plain, text = (changed or {}).get(code, (value, written))
            listed.append(
                {"code": code, "indicatorName": name, "indicatorPureValue": plain, "indicatorValue": text,
                 "indicatorNextLevelAvgPureValue": aim, "indicatorNextLevelAvgValue": aim_written}
            )  # fmt: skip
        powers.append(
            {"abilityItem": power, "abilityStarLevel": star, "abilityItemPureValue": 72, "starIndicatorVOList": listed}
        )
    said = f"当前店铺评定星等级：{star}星，预测星等级：{star}星，星级持平。"
    levels = {"star": star, "rtsStar": star, "customStar": star}
    pages = [{"type": track, "conclusion": said, "starAbilityVOList": powers} for track in tracks]
    return json.dumps({"statDate": f"{day}", "starLevelDataDto": levels, "STORE_DIAGNOSIS": pages}).encode()


@pytest.fixture
def shop(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return people.open_shop("sky", "Sky 的店")


@pytest.fixture
def member(shop, as_):
    return lambda role: as_(people.add_person(role, PASSWORD, shop.company, role))


def newest():
    return platform_today() - timedelta(days=2)


def pages(shop, *values):
    """Pages a week apart, the newest last, with so many quality products."""
    for back, value in enumerate(reversed(values)):
        day = newest() - timedelta(weeks=back)
        bring(shop, answer(day, changed={"6020013": (value, f"{value}个")}), f"star-{day}.json")


def read(client, shop, **query):
    found = client.get(reverse("star", args=[shop.key]), query)
    assert found.status_code == 200
    return re.sub(r"\s+", " ", found.content.decode())


def rows(page):
    """Indicator → own, next level's average, short of it, about."""
    found = {}
    for body in re.findall(r'<tr> <th scope="row">(.*?)</tr>', page):
        cells = [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<td[^>]*>(.*?)</td>", body)]
        if len(cells) == 5:
            found[re.sub(r"<.*", "", body).strip()] = (cells[0], cells[1], cells[3], cells[4])
    return found


def articles(page):
    return [re.sub(r"<[^>]+>", " ", a) for a in re.findall(r'<article class="way">(.*?)</article>', page)]


def units(page):
    """Action → how many units, of the first plan."""
    way = re.search(r'<article class="way">(.*?)</article>', page)[1]
    return dict(re.findall(r'<th scope="row">([^<]+)</th><td>(\d+) ×', way))


def test_without_a_page_it_says_which_and_where(shop, member):
    page = read(member("owner"), shop)
    for words in (
        "还没有星等级页面",
        "数据参谋 → 商家星等级",
        reverse("imports", args=[shop.key]),
        reverse("sandbox", args=[shop.key]),
    ):
        assert page.count(words) >= 1
    assert page.count('<form method="get" class="wish"') == 0


def test_figures_gaps_and_the_day_of_the_assessment(shop, member):
    pages(shop, 10)
    page = read(member("owner"), shop)
    assert rows(page) == {
        "全店优品数": ("10 个", "14.5 个", "4.5 个", "还差 3 次页面"),
        "商机转化率": ("2%", "3%", "1%", "还差 3 次页面"),
        "近60天站内交易额": ("5,000 美元", "8,000 美元", "3,000 美元", "还差 3 次页面"),
        "平均回复时间": ("3 小时", "2 小时", "1 小时", "还差 3 次页面"),
    }
    told = assessment(platform_today(), RULEBOOK.on(platform_today()))
    assert page.count(f"<strong>{(told.on - platform_today()).days}</strong> 天后评定") == 1


def test_a_projection_once_there_are_four_pages_with_its_interval(shop, member):
    pages(shop, 10, 11, 12, 13)
    about = rows(read(member("owner"), shop))["全店优品数"][3]
    days = (assessment(platform_today(), RULEBOOK.on(platform_today()), still_open=True).scored - newest()).days
    value, low, high = re.fullmatch(r"约 ([\d.]+) 个（([\d.]+) – ([\d.]+)）", about).groups()
    assert (float(value), low, high) == (pytest.approx(13 + days / 7, abs=0.01), value, value)


def test_a_figure_opens_to_its_cells(shop, member):
    pages(shop, 10)
    client = member("owner")
    links = re.findall(r'<a href="([^"]*star\.standing[^"]*)"', read(client, shop))
    assert len(links) == 4
    opened = client.get(links[1].replace("&amp;", "&")).content.decode()
    assert (opened.count('<strong class="value">0.02</strong>'), opened.count("2.00%")) == (1, 1)


def test_zeros_that_were_not_computed_are_no_figures(shop, member):
    zero = {code: (0, "0") for held in INDICATORS.values() for code, *_ in held}
    blank = json.loads(answer(newest(), changed=zero))
    for page in blank["STORE_DIAGNOSIS"]:
        for power in page["starAbilityVOList"]:
            for one in power["starIndicatorVOList"]:
                one |= {"indicatorNextLevelAvgPureValue": 0, "indicatorNextLevelAvgValue": "0"}
    bring(shop, json.dumps(blank).encode(), "zeros.json")
    page = read(member("owner"), shop, plan="", transaction="1")
    assert page.count("平台没有算出这个星") == 2  # at the track and at its plan
    assert rows(page) == {}


def planned(shop):
    pages(shop, 10)
    bring(shop, ACTIONS.encode(), "升星动作.csv")


def test_the_plan_is_worked_out_when_asked_and_only_then(shop, member):
    planned(shop)
    client = member("owner")
    assert articles(read(client, shop)) == []
    page = read(client, shop, plan="", transaction="1")
    assert units(page) == {"发优品": "5", "改标题": "2", "报价跟进": "3", "值班": "2"}
    assert "7.3 小时，30 元" in articles(page)[0]


def test_what_if_scores_and_plans_anew(shop, member):
    planned(shop)
    page = read(member("owner"), shop, **{"plan": "", "transaction": "1", "n.6020013": "15", "s.21100021": "3"})
    assert units(page) == {"报价跟进": "3", "值班": "2"}
    assert {k: v[0] for k, v in rows(page).items()} == {
        "全店优品数": "15 个", "商机转化率": "3%", "近60天站内交易额": "5,000 美元", "平均回复时间": "3 小时",
    }  # fmt: skip
    assert page.count("下面是假设的数") == 1


def test_a_slider_that_nobody_moved_supposes_nothing(shop, member):
    planned(shop)
    client = member("owner")
    page = read(client, shop)
    sent = dict(re.findall(r'name="(s\.\d+)"[^>]* value="([^"]*)"', page))
    assert len(sent) == 4
    again = read(client, shop, plan="", transaction="1", **sent)
    assert (again.count("下面是假设的数"), units(again)["发优品"]) == (0, "5")


@pytest.mark.parametrize("typed", ["x", "-1", "1e999", "nan", ""])
def test_nonsense_in_the_form_is_no_limit_and_supposes_nothing(shop, member, typed):
    planned(shop)
    page = read(member("owner"), shop, **{"plan": "", "transaction": "1", "hours": typed, "money": typed, "n.6020013": typed})
    assert units(page)["发优品"] == "5"


def test_limits_say_what_it_would_take_without_them(shop, member):
    planned(shop)
    page = read(member("owner"), shop, plan="", transaction="1", hours="1")
    assert "不设限的话，最省的要 7.3 小时、30 元" in articles(page)[0]


def test_without_actions_the_register_is_named(shop, member):
    pages(shop, 10)
    page = read(member("owner"), shop, plan="")
    assert "「升星动作」里还没有能用的动作" in articles(page)[0]


@pytest.mark.parametrize("role", ["reader", "designer"])
def test_roles_without_money_see_shares_but_neither_trade_nor_plan(shop, member, role):
    planned(shop)
    page = read(member(role), shop, plan="", transaction="1")
    shown = rows(page)
    assert (shown["商机转化率"][0], shown["近60天站内交易额"][:3]) == ("2%", ("—", "—", "—"))
    assert [page.count(words) for words in ("5,000", "8,000", "升星方案", "值得吗")] == [0, 0, 0, 0]


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("reader", 403)])
def test_trade_is_not_told_by_its_figure_nor_by_a_finding_nor_by_supposing_it(shop, member, role, status):
    """ST02 says that the trade on the platform is nearly at the next level's average."""
    bring(shop, answer(newest(), changed={"21100061": (7900, "7900美元")}), "star.json")
    checking.check(shop)
    client = member(role)
    figure = {"address": "star.standing.value[track=rts,code=21100061]"}
    assert client.get(reverse("figure", args=[shop.key]), figure).status_code == status
    found = shop.findings.get(code="ST02", key__code="21100061")
    assert client.get(reverse("evidence", args=[shop.key, found.pk])).status_code == status
    assert ("7900" in client.get(reverse("today", args=[shop.key])).content.decode()) == (status == 200)
    shown = read(client, shop, **{"n.21100061": "7901"})
    assert shown.count("下面是假设的数") == (status == 200)


def test_worth_says_what_to_bring_first(shop, member):
    planned(shop)
    page = read(member("owner"), shop)
    assert page.count("还不够判断</strong> 没有同行的星级和询盘。导入「行业榜」就能看。") == 1
    assert page.count(reverse("register", args=[shop.key, "offline_deal"])) == 1


def test_in_english(shop, member):
    planned(shop)
    client = member("owner")
    client.post(reverse("language"), {"lang": "en", "next": "/"})
    page = read(client, shop, plan="", transaction="1")
    assert rows(page)["Quality products"][:3] == ("10", "14.5", "4.5")
    assert "7.3 hours, 30 CNY" in articles(page)[0]
    assert (
        re.findall(
            r"[\u4e00-\u9fff]+",
            re.sub(
                r"<header class=\"rail\">.*?</header>|发优品|改标题|报价跟进|值班|[个单晚]",
                "",
                page.split("<main")[1].split("</main>")[0],
            ),
        )
        == []
    )


def test_products_of_which_little_goes_online_are_named(shop, member):
    planned(shop)
    day = platform_today() - timedelta(days=5)
    bring(shop, "产品ID,产品名称,类目\n1,Loafers,Shoes\n2,Boots,Shoes\n".encode(), f"catalogue {day}.csv")
    lines = [f"{n},{day},Ann,{'Boots' if n else 'Loafers'},red,1,10,10,USD" for n in range(12)]
    header = "订单编号,订单创建时间,买家名称,商品名称,SKU规格,数量,单价,订单总价,订单币种"
    bring(shop, "\n".join([header, *lines]).encode(), "orders.csv")
    bring(shop, f"线下单号,成交日,产品ID,成交金额,币种\nx,{day},1,5,USD\ny,{day},2,5,USD\n".encode(), "deals.csv")
    page = read(member("owner"), shop)
    assert re.findall(
        r'<th scope="row">(Loafers|Boots)</th><td class="n">(\d+)</td><td class="n">(\d+)</td><td class="n">([^<]+)', page
    ) == [("Loafers", "1", "1", "50.00%")]
    assert page.count(f"两边都只看近一年里订单到的日子：{day} 到 {day}。") == 1
