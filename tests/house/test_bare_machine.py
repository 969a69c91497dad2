"""The first main job: a clean clone, `make run`, and the pages answer (proof only: it installs everything anew)."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from bench.results import record

ROOT = Path(__file__).resolve().parents[2]
PORT = 8123
LIMIT = 180  # seconds, downloads not counted


@pytest.mark.proof
def test_make_run_ends_with_the_app_answering(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("ZHANGGUI_", "DJANGO_", "VIRTUAL_ENV"))}
    began = time.perf_counter()
    subprocess.run(["make", "setup"], cwd=clone, env=env, check=True, capture_output=True)
    installed = time.perf_counter()
    log = (tmp_path / "run.log").open("w")
    running = subprocess.Popen(
        ["make", "run", f"PORT={PORT}"],
        cwd=clone,
        env=env,
        stdout=log,
        stderr=log,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        answered = _wait_for(f"http://127.0.0.1:{PORT}/accounts/login/", until=installed + LIMIT, running=running)
        up = time.perf_counter()
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(timeout=30)
    said = (tmp_path / "run.log").read_text("utf-8")
    record(
        "make_run", seed=7, setup_seconds=round(installed - began, 1), run_seconds=round(up - installed, 1), answered=answered
    )
    assert answered == 200
    assert up - installed < LIMIT
    assert "PR01" in said  # its Today was printed
    assert "demo / " in said  # and how to sign in


def _wait_for(address: str, until: float, running: subprocess.Popen[bytes]) -> int:
    while time.perf_counter() < until and running.poll() is None:
        try:
            with urlopen(address, timeout=5) as answer:
                return int(answer.status)
        except (URLError, OSError):
            time.sleep(0.5)
    return 0
