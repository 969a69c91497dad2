"""Bids in a real browser: proposal, evidence, draft, Excel out and back, approval, entered, reverted; wide and narrow, zh and en."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.bid_reports import keyword_report
from tests.e2e.test_walk import PASSWORD, fits
from tests.plans.bid_shops import played
from zhanggui.desk import importing, people
from zhanggui.desk.bid_reports import changes
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import BidSheet
from zhanggui.measures.ads import newest_bids

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SHOTS = os.environ.get("ZHANGGUI_SHOTS", "")
FILE, DAYS = "关键词报告.csv", 20
WIDE = "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 90))"


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest):
    """A window that fails the test on any error of script or content policy."""
    width, language = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
    made = context.new_page()
    trouble: list[str] = []
    made.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    made.on("pageerror", lambda error: trouble.append(str(error)))
    yield made
    context.close()
    assert trouble == []


@pytest.fixture
def shop(live_server, page: Page):
    """A made-up shop that varied its bids for twenty days, and Alice, who owns it."""
    made = people.open_shop("bids", "Bids")
    language = "zh" if page.evaluate("navigator.language").startswith("zh") else "en"
    people.add_person("alice", PASSWORD, made.company, "owner", language=language)
    text = keyword_report(*played(1, DAYS), platform_today() - timedelta(days=DAYS + 1))
    assert importing.take(made, text.encode(), FILE).state == "accepted"
    page.goto(live_server.url)
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_selector(".me .who", state="attached")
    return made


def bids_of(shop) -> dict[tuple[str, str, str], Decimal]:
    """What the newest report says of every word."""
    return {k: bid for k, (bid, _) in newest_bids(facts_of(shop).snapshot(platform_today())).items()}


def shot(page: Page, name: str) -> None:
    if SHOTS:
        lang = page.locator("html").get_attribute("lang")[:2]
        page.screenshot(path=Path(SHOTS) / f"bids-{name}-{page.viewport_size['width']}-{lang}.png", full_page=True)
    assert fits(page), page.evaluate(WIDE)


def taken_out(page: Page) -> openpyxl.Workbook:
    with page.expect_download() as waiting:
        page.click("a[href$='/excel/']")
    return openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))


def brought_back(page: Page, book: openpyxl.Workbook) -> None:
    out = io.BytesIO()
    book.save(out)
    page.click(".files .choice summary")
    page.set_input_files("[name=file]", {"name": "bids.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()})
    page.click(".files .choice form button")


SIZES = [(1440, "zh-CN"), (1440, "en-GB"), (390, "zh-CN"), (390, "en-GB")]


@pytest.mark.parametrize("page", SIZES, indirect=True, ids=lambda p: f"{p[0]}-{p[1]}")
def test_from_proposal_to_revert(page: Page, live_server, shop):
    page.goto(f"{live_server.url}/s/bids/ads/")
    page.click(".tabs a[href$='/ads/bids/']")
    expect(page.locator("main .notice")).to_have_count(1)
    shot(page, "no-budget")
    page.fill("#budget", "60")
    page.click("form.wishes button")
    expect(page.locator("#budget")).to_have_value("60.00")
    shot(page, "proposal")

    rows = page.locator("table.bids tbody tr")
    assert rows.count() == 50
    for links in rows.locator(".rests").evaluate_all("all => all.map(one => [...one.querySelectorAll('a')].map(a => a.href))"):
        assert len(links) == 4
        answer = page.request.get(links[1])
        assert (answer.status, FILE in answer.text()) == (200, True)
    page.locator("table.bids .rests a").first.click()
    expect(page.locator("#drawer")).to_contain_text(FILE)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"bids-evidence-{page.viewport_size['width']}.png")
    page.keyboard.press("Escape")

    page.fill("#reason", "Monday round")
    page.click("form.keep button")
    expect(page.locator(".notice.success")).to_be_visible()
    sheet = BidSheet.objects.get()
    shot(page, "draft")

    first, second = list(sheet.lines.all()[:2])
    page.fill(f"[name='after.{first.pk}']", "much")
    page.uncheck(f"[name='take.{second.pk}']")
    page.click("#words > p button")
    expect(page.locator(f"#w{first.pk}")).to_be_visible()
    shot(page, "draft-trouble")
    page.fill(f"[name='after.{first.pk}']", "1.05")
    page.click("#words > p button")
    expect(page.locator(".notice.success")).to_be_visible()

    book = taken_out(page)
    cells = book.active
    header = {c.value: c.column for c in cells[1]}
    bid = header.get("新出价") or header["New bid"]
    cells.cell(4, bid).value = "=1+1+dear"
    cells.cell(5, bid).value = -2
    cells.cell(6, header.get("关键词") or header["Keyword"]).value = "=cmd|' /C calc'!A0"
    brought_back(page, book)
    expect(page.locator(".troubles tbody tr")).to_have_count(3)
    shot(page, "excel-trouble")
    book = taken_out(page)
    book.active.cell(4, bid).value = 2.345
    brought_back(page, book)
    expect(page.locator(".notice.success")).to_be_visible()
    third = sheet.lines.all()[2]
    assert (third.after, first.sheet.lines.get(pk=first.pk).after) == (Decimal("2.35"), Decimal("1.05"))

    page.fill("#approve-note", "fine")
    page.click("form[action$='/approve/'] button")
    expect(page.locator("form[action$='/apply/']")).to_be_visible()
    shot(page, "approved")
    page.click("form[action$='/apply/'] button")
    expect(page.locator("a[href$='/revert/']")).to_be_visible()
    shot(page, "applied")
    page.click("a[href$='/revert/']")
    shot(page, "revert")
    page.fill("#why", "no leads")
    page.click(".reverting .buttons button")
    expect(page.locator(".notice.success")).to_be_visible()
    shot(page, "reverted")
    back, reported = BidSheet.objects.get(reverts=sheet), bids_of(shop)
    assert second.word not in {one.word for one in changes(back)}
    assert {(one.plan, one.ad_group, one.word): one.after for one in changes(back)} == {
        (one.plan, one.ad_group, one.word): reported[one.plan, one.ad_group, one.word] for one in changes(sheet)
    }
    page.goto(f"{live_server.url}/s/bids/ads/bids/sheets/")
    shot(page, "sheets")
    page.goto(f"{live_server.url}/s/bids/ads/bids/columns/")
    shot(page, "columns")
