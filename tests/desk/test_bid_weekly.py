"""A draft each week: off at first, never approved, never two in a week, and only within a known budget."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sandbox.bid_reports import keyword_report
from tests.desk.bids import key, proposal
from tests.desk.conftest import Cast
from tests.plans.bid_shops import played
from zhanggui.desk import bid_weekly, bidding, checking, importing
from zhanggui.desk.access import Forbidden
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import BidSheet

DAYS = 20


@pytest.fixture
def paid(cast: Cast) -> Cast:
    shop, done = played(1, DAYS)
    first = platform_today() - timedelta(days=DAYS + 1)
    importing.take(cast.shop, keyword_report(shop, done, first).encode(), "words.csv")
    return cast


def budget(cast: Cast, day: date) -> None:
    importing.take(cast.shop, f"日期,曝光量,点击量,花费,账户日预算\n{day},1,1,1,60\n".encode(), "account.csv")


def test_off_until_somebody_who_may_spend_switches_it_on(paid: Cast) -> None:
    budget(paid, platform_today() - timedelta(days=2))
    checking.check(paid.shop)
    assert not BidSheet.objects.exists()
    with pytest.raises(Forbidden):
        bid_weekly.switch(paid.shop, True, person=paid.bob)
    bid_weekly.switch(paid.shop, True, person=paid.alice)
    checking.check(paid.shop)
    made = BidSheet.objects.get()
    assert (made.state, made.made_by, made.day, float(made.budget or 0)) == ("draft", None, platform_today(), 60)
    assert made.lines.count() > 20
    checking.check(paid.shop)
    assert BidSheet.objects.count() == 1
    BidSheet.objects.update(day=platform_today() - timedelta(days=7))
    checking.check(paid.shop)
    assert BidSheet.objects.count() == 1
    bidding.discard(made, reason="another week", person=paid.alice)
    checking.check(paid.shop)
    assert list(BidSheet.objects.order_by("pk").values_list("state", flat=True)) == ["discarded", "draft"]


def test_without_a_budget_there_is_none(paid: Cast) -> None:
    bid_weekly.switch(paid.shop, True)
    checking.check(paid.shop)
    assert not BidSheet.objects.exists()


def test_a_sheet_of_a_person_is_the_weeks_own(paid: Cast) -> None:
    budget(paid, platform_today() - timedelta(days=2))
    bid_weekly.switch(paid.shop, True)
    bidding.draft(paid.shop, proposal({key(1): (1.0, 1.5)}), person=paid.bob)
    checking.check(paid.shop)
    assert BidSheet.objects.count() == 1
