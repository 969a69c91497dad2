"""The cockpit and the wall in a real browser: a figure is the sum of the raw rows, and opens down to file and line."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_walk import PASSWORD, fits, page
from tests.web import weeks
from zhanggui.desk import people

__all__ = ["page"]  # the fixture
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "page", [(w, lang) for w in (1440, 390) for lang in ("zh", "en")], indirect=True, ids=lambda p: f"{p[0]}-{p[1]}"
)
def test_from_the_cockpit_to_the_line(page: Page, live_server, request):
    language = "en" if request.node.callspec.id.endswith("en") else "zh"
    shop = people.open_shop("deck", "Deck")
    people.add_person("alice", PASSWORD, shop.company, "owner", language=language)
    weeks.bring_all(shop)
    page.goto(live_server.url)
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")

    page.click(".rail nav a[href$='/cockpit/']")
    clicks = [weeks.overview(n)["搜索点击次数"] for n in range(4)]
    value = page.locator("#traffic-overview-search_clicks .value a")
    expect(value).to_have_text(f"{sum(clicks):,}")
    assert fits(page)
    page.locator(".chart").first.scroll_into_view_if_needed()  # drawn when it comes into sight
    expect(page.locator(".chart canvas, .chart svg").first).to_be_visible()
    value.click()
    expect(page.locator("#drawer-body .figure .value")).to_have_text(f"{sum(clicks):,}")
    told = [row.locator("th, td").all_inner_texts() for row in page.locator("#drawer-body .cells tbody tr").all()]
    assert sorted((r[0].split()[0], r[1], r[2], r[3]) for r in told) == [
        (f"overview-{n}.csv", "3", "搜索点击次数", f"{clicks[n]}") for n in range(4)
    ]
    page.keyboard.press("Escape")

    page.goto(f"{live_server.url}/s/deck/wall/")
    assert fits(page)
    people_then = page.locator(".gauge .value a").first
    expect(people_then).to_have_text(f"{weeks.overview(0)['店铺访问人数']}")
    before = page.locator("#wall time").get_attribute("datetime")
    page.evaluate("htmx.ajax('GET', location.pathname, {target: '#wall', select: '#wall', swap: 'outerHTML'})")
    expect(page.locator("#wall time")).not_to_have_attribute("datetime", before)
    page.locator(".chart").first.scroll_into_view_if_needed()  # drawn when it comes into sight
    expect(page.locator(".chart canvas, .chart svg").first).to_be_visible()
    expect(page.locator(".stale")).to_be_hidden()
