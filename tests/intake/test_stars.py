"""Star levels inside an answer: tracks, and zeros that were never computed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.intake.test_answers import only, taken


def star(value: float, track: str = "rts") -> dict[str, Any]:
    """A star page of two indicators, the first of which has the value."""
    indicator = [
        {"code": c, "indicatorName": n, "indicatorPureValue": v, "indicatorValue": f"{v}个", "indicatorNextLevelAvgPureValue": 0,
         "indicatorNextLevelAvgValue": "0个"}
        for c, n, v in (("6020013", "全店优品数", value), ("6020001", "风险健康分", 0))
    ]  # fmt: skip
    power = {"abilityItem": "商品力", "abilityStarLevel": 0, "abilityItemPureValue": 0, "starIndicatorVOList": indicator}
    said = "当前店铺评定星等级：0星，预测星等级：1星，星级上升。"
    return {"statDate": "2026-09-19", "STORE_DIAGNOSIS": {"conclusion": said, "type": track, "starAbilityVOList": [power]}}


def test_a_track_of_zeros_was_not_computed() -> None:
    reading = taken(star(0))
    assert [(p.code, p.level, p.value) for p in reading.problems if p.code == "not_computed"] == [
        ("not_computed", "note", "rts")
    ]
    rows = reading.parts[0].rows
    assert (reading.ok, rows["as_of"].to_list()) == (True, [date(2026, 9, 19)] * 2)
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
    assert rows.select("track", "code", "power", *figures).rows() == [
        ("rts", "6020013", "商品力", *[None] * 8),
        ("rts", "6020001", "商品力", *[None] * 8),
    ]


@pytest.mark.parametrize("track", ["rts", "custom"])
def test_beside_one_figure_zeros_stay_zeros(track: str) -> None:
    reading = taken(star(23, track))
    assert "not_computed" not in {p.code for p in reading.problems}
    rows = reading.parts[0].rows.sort("code")
    assert rows.select("track", "value", "next_average", "star", "predicted", "power_star").rows() == [
        (track, 0, 0, 0, 1, 0),
        (track, 23, 0, 0, 1, 0),
    ]


def test_two_tracks_are_judged_each_by_itself() -> None:
    both = {"rtsStarPage": star(0)["STORE_DIAGNOSIS"], "customStarPage": star(23)["STORE_DIAGNOSIS"]}
    for page in both.values():
        del page["type"]
    parts = taken(both | {"levels": {"rtsStar": 0, "customStar": 2}}).parts
    values = {
        r["track"]: (r["value"], r["star"]) for p in parts for r in p.rows.iter_rows(named=True) if r["code"] == "6020013"
    }
    assert values == {"rts": (None, None), "custom": (23, 2)}


def test_a_code_of_a_record_is_no_refusal() -> None:
    part = only(star(1) | {"request_id": "r", "code": "0"})
    assert part.rows["code"].to_list() == ["6020013", "6020001"]
