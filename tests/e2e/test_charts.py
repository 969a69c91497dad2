"""One chart of each kind in a real browser, under the product's own content policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_walk import fits
from tests.web.charts import samples

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.e2e.chart_pages")]

KINDS = len(samples.ALL)
#: How many different colours a drawing holds; one is an empty sheet.
COLOURS = """box => {
  const found = new Set();
  for (const canvas of box.querySelectorAll("canvas")) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    new Uint32Array(data.buffer).forEach((colour) => found.add(colour));
  }
  return found.size;
}"""


def opened(
    browser: Browser, live_server, *, language: str = "en", address: str = "/charts/", **context
) -> tuple[Page, list[str]]:
    there = browser.new_context(**context)
    there.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
    page = there.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    response = page.goto(live_server.url + address)
    assert response is not None
    assert "style-src 'self'" in response.headers["content-security-policy"]
    return page, trouble


def settle(page: Page, charts: int) -> None:
    """Scrolled through, so that every chart has been drawn."""
    for box in page.locator("[data-chart]").all():
        box.scroll_into_view_if_needed()
        expect(box.locator("canvas").first).to_be_visible()
    expect(page.locator("[data-chart]:has(canvas)")).to_have_count(charts)


@pytest.mark.parametrize(("width", "language", "scheme"), [(1440, "zh", "light"), (390, "en", "dark")])
def test_every_kind_is_drawn_without_trouble(browser: Browser, live_server, width, language, scheme):
    page, trouble = opened(
        browser,
        live_server,
        language=language,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    settle(page, KINDS)
    drawn = [box.evaluate(COLOURS) for box in page.locator("[data-chart]").all()]
    assert [n for n in drawn if n < 10] == []
    assert fits(page)
    expect(page.locator(".drawing details[open]")).to_have_count(0)
    page.locator(".drawing summary").first.click()
    expect(page.locator(".drawing table").first).to_be_visible()
    assert fits(page)
    assert trouble == []


def test_without_script_the_tables_say_it(browser: Browser, live_server):
    page, trouble = opened(browser, live_server, java_script_enabled=False)
    expect(page.locator(".drawing table:visible")).to_have_count(KINDS)
    expect(page.locator(".drawing .chart:visible")).to_have_count(0)
    assert trouble == []


def test_the_pointer_reads_the_row_of_the_table(browser: Browser, live_server):
    """The words of a tooltip are painted, so the canvas is what changes."""
    page, trouble = opened(browser, live_server, address="/charts/?only=funnel", reduced_motion="reduce")
    settle(page, 1)
    box = page.locator("[data-chart]")
    before = box.locator("canvas").screenshot()
    place = box.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + 24)
    page.wait_for_function("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
    assert box.locator("canvas").screenshot() != before
    assert box.locator("> div").count() == 1, "a tooltip made of elements would need inline styles"
    assert trouble == []


def test_a_chart_that_a_swap_brings_is_drawn(browser: Browser, live_server):
    page, trouble = opened(browser, live_server, address="/charts/?only=radar")
    settle(page, 1)
    page.get_by_text("swap").click()
    expect(page.locator("#swapped [data-chart] canvas")).to_have_count(1)
    expect(page.locator("#swapped details[open]")).to_have_count(0)
    assert trouble == []


def test_paper_takes_the_light_colours_and_the_screen_gets_its_own_back(browser: Browser, live_server):
    page, trouble = opened(browser, live_server, address="/charts/?only=funnel", color_scheme="dark", reduced_motion="reduce")
    settle(page, 1)
    box = page.locator("[data-chart]")
    first = "box => getComputedStyle(box).getPropertyValue('--chart-1').trim()"
    dark = box.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    assert box.evaluate(first) == "#4c9be8"
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert box.evaluate(first) == "#1f5fd0"
    assert box.locator("canvas").evaluate("canvas => canvas.toDataURL()") != dark
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert box.evaluate(first) == "#4c9be8"
    assert box.locator("canvas").evaluate("canvas => canvas.toDataURL()") == dark
    page.emulate_media(color_scheme="light")
    assert box.evaluate(first) == "#1f5fd0"
    assert trouble == []


def test_a_map_without_its_land_leaves_the_table(browser: Browser, live_server):
    there = browser.new_context()
    page = there.new_page()
    page.route("**/land*.json", lambda route: route.abort())
    page.goto(live_server.url + "/charts/?only=country_map")
    expect(page.locator(".drawing details[open] table")).to_be_visible()
    expect(page.locator("[data-chart] canvas")).to_have_count(0)
