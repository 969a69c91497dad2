"""Killed anywhere in an import, facts are readable, hold whole imports only, and the import run again completes (DATA-3)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from zhanggui.facts import open_facts

TRIALS = 10
FILES, PRODUCTS = 6, 400

WRITER = """
import sys
from datetime import date
from pathlib import Path
from zhanggui.facts import open_facts
from zhanggui.intake import read
home, folder = Path(sys.argv[1]), Path(sys.argv[2])
facts = open_facts(home, "shop")
print("ready", flush=True)
for path in sorted(folder.iterdir()):
    data = path.read_bytes()
    facts.put(data, path.name, read(data, path.name, on=date(2026, 9, 21)), at="t")
for record in facts.imports():
    if record.live and record.file == "wrong.csv":
        facts.undo(record.id, at="t")
facts.rebuild()
print("done", flush=True)
"""


def write_files(folder: Path) -> None:
    """Weekly product reports in one month, one of them to be taken back, and an order report that spans three."""
    folder.mkdir()
    for week in range(FILES + 1):
        start = date(2026, 8, 2) + timedelta(weeks=week)
        rows = "\n".join(f"{1_600_000_000_000 + i},Lamp {i},Y,{i + week},{i % 7},{i % 3}" for i in range(PRODUCTS))
        text = f"产品数据, 时间周期 {start}~{start + timedelta(days=6)}\n\n产品ID,产品名称,是否橱窗,搜索曝光次数,搜索点击次数,询盘个数\n{rows}\n"
        (folder / ("wrong.csv" if week == FILES else f"products-{week}.csv")).write_text(text, encoding="utf-8")
    lines = "\n".join(f"{9_000_000 + i},2026-0{7 + i % 3}-10,交易成功,Lamp {i},Color:Red,{i + 1}" for i in range(PRODUCTS))
    (folder / "orders.csv").write_text(f"订单编号,订单创建时间,状态,商品名称,SKU规格,数量\n{lines}\n", encoding="utf-8")


def start(home: Path, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(home), str(folder)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert running.stdout is not None
    assert running.stdout.readline() == b"ready\n"
    return running


def contents(home: Path) -> dict[str, list[tuple[object, ...]]]:
    shop = open_facts(home, "shop").snapshot(date.max)
    tables = ("product_effect", "order_lines")
    return {t: shop.scan(t).drop("_import", "_part").sort(shop.tables[t].full_key).collect().rows() for t in tables}


def trials(tmp_path: Path, count: int, seed: int) -> dict[str, int]:
    """Kill `count` imports at random moments; how many were killed mid-way, and with how many imports already in."""
    folder = tmp_path / "files"
    write_files(folder)
    whole = start(tmp_path / "whole", folder)
    began = time.perf_counter()
    assert whole.communicate()[0] == b"done\n"
    lasts = time.perf_counter() - began
    truth = contents(tmp_path / "whole")
    assert {t: len(r) for t, r in truth.items()} == {"product_effect": FILES * PRODUCTS, "order_lines": PRODUCTS}
    chance = random.Random(seed)
    waits = [chance.uniform(0, lasts * 0.95) for _ in range(count)]
    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(lambda i: trial(tmp_path / f"trial-{i}", folder, waits[i], truth), range(count)))
    return {
        "trials": count,
        "killed": sum(killed for killed, _, _ in ended),
        "different_moments": len({live for _, live, _ in ended}),
        "killed_after_the_last_import": sum(killed and live > FILES for killed, live, _ in ended),
        "killed_after_the_undo": sum(killed and undone for killed, _, undone in ended),
    }


def trial(home: Path, folder: Path, wait: float, truth: dict[str, list[tuple[object, ...]]]) -> tuple[bool, int, bool]:
    """Kill one writer after a while; was it killed mid-way, how many imports were in, was one taken back already?"""
    running = start(home, folder)
    time.sleep(wait)
    os.killpg(running.pid, signal.SIGKILL)
    killed = running.wait() == -signal.SIGKILL
    facts = open_facts(home, "shop")
    live = [r for r in facts.imports() if r.live]
    undone = len(live) < len(facts.imports())
    # Whole imports only: each live one is there with all its rows, and nothing else is.
    rows = {"product_effect": 0, "order_lines": 0}
    for record in live:
        rows[record.parts[0]["table"]] += PRODUCTS
    assert {t: len(r) for t, r in contents(home).items()} == rows
    again = start(home, folder)
    assert again.communicate()[0] == b"done\n"
    assert contents(home) == truth
    known = [r.sha256 for r in facts.imports() if r.live]
    assert len(set(known)) == len(known) == FILES + 1
    before = facts.manifest().files
    facts.rebuild()
    assert facts.manifest().files == before
    return killed, len(live), undone


def test_a_killed_import_leaves_whole_imports_and_runs_again(tmp_path: Path) -> None:
    told = trials(tmp_path, TRIALS, seed=1)
    assert told["killed"] > 0


@pytest.mark.proof
def test_two_hundred_kills(tmp_path: Path) -> None:
    from bench.results import record

    told = trials(tmp_path, 200, seed=20)
    record("killed_imports", seed=20, **told)
    assert told["killed"] >= 160
    assert told["different_moments"] >= 4
    assert told["killed_after_the_undo"] > 0
