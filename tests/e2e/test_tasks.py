"""One person assigns, the other does it, and both see it done with the day on which its effect will be looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.test_every_page import signed_in
from tests.web.conftest import as_, cast  # noqa: F401
from zhanggui.desk.clock import platform_today
from zhanggui.desk.deciding import LOOK_BACK_DAYS
from zhanggui.web.words import t

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def day(lang: str) -> str:
    then = platform_today() + timedelta(days=LOOK_BACK_DAYS)
    return t(lang, f"{then.year}年{then.month}月{then.day}日", f"{then.day} {then:%b %Y}")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_task_is_assigned_done_and_waits_for_its_look_back(browser, live_server, cast, width, lang):  # noqa: F811
    for person in (cast.alice, cast.bob):
        person.language = lang
        person.save()
    size = {"width": width, "height": 900}
    address = f"{live_server.url}/s/{cast.shop.key}/"
    word = cast.finding.key["word"]

    alice = signed_in(browser, live_server, cast.alice, viewport=size)
    page = alice.new_page()
    page.goto(address)
    line = page.locator("#worth").locator("xpath=..").locator("li, article").filter(has_text=word).last
    line.locator("details[data-key=a] > summary").click()
    form = line.locator("details[data-key=a] form")
    form.locator("select").select_option(label=f"bob（{t(lang, '运营', 'operator')}）")
    form.locator("[name=note]").fill("take it out")
    form.locator("button").click()
    expect(page.locator(".notice.success")).to_contain_text("bob")
    alice.close()

    bob = signed_in(browser, live_server, cast.bob, viewport=size)
    page = bob.new_page()
    page.goto(address)
    mine = page.locator("#tasks").locator("xpath=..").locator("li").filter(has_text=word)
    expect(mine).to_contain_text("take it out")
    mine.locator("[name=note]").fill("taken out of 2 titles")
    mine.get_by_role("button", name=t(lang, "完成", "Done")).click()
    expect(page.locator("#closed")).to_be_visible()
    bob.close()

    alice = signed_in(browser, live_server, cast.alice, viewport=size)
    page = alice.new_page()
    page.goto(address)
    done = page.locator("#closed").locator("xpath=..").locator("li").filter(has_text=word)
    expect(done).to_contain_text(day(lang))
    expect(done).to_contain_text("taken out of 2 titles")
    expect(page.locator("#worth").locator("xpath=..").get_by_text(word)).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    alice.close()
