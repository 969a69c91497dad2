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
PAGES = {
    "today": SHOP + "/",
    "cockpit": SHOP + "/cockpit/",
    "wall": SHOP + "/wall/",
    "imports": SHOP + "/imports/",
    "preview": SHOP + "/imports/1/",
    "products": SHOP + "/products/",
    "keywords": SHOP + "/keywords/",
    "registers": SHOP + "/registers/",
    "register": SHOP + "/registers/product_cost/",
    "connections": SHOP + "/connections/",
    "connection": SHOP + "/connections/new/alibaba/",
    "figure": SHOP + "/figure/?address=traffic.total.inquiry_per_click@28",
}
SHAPE = Path(__file__).resolve().parents[1] / "intake" / "shapes" / "ad_account_daily.csv"
WIDTHS = {1440: 900, 390: 844}


def main() -> None:
    """A demo shop in a folder of its own, served, walked and photographed."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"ZHANGGUI_HOME": home, "ZHANGGUI_LANG": "zh"}
        zhanggui = [sys.executable, "-m", "zhanggui"]
        subprocess.run([*zhanggui, "sandbox"], env=env, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([*zhanggui, "serve", "--no-worker", "--port", str(PORT)], env=env, start_new_session=True)
        try:
            wait()
            photograph((Path(home) / "demo_password").read_text())
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)


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


def photograph(password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width, height in WIDTHS.items():
            for lang in ("zh", "en"):
                page = browser.new_context(viewport={"width": width, "height": height}, locale=lang).new_page()
                page.goto(f"{BASE}/accounts/login/")
                page.screenshot(path=OUT / f"signin-{width}-{lang}.png")
                sign_in(page, password, lang)
                for name, address in PAGES.items():
                    page.goto(address)
                    page.screenshot(path=OUT / f"{name}-{width}-{lang}.png")
                unknown(page, width, lang)
                page.goto(PAGES["today"])
                page.screenshot(path=OUT / f"today-full-{width}-{lang}.png", full_page=True)
                page.locator("a.evidence").first.click()
                page.wait_for_selector("#drawer[open]")
                page.wait_for_timeout(300)
                page.screenshot(path=OUT / f"evidence-{width}-{lang}.png")
                page.context.close()
        browser.close()


def unknown(page: Page, width: int, lang: str) -> None:
    """A file whose headers nobody knows, and the form that asks what they mean."""
    page.goto(PAGES["imports"])
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
