"""The grid of registers in a real browser: keys, a block from Excel, undo, save, reload; wide and narrow."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_walk import PASSWORD, fits, go
from zhanggui.desk import people, registering
from zhanggui.desk.edits import Row, listing, texts
from zhanggui.tables import TABLES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

COSTS = TABLES["product_cost"]
SHOTS = os.environ.get("ZHANGGUI_SHOTS", "")


def cost(number: int, **cells: str) -> dict[str, str]:
    return {"product_id": f"16{number:011}", "unit_cost": "12.5", "currency": "CNY", "note": ""} | cells


def stored(shop) -> list[dict[str, str]]:
    return sorted((texts(COSTS, r) for r in listing(shop, COSTS).frame.iter_rows(named=True)), key=lambda r: r["product_id"])


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest):
    """A window that fails the test on any error of script or content policy."""
    width, language = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    made = context.new_page()
    trouble: list[str] = []
    made.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    made.on("pageerror", lambda error: trouble.append(str(error)))
    made.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.type}"), dialog.accept()))
    yield made
    context.close()
    assert trouble == []


def sign_in(page: Page, url: str, language: str):
    shop = people.open_shop("grid", "Grid")
    alice = people.add_person("alice", PASSWORD, shop.company, "owner", language=language)
    registering.save(shop, COSTS, [Row(n, None, cost(n)) for n in range(1, 4)], person=alice)
    page.goto(url)
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_selector(".me .who", state="attached")
    return shop


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(
            path=Path(SHOTS) / f"{name}-{page.viewport_size['width']}-{page.locator('html').get_attribute('lang')[:2]}.png"
        )


def cell(page: Page, name: str):
    return page.locator(f'[name="{name}"]')


def paste(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def saved(page: Page) -> None:
    page.keyboard.press("Control+S")
    expect(page.locator(".notice.success")).to_be_visible()


@pytest.mark.parametrize("page", [(1440, "zh-CN"), (1440, "en-GB")], indirect=True, ids=lambda p: p[1])
def test_keys_block_undo_save(page: Page, live_server, request):
    language = "zh" if "zh" in request.node.callspec.id else "en"
    shop = sign_in(page, live_server.url, language)
    go(page, "registers")
    assert fits(page)
    shot(page, "registers")
    page.click("a[href$='/registers/product_cost/']")
    assert fits(page)
    shot(page, "grid")

    cell(page, "1.unit_cost").click()
    page.keyboard.type("much")
    page.keyboard.press("Enter")
    expect(cell(page, "2.unit_cost")).to_be_focused()
    expect(page.locator('[id="w1.unit_cost"]')).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.type("13.75")
    page.keyboard.press("ArrowRight")
    expect(cell(page, "1.currency")).to_be_focused()
    expect(page.locator('[id="w1.unit_cost"]')).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.keyboard.type("milk")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("l")
    expect(cell(page, "1.note")).to_have_value("millk")
    page.keyboard.press("Escape")
    expect(cell(page, "1.note")).to_have_value("")
    page.keyboard.type("mill")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Tab")
    expect(cell(page, "1.note")).to_have_value("mill\ntwo")

    cell(page, "4.product_id").click()
    paste(page, '1600000000077\t1\tUSD\r\n1600000000078\t2\t"U""S\nD"\r\n')
    expect(cell(page, "5.currency")).to_have_value('U"S D')
    page.keyboard.press("Control+Z")
    expect(cell(page, "4.product_id")).to_have_value("")
    expect(cell(page, "5.currency")).to_have_value("")
    page.keyboard.press("Control+Y")
    expect(cell(page, "5.currency")).to_have_value('U"S D')
    cell(page, "5.currency").click()
    page.keyboard.type("oops")
    page.keyboard.press("Tab")
    expect(cell(page, "5.note")).to_be_focused()
    page.keyboard.press("Control+Z")
    expect(cell(page, "5.currency")).to_have_value('U"S D')
    expect(cell(page, "5.currency")).to_be_focused()
    page.keyboard.press("Delete")
    expect(cell(page, "5.currency")).to_have_value("")
    cell(page, "4.currency").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+D")
    expect(cell(page, "5.currency")).to_have_value("USD")
    cell(page, "4.product_id").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == "1600000000077\t1\n1600000000078\t2"
    shot(page, "grid-typed")
    saved(page)
    assert stored(shop) == [
        cost(1, unit_cost="13.75", note="mill\ntwo"),
        cost(2),
        cost(3),
        cost(77, unit_cost="1", currency="USD"),
        cost(78, unit_cost="2", currency="USD"),
    ]
    page.reload()
    expect(cell(page, "1.note")).to_have_value("mill\ntwo")
    expect(page.locator("td.changed")).to_have_count(0)
    cell(page, "1.unit_cost").click()
    page.click("a.cell")
    expect(page.locator("#drawer")).to_contain_text("13.75")
    expect(page.locator("#drawer")).to_contain_text("12.5")
    shot(page, "grid-history")
    page.keyboard.press("Escape")
    page.click("a[href$='/undo/']")
    shot(page, "grid-undo")
    page.click("main form button")
    expect(page.locator(".notice.success")).to_be_visible()
    assert stored(shop) == [cost(1), cost(2), cost(3)]


@pytest.mark.parametrize("page", [(1440, "zh-CN"), (1440, "en-GB")], indirect=True, ids=lambda p: p[1])
def test_a_block_that_grows_and_a_cell_somebody_else_has_changed(page: Page, live_server, request):
    language = "zh" if "zh" in request.node.callspec.id else "en"
    shop = sign_in(page, live_server.url, language)
    bob = people.add_person("bob", PASSWORD, shop.company, "manager")
    page.goto(f"{live_server.url}/s/grid/registers/product_cost/")
    registering.save(shop, COSTS, [Row(2, cost(2), {"unit_cost": "99"})], person=bob)
    cell(page, "2.unit_cost").click()
    page.keyboard.type("50")
    expect(page.locator('[id="w2.unit_cost"]')).to_contain_text("bob")
    cell(page, "4.product_id").click()
    paste(page, "\n".join(f"17{n:011}\t{n}\tEUR" for n in range(40)))
    expect(page.locator("tbody tr")).to_have_count(43)
    cell(page, "10.unit_cost").click()
    page.keyboard.type("?")
    page.keyboard.press("Enter")
    expect(page.locator('[id="w10.unit_cost"]')).to_be_visible()
    page.keyboard.press("Control+S")
    expect(page.locator(".notice.error")).to_be_visible()
    expect(cell(page, "2.unit_cost")).to_have_value("50")
    expect(cell(page, "10.unit_cost")).to_have_value("?")
    shot(page, "grid-trouble")
    assert fits(page)
    assert len(stored(shop)) == 3 + 39
    assert stored(shop)[1] == cost(2, unit_cost="99")
    cell(page, "10.unit_cost").click()
    page.keyboard.type("6")
    saved(page)
    assert stored(shop)[1] == cost(2, unit_cost="50")
    assert len(stored(shop)) == 3 + 40


@pytest.mark.parametrize("page", [(390, "zh-CN"), (390, "en-GB")], indirect=True, ids=lambda p: p[1])
def test_on_a_phone_rows_are_cards(page: Page, live_server, request):
    language = "zh" if "zh" in request.node.callspec.id else "en"
    shop = sign_in(page, live_server.url, language)
    go(page, "registers")
    assert fits(page)
    shot(page, "registers")
    page.click("a[href$='/registers/product_cost/']")
    assert fits(page)
    shot(page, "grid")
    cell(page, "1.note").fill("from a phone")
    cell(page, "2.removed").check()
    cell(page, "4.product_id").fill("1600000000099")
    cell(page, "4.unit_cost").fill("7")
    cell(page, "4.currency").fill("CNY")
    shot(page, "grid-typed")
    page.click(".saves button")
    expect(page.locator(".notice.success")).to_be_visible()
    assert stored(shop) == [cost(1, note="from a phone"), cost(3), cost(99, unit_cost="7")]


@pytest.mark.parametrize("page", [(1440, "zh-CN"), (390, "en-GB")], indirect=True, ids=lambda p: p[1])
def test_a_wide_register_scrolls_inside(page: Page, live_server):
    sign_in(page, live_server.url, "zh" if page.viewport_size["width"] > 500 else "en")
    page.goto(f"{live_server.url}/s/grid/registers/content_plan/")
    cell(page, "1.title").fill("How a shoe is made")
    cell(page, "1.views").fill("many")
    expect(page.locator('[id="w1.views"]')).to_be_visible()
    cell(page, "1.note").click()
    if page.viewport_size["width"] > 500:
        assert page.locator("tr[data-line='1'] td").first.bounding_box()["x"] < 350  # the first column stays in sight
    assert fits(page)
    shot(page, "grid-wide")


@pytest.mark.parametrize("page", [(1440, "zh-CN")], indirect=True)
def test_leaving_with_unsaved_cells_asks_first(page: Page, live_server):
    sign_in(page, live_server.url, "zh")
    page.goto(f"{live_server.url}/s/grid/registers/product_cost/")
    cell(page, "1.note").click()
    page.keyboard.type("x")
    expect(page.locator(".unsaved")).to_have_text("1 格未保存")
    page.evaluate("window.addEventListener('beforeunload', (e) => { document.title = String(e.defaultPrevented); })")
    page.evaluate("window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    assert page.title() == "true"
    page.keyboard.press("Escape")
    page.evaluate("window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    assert page.title() == "false"
