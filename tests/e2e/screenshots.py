"""Every page of the demo shop as a picture: `make screenshots` writes build/screenshots/PAGE-WIDTH-LANGUAGE.png."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import CHROMIUM

OUT = Path(__file__).resolve().parents[2] / "build" / "screenshots"
PORT = 8124
BASE = f"http://127.0.0.1:{PORT}"
SHOP = f"{BASE}/s/demo"
#: Pages of a shop whose address holds more than the shop, or that are worth a second picture: page → the rest of the address.
TOLD = {
    "preview": "imports/1/",
    "undo": "imports/1/undo/",
    "connection": "connections/1/",
    "new_connection": "connections/new/alibaba/",
    "register": "registers/product_cost/",
    "register_history": "registers/product_cost/history/",
    "register_undo": "registers/product_cost/undo/",
    "rule": "rules/no_effect_days/",
    "check_setting": "rules/checks/PR01/days/",
    "figure": "figure/?address=traffic.total.inquiry_per_click@28",
    "evidence": "evidence/1/",
    "member": "settings/people/1/",
    "star_plan": "star/?plan=&transaction=",
    "library_clusters": "keywords/library/?clusters=1",
    "products_90_days": "products/?days=90&sort=shop_clicks",
}
#: Not pages to look at by themselves: what is photographed on the way, and files.
ON_THE_WAY = {
    "list_row", "picture", "product_page", "mapping", "problems", "list", "begin", "sandbox", "bid_sheet", "bid_sheet_excel",
    "bid_sheet_revert", "bid_columns",
}  # fmt: skip
SHAPE = Path(__file__).resolve().parents[1] / "intake" / "shapes" / "ad_account_daily.csv"
SETTLE = 700  # milliseconds until a chart is drawn
WIDTHS = {1440: 900, 390: 844}


def pages() -> dict[str, str]:
    """Every page of the demo shop that the addresses name, every list, and the few outside of a shop."""
    import django

    django.setup()
    from tests.web.addresses import POSTED
    from zhanggui.web import urls
    from zhanggui.web.lists import LISTS

    found = {"home": "/", "second_factor": "/accounts/second-factor/"}
    found |= {f"list_{name}": f"/s/demo/lists/{name}/" for name in LISTS}
    found |= {name: f"/s/demo/{rest}" for name, rest in TOLD.items()}
    for pattern in urls.shop:
        if pattern.name in POSTED | ON_THE_WAY:
            continue
        route = str(pattern.pattern)
        if "<" in route and pattern.name not in TOLD:
            raise SystemExit(f"no picture of {pattern.name}: say in TOLD which one is to be taken")
        found[pattern.name] = f"/s/demo/{TOLD.get(pattern.name, route)}"
    return found


def main() -> None:
    """A demo shop in a folder of its own, served, walked and photographed."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"ZHANGGUI_HOME": home, "DJANGO_SETTINGS_MODULE": "zhanggui.site.settings"}
        env = os.environ | {"ZHANGGUI_LANG": "zh"}
        zhanggui = [sys.executable, "-m", "zhanggui"]
        subprocess.run([*zhanggui, "sandbox"], env=env, check=True, stdout=subprocess.DEVNULL)
        connected()
        server = subprocess.Popen([*zhanggui, "serve", "--no-worker", "--port", str(PORT)], env=env, start_new_session=True)
        try:
            wait()
            photograph((Path(home) / "demo_password").read_text(), pages())
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)


def connected() -> None:
    """A connection, so that there is one to look at."""
    import django

    django.setup()
    from zhanggui.desk import connecting
    from zhanggui.desk.models import Shop

    told = {"address": "https://erp.example/stock.csv", "form": "csv", "table": "stock_level"}
    shop = Shop.objects.get(key="demo")
    connecting.connect(shop, "generic", "ERP", settings=told, secret={}, every_minutes=15, active=False)


def wait() -> None:
    for _ in range(120):
        try:
            urlopen(f"{BASE}/accounts/login/", timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("the pages did not answer")


def sign_in(page: Page, password: str, lang: str) -> None:
    page.goto(f"{BASE}/accounts/login/")
    page.fill("[name=login]", "demo")
    page.fill("[name=password]", password)
    page.click("main button")
    page.wait_for_selector(".me .who", state="attached")
    if not (page.locator("html").get_attribute("lang") or "").startswith(lang):
        page.click(".me button[name=lang]")
        page.wait_for_selector(f"html[lang^={lang}]", state="attached")


def photograph(password: str, addresses: dict[str, str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width, height in WIDTHS.items():
            for lang in ("zh", "en"):
                page = browser.new_context(viewport={"width": width, "height": height}, locale=lang).new_page()
                page.goto(f"{BASE}/accounts/login/")
                page.screenshot(path=OUT / f"signin-{width}-{lang}.png")
                sign_in(page, password, lang)
                for name, address in addresses.items():
                    page.goto(BASE + address)
                    page.wait_for_timeout(SETTLE if page.locator("[data-chart]").count() else 0)
                    page.screenshot(path=OUT / f"{name}-{width}-{lang}.png")
                page.goto(SHOP + "/leads/")
                page.goto(BASE + (page.locator("tbody a[href*='/row/']").first.get_attribute("href") or ""))
                page.screenshot(path=OUT / f"list_row-{width}-{lang}.png")
                unknown(page, width, lang)
                page.goto(SHOP + "/")
                page.screenshot(path=OUT / f"today-full-{width}-{lang}.png", full_page=True)
                page.locator("a.evidence").first.click()
                page.wait_for_selector("#drawer[open]")
                page.wait_for_timeout(300)
                page.screenshot(path=OUT / f"evidence-{width}-{lang}.png")
                page.context.close()
        browser.close()


def unknown(page: Page, width: int, lang: str) -> None:
    """A file whose headers nobody knows, and the form that asks what they mean."""
    page.goto(SHOP + "/imports/")
    page.set_input_files("input[name=files]", SHAPE)
    page.click("form.bring button")
    page.wait_for_selector(".steps, .badge.refused")
    page.screenshot(path=OUT / f"refused-{width}-{lang}.png")
    page.goto(page.url.rstrip("/") + "/mapping/")
    page.screenshot(path=OUT / f"mapping-{width}-{lang}.png", full_page=True)
    page.click("main a[href*='table=']")
    page.screenshot(path=OUT / f"columns-{width}-{lang}.png", full_page=True)


if __name__ == "__main__":
    main()
