"""A list in a real browser: filter, keep the view, open it again, and Excel holds what the screen shows; wide and narrow."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.web import listed
from zhanggui.desk import people

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long password of theirs"
ROWS = [
    ("1", "Boots wanted", "Germany", 3),
    ("2", "Loafers", "France", 0),
    ("3", "Sandals", "Germany", 9),
    ("4", "=Clogs", "Spain", 5),
]
SAYS = {
    "zh": {"filter": "＋ 筛选", "save": "存为视图", "columns": "列", "excel": "导出 Excel", "task": "建任务", "out": "交出去"},
    "en": {
        "filter": "+ Filter",
        "save": "Save view",
        "columns": "Columns",
        "excel": "Excel",
        "task": "Make a task",
        "out": "Hand out",
    },
}


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


def choice(page: Page, word: str):
    found = page.locator("details.choice", has=page.locator("summary", has_text=re.compile(f"^{re.escape(word)}$")))
    found.locator("summary").click()
    return found


@pytest.mark.parametrize(
    "page", [(w, lang) for w in (1440, 390) for lang in ("zh", "en")], indirect=True, ids=lambda p: f"{p[0]}-{p[1]}"
)
def test_filter_save_open_again_and_excel(page: Page, live_server, tmp_path, request):
    language = "en" if request.node.callspec.id.endswith("en") else "zh"
    says = SAYS[language]
    shop = people.open_shop("lists", "Lists")
    people.add_person("alice", PASSWORD, shop.company, "owner", language=language)
    day = listed.newest()
    lead = {"created": f"{day} 10:00:00"}
    listed.take(shop, "inquiry", [lead | {"inquiry_id": i, "title": t, "country": c, "buyer_orders": n} for i, t, c, n in ROWS])
    page.goto(live_server.url)
    page.fill("[name=login]", "alice")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.goto(f"{live_server.url}/s/lists/leads/")
    names = page.locator("tbody tr:not(.totals) .name")
    expect(names).to_have_count(4)

    added = choice(page, says["filter"])
    added.locator("[name=column]").select_option("buyer_orders")
    added.locator("[name=ask]").select_option("min")
    added.locator("[name=value]").fill("3")
    added.locator("form button").click()
    expect(names).to_have_count(3)
    columns = choice(page, says["columns"])
    columns.locator("[name=col][value=seller]").uncheck()
    columns.locator("[name=choose]").click()
    expect(page.locator("[data-label]", has_text="Germany")).to_have_count(2)

    saved = choice(page, says["save"])
    saved.locator("[name=name]").fill("Real buyers")
    saved.locator("form button").click()
    expect(page.locator(".views [aria-current]")).to_contain_text("Real buyers")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.goto(f"{live_server.url}/s/lists/leads/?view=none")
    expect(names).to_have_count(4)
    page.locator(".views a", has_text="Real buyers").click()
    expect(names).to_have_count(3)
    seen = names.all_inner_texts()
    labels = [e.get_attribute("data-label") for e in page.locator("tbody tr:not(.totals)").first.locator("td").all()]
    with page.expect_download() as download:
        page.get_by_role("button", name=says["excel"], exact=True).click()
    path = tmp_path / "list.xlsx"
    download.value.save_as(path)
    sheet = list(load_workbook(path).active.iter_rows(values_only=True))
    assert [row[0] for row in sheet[1:]] == seen
    assert list(sheet[0][1 : len(labels) + 1]) == labels
    at = labels.index("订单总数" if language == "zh" else "Orders of the buyer") + 1
    assert sorted(row[at] for row in sheet[1:]) == [3, 5, 9]

    page.locator("input.tick").nth(0).check()
    page.locator("input.tick").nth(1).check()
    handed = choice(page, says["task"])
    handed.locator("[name=note]").fill("Write to them")
    handed.get_by_role("button", name=says["out"]).click()
    expect(page.locator(".notice.success")).to_be_visible()
    task = shop.tasks.get()
    assert (len(task.subject["keys"]), task.note) == (2, "Write to them")
    page.goto(f"{live_server.url}/s/lists/leads/")
    page.keyboard.press("/")
    page.keyboard.type("loafers")
    page.keyboard.press("Enter")
    expect(names).to_have_text(["Loafers"])
    names.first.click()
    expect(page.locator("#drawer")).to_contain_text("inquiry 4.csv")
