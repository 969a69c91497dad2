"""Promotion in a browser: a finding opens its evidence in the drawer; the budget and the plan proposal work without JavaScript too."""

from __future__ import annotations

import pytest

from tests.e2e.test_every_page import signed_in
from tests.web import listed
from tests.web.conftest import as_, cast  # noqa: F401  # the cast of the pages' own tests
from tests.web.test_ads import PROPOSED, growth, kept, word
from tests.web.test_ads_budget import BY_HAND
from zhanggui.desk import checking

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("width", "lang", "title"), [(1440, "zh", "花钱的低星词"), (390, "en", "Money on a word of few stars")]
)
def test_a_finding_opens_its_evidence(browser, live_server, cast, width, lang, title):  # noqa: F811
    listed.take(cast.shop, "p4p_keyword", [word(n, star=1) for n in range(1, 13)])
    checking.check(cast.shop)
    cast.alice.language = lang
    cast.alice.save()
    context = signed_in(browser, live_server, cast.alice, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(f"{live_server.url}/s/shop-a/ads/week/")
    page.get_by_role("link", name=title).first.click()
    drawer = page.locator("#drawer[open]")
    drawer.get_by_text("p4p_keyword 12.csv").first.wait_for()
    assert "99.00" in drawer.inner_text()
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_budget_is_worked_out_without_javascript(browser, live_server, cast, width):  # noqa: F811
    context = signed_in(browser, live_server, cast.bob, viewport={"width": width, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/s/shop-a/ads/budget/")
    page.locator("select[name=figure]").select_option(BY_HAND["figure"])
    for name, value in BY_HAND.items():
        if name != "figure":
            page.locator(f"input[name={name}]").fill(value)
    page.get_by_role("button", name="算一遍").click()
    assert page.get_by_role("region", name="要多少钱").last.inner_text().count("250,000") == 1
    assert "cpc=4" in page.url
    context.close()


def test_the_plan_proposal_is_saved_and_taken_back_without_javascript(browser, live_server, cast):  # noqa: F811
    labels = ((1, "新品试销中"), (2, "爆品"), (3, "普通品"))
    listed.take(cast.shop, "product_growth", [growth(n, label) for n, label in labels])
    context = signed_in(browser, live_server, cast.bob, viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/s/shop-a/ads/plans/")
    page.get_by_role("button", name="整份建议存进名单").click()
    assert "已保存 3 行" in page.locator(".notice.success").inner_text()
    assert kept(cast.shop) == PROPOSED
    page.get_by_role("link", name="撤销我的上次保存").click()
    page.locator("main form button").first.click()
    assert kept(cast.shop) == []
    context.close()
