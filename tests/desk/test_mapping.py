"""What is said of unknown headers is checked, kept for the company, used without asking, and forgotten."""

from __future__ import annotations

import pytest

from tests.desk.conftest import Cast
from tests.intake.shapes import SHAPES, Shape
from tests.intake.test_problems import OF_ANSWERS
from zhanggui.desk import importing, mapping
from zhanggui.desk.access import Forbidden
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Import
from zhanggui.desk.people import open_shop
from zhanggui.intake import HeaderMap, answers
from zhanggui.tables import Problem
from zhanggui.tables.problems import WORDS

COSTS = "货号,进价\n1601,3.20\n1602,4.10\n".encode()
ANSWER = HeaderMap("product_cost", {"product_id": "货号", "unit_cost": "进价"}, constants={"currency": "CNY"})


def brought(cast: Cast, data: bytes = COSTS, name: str = "costs.csv") -> Import:
    return importing.bring(cast.shop, data, name, person=cast.bob)


def head_of(item: Import):
    ((_, head, known),) = mapping.sheets_of(item)
    return head, known


def explain(cast: Cast, item: Import, answer: HeaderMap = ANSWER) -> None:
    mapping.save(item.shop, head_of(item)[0], answer, person=cast.bob)


def test_a_refused_file_waits_once_its_headers_are_explained(cast: Cast) -> None:
    item = brought(cast)
    assert (item.state, head_of(item)[1]) == ("refused", False)
    explain(cast, item)
    importing.look_again(item, person=cast.bob)
    assert (item.state, item.preview["parts"][0]["table"], item.preview["parts"][0]["new"]) == ("waiting", "product_cost", 2)
    assert head_of(item)[1] is True
    assert answers(item.options)["maps"] == mapping.maps_of(cast.shop)


def test_another_file_of_the_same_headers_in_any_order_is_recognised_without_asking(cast: Cast) -> None:
    explain(cast, brought(cast))
    other = brought(cast, "进价,货号\n5.00,1603\n".encode(), "costs-2.csv")
    assert (other.state, other.preview["parts"][0]["new"]) == ("waiting", 1)
    importing.accept(other, person=cast.bob)
    rows = facts_of(cast.shop).snapshot(platform_today()).scan("product_cost").collect()
    assert rows.select("product_id", "currency").rows() == [("1603", "CNY")]
    assert str(rows["unit_cost"][0]) == "5.0000"


def test_a_mapping_holds_for_every_shop_of_the_company_and_for_no_other(cast: Cast) -> None:
    explain(cast, brought(cast))
    second = open_shop("alpha-2", "Alpha 2", company=cast.shop.company)
    assert importing.bring(second, COSTS, "c.csv").state == "waiting"
    assert importing.bring(cast.other, COSTS, "c.csv").state == "refused"
    assert mapping.maps_of(cast.other) == {}


def test_a_newer_answer_takes_the_place_of_the_older(cast: Cast) -> None:
    item = brought(cast)
    explain(cast, item)
    explain(cast, item, HeaderMap("product_cost", ANSWER.columns, {"unit_cost": 0.01}, {"currency": "USD"}))
    (saved,) = mapping.mappings(cast.shop)
    assert (saved.scale, saved.constants) == ({"unit_cost": 0.01}, {"currency": "USD"})


def test_forgotten_headers_ask_again_and_old_imports_read_as_they_did(cast: Cast) -> None:
    item = brought(cast)
    explain(cast, item)
    importing.accept(importing.look_again(item), person=cast.bob)
    (saved,) = mapping.mappings(cast.shop)
    with pytest.raises(LookupError):
        mapping.forget(cast.other, saved.pk, person=cast.charlie)
    mapping.forget(cast.shop, saved.pk, person=cast.bob)
    assert brought(cast, name="again.csv").state == "refused"
    assert facts_of(cast.shop).rebuild() == {"product_cost": 2}


def codes(cast: Cast, answer: HeaderMap) -> list[str]:
    return [p.code for p in mapping.trouble(head_of(brought(cast))[0], answer)]


def test_what_cannot_be_kept_says_why(cast: Cast) -> None:
    assert codes(cast, ANSWER) == []
    assert codes(cast, HeaderMap("product_cost", ANSWER.columns)) == ["column_not_mapped"]
    assert codes(cast, HeaderMap("no_table", ANSWER.columns)) == ["no_such_table"]
    assert codes(cast, HeaderMap("product_cost", {"product_id": "别的"})) == ["no_such_header"]
    assert codes(cast, HeaderMap("product_cost", {"colour": "货号"})) == ["no_such_column"]
    assert codes(cast, HeaderMap("product_cost", {})) == ["nothing_mapped"]
    wrong = HeaderMap("product_cost", {"product_id": "货号"}, constants={"currency": "CNY", "unit_cost": "dear"})
    assert codes(cast, wrong) == ["constant_unreadable"]
    with pytest.raises(mapping.Unfit) as told:
        explain(cast, brought(cast), wrong)
    assert [p.says("en") for p in told.value.problems] == ["“dear” cannot be read as “Cost per piece”; correct it."]
    assert list(mapping.mappings(cast.shop)) == []


def test_only_who_may_import_explains_and_forgets(cast: Cast) -> None:
    item = brought(cast)
    with pytest.raises(Forbidden):
        mapping.save(cast.shop, head_of(item)[0], ANSWER, person=cast.rita)
    explain(cast, item)
    with pytest.raises(Forbidden):
        mapping.forget(cast.shop, mapping.mappings(cast.shop)[0].pk, person=cast.rita)


def test_an_unused_factor_or_constant_is_not_kept(cast: Cast) -> None:
    explain(
        cast,
        brought(cast),
        HeaderMap("product_cost", ANSWER.columns, {"unit_cost": 1, "note": 2}, {"currency": "CNY", "unit_cost": "3"}),
    )
    (saved,) = mapping.mappings(cast.shop)
    assert (saved.scale, saved.constants) == ({}, {"currency": "CNY"})


@pytest.mark.parametrize("shape", [s for s in SHAPES if s.name in ("product_two_lines", "purchase_log")], ids=lambda s: s.name)
def test_two_lines_and_orders_of_days_are_remembered(cast: Cast, shape: Shape) -> None:
    item = brought(cast, shape.data, f"{shape.name}.csv")
    explain(cast, item, HeaderMap(shape.table, shape.columns, shape.scale, shape.constants, shape.orders))  # type: ignore[arg-type]
    importing.accept(importing.look_again(item))
    assert (item.state, item.preview["parts"][0]["new"], item.preview["problem_count"]) == (
        "accepted",
        shape.rows,
        int(shape.name == "product_two_lines"),
    )
    assert facts_of(cast.shop).rebuild() == {shape.table: shape.rows}


def test_a_file_that_is_gone_raises(cast: Cast) -> None:
    item = brought(cast)
    importing.waiting_file(item).unlink()
    with pytest.raises(FileNotFoundError):
        mapping.sheets_of(item)


def test_a_long_file_is_read_again_by_the_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BACKGROUND_BYTES", 10)
    item = brought(cast)
    explain(cast, item)
    assert importing.look_again(item, later=True).state == "reading"
    assert importing.read_brought(item).state == "waiting"


@pytest.mark.parametrize("code", sorted(OF_ANSWERS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_about_an_answer_holds_its_parts(code: str, lang: str) -> None:
    parts = {"value": "VALUE", "column": "COLUMN", "nearest": "NEAREST", "limit": "LIMIT"}
    said = Problem(code, **parts).says(lang)
    assert [part in said for field, part in parts.items() if f"{{{field}}}" in WORDS[code][lang]] == [True] * WORDS[code][
        lang
    ].count("{")
