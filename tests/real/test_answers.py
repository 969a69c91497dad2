"""Recorded answers of the platform: the figures come in as recorded, refusals are said, and what was not computed is no zero."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import real
from zhanggui.facts import open_facts
from zhanggui.intake import Reading, read
from zhanggui.intake.answers import read_json

pytestmark = pytest.mark.data

ON = date(2026, 5, 20)


@pytest.fixture(scope="module")
def openapi() -> Path:
    return real("openapi")


@pytest.fixture(scope="module")
def weekly() -> Reading:
    path = real("weekly_report") / "store_weekly_report.json"
    return read(path.read_bytes(), path.name, on=ON)


def answers(path: Path) -> Iterator[dict[str, Any]]:
    """The answers as the platform gave them, taken out of the recorder's summary; of some it kept the records only."""
    recorded = json.loads(path.read_text("utf-8"))
    for attempt in recorded["attempts"]:
        excerpt = attempt.get("response_excerpt")
        if excerpt:
            yield {excerpt["root_key"]: excerpt["payload"]}
        else:
            kept = attempt["extracted_data"]
            inner = kept.get("fields") or {k: v for k, v in kept.items() if isinstance(v, list)}
            yield attempt["request_params"] | {attempt["response_shape_summary"]["root_key"]: inner}


def taken(path: Path, **said: Any) -> list[Reading]:
    return [read(json.dumps(a).encode(), path.name, on=ON, **said) for a in answers(path)]


def part(reading: Reading, table: str) -> list[dict[str, Any]]:
    return [r for p in reading.parts if p.table.name == table for r in p.rows.iter_rows(named=True)]


REFUSED = [
    "alibaba_mydata_overview_date_get", "alibaba_mydata_overview_indicator_basic_get", "alibaba_mydata_overview_industry_get",
    "alibaba_mydata_self_product_date_get", "alibaba_mydata_self_product_get", "alibaba_seller_order_fund_get",
    "alibaba_seller_order_get", "alibaba_seller_order_logistics_get",
]  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_every_recorded_refusal_is_said(openapi: Path, name: str) -> None:
    path = openapi / f"{name}.json"
    for reading, answer in zip(taken(path), answers(path), strict=True):
        (payload,) = answer.values()
        code = payload["error_response"]["code"]
        assert [(p.code, p.value.split(" · ")[0]) for p in reading.problems] == [("answer_error", code)]
        assert (reading.parts, reading.ok) == ([], False)


def test_the_shop_s_basic_indicators(openapi: Path) -> None:
    path = openapi / "alibaba_mydata_overview_indicator_basic_get_post_grant.json"
    reading = taken(path)[0]
    assert reading.ok, reading.problems
    (row,) = part(reading, "shop_overview")
    figures = ("visitors", "exposures", "clicks", "ctr", "inquiries", "first_reply_rate", "search_exposures")
    assert tuple(row[f] for f in figures) == (260, 6769, 143, 0.0211, 8, 0.9927, None)
    assert (row["period_start"], row["period_end"]) == (date(2026, 3, 29), date(2026, 4, 4))


def test_what_products_got(openapi: Path) -> None:
    path = openapi / "alibaba_mydata_self_product_get_post_grant.json"
    reading = taken(path)[0]
    assert reading.ok, reading.problems
    rows = part(reading, "product_effect_api")
    assert {r["product_id"]: (r["exposures"], r["visitors"]) for r in rows} == {
        "1601592243227": (2, 0),
        "1601700588198": (2, 0),
        "1601739528585": (0, 1),
    }
    assert {r["period_end"] for r in rows} == {date(2026, 4, 8)}


def test_a_list_of_orders(openapi: Path) -> None:
    path = openapi / "alibaba_seller_order_list.json"
    raw = list(answers(path))[-1]["alibaba_seller_order_list_response"]["result"]["value"]["order_list"]["trade_ecology_order"]
    rows = part(taken(path)[-1], "order_header")
    assert [r["order_no"] for r in rows] == [o["trade_id"] for o in raw]
    assert (len(rows), rows[0]["created"], rows[0]["modified"]) == (
        8,
        datetime(2026, 3, 31, 17, 49, 40),
        datetime(2026, 3, 31, 17, 53, 7),
    )


def test_the_shop_s_industries(openapi: Path) -> None:
    reading = taken(openapi / "alibaba_mydata_overview_industry_get_post_grant.json")[0]
    assert [(r["industry"], r["main"]) for r in part(reading, "shop_industry")] == [
        ("All", True),
        ("Eyewear Accessories", False),
    ]


def test_the_weekly_report_comes_in_part_by_part(weekly: Reading) -> None:
    assert weekly.ok
    assert {p.table.name: p.rows.height for p in weekly.parts} == {
        "star_level": 18,
        "shop_product": 10,
        "shop_overview": 1,
        "product_layer": 5,
        "traffic_source": 6,
        "shop_conversion": 2,
    }
    assert [p.rejected.height for p in weekly.parts] == [0] * 6


def test_zeros_of_the_star_page_were_not_computed_and_are_missing(weekly: Reading) -> None:
    assert [(p.level, p.value) for p in weekly.problems if p.code == "not_computed"] == [("note", "rts")]
    rows = part(weekly, "star_level")
    figures = (
        "value",
        "value_written",
        "next_average",
        "next_average_written",
        "star",
        "predicted",
        "power_star",
        "power_score",
    )
    assert {r[f] for r in rows for f in figures} == {None}
    assert {r["power"] for r in rows} == {"商品力", "营销力", "交易力", "服务力"}
    assert {r["code"]: r["indicator"] for r in rows}["6020001"] == "风险健康分"


def test_the_shop_beside_its_peers_and_its_channels(weekly: Reading) -> None:
    (row,) = part(weekly, "shop_overview")
    assert (row["visits"], row["search_clicks"], row["lead_people"], row["lead_people_peers"]) == (212, 68, 12, 40)
    assert (row["search_exposures"], row["search_exposures_best"]) == (None, 56_213)
    assert (row["order_amount"], row["pay_rate"], row["pay_rate_peers"]) == (Decimal("164.4"), 0.0, 0.0043)
    channels = {r["channel"]: (r["page_visitors"], r["chatters"], r["inquirers"]) for r in part(weekly, "traffic_source")}
    assert channels == {"搜索": (35, 1, 0), "系统推荐": (17, 1, 1), "会场": (6, 0, 0), "询盘": (7, 2, 0), "直接访问": (10, 1, 0), "店内": (10, 0, 1)}  # fmt: skip


def test_the_bracket_too_many_of_the_recorded_file_is_a_note() -> None:
    path = real("weekly_report") / "store_weekly_report.json"
    _, problems = read_json(path.read_bytes(), path.name)
    assert [p.value for p in problems if p.code == "answer_tail"] == ["}"]


def test_the_weekly_report_is_kept_and_read_back(weekly: Reading, tmp_path: Path) -> None:
    path = real("weekly_report") / "store_weekly_report.json"
    facts = open_facts(tmp_path, "shop")
    put = facts.put(path.read_bytes(), path.name, weekly, at="2026-05-20T08:00:00")
    assert sum(c.new for c in put.counts) == 42
    shop = facts.snapshot(ON)
    assert shop.scan("star_level").collect().height == 18
    window = shop.window("shop_overview", date(2026, 5, 10), date(2026, 5, 16))
    assert (window.complete, window.rows.collect()["visits"].to_list()) == (True, [212])
