"""What a change of bids brought, from daily keyword reports: whole weeks, the day itself and unsettled days left out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from zhanggui.facts import Snapshot, open_facts
from zhanggui.intake import read
from zhanggui.plans.bid_effect import BidEffect, Sides, bid_effect

ON = date(2026, 11, 5)
OWN, OTHER = ("A", "", "canvas shoe"), ("A", "", "loafer")
HEADER = "日期,推广计划,关键词,出价,曝光量,点击量,花费,询盘个数\n"


def shop(tmp_path: Path, after: int, *, before: int = 20, gap: int = 99, leads: bool = True, later_bid: str = "1") -> Snapshot:
    """Own word 10 clicks a day before and 15 after, the other 20 and 16; on the day itself 999. `gap`: a day that the report lacks."""
    rows = []
    for n in range(-before, after + 1):
        if n == gap:
            continue
        own, other = (999, 999) if n == 0 else (10, 20) if n < 0 else (15, 16)
        for (plan, _, word), clicks in ((OWN, own), (OTHER, other)):
            rows.append(
                f"{ON + timedelta(days=n)},{plan},{word},{later_bid if n > 4 else 1},100,{clicks},{clicks}.50,{1 if leads else '-'}"
            )
    facts, data = open_facts(tmp_path, "a"), (HEADER + "\n".join(rows) + "\n").encode()
    last = ON + timedelta(days=after)
    facts.put(data, "p4p_keyword.csv", read(data, "p4p_keyword.csv", on=last, table="p4p_keyword"), at="t")
    return facts.snapshot(last)


def test_own_words_beside_the_others(tmp_path):
    told = bid_effect(shop(tmp_path, 16), [OWN], ON)
    assert (told.days, told.needs) == (14, 0)
    assert told.figures["clicks"] == Sides(10, 15, (20, 16))
    assert told.figures["cost"] == Sides(10.5, 15.5, (20.5, 16.5))
    assert told.figures["inquiries"] == Sides(1, 1, (1, 1))


def test_a_word_whose_bid_changed_too_is_no_word_that_stayed(tmp_path):
    assert bid_effect(shop(tmp_path, 16, later_bid="1.5"), [OWN], ON).figures["clicks"] == Sides(10, 15, None)


@pytest.mark.parametrize(("after", "days", "needs"), [(2, 0, 7), (8, 0, 1), (9, 7, 0), (15, 7, 0), (60, 14, 0)])
def test_whole_weeks_that_no_longer_change(tmp_path, after, days, needs):
    told = bid_effect(shop(tmp_path, after, before=28), [OWN], ON)
    assert (min(told.days, 14), told.needs) == (days, needs)


def test_a_day_that_the_report_lacks_tells_nothing(tmp_path):
    assert bid_effect(shop(tmp_path, 16, gap=-3), [OWN], ON).figures == {"clicks": None, "cost": None, "inquiries": None}


def test_before_the_reports_began(tmp_path):
    assert bid_effect(shop(tmp_path, 16, before=5), [OWN], ON).figures["clicks"] is None


def test_without_inquiries_only_they_are_missing(tmp_path):
    figures = bid_effect(shop(tmp_path, 16, leads=False), [OWN], ON).figures
    assert (figures["inquiries"], figures["clicks"] is None) == (None, False)


def test_where_every_word_was_changed_nothing_stands_beside(tmp_path):
    assert bid_effect(shop(tmp_path, 16), [OWN, OTHER], ON).figures["clicks"] == Sides(30, 31, None)


def test_no_report_at_all(tmp_path):
    assert bid_effect(open_facts(tmp_path, "a").snapshot(ON), [OWN], ON) == BidEffect(0, 7, {})


def test_words_that_other_sheets_changed_meanwhile_count_on_neither_side(tmp_path):
    here = shop(tmp_path, 16)
    near, far = ON + timedelta(days=7), ON - timedelta(days=15)
    assert bid_effect(here, [OWN], ON, [(OTHER, near)]).figures["clicks"] == Sides(10, 15, None)
    both = bid_effect(here, [OWN, OTHER], ON, [(OTHER, near)])
    assert (both.figures["clicks"], both.words) == (Sides(10, 15, None), 1)
    assert bid_effect(here, [OWN], ON, [(OTHER, far)]).figures["clicks"] == Sides(10, 15, (20, 16))
    none = bid_effect(here, [OWN], ON, [(OWN, ON)])
    assert (none.figures["clicks"], none.words, none.needs) == (None, 0, 0)


def test_the_days_end_before_another_sheet_came(tmp_path):
    told = bid_effect(shop(tmp_path, 16), [OWN, OTHER], ON, [(OTHER, ON + timedelta(days=8))])
    assert (told.days, told.words, told.figures["clicks"]) == (7, 2, Sides(30, 31, None))
