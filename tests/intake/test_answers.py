"""Answers in JSON: every record comes in, refusals are said, nothing breaks the reader."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.intake.files import DAY
from zhanggui.intake import Part, Reading, read
from zhanggui.intake.answers import read_json
from zhanggui.tables import Problem

WEEK = (date(2026, 9, 13), date(2026, 9, 19))


def bytes_of(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def taken(document: Any, name: str = "answer.json", **answers: Any) -> Reading:
    return read(bytes_of(document), name, on=DAY, **answers)


def only(document: Any, **answers: Any) -> Part:
    reading = taken(document, **answers)
    assert [p for p in reading.problems if p.level == "error"] == []
    assert len(reading.parts) == 1
    return reading.parts[0]


def cells(document: Any) -> dict[str, list[tuple[str | None, ...]]]:
    """Sheet → its rows, with the header."""
    sheets, _ = read_json(bytes_of(document), "a.json")
    return {s.name: s.cells.rows() for s in sheets}


def said(data: bytes) -> list[Problem]:
    sheets, problems = read_json(data, "a.json")
    assert sheets == []
    return problems


def test_a_double_wrapped_list_becomes_rows() -> None:
    effects = [{"product_id": 1601, "impression": 2, "click": 1, "visitor": 1, "fb": 0, "bookmark": 0, "keyword_effects": {}}]
    answer = {
        "alibaba_mydata_self_product_get_response": {"effects": {"effect_entity": effects}, "total_count": 1, "request_id": "r"}
    }
    part = only(answer, period=WEEK)
    assert (part.table.name, part.header_line, part.period) == ("product_effect_api", 1, WEEK)
    assert part.rows.select("product_id", "exposures", "inquiries", "_line").rows() == [("1601", 2, 0, 2)]


def test_what_encloses_a_list_stands_in_every_row_and_indexes_are_left_out() -> None:
    days = [
        {"statDate": f"2026-09-{d}", "effects": [{"product_id": p, "impression": p, "bookmark": 0} for p in (1, 2)]}
        for d in (14, 15)
    ]
    title = "days.effects 2026-09-{0}~2026-09-{0}, 时间周期 2026-09-{0}~2026-09-{0}"
    assert [s for n, s in cells({"days": days}).items() if n != "days"] == [
        [
            (title.format(d), None, None, None),
            ("product_id", "impression", "bookmark", "statDate"),
            ("1", "1", "0", f"2026-09-{d}"),
            ("2", "2", "0", f"2026-09-{d}"),
        ]
        for d in (14, 15)
    ]
    parts = taken({"days": days}).parts
    assert [p.rows["period_end"].to_list() for p in parts] == [[date(2026, 9, d)] * 2 for d in (14, 15)]


def test_a_list_of_weeks_is_a_sheet_for_each_week() -> None:
    first = {"start_date": "2026-09-06", "end_date": "2026-09-12", "uvCnt": 1, "seImpsCnt": 2}
    weeks = [first, first | {"start_date": "2026-09-13", "end_date": "2026-09-19", "uvCnt": 3}]
    parts = taken({"weeks": weeks}).parts
    assert [(p.period, p.rows["visitors"].to_list()) for p in parts] == [
        ((date(2026, 9, 6), date(2026, 9, 12)), [1]),
        (WEEK, [3]),
    ]


@pytest.mark.parametrize(
    "stated",
    [
        {"start_date": "2026-09-13", "end_date": "2026-09-19"},
        {"date_range": {"start_date": "2026-09-13", "end_date": "2026-09-19"}},
        {"startDate": "20260913", "endDate": "20260919"},
        {"beginDate": "2026-09-13 04:41:00.387", "endDate": "2026-09-20 04:41:00.387"},
        {"statDate": "2026-09-19", "statisticsType": "7d"},
    ],
)
def test_the_period_is_the_one_that_encloses_the_figures(stated: dict[str, Any]) -> None:
    answer = {"data": {**stated, "channels": [{"channelType": "搜索", "detailUv": 3, "tmUv": 1, "fbUv": 0}]}}
    part = only(answer)
    assert (part.table.name, part.period, part.rows["chatters"].to_list()) == ("traffic_source", WEEK, [1])


def test_a_week_or_month_of_the_calendar_is_not_guessed_from_one_day() -> None:
    answer = {"statDate": "2026-09-19", "statistics_type": "week", "list": [{"channelType": "搜索", "tmUv": 1, "fbUv": 0}]}
    assert [p.code for p in taken(answer).problems] == ["period_unknown"]
    assert only(answer, period=WEEK).period == WEEK


def test_one_object_of_figures_is_the_shop_with_its_peers() -> None:
    answer = {"code": "0", "request_id": "r", "data": {
        "statDate": "2026-09-19", "statisticsType": "7d", "uvCnt": 260, "uvCntRivalAvg": 300, "uvCntRivalGood": 900, "seImpsCnt": 6769,
        "seCtr": 0.0211, "sucOrdAmt": 164.4, "avgReplyTime30d": 2.13, "avgReplyTime30dRivalAvg": 5}}  # fmt: skip
    part = only(answer)
    assert (part.table.name, part.period) == ("shop_overview", WEEK)
    names = (
        "visitors",
        "visitors_peers",
        "visitors_best",
        "search_exposures",
        "search_ctr",
        "order_amount",
        "reply_hours_peers",
    )
    assert part.rows.select(names).row(0) == (260, 300, 900, 6769, 0.0211, Decimal("164.4"), 5.0)


def test_the_basic_indicators_are_the_shop_s_though_they_name_no_search_exposures() -> None:
    answer = {"alibaba_mydata_overview_indicator_basic_get_response": {
        "result": {"visitor": 260, "imps": 6769, "clk": 143, "clk_rate": "0.0211", "fb": 8, "reply": "0.9927"}, "request_id": "r"}}  # fmt: skip
    row = only(answer, period=WEEK).rows.row(0, named=True)
    assert (row["visitors"], row["search_exposures"], row["exposures"], row["inquiries"]) == (260, None, 6769, 8)
    assert (row["ctr"], row["first_reply_rate"]) == (0.0211, 0.9927)


ORDER = {
    "trade_id": "26001", "trade_status": "success", "create_date": {"timestamp": 1775004580000, "format_date": "Mar. 31, 2026, 17:49:40 PDT."},
    "buyer": {"full_name": "Ann", "immutable_eid": "e1"}, "total_amount": {"amount": "100.50", "currency": "USD"}, "shipment_fee": {"amount": "8"},
    "order_products": {"trade_ecology_order_product": [
        {"product_id": 1, "name": "Loafers", "quantity": 3, "unit": "Pairs", "unit_price": {"amount": "12.5", "currency": "USD"}},
        {"product_id": 2, "name": "Boots", "quantity": 1, "unit": "Pairs", "unit_price": {"amount": "55", "currency": "USD"}},
    ]},
}  # fmt: skip


def test_an_order_is_its_totals_and_its_lines() -> None:
    reading = taken({"alibaba_seller_order_get_response": {"result": {"success": True, "value": ORDER}, "request_id": "r"}})
    parts = {p.table.name: p.rows for p in reading.parts}
    assert sorted(parts) == ["order_header", "order_lines"]
    head = parts["order_header"].select("order_no", "created", "buyer", "amount", "shipment_fee", "currency").rows()
    assert head == [("26001", datetime(2026, 3, 31, 17, 49, 40), "Ann", Decimal("100.5"), Decimal("8"), "USD")]
    lines = parts["order_lines"].select("order_no", "created", "buyer", "product_name", "quantity", "unit_price").rows()
    assert lines == [
        ("26001", date(2026, 3, 31), "Ann", "Loafers", 3, Decimal("12.5")),
        ("26001", date(2026, 3, 31), "Ann", "Boots", 1, Decimal("55")),
    ]


def test_a_list_of_orders_carries_ids_and_days() -> None:
    orders = [
        {k: v for k, v in ORDER.items() if k in ("trade_id", "create_date")} | {"modify_date": {"timestamp": 1775004787000}}
    ]
    value = {"total_count": 120, "order_list": {"trade_ecology_order": orders}}
    part = only({"alibaba_seller_order_list_response": {"result": {"success": True, "value": value}, "request_id": "r"}})
    assert part.table.name == "order_header"
    assert part.rows.select("order_no", "modified", "amount").rows() == [("26001", datetime(2026, 3, 31, 17, 53, 7), None)]


def test_what_encloses_a_record_keeps_its_own_id_and_name() -> None:
    """What lies deeper than a line (its taxes), or says a line again (what was sent), is no line itself."""
    line = {
        "id": 7,
        "name": "Loafers, black",
        "quantity": 2,
        "sku": "A-1",
        "price": "12.5",
        "tax_lines": [{"title": "VAT", "price": "1"}],
    }
    order = {
        "id": 1,
        "name": "#1001",
        "created_at": "2026-09-14T10:00:00+08:00",
        "currency": "USD",
        "line_items": [line, line | {"id": 8}],
    }
    order["fulfillments"] = [{"id": 9, "created_at": "2026-09-15T10:00:00+08:00", "line_items": [line]}]
    part = only({"channel": "Shopify", "answers": [{"orders": [order, order | {"id": 2}]}]})
    assert part.table.name == "channel_order_line"
    assert part.rows.select("channel", "order_id", "order_name", "line_id", "product_name", "quantity").rows() == [
        ("Shopify", o, "#1001", n, "Loafers, black", 2) for o in ("1", "2") for n in ("7", "8")
    ]


def test_a_list_inside_a_record_without_an_id_of_its_own_carries_that_of_the_record() -> None:
    sheets = cells({"list": [{"id": 1601, "subject": "Loafers", "skus": [{"sku": "A-1", "available": 3}]}]})
    assert sheets["list.skus"] == [("sku", "available", "id", "subject"), ("A-1", "3", "1601", "Loafers")]


def test_a_product_list_has_the_plain_and_the_encoded_id() -> None:
    product = {
        "id": 1601,
        "product_id": "IDX1",
        "subject": "Loafers",
        "category_id": "322",
        "keywords": ["a", "b"],
        "display": "Y",
    }
    part = only({"r": {"total_item": 1, "products": [product]}})
    assert part.table.name == "product_catalogue"
    assert part.rows.select("product_id", "encoded_id", "keywords", "displayed").row(0) == ("1601", "IDX1", "a, b", True)


SAVED = {
    "shop_product": (
        {"subject": "Loafers", "prodId": 1601, "sumProdShowNum": 95, "sumProdFbNum": 1, "isReady2ship": "Y", "prodLevel": "优品"},
        {"product_id": "1601", "exposures": 95, "ready_to_ship": True, "level": "优品"},
    ),
    "shop_region": (
        {"country": "US", "shop_uv": 40, "total_imps_cnt": 900, "total_bus_cnt": 3},
        {"visitors": 40, "exposures": 900, "leads": 3},
    ),
    "product_keyword": (
        {"productId": 1601, "searchKeyword": "loafers", "searchImps": 80, "p4pClickCnt": 2, "detailUv": 5, "uvAbRate": 0.2},
        {"word": "loafers", "search_exposures": 80, "p4p_clicks": 2, "visitors": 5, "lead_rate": 0.2},
    ),
    "visitor": (
        {"visitorId": "v1", "logTime": "2026-09-14", "buyerCountryId": "US", "visitPv": 3, "staySecond": 61, "serKeywords": "a,b",
         "levelTag": "L2", "isMcFb": "N", "isAtmFb": "Y", "totalVisitSellerCnt": 4},
        {"came": date(2026, 9, 14), "stay_seconds": 61.0, "words": "a,b", "inquired": False, "chatted": True, "sellers_visited": 4},
    ),
    "p4p_keyword": (
        {"keyword": "loafers", "stat_date": "2026-09-14", "impr": 80, "click": 3, "cost": "12.5", "online_min": 90},
        {"exposures": 80, "cost": Decimal("12.5"), "hours": 1.5},
    ),
    "p4p_target": (
        {"subject": "US", "tag_ref_type": 13, "stat_date": "2026-09-14", "impr": 80, "click": 3, "cost": "12.5", "online_min": 90},
        {"kind": "13", "target": "US", "clicks": 3},
    ),
    "rfq": (
        {"rfq_id": "r1", "subject": "Loafers", "open_time": "2026-09-14 10:00:00", "quantity": 500, "left_count": 4},
        {"opened": datetime(2026, 9, 14, 10), "quantity": 500, "quotes_left": 4},
    ),
    "logistics_order": (
        {"order_no": "L1", "trade_id": "26001", "service_code": "S", "status_name": "运输中", "cargo_desc": "shoes"},
        {"logistics_no": "L1", "order_no": "26001", "status": "运输中"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("table", SAVED)
def test_records_under_the_keys_of_the_platform_are_known(table: str) -> None:
    record, figures = SAVED[table]
    part = only({"data": {"list": [record]}}, period=WEEK)
    assert part.table.name == table
    assert part.rows.select(*figures).row(0, named=True) == figures


def test_the_standing_of_the_shop_is_of_its_last_day() -> None:
    equity = {
        "score": 82,
        "equity_count": 5,
        "statistic_start_date": "2026-09-01",
        "statistic_end_date": "2026-09-15",
        "beat_supplier_percent": 40,
    }
    part = only({"r": {"result": equity}})
    assert (part.table.name, part.as_of) == ("rfq_standing", date(2026, 9, 15))
    assert part.rows.select("score", "quotes_left", "beaten", "starts").row(0) == (82.0, 5, 0.4, date(2026, 9, 1))


REFUSALS = {
    "gateway": ({"code": "InsufficientPermission", "type": "ISV", "message": "no access", "request_id": "r"}, "InsufficientPermission · no access"),
    "sync": ({"x_response": {"error_response": {"code": "15", "sub_code": "isv.402", "msg": "Remote service error", "sub_msg": "tradeId is invalid"}}},
             "15 · isv.402 · Remote service error · tradeId is invalid"),
    "inner": ({"x_response": {"result": {"success": False, "errorMsg": "later"}, "request_id": "r"}}, "later"),
    "silent": ({"success": False, "values": [{"a": 1, "b": 2}]}, "success: false"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_is_said_and_gives_no_rows(kind: str) -> None:
    answer, words = REFUSALS[kind]
    problems = said(bytes_of(answer))
    assert [(p.code, p.level, p.value) for p in problems] == [("answer_error", "error", words)]
    assert words in problems[0].says("zh")


@pytest.mark.parametrize("answer", [{}, [], {"code": "0", "request_id": "r", "list": []}, [1, 2], {"a": {"b": {}}}])
def test_an_answer_without_a_record_says_so(answer: Any) -> None:
    assert [p.code for p in said(bytes_of(answer))] == ["answer_empty"]
