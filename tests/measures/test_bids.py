"""The bids of paid words: by plan and group, the newest that a report says; what a word costs in one plan and not in all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.checks.cases import frame
from zhanggui.facts import Snapshot, open_facts
from zhanggui.intake import read
from zhanggui.measures import ads, trace
from zhanggui.tables import TABLES

DAY = date(2026, 11, 20)
REPORT = """日期,推广计划,推广组,关键词,出价,曝光量,点击量,花费,询盘个数
2026-11-17,A,g,canvas shoe,1.25,100,4,3.50,1
2026-11-18,A,g,canvas shoe,1.3125,100,6,5.50,0
2026-11-18,B,,canvas shoe,0.80,100,1,0.70,0
2026-11-17,B,,loafer,2.00,100,1,1.50,0
2026-11-18,B,,loafer,-,100,1,1.50,0
2026-11-18,B,,slipper,-,100,1,1.50,0
"""


def shop(tmp_path: Path) -> Snapshot:
    facts, data = open_facts(tmp_path, "a"), REPORT.encode()
    facts.put(data, "words.csv", read(data, "words.csv", on=DAY, table="p4p_keyword"), at="t")
    return facts.snapshot(DAY)


def test_the_newest_bid_that_a_report_says(tmp_path):
    assert ads.newest_bids(shop(tmp_path)) == {
        ("A", "g", "canvas shoe"): (Decimal("1.3125"), date(2026, 11, 18)),
        ("B", "", "canvas shoe"): (Decimal("0.8000"), date(2026, 11, 18)),
        ("B", "", "loafer"): (Decimal("2.0000"), date(2026, 11, 17)),
    }
    assert ads.newest_bids(open_facts(tmp_path / "none", "b").snapshot(DAY)) == {}


def test_a_word_of_two_plans_is_two_rows(tmp_path):
    held = shop(tmp_path)
    rows = ads.bids(held, 28).sort("plan", "word").select("plan", "word", "clicks", "cost", "bid").collect().rows()
    assert rows == [
        ("A", "canvas shoe", 10, Decimal("9.0000"), Decimal("1.3125")),
        ("B", "canvas shoe", 1, Decimal("0.7000"), Decimal("0.8000")),
        ("B", "loafer", 2, Decimal("3.0000"), None),
        ("B", "slipper", 1, Decimal("1.5000"), None),
    ]
    figure = trace(held, "ads.bids.cost[plan=A,ad_group=g,word=canvas shoe]@28")
    assert (figure.value, [(o.line, o.value) for o in figure.origins]) == (
        Decimal("9.0000"),
        [(2, Decimal("3.5000")), (3, Decimal("5.5000"))],
    )
    newest = trace(held, "ads.bids.bid[plan=B,ad_group=,word=canvas shoe]@28")
    assert (newest.value, [o.line for o in newest.origins]) == (Decimal("0.8000"), [4])


def test_of_a_word_that_a_report_names_twice_the_last_stands_however_the_rows_are_ordered():
    table = TABLES["p4p_keyword"]
    rows = [{"plan": "p", "word": f"w{n}", "occurrence": o, "bid": o, "cost": 1} for n in range(3000) for o in (1, 2)]
    for seed in range(2):
        held = Snapshot(DAY, {"p4p_keyword": frame(table, rows).sample(fraction=1, shuffle=True, seed=seed).lazy()}, TABLES)
        assert set(ads.bids(held, 28).collect()["bid"]) == {2}
        assert {bid for bid, _ in ads.newest_bids(held).values()} == {2}
