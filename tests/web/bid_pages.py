"""A shop with paid words, bid sheets of it, and what is read from their pages."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from sandbox.bid_reports import keyword_report
from tests.desk.bids import key, proposal, report
from tests.plans.bid_shops import played
from zhanggui.desk import bidding, importing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import BidSheet
from zhanggui.plans.bid_plan import bid_plan

NASTY = ("Plan <A>", "", "=cmd|' /C calc'!A0 <script>alert(1)</script>")
FILE, DAYS = "关键词报告.csv", 20
BIDS = {key(1): "1.2345", key(2): "0.80", key(3): "3.10", NASTY: "2.00"}
PLAN = {key(1): (1.2345, 1.5), key(2): (0.8, 0.6), key(3): (3.1, 0.0), NASTY: (2.0, 2.2)}


@pytest.fixture
def paid(cast):
    """Shop A with four weeks of paid words whose bids never varied."""
    importing.take(cast.shop, report(BIDS, platform_today() - timedelta(days=2), 28), FILE)
    return cast


@pytest.fixture
def varied(cast):
    """Shop A with the reports of a made-up shop that varied its bids; and what is proposed for 60 a day."""
    shop, done = played(1, DAYS)
    text = keyword_report(shop, done, platform_today() - timedelta(days=DAYS + 1))
    importing.take(cast.shop, text.encode(), FILE)
    return cast


def proposed(cast, budget: float = 60.0):
    return bid_plan(facts_of(cast.shop).snapshot(platform_today()), budget)


@pytest.fixture
def sheet(paid) -> BidSheet:
    return bidding.draft(paid.shop, proposal(PLAN), person=paid.bob)


def at(cast, name: str, *more: object) -> str:
    return reverse(name, args=[cast.shop.key, *more])


def text_of(answer) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1]))


def said(answer) -> list[str]:
    return [
        html.unescape(one) for one in re.findall(r'<p class="notice[^"]*" role="[a-z]+">([^<]*)</p>', answer.content.decode())
    ]


def words(answer) -> list[str]:
    body = answer.content.decode().split('class="list stack bids"')[1].split("</table>")[0]
    return [html.unescape(w) for w in re.findall(r'<th scope="row">(.*?)(?:<small>|</th>)', body)]


def mark_of(answer) -> str:
    """What the page's form says that its reader was shown."""
    found = re.search(r'name="mark" value="(\w*)"', answer.content.decode())
    assert found
    return found[1]


def lines(sheet: BidSheet) -> dict[str, tuple[str, str, bool]]:
    return {one.word: (str(one.before), str(one.after), one.taken) for one in sheet.lines.all()}


def form_of(answer) -> dict[str, list[str]]:
    """What the browser would send back for the form of words."""
    body = answer.content.decode().split('id="words"')[1].split("</form>")[0]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        name = re.search(r'name="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken" and ('type="checkbox"' not in tag or " checked" in tag):
            value = re.search(r'value="([^"]*)"', tag)
            found.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    return found


@pytest.fixture
def sheet_of_plan(varied) -> BidSheet:
    plan = proposed(varied)
    return bidding.draft(varied.shop, replace(plan, changes=plan.changes[:8]), person=varied.bob)
