"""A rule in a real browser: tried, saved, found in the history, taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.test_mapping import sign_in
from tests.e2e.test_walk import PASSWORD, fits
from tests.web import files
from zhanggui.desk import checking, importing, people
from zhanggui.desk.models import Change

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

RULE = "keyword_export_max_rows"


def fingerprints(shop, **supposed) -> dict[str, str]:
    """Every finding of a check-up made here, with what it says."""
    up = checking.look_at(shop, **supposed)
    return {f.fingerprint: repr((f.values, f.verdict, f.gain)) for o in up.outcomes for f in o.findings}


def expected(before: dict[str, str], after: dict[str, str]) -> dict[str, int]:
    """Counted from the two lists alone."""
    both = before.keys() & after.keys()
    changed = sum(before[k] != after[k] for k in both)
    return {"appear": len(after.keys() - both), "vanish": len(before.keys() - both), "change": changed}


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("script", [True, False])
def test_try_save_see_undo(browser: Browser, live_server, width, language, script):
    shop = people.open_shop("rules", "Rules")
    people.add_person("alice", PASSWORD, shop.company, "owner", language=language)
    for data, name in ((files.products(), "Products.csv"), (files.keywords(), "Keywords.csv")):
        importing.accept(importing.bring(shop, data, name))
    Change.objects.all().delete()
    counts = expected(fingerprints(shop), fingerprints(shop, what_if={RULE: 3}))
    assert counts["appear"] == 1
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    sign_in(page, live_server)

    page.goto(f"{live_server.url}/s/{shop.key}/rules/")
    assert fits(page)
    page.locator(f"a[href$='/rules/{RULE}/']").click()
    value = page.locator("[name=value]").first
    expect(value).to_have_value("500")
    value.fill("0")
    page.click("button[name=verb][value=change]")
    expect(page.locator(".change .wrong")).to_have_count(1)
    assert fits(page)

    page.locator("[name=value]").first.fill("3")
    page.locator(".change [name=reason]").fill("our list is short")
    page.click(".change button[value=change]")
    for kind, n in counts.items():
        expect(page.locator(f"[data-kind={kind}]")).to_have_text(str(n))
    assert (shop.rule_overrides.count(), Change.objects.count()) == (0, 0)
    assert fits(page)
    page.click(".trial button[value=change]")
    expect(page.locator("main .notice.success")).to_be_visible()
    expect(page.locator("p.value strong")).to_have_text("3")

    page.goto(f"{live_server.url}/s/{shop.key}/history/")
    row = page.locator(".changes tbody tr").first
    for word in ("alice", "500", "3", "our list is short"):
        expect(row).to_contain_text(word)
    assert fits(page)
    row.locator("button").click()
    expect(page.locator("main .notice.success")).to_be_visible()
    expect(page.locator(".changes tbody tr")).to_have_count(2)
    expect(page.locator(".changes tbody tr").first.locator(".was").first).to_have_text("3")
    context.close()
    assert checking.own_rules(shop) == {}
    assert fingerprints(shop) == fingerprints(shop, what_if={RULE: 500})
    assert [t for t in trouble if "422" not in t] == []  # without script the refused form is answered with 422
