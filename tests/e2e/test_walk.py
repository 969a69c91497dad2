"""The main job in a real browser: sign in, import, Today, evidence, products, undo; wide and narrow, Chinese and English."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import files
from zhanggui.desk import people

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long password of theirs"
WORDS = {
    "zh": {"upload": "上传并预览", "import": "导入", "today": "看今日", "evidence": "证据", "undo": "撤销这次导入", "yes": "撤销", "total": "合计"},
    "en": {"upload": "Upload and preview", "import": "Import", "today": "See Today", "evidence": "Evidence", "undo": "Undo this import",
           "yes": "Undo", "total": "Total"},
}  # fmt: skip


def raw(data: bytes) -> list[dict[str, str]]:
    """The cells of an export, read without the product's code: header on line 6."""
    return list(csv.DictReader(io.StringIO("\n".join(data.decode().splitlines()[5:]))))


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest):
    """A window that fails the test on any error of script or content policy."""
    width, language = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN" if language == "zh" else "en-GB")
    made = context.new_page()
    trouble: list[str] = []
    made.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    made.on("pageerror", lambda error: trouble.append(str(error)))
    yield made
    context.close()
    assert trouble == []


def go(page: Page, section: str) -> None:
    """To a section by the rail; on a phone, whose bar has room for four, by "more"."""
    link = page.locator(f".rail nav a[href$='/{section}/']")
    if not link.is_visible():
        page.click(".rail nav a.more")
        link = page.locator(f".pages a[href$='/{section}/']")
    link.click()


def fits(page: Page) -> bool:
    """Nothing sticks out to the right."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(
    "page", [(w, lang) for w in (1440, 390) for lang in ("zh", "en")], indirect=True, ids=lambda p: f"{p[0]}-{p[1]}"
)
def test_the_main_job(page: Page, live_server, tmp_path, request):
    language = "en" if request.node.callspec.id.endswith("en") else "zh"
    says = WORDS[language]
    shop = people.open_shop("walk", "Walk")
    people.add_person("alice", PASSWORD, shop.company, "owner", language=language)
    products, words = tmp_path / "Products.csv", tmp_path / "Words.csv"
    products.write_bytes(files.products(5))
    words.write_bytes(files.keywords(4))

    page.goto(live_server.url)
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    expect(page.locator("section.empty")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-Hans", "en": "en"}[language]

    for path in (products, words):
        go(page, "imports")
        page.set_input_files("input[type=file]", str(path))
        page.get_by_role("button", name=says["upload"]).click()
        expect(page.locator(".tally strong").first).to_have_text(str(len(raw(path.read_bytes()))))
        assert fits(page)
        page.get_by_role("button", name=says["import"], exact=True).click()
    page.get_by_role("button", name=says["today"]).click()

    line = page.locator(".lines > li", has_text="nike shoes 4")
    if not line.count():
        line = page.locator("[data-card]", has_text="nike shoes 4")
    line.locator("a.evidence").click()
    drawer = page.locator("#drawer")
    expect(drawer).to_be_visible()
    cell = drawer.locator("tr", has_text="Words.csv").first
    wanted = [(i, row) for i, row in enumerate(raw(words.read_bytes()), start=7) if row["词"] == "nike shoes 4"]
    expect(cell).to_contain_text(str(wanted[0][0]))
    expect(cell).to_contain_text(wanted[0][1]["曝光量"])
    assert fits(page)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()

    go(page, "products")
    cells = raw(products.read_bytes())
    total = page.locator("tr.totals td").first
    expect(total).to_contain_text(f"{sum(int(c['搜索曝光次数']) for c in cells):,}")
    first = page.locator("tbody tr:not(.totals) .name").first
    best = max(cells, key=lambda c: int(c["搜索曝光次数"]))
    expect(first).to_have_text(best["产品名称"])
    if page.viewport_size["width"] < 500:
        page.locator("details.sorts summary").click()
        page.locator("details.sorts a[href*='sort=search_exposures']").click()
    else:
        page.locator("th a[href*='sort=search_exposures']").click()
    least = min(cells, key=lambda c: int(c["搜索曝光次数"]))
    expect(first).to_have_text(least["产品名称"])
    assert fits(page)
    total.locator("a").click()
    expect(drawer.locator(".value")).to_have_text(f"{sum(int(c['搜索曝光次数']) for c in cells):,}")
    page.keyboard.press("Escape")

    go(page, "imports")
    assert fits(page)
    page.get_by_role("link", name="Words.csv").click()
    page.get_by_role("button", name=says["undo"]).click()
    page.get_by_role("button", name=says["yes"], exact=True).click()
    expect(page.locator(".notice.success")).to_contain_text(re.compile("4"))
    go(page, "keywords")
    expect(page.locator("section.empty")).to_be_visible()


@pytest.mark.parametrize("page", [(1440, "en")], indirect=True)
def test_decisions_by_keyboard(page: Page, live_server, transactional_db):
    from tests.web.conftest import bring
    from zhanggui.desk import checking

    shop = people.open_shop("keys", "Keys")
    people.add_person("alice", PASSWORD, shop.company, "owner", language="en")
    bring(shop, files.keywords(1), "Words.csv")
    checking.check(shop)
    page.goto(live_server.url)
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    expect(page.locator("#worth")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    for _ in range(20):
        page.keyboard.press("j")
        if page.locator(".current", has_text="nike").count():
            break
    page.keyboard.press("e")
    expect(page.locator("#drawer")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.keyboard.type("licensed")
    page.keyboard.press("Enter")
    expect(page.locator("#aside")).to_be_visible()
    assert shop.findings.get(code="KW03").dismissed_reason == "licensed"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_script_every_decision_works(browser: Browser, live_server, language, transactional_db):
    from tests.web.conftest import bring
    from zhanggui.desk import checking

    shop = people.open_shop("plain", "Plain")
    people.add_person("alice", PASSWORD, shop.company, "owner", language=language)
    bring(shop, files.keywords(1), "Words.csv")
    checking.check(shop)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    card = page.locator("[data-card]", has_text="nike")
    card.locator("a.evidence").click()
    expect(page.locator("#evidence tr", has_text="Words.csv").first).to_be_visible()
    page.go_back()
    card.locator("details[data-key=s] summary").click()
    card.locator("details[data-key=s] button").click()
    expect(page.locator(".notice.success")).to_be_visible()
    assert shop.findings.get(code="KW03").snoozed_until is not None
    context.close()
