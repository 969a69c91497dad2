"""Every page there is, in both themes: no serious fault for who cannot see or use a mouse, and nothing sticks out on a phone."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser

from tests.web.addresses import all_of
from tests.web.conftest import as_, cast  # noqa: F401  # the cast of the pages' own tests

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FAULTS = ("serious", "critical")
#: Addresses that are no pages.
FILES = ("problems", "picture", "bid_sheet_excel")
OUTSIDE = ("/", "/accounts/login/")


def signed_in(browser: Browser, live_server, person, **options):
    """A window of somebody who has signed in."""
    client = Client()
    client.force_login(person)
    context = browser.new_context(**options)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return context


def pages(cast) -> list[tuple[str, str]]:  # noqa: F811
    shop = [(name, address) for name, method, address in all_of(cast, cast.shop.key) if method == "get" and name not in FILES]
    return [*shop, *((address, address) for address in OUTSIDE)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault(browser, live_server, cast, scheme):  # noqa: F811
    context = signed_in(browser, live_server, cast.alice, color_scheme=scheme, viewport={"width": 1440, "height": 900})
    page, axe, found = context.new_page(), Axe(), {}
    for name, address in pages(cast):
        page.goto(live_server.url + address)
        bad = [v for v in axe.run(page).response["violations"] if v["impact"] in FAULTS]
        if bad:
            found[name] = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in bad]
    context.close()
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("width", [1440, 390, 360])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_sticks_out(browser, live_server, cast, width, lang):  # noqa: F811
    cast.alice.language = lang
    cast.alice.save()
    context = signed_in(browser, live_server, cast.alice, viewport={"width": width, "height": 844})
    page, wide = context.new_page(), {}
    for name, address in pages(cast):
        page.goto(live_server.url + address)
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide[name] = over
    context.close()
    assert wide == {}
