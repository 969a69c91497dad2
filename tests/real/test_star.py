"""The real star page of a shop without a star: every figure is a zero that was not computed, and nothing is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.conftest import real
from zhanggui.checks import load, run
from zhanggui.facts import Snapshot, open_facts
from zhanggui.intake import read
from zhanggui.measures import star
from zhanggui.plans.star_climb import Wish, ways
from zhanggui.plans.star_lists import conditions
from zhanggui.plans.star_worth import worth
from zhanggui.rulebook import RULEBOOK
from zhanggui.rulebook.star import INDICATORS, POWERS

pytestmark = pytest.mark.data

ON = date(2026, 5, 20)
RULES = RULEBOOK.on(ON)


def raw() -> Any:
    """The document; the file as it was recorded has a bracket too many behind it."""
    return json.JSONDecoder().raw_decode((real("weekly_report") / "store_weekly_report.json").read_text("utf-8"))[0]


def powers(node: Any) -> Iterator[dict[str, Any]]:
    """Every power of the raw document, wherever it stands."""
    if isinstance(node, dict):
        if "starIndicatorVOList" in node:
            yield node
        for child in node.values():
            yield from powers(child)
    elif isinstance(node, list):
        for child in node:
            yield from powers(child)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    path = real("weekly_report") / "store_weekly_report.json"
    facts = open_facts(tmp_path_factory.mktemp("home"), "shop")
    facts.put(path.read_bytes(), path.name, read(path.read_bytes(), path.name, on=ON), at="t")
    return facts.snapshot(ON)


def test_the_rulebook_names_every_indicator_of_the_page_with_its_power() -> None:
    listed = {
        (one["code"], one["indicatorName"].removesuffix("（加分项）"), power["abilityItem"])
        for power in powers(raw())
        for one in power["starIndicatorVOList"]
    }
    known = {code: (one.zh, POWERS[one.power][0]) for code, one in INDICATORS.items()}
    assert {code for code, *_ in listed} == set(known)
    assert [(name, power) for code, name, power in listed if (known[code][1] != power or known[code][0] not in name)] == []


def test_the_raw_page_holds_nothing_but_zeros_and_no_figure_is_made_of_them(shop: Snapshot) -> None:
    figures = [
        one[key]
        for power in powers(raw())
        for one in power["starIndicatorVOList"]
        for key in ("indicatorPureValue", "indicatorNextLevelAvgPureValue")
    ]
    assert len(figures) >= 30
    assert {float(f) for f in figures} == {0.0}
    rows = star.standing(shop).collect()
    assert rows.height == len(figures) / 2
    assert {rows[c].null_count() for c in ("value", "next_average", "gap", "reached", "power_star", "star")} == {rows.height}
    assert star.tracks(shop).collect()["computed"].to_list() == [False]


def test_neither_checks_nor_plan_nor_lists_say_anything_of_it(shop: Snapshot) -> None:
    told = run(shop, RULES, only=[code for code, check in load().items() if check.subject == "star"])
    assert [o.check.code for o in told if o.findings] == []
    assert {o.waiting.table for o in told if o.waiting} == {"star_level", "product_growth", "order_lines", "offline_deal"}
    assert [(way.why, way.plan) for way in ways(shop, RULES, Wish())] == [("not_computed", None)]
    assert [c.met for c in conditions(shop, RULES)] == [None] * 4
    assert (worth(shop).answer, worth(shop).wanted) == ("unknown", ("industry_ranking",))
