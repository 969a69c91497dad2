"""The check-up's benchmark at a small size: every check, every report, the whole file of results. No times are judged."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from bench import results
from bench.checkup import SMALL, size


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("bench")
    done = subprocess.run(
        [sys.executable, "-m", "bench.checkup", "--small", "--out", str(folder)],
        cwd=results.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "checkup.json").read_text("utf-8"))


def test_every_check_runs_and_has_its_seconds(report: dict[str, Any]) -> None:
    from zhanggui.checks import load

    figures = report["figures"]
    assert figures["checks"] == len(load())
    assert len(figures["slowest_checks"]) == 10
    assert list(figures["slowest_checks"].values()) == sorted(figures["slowest_checks"].values(), reverse=True)
    assert set(figures["slowest_checks"]) <= set(load())


def test_no_check_waits_for_a_report_that_the_platform_gives(report: dict[str, Any]) -> None:
    """A benchmark that leaves reports out would time checks that only wait."""
    checks = report["figures"]["steps"]["1"]["checks"]
    given = {"product_effect", "keyword_effect", "order_lines", "product_catalogue", "shop_region", "traffic_source"}
    absent = {t for t in given if f"{t}:absent" in checks["waiting"].values()}
    assert absent == set()


def test_a_copy_holds_every_thing_twice(report: dict[str, Any]) -> None:
    one, two = (report["figures"]["steps"][n] for n in ("1", "2"))
    assert one["rows"] > 20 * (SMALL["products"] + SMALL["words"] // 2)
    assert 1.5 * one["bare"]["rows"] < two["bare"]["rows"] <= 2 * one["bare"]["rows"]


def test_ratios_are_of_one_run(report: dict[str, Any]) -> None:
    assert set(report["ratios"]) == {"checks_to_bare_scan", "checks_cpu_to_bare_scan", "peak_to_bare_scan", "seconds_2x_to_1x"}
    assert all(ratio > 0 for ratio in report["ratios"].values())
    text = json.dumps(report)
    assert str(results.ROOT) not in text
    assert "/tmp" not in text


def test_a_size_beyond_the_full_one_is_made_of_copies() -> None:
    full = {"products": 5000, "words": 20_000, "weeks": 52}
    assert size(full, 0.1) == {"products": 500, "words": 2000, "weeks": 52}
    assert size(full, 10) == full
