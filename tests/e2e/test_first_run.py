"""A fresh installation, from `zhanggui serve` and its setup code to a made-up shop with figures, in a real browser."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import xlrd
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e

PASSWORD = "a long password of theirs"
DRAWN_MS = 240_000


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[tuple[str, str, Path]]:
    """Address, setup code and data folder of `zhanggui serve` in a process of its own."""
    home = tmp_path / "home"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ZHANGGUI_HOME": str(home), "ZHANGGUI_LANG": "en", "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "zhanggui", "serve", "--port", str(port)]
    served = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert served.stdout is not None
    code = ""
    while not code:
        line = served.stdout.readline()
        assert line, "zhanggui serve ended before it showed a setup code"
        code = next(iter(re.findall(r"\b\w{4}-\w{4}-\w{4}\b", line)), "")
    yield f"http://127.0.0.1:{port}", code, home
    served.send_signal(signal.SIGTERM)
    served.communicate(timeout=30)


def opened(browser: Browser, width: int, language: str, trouble: list[str]) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN" if language == "zh" else "en-GB")
    page = context.new_page()
    page.on("console", lambda m: trouble.append(m.text) if m.type in ("error", "warning") and "422" not in m.text else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    return page


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def reached(page: Page, address: str) -> None:
    """Open an address as soon as the server answers."""
    for _ in range(100):
        try:
            page.goto(address)
            return
        except Exception:
            page.wait_for_timeout(200)
    page.goto(address)


def exposures(home: Path, key: str, days: int) -> int:
    """搜索曝光次数 of the newest `days` days, summed from the raw product reports without the product's code."""
    weeks: dict[date, int] = {}
    for path in (home / "raw" / key).iterdir():
        if path.read_bytes()[:4] != b"\xd0\xcf\x11\xe0":
            continue
        rows = [
            sheet.row_values(i)
            for sheet in xlrd.open_workbook(file_contents=path.read_bytes()).sheets()
            for i in range(sheet.nrows)
        ]
        top = next((i for i, row in enumerate(rows) if {"产品ID", "搜索曝光次数", "是否橱窗"} <= set(row)), None)
        if top is None:
            continue
        end = max(re.findall(r"\d{4}-\d{2}-\d{2}", " ".join(str(cell) for row in rows[:top] for cell in row)))
        column = rows[top].index("搜索曝光次数")
        weeks[date.fromisoformat(end)] = sum(int(float(str(row[column]).replace(",", ""))) for row in rows[top + 1 :] if row[0])
    newest = max(weeks)
    return sum(n for end, n in weeks.items() if (newest - end).days < days)


def test_from_nothing_to_a_made_up_shop(browser: Browser, installation) -> None:
    address, code, home = installation
    trouble: list[str] = []
    for width in (1440, 390):
        for language in ("zh", "en"):
            page = opened(browser, width, language, trouble)
            reached(page, address + "/s/anything/")
            if language == "en":
                page.click("[name=lang]")
            assert page.url == f"{address}/setup/"
            expect(page.locator("h1")).to_have_text({"zh": "欢迎使用掌柜", "en": "Welcome to Zhanggui"}[language])
            assert fits(page)
            page.context.close()

    page = opened(browser, 1440, "en", trouble)
    page.goto(address)
    page.click("[name=lang]")
    for given in ("wrong-code-here", code):
        page.fill("[name=code]", given)
        page.fill("[name=username]", "alice")
        page.fill("[name=password]", PASSWORD)
        page.fill("[name=again]", PASSWORD)
        page.get_by_role("button", name="Next").click()
        if given != code:
            expect(page.locator(".wrong")).to_contain_text("Not the code")
    assert not (home / "setup_code").exists()
    page.fill("[name=name]", "Lin's Lamps")
    page.fill("[name=industry]", "Lamps")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("input[type=file]")).to_be_visible()
    assert page.url == f"{address}/s/lin-s-lamps/begin/"
    page.get_by_role("button", name="Look at a made-up shop").click()
    expect(page.locator("#progress progress")).to_be_visible()
    assert fits(page)
    expect(page.locator(".notice.success")).to_be_visible(timeout=DRAWN_MS)
    key = page.url.split("/")[4]
    page.get_by_role("button", name="See Today").click()
    expect(page.locator("[data-card]").first).to_be_visible()
    expect(page.locator(".shop .badge")).to_have_text("demo")
    page.locator("[data-card] a.evidence").first.click()
    expect(page.locator("#drawer .figure .value").first).to_be_visible()
    page.goto(f"{address}/s/{key}/figure/?address=products.effect.search_exposures@28")
    expect(page.locator(".figure .value")).to_have_text(f"{exposures(home, key, 28):,}")
    session = page.context.storage_state()
    page.context.close()

    for width in (1440, 390):
        for language in ("zh", "en"):
            context = browser.new_context(viewport={"width": width, "height": 900}, storage_state=session)
            page = context.new_page()
            page.on("pageerror", lambda error: trouble.append(str(error)))
            page.goto(f"{address}/s/{key}/")
            if page.locator("html").get_attribute("lang") != {"zh": "zh-Hans", "en": "en"}[language]:
                page.click("[name=lang]")
            for name in ("", "imports/", "glossary/", "sandbox/"):
                page.goto(f"{address}/s/{key}/{name}")
                assert page.locator("html").get_attribute("lang") == {"zh": "zh-Hans", "en": "en"}[language]
                assert (name, width, fits(page)) == (name, width, True)
            context.close()
    context = browser.new_context(storage_state=session, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/s/{key}/sandbox/")
    page.locator("button[value=remove]").click()
    expect(page.locator("section.empty")).to_be_visible()
    assert page.url == f"{address}/s/lin-s-lamps/"
    assert not (home / "facts" / key).exists()
    context.close()
    assert trouble == []
