"""An unknown file in a real browser: told once what it is, read, accepted, and known the next time."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_walk import PASSWORD, fits
from tests.intake.shapes import SHAPES
from zhanggui.desk import people

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

SHAPE = next(s for s in SHAPES if s.name == "cost_sheet_traditional")


def sign_in(page: Page, live_server) -> None:
    page.goto(live_server.url)
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    expect(page.locator(".rail nav")).to_be_visible()


def upload(page: Page, live_server, shop, path) -> None:
    page.goto(f"{live_server.url}/s/{shop.key}/imports/")
    page.set_input_files("input[type=file]", str(path))
    page.click("form.bring > button")


@pytest.mark.parametrize(("width", "language"), [(1440, "en"), (390, "zh")])
def test_told_once_and_known_the_next_time(browser: Browser, live_server, tmp_path, width, language):
    shop = people.open_shop("map", "Map")
    people.add_person("alice", PASSWORD, shop.company, "owner", language=language)
    path, other = tmp_path / "costs.csv", tmp_path / "costs-2.csv"
    path.write_bytes(SHAPE.data)
    other.write_bytes(SHAPE.data.replace(b"15.20", b"16.00"))
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    sign_in(page, live_server)

    upload(page, live_server, shop, path)
    assert fits(page)
    page.click("a[href$='/mapping/']")
    expect(page.locator(".sample table")).to_contain_text("太陽能庭院燈")
    assert fits(page)
    page.wait_for_load_state()
    page.fill("input[type=search]", "产品成本" if language == "zh" else "Product costs")
    expect(page.locator("#all a").first).to_have_text("产品成本" if language == "zh" else "Product costs")
    page.locator(".likely a").first.click()

    readable = page.locator("#tried strong")
    expect(readable).to_have_text("5")
    assert fits(page)
    cost = page.get_by_label("進貨成本(人民幣)").first
    cost.select_option("")
    expect(page.locator("#tried .alarm")).to_have_count(1)
    expect(page.locator("#needed [data-fixed=unit_cost]")).to_be_visible()
    cost.select_option("unit_cost")
    expect(page.locator("#tried .alarm")).to_have_count(0)
    expect(page.locator("#needed [data-fixed=unit_cost]")).to_be_hidden()
    currency = page.locator("[name=fixed-currency]")
    expect(currency).to_have_value("CNY")
    page.locator(".foot button[value=save]").click()

    expect(page.locator(".tally strong").first).to_have_text("5")
    expect(page.locator(".steps [aria-current]")).to_have_count(1)
    assert fits(page)
    page.click("button[value=accept]")
    expect(page.locator("main .notice.success").last).to_be_visible()

    upload(page, live_server, shop, other)
    expect(page.locator(".tally li")).to_have_count(4)
    assert page.locator(".tally strong").all_inner_texts() == ["0", "1", "4", "0"]
    context.close()
    assert trouble == []


def test_without_script_the_form_works(browser: Browser, live_server, tmp_path):
    shop = people.open_shop("map", "Map")
    people.add_person("alice", PASSWORD, shop.company, "owner", language="en")
    path = tmp_path / "costs.csv"
    path.write_bytes("货号,进价\n1601,3.2\n".encode())
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server)
    upload(page, live_server, shop, path)
    page.click("a[href$='/mapping/']")
    page.locator(".likely a").first.click()
    page.click("button[value=try]")
    expect(page.locator("#tried .alarm")).to_have_count(1)
    page.fill("[name=fixed-currency]", "CNY")
    page.click("button[value=save]")
    expect(page.locator(".tally strong").first).to_have_text("1")
    context.close()
