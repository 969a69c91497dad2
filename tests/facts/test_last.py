"""The newest window, when periods do not fit into it; and newer files of the same period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhanggui.facts import Facts, open_facts
from zhanggui.intake import read
from zhanggui.measures import products, traffic

DAY = date(2026, 9, 23)
WEEKS = [("2026-08-23", "2026-08-29"), ("2026-08-30", "2026-09-05"), ("2026-09-06", "2026-09-12"), ("2026-09-13", "2026-09-19")]


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return open_facts(tmp_path, "shop")


def put(facts: Facts, name: str, text: str) -> None:
    data = text.encode()
    reading = read(data, name, on=DAY)
    assert reading.ok, reading.problems
    facts.put(data, name, reading, at="t")


def effect(facts: Facts, start: str, end: str, exposures: int) -> None:
    header = "产品ID,产品名称,搜索曝光次数,搜索点击次数,全店点击次数,询盘个数"
    put(facts, f"{start}.csv", f"时间周期 {start}~{end}\n{header}\n1,Lamp,{exposures},5,9,1\n")


def total(facts: Facts) -> tuple[int | None, int, int]:
    shop = facts.snapshot(DAY)
    window = shop.last("product_effect", 28)
    assert window is not None
    return traffic.total(shop).collect()["search_exposures"].item(), window.covered, window.days


def test_a_single_longer_period_is_shown_as_what_it_is(facts: Facts) -> None:
    effect(facts, "2026-08-21", "2026-09-19", 1000)
    assert total(facts) == (1000, 30, 30)
    assert products.effect(facts.snapshot(DAY)).collect()["search_exposures"].to_list() == [1000]


def test_weeks_that_fill_the_window_are_not_lost_to_a_newer_longer_period(facts: Facts) -> None:
    for start, end in WEEKS:
        effect(facts, start, end, 100)
    assert total(facts) == (400, 28, 28)
    effect(facts, "2026-08-22", "2026-09-20", 999)
    assert total(facts) == (400, 28, 28)


def test_an_old_half_empty_window_gives_way_to_a_newer_longer_period(facts: Facts) -> None:
    effect(facts, *WEEKS[0], 100)
    effect(facts, "2026-08-22", "2026-09-20", 999)
    assert total(facts) == (999, 30, 30)


def test_a_shop_without_rows_has_no_total(facts: Facts) -> None:
    assert traffic.total(facts.snapshot(DAY)).collect()["search_exposures"].item() is None


def test_a_window_of_orders_starts_where_orders_start(facts: Facts) -> None:
    put(facts, "orders.csv", "订单编号,订单创建时间,商品名称\n1,2026-09-03,A\n2,2026-09-05,A\n")
    window = facts.snapshot(DAY).last("order_lines", 90)
    assert window is not None
    assert (window.covered, window.complete) == (3, False)


def test_a_corrected_file_with_one_word_replaces_the_two_of_before(facts: Facts) -> None:
    header = "时间周期 2026-09-13~2026-09-19\n词,曝光量,Top10平均曝光\n"
    put(facts, "a.csv", f"{header}shoe,10,1\nshoe,7,1\nboot,3,1\n")
    put(facts, "b.csv", f"{header}shoe,17,1\n")
    rows = facts.snapshot(DAY).scan("keyword_effect").select("word", "exposures").sort("word").collect().rows()
    assert rows == [("boot", 3), ("shoe", 17)]
    before = facts.manifest().files
    facts.rebuild()
    assert facts.manifest().files == before
    facts.undo(2, at="t")
    assert facts.snapshot(DAY).scan("keyword_effect").collect().height == 3


def test_a_stray_quote_never_swallows_rows_in_silence() -> None:
    text = '时间周期 2026-09-13~2026-09-19\n产品ID,产品名称,搜索曝光次数\n1,Pipe,5\n2,"12in pipe,6\n3,Pipe,7\n4,Pipe,8\n'
    reading = read(text.encode(), "week.csv", on=DAY)
    assert not reading.ok
    assert [(p.code, p.line) for p in reading.problems] == [("unreadable", 4)]


def test_a_list_dated_ahead_of_the_platforms_day_is_known_today(facts: Facts) -> None:
    put(facts, "目录-2026-09-24.csv", "产品ID,产品名称,类目\n1,New,Lamps\n")
    put(facts, "目录-20260301.csv", "产品ID,产品名称,类目\n1,Old,Lamps\n")
    assert facts.snapshot(DAY).scan("product_catalogue").collect()["product_name"].to_list() == ["New"]


def test_a_file_brought_again_after_another_said_otherwise_holds_again(facts: Facts) -> None:
    for exposures in (100, 150, 100):
        effect(facts, "2026-09-13", "2026-09-19", exposures)
    assert total(facts)[0] == 100
    assert len(facts.imports()) == 3
