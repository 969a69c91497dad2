"""Pulls of the Open Platform: what is asked, what is kept, where the next pull goes on."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.feeds.conftest import NOW
from tests.feeds.server import error, platform, serving
from zhanggui.desk.answers import Answer, Trouble
from zhanggui.feeds.alibaba import pull

LIST = "alibaba.icbu.product.list"
WHOLE = {"products": NOW.isoformat(), "products so far": None}
ORDERS = "alibaba.seller.order.list"
DETAIL = ["alibaba.seller.order.get", "alibaba.seller.order.fund.get", "alibaba.seller.order.logistics.get"]


def brought(ask):
    got = list(pull(ask))
    answers = {a.name: a for a in got if isinstance(a, Answer)}
    return answers, [t for t in got if isinstance(t, Trouble)]


def products(count):
    """A shop of so many products, thirty a page however many are asked for, wrapped twice."""

    def answer(form):
        start = (int(form.get("current_page", 1)) - 1) * 30
        page = [{"id": n, "product_id": f"x{n}", "subject": f"Lamp {n}"} for n in range(start + 1, min(start + 30, count) + 1)]
        return {
            f"{LIST.replace('.', '_')}_response": {"total_item": count, "products": {"alibaba_product_brief_response": page}}
        }

    return answer


def test_products_are_asked_page_by_page_and_kept_as_they_came(platform_asking):
    with serving(platform({LIST: products(65)})) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["products"]))
    assert [(a.form["current_page"], a.form["page_size"]) for a in source.asked] == [("1", "30"), ("2", "30"), ("3", "30")]
    assert "gmt_modified_from" not in source.asked[0].form
    (answer,) = answers.values()
    body = json.loads(answer.data)
    assert (answer.name, body["method"], len(body["answers"])) == (f"{LIST}-2026-11-22.json", LIST, 3)
    assert (dict(answer.state), troubles) == (WHOLE, [])


def test_the_next_pull_asks_for_what_has_changed_since_the_day_before_the_last(platform_asking):
    with serving(platform({LIST: products(1)})) as source:
        brought(platform_asking(source.address, {"products": NOW.isoformat()}, subjects=["products"]))
    assert source.asked[0].form["gmt_modified_from"] == "2026-11-21 08:00:00"


def test_a_first_page_for_ever_ends_and_the_pull_does_not_go_on_from_it(platform_asking):
    with serving(platform({LIST: lambda form: products(65)(form | {"current_page": "1"})})) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["products"]))
    assert [t.code for t in troubles] == ["page_repeats"]
    assert ([dict(a.state) for a in answers.values()], len(source.asked)) == ([{}], 2)


def test_details_are_one_file_and_the_state_moves_with_them(platform_asking):
    get = lambda form: {"alibaba_icbu_product_get_response": {"product": {"product_id": form["product_id"]}}}  # noqa: E731
    with serving(platform({LIST: products(2), "alibaba.icbu.product.get": get})) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["products"], details=True))
    first, second = answers.values()
    assert (dict(first.state), dict(second.state), troubles) == ({}, WHOLE, [])
    inside = [a["alibaba_icbu_product_get_response"]["product"]["product_id"] for a in json.loads(second.data)["answers"]]
    assert inside == ["x1", "x2"]


def order(number, day):
    stamp = int((NOW - timedelta(days=day)).timestamp() * 1000)
    return {"trade_id": number, "create_date": {"timestamp": stamp}, "modify_date": {"timestamp": stamp}}


def order_list(*orders):
    def answer(form):
        start = json.loads(form["param_trade_ecology_order_list_query"])["start_page"] * 20
        value = {"total_count": len(orders), "order_list": {"trade_ecology_order": list(orders[start : start + 20])}}
        return {"alibaba_seller_order_list_response": {"result": {"success": True, "value": value}}}

    return answer


def detail(method):
    return lambda form: {f"{method.replace('.', '_')}_response": {"value": {"of": form["e_trade_id"]}}}


def test_orders_are_listed_from_page_nought_and_each_is_asked_for_its_parts(platform_asking):
    methods = {ORDERS: order_list(*[order(str(n), n) for n in range(1, 23)])} | {m: detail(m) for m in DETAIL}
    with serving(platform(methods)) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["orders"], order_days=30))
    listing = [json.loads(a.form["param_trade_ecology_order_list_query"]) for a in source.asked if a.form["method"] == ORDERS]
    assert [(q["start_page"], q["page_size"], q["role"]) for q in listing] == [(0, 20, "seller"), (1, 20, "seller")]
    assert listing[0]["create_date_start"] == {"date_str": "2026-10-23 00:00:00"}
    assert troubles == []
    assert list(answers) == [f"{ORDERS}-2026-11-22.json", *[f"{m}-2026-11-22-1.json" for m in DETAIL]]
    kept = json.loads(answers[f"{DETAIL[1]}-2026-11-22-1.json"].data)["answers"]
    assert [k["e_trade_id"] for k in kept] == [str(n) for n in range(22, 0, -1)]
    assert kept[0]["answer"] == {"alibaba_seller_order_fund_get_response": {"value": {"of": "22"}}}
    states = [dict(a.state) for a in answers.values()]
    assert states[:3] == [{}, {}, {}]
    assert states[3] == {"orders": "2026-11-21T00:00:00-08:00"}
    funds = next(a for a in source.asked if a.form["method"] == DETAIL[1])
    assert funds.form["data_select"] == "fund_serviceFee,fund_fundPay,fund_refund"


def test_only_orders_changed_since_the_last_pull_are_asked_for(platform_asking):
    methods = {ORDERS: order_list(order("new", 1), order("edge", 3), order("old", 9))} | {m: detail(m) for m in DETAIL}
    with serving(platform(methods)) as source:
        brought(platform_asking(source.address, {"orders": (NOW - timedelta(days=2)).isoformat()}, subjects=["orders"]))
    assert [a.form["e_trade_id"] for a in source.asked if a.form["method"] == DETAIL[0]] == ["edge", "new"]


def test_masked_ids_are_skipped_and_said(platform_asking):
    methods = {ORDERS: order_list(order("21***54", 1), order("21***54", 2), order("77", 3))} | {m: detail(m) for m in DETAIL}
    with serving(platform(methods)) as source:
        _, troubles = brought(platform_asking(source.address, subjects=["orders"]))
    assert [(t.code, t.level, t.value) for t in troubles] == [("masked_ids", "note", "2")]
    assert [a.form["e_trade_id"] for a in source.asked if a.form["method"] == DETAIL[0]] == ["77"]


def test_an_id_that_is_not_accepted_and_a_part_without_grant_do_not_stop_the_rest(platform_asking):
    get = lambda form: error(DETAIL[0], "15", sub_code="isv.402") if form["e_trade_id"] == "2" else detail(DETAIL[0])(form)  # noqa: E731
    methods = {ORDERS: order_list(order("1", 1), order("2", 2)), DETAIL[0]: get, DETAIL[2]: detail(DETAIL[2])}
    with serving(platform(methods | {DETAIL[1]: error(DETAIL[1], "InsufficientPermission")})) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["orders"]))
    assert sorted((t.code, t.level, t.asked) for t in troubles) == [
        ("ids_refused", "note", DETAIL[0]),
        ("no_grant", "error", DETAIL[1]),
    ]
    assert len([a for a in source.asked if a.form["method"] == DETAIL[1]]) == 1
    assert dict(list(answers.values())[-1].state) == {"orders": "2026-11-21T00:00:00-08:00"}


def test_what_came_before_the_line_died_is_kept_and_the_state_stays(platform_asking):
    dies = lambda form: None if form["e_trade_id"] == "1" else detail(DETAIL[0])(form)  # noqa: E731
    methods = {ORDERS: order_list(order("1", 1), order("2", 2)), DETAIL[0]: dies} | {m: detail(m) for m in DETAIL[1:]}
    with serving(platform(methods)) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["orders"]))
    assert [t.code for t in troubles] == ["broken_json"]
    assert len(json.loads(answers[f"{DETAIL[0]}-2026-11-22-1.json"].data)["answers"]) == 1
    assert [dict(a.state) for a in answers.values()] == [{}, {}, {}, {}]


def test_a_pull_ends_when_its_time_is_up_and_the_next_goes_on(platform_asking):
    methods = {ORDERS: order_list(*[order(str(n), n) for n in range(1, 61)])} | {m: detail(m) for m in DETAIL}
    with serving(platform(methods)) as source:
        ask = platform_asking(source.address, subjects=["orders"], wire={"pace": 1.0})
        ask.until = 100.0  # 3 pages and 50 × 3 calls take longer
        answers, troubles = brought(ask)
        assert [(t.code, t.level) for t in troubles] == [("more_to_come", "note")]
        state = {k: v for a in answers.values() for k, v in a.state.items()}
        again, troubles = brought(platform_asking(source.address, state, subjects=["orders"]))
    assert troubles == []
    numbers = [k["e_trade_id"] for k in json.loads(again[f"{DETAIL[0]}-2026-11-22-1.json"].data)["answers"]]
    assert numbers == [str(n) for n in range(12, 0, -1)]  # day 11 was the last, and the day before it


WEEKS = [{"start_date": "2026-11-01", "end_date": "2026-11-07"}, {"start_date": "2026-11-08", "end_date": "2026-11-14"}]
SHOP = {
    "alibaba.mydata.overview.date.get": {
        "alibaba_mydata_overview_date_get_response": {"result_list": {"date_range": WEEKS[::-1]}}
    },
    "alibaba.mydata.overview.industry.get": {
        "alibaba_mydata_overview_industry_get_response": {
            "result_list": {"industry": [{"industry_id": 1, "main_category": False}, {"industry_id": 2, "main_category": True}]}
        }
    },
    "alibaba.mydata.overview.indicator.basic.get": {
        "alibaba_mydata_overview_indicator_basic_get_response": {"result": {"imps": 5}}
    },
}


def test_the_overview_is_asked_week_by_week_for_the_main_industry(platform_asking):
    with serving(platform(SHOP)) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["overview"]))
    assert troubles == []
    assert [(a.period, dict(a.state)) for a in answers.values()] == [
        ((date(2026, 11, 1), date(2026, 11, 7)), {"overview": "2026-11-07"}),
        ((date(2026, 11, 8), date(2026, 11, 14)), {"overview": "2026-11-14"}),
    ]
    asked = source.asked[-1].form
    assert json.loads(asked["date_range"]) == WEEKS[1]
    assert json.loads(asked["industry"]) == {"industry_id": 2, "main_category": True}


def test_weeks_that_were_pulled_are_not_asked_again_but_the_newest_is(platform_asking):
    with serving(platform(SHOP)) as source:
        answers, _ = brought(platform_asking(source.address, {"overview": "2026-11-14"}, subjects=["overview"]))
    assert [a.period[0] for a in answers.values()] == [date(2026, 11, 8)]


def test_effects_are_asked_day_by_day_for_twenty_products_a_call(platform_asking):
    methods = {
        LIST: products(25),
        "alibaba.mydata.self.product.date.get": {
            "alibaba_mydata_self_product_date_get_response": {"start_date": "2026-11-18", "end_date": "2026-11-19"}
        },
        "alibaba.mydata.self.product.get": {"alibaba_mydata_self_product_get_response": {"effects": {"effect_entity": []}}},
    }
    with serving(platform(methods)) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["effects"]))
    effects = [a.form for a in source.asked if a.form["method"] == "alibaba.mydata.self.product.get"]
    assert [(f["stat_date"], len(json.loads(f["product_ids"]))) for f in effects] == [
        ("2026-11-18", 20),
        ("2026-11-18", 5),
        ("2026-11-19", 20),
        ("2026-11-19", 5),
    ]
    assert ([a.period for a in answers.values()], troubles) == ([(date(2026, 11, d), date(2026, 11, d)) for d in (18, 19)], [])
    assert json.loads(next(iter(answers.values())).data)["stat_date"] == "2026-11-18"


def test_showcase_and_rfq(platform_asking):
    methods = {
        "alibaba.icbu.showcase.status": {"alibaba_icbu_showcase_status_response": {"total_count": 40, "current_count": 2}},
        "alibaba.icbu.showcase.list": {"alibaba_icbu_showcase_list_response": {"result": {"showcase": [{"id": 1}, {"id": 2}]}}},
        "alibaba.icbu.rfq.myequity": {"alibaba_icbu_rfq_myequity_response": {"result": {"score": 80}}},
        "alibaba.icbu.rfq.search": lambda form: {
            "alibaba_icbu_rfq_search_response": {
                "result": {"request_list": {"requestlist": [{"rfq_id": json.loads(form["cond"])["search_text"]}]}, "total": 1}
            }
        },
    }
    with serving(platform(methods)) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["showcase", "rfq"], rfq_words=["lamp", "灯"]))
    assert troubles == []
    assert [name.removesuffix("-2026-11-22.json") for name in answers] == [
        "alibaba.icbu.showcase.status",
        "alibaba.icbu.showcase.list",
        "alibaba.icbu.rfq.myequity",
        "alibaba.icbu.rfq.search",
    ]
    assert len(json.loads(answers["alibaba.icbu.rfq.search-2026-11-22.json"].data)["answers"]) == 2


@pytest.mark.parametrize(("code", "calls"), [("InsufficientPermission", 3), ("InvalidAppKey", 1)])
def test_a_subject_that_is_refused_does_not_stop_the_others_unless_nothing_can_be_asked(platform_asking, code, calls):
    none = {m: error(m, code) for m in (LIST, ORDERS, "alibaba.mydata.overview.date.get")}
    with serving(platform(none)) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["products", "orders", "overview"]))
    assert (answers, len(troubles), len(source.asked)) == ({}, calls, calls)
    if code == "InsufficientPermission":
        assert [t.table for t in troubles] == ["product_catalogue", "order_lines", "shop_overview"]


@pytest.mark.parametrize("odd", [error(DETAIL[2], "SomethingNew"), {"result": {"success": False, "error_msg": "none yet"}}])
def test_one_order_without_an_answer_holds_up_neither_the_others_nor_the_next_pull(platform_asking, odd):
    logistics = lambda form: odd if form["e_trade_id"] == "2" else detail(DETAIL[2])(form)  # noqa: E731
    methods = {ORDERS: order_list(order("1", 1), order("2", 2)), DETAIL[2]: logistics} | {m: detail(m) for m in DETAIL[:2]}
    with serving(platform(methods)) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["orders"]))
    assert [(t.level, t.asked, t.value) for t in troubles] == [("note", DETAIL[2], "1")]
    assert [k["e_trade_id"] for k in json.loads(answers[f"{DETAIL[2]}-2026-11-22-1.json"].data)["answers"]] == ["1"]
    assert dict(list(answers.values())[-1].state) == {"orders": "2026-11-21T00:00:00-08:00"}


def test_a_retired_method_does_not_hold_up_the_others(platform_asking):
    methods = {ORDERS: order_list(*[order(str(n), n) for n in range(1, 61)])} | {m: detail(m) for m in DETAIL[:2]}
    with serving(platform(methods)) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["orders"]))
    assert [t.code for t in troubles] == ["unknown_method"]
    assert dict(list(answers.values())[-1].state) == {"orders": "2026-11-21T00:00:00-08:00"}


def test_days_without_end_are_bounded(platform_asking):
    with serving(platform({ORDERS: order_list()})) as source:
        _, troubles = brought(platform_asking(source.address, subjects=["orders"], order_days=999_999_999))
    assert (troubles, len(source.asked)) == ([], 1)


def test_details_of_many_products_come_in_several_pulls(platform_asking):
    """The next pull goes on behind the last product, and the state is that of the first of them."""
    get = lambda form: {"alibaba_icbu_product_get_response": {"product": {"product_id": form["product_id"]}}}  # noqa: E731
    came, state, moved = [], {}, []
    with serving(platform({LIST: products(65), "alibaba.icbu.product.get": get})) as source:
        for day in range(3):
            ask = platform_asking(source.address, state, subjects=["products"], details=True, wire={"pace": 1.0})
            ask.now, ask.until = NOW + timedelta(days=day), ask.wire.clock() + 30.0
            answers, troubles = brought(ask)
            for answer in answers.values():
                state |= answer.state
                if ".get-" in answer.name:
                    inside = json.loads(answer.data)["answers"]
                    came += [a["alibaba_icbu_product_get_response"]["product"]["product_id"] for a in inside]
            moved.append((state.get("products"), [t.code for t in troubles]))
    assert moved == [(None, ["more_to_come"]), (None, ["more_to_come"]), (NOW.isoformat(), [])]
    assert sorted(came) == sorted({f"x{n}" for n in range(1, 66)})


def test_a_product_without_an_answer_does_not_hold_up_the_others(platform_asking):
    def get(form):
        if form["product_id"] == "x1":
            return error("x", "SomethingNew")
        return {"alibaba_icbu_product_get_response": {"product": {"product_id": form["product_id"]}}}

    with serving(platform({LIST: products(3), "alibaba.icbu.product.get": get})) as source:
        answers, troubles = brought(platform_asking(source.address, subjects=["products"], details=True))
    assert [(t.code, t.level) for t in troubles] == [("refused", "note")]
    assert (len(json.loads(list(answers.values())[1].data)["answers"]), dict(list(answers.values())[1].state)) == (2, WHOLE)
