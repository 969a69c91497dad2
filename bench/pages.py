"""The pages under ten people: p95 of every page with a year of a 5,000-product, 20,000-keyword shop, beside an empty page.

`python -m bench.pages [--small] [--out FOLDER]`. The two large reports are those of `bench.year`, all other reports those of the
sandbox. The server and the worker run as `zhanggui serve` starts them; ten signed-in people open pages at random, each resting
about a second between two, on the same cores. The empty page is `/alive/` of the same server, asked in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench import results

FULL = {"products": 5000, "words": 20_000, "weeks": 52, "seconds": 220}
SMALL = {"products": 60, "words": 100, "weeks": 5, "seconds": 6}
PEOPLE = 10
REST = 1.0  # seconds between two pages of one person, on average
SEED = 11
END = "2026-09-19"  # of bench.year
PORT = 8131
BASE = f"http://127.0.0.1:{PORT}"
EMPTY = "/alive/"
AIM_MS = 200
PASSWORD = "benchmark password"
STATIC = results.ROOT / "zhanggui" / "web" / "static"

#: Pages beyond the sections: a search, a sort, a figure, an evidence, a preview …
MORE = (
    "products/?q=light&sort=shop_clicks&days=90",
    "keywords/?sort=index",
    "figure/?address=traffic.total.shop_clicks@28",
    "figure/?address=products.effect.shop_clicks@28",
    "registers/product_cost/",
    "imports/1/",
    "connections/",
    "traffic/?days=7",
    "lists/traffic-regions/",
    "lists/traffic-visitors/",
    "lists/listings/",
    "lists/products/row/?product_id=1600000000137",
    "listings/product/?product_id=1600000000137",
    "products/top-group/",
    "products/showcase/",
    "products/safe-delete/",
    "products/steps/",
    "keywords/library/",
    "keywords/titles/",
    "ads/week/",
    "ads/spend/",
    "ads/bids/?budget=300",
    "ads/auction/?score=20&bid=10&reserve=0.5&rivals=8+15",
    "ads/plans/",
    "ads/life/",
    "ads/budget/",
    "ads/level/",
    "ads/tests/",
    "history/",
    "glossary/",
)


def filled(home: Path, size: Mapping[str, int]) -> list[str]:
    """A home with the shop, its check-up and ten people; the addresses to open."""
    env = os.environ | {"ZHANGGUI_HOME": str(home), "ZHANGGUI_LANG": "en"}
    zhanggui = [sys.executable, "-m", "zhanggui"]

    def run(*command: str, **more: Any) -> str:
        done = subprocess.run(command, env=env, cwd=results.ROOT, check=True, stdout=subprocess.PIPE, text=True, **more)
        return str(done.stdout)

    asked = [f"--{name}={size[name]}" for name in ("products", "words", "weeks")]
    year = Path(run(sys.executable, "-m", "bench.year", *asked).strip())
    with tempfile.TemporaryDirectory() as rest:
        drawn = ("--seed=7", f"--weeks={max(size['weeks'], 20)}", f"--end={END}")
        run(sys.executable, "-m", "sandbox", rest, *drawn, stderr=subprocess.DEVNULL)
        run(*zhanggui, "--shop", "bench", "import", "--yes", str(year / "xlsx"))
        left_out = ("Products", "getKeywords", "truth")  # the two large reports are there already
        others = [str(p) for p in sorted(Path(rest).rglob("*")) if p.is_file() and not p.name.startswith(left_out)]
        run(*zhanggui, "--shop", "bench", "import", "--yes", *others)
    run(*zhanggui, "--shop", "bench", "check")
    for n in range(PEOPLE):
        run(*zhanggui, "--shop", "bench", "person", f"clicker{n}", "--password", PASSWORD)
    told = (
        "import django, json; django.setup();"
        "from zhanggui.desk.models import Shop; from zhanggui.web.sections import rail; from django.urls import reverse;"
        "s = Shop.objects.get(key='bench');"
        "found = [reverse(x.name, args=['bench']) for g in rail({'see'}) for x in g];"
        "found += [reverse('evidence', args=['bench', pk]) for pk in s.findings.values_list('pk', flat=True)[:1]];"
        "print(json.dumps(found))"
    )
    env["DJANGO_SETTINGS_MODULE"] = "zhanggui.site.settings"
    return [*json.loads(run(sys.executable, "-c", told)), *(f"/s/bench/{more}" for more in MORE)]


@contextmanager
def served(home: Path) -> Iterator[None]:
    """The pages and the worker."""
    env = os.environ | {"ZHANGGUI_HOME": str(home), "ZHANGGUI_LANG": "en"}
    command = [sys.executable, "-m", "zhanggui", "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, env=env, cwd=results.ROOT, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                httpx.get(BASE + EMPTY)
                break
            except httpx.HTTPError:
                time.sleep(0.25)
        else:
            raise SystemExit("the pages did not answer")
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=60)


async def person(n: int, addresses: list[str], until: float, took: dict[str, list[float]]) -> None:
    """One person: signs in, then opens a page, rests, opens another."""
    rng = random.Random(SEED + n)
    async with httpx.AsyncClient(base_url=BASE, timeout=60, follow_redirects=False) as client:
        await client.get("/accounts/login/")
        form = {"login": f"clicker{n}", "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        signed = await client.post("/accounts/login/", data=form)
        if signed.status_code != 302:
            raise SystemExit(f"clicker{n} could not sign in: {signed.status_code}")
        turn = [EMPTY] if n == 0 else []  # of a short run too it is measured
        while time.monotonic() < until:
            turn = turn or rng.sample(addresses, len(addresses))
            address = turn.pop()
            begun = time.perf_counter()
            answer = await client.get(address)
            seconds = time.perf_counter() - begun
            if answer.status_code not in (200, 204):
                raise SystemExit(f"{address}: {answer.status_code}")
            took.setdefault(address, []).append(seconds)
            await asyncio.sleep(rng.expovariate(1 / REST))


async def click(addresses: list[str], seconds: float) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {}
    until = time.monotonic() + seconds
    await asyncio.gather(*(person(n, addresses, until, took) for n in range(PEOPLE)))
    return took


def weight() -> dict[str, float]:
    """KB of everything that a browser may load as script or style, compressed."""
    files = [p for p in STATIC.rglob("*") if p.suffix in (".js", ".css")]
    return {str(p.relative_to(STATIC)): len(gzip.compress(p.read_bytes(), 9)) / 1024 for p in sorted(files)}


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, -(-95 * len(values) // 100) - 1)]


def measure(size: Mapping[str, int], out: Path | None) -> dict[str, Any]:
    """The figures, which are also written where `out` names a folder."""
    ran = results.commit()
    with tempfile.TemporaryDirectory(prefix="zhanggui-pages-") as folder:
        home = Path(folder)
        addresses = [*filled(home, size), EMPTY]
        with served(home):
            asyncio.run(click(addresses, min(20, size["seconds"])))  # the first opening of each page is not what p95 is about
            took = asyncio.run(click(addresses, size["seconds"]))
    pages = {
        a: {"p50_ms": 1000 * statistics.median(v), "p95_ms": 1000 * p95(v), "most_ms": 1000 * max(v), "opened": len(v)}
        for a, v in sorted(took.items())
    }
    empty = pages.pop(EMPTY)
    files = weight()
    figures = {
        "slowest_p95_ms": max(p["p95_ms"] for p in pages.values()),
        "pages_above_aim": sorted(a for a, p in pages.items() if p["p95_ms"] >= AIM_MS),
        "script_and_style_kb": sum(files.values()),
        "requests": sum(p["opened"] for p in pages.values()),
        "empty_page": empty,
        "pages": pages,
        "files_kb": files,
    }
    ratios = {
        "slowest_p95_to_empty": figures["slowest_p95_ms"] / empty["p95_ms"],
        "median_page_p50_to_empty": statistics.median(p["p50_ms"] for p in pages.values()) / empty["p50_ms"],
    }
    if out:
        parameters = {**size, "people": PEOPLE, "rest_seconds": REST, "aim_ms": AIM_MS}
        results.write("pages", figures, seeds=[1, SEED], parameters=parameters, ratios=ratios, ran=ran, folder=out)
    return {"figures": figures, "ratios": ratios}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--small", action="store_true", help=f"{SMALL}; nothing is written unless --out is given")
    parser.add_argument("--out", type=Path, help="folder for pages.json, default bench/results")
    asked = parser.parse_args()
    found = measure(SMALL if asked.small else FULL, asked.out or (None if asked.small else results.RESULTS))
    for address, page in sorted(found["figures"]["pages"].items(), key=lambda p: -p[1]["p95_ms"]):
        print(f"{page['p95_ms']:7.0f} ms p95 {page['p50_ms']:7.0f} ms p50  ×{page['opened']:<4} {address}")
    print(f"{found['figures']['empty_page']['p95_ms']:7.0f} ms p95 of the empty page")
    print(f"{found['figures']['script_and_style_kb']:7.0f} KB of script and style, compressed")
    return 1 if not asked.small and found["figures"]["pages_above_aim"] else 0


if __name__ == "__main__":
    sys.exit(main())
