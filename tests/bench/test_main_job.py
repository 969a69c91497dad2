"""The benchmark of the main job at a small size: every contestant, the same sums, the whole report. No times are judged."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from bench import results
from bench.agreement import SUMS, digest, whole
from bench.main_job import LAST
from bench.year import END, Size, names

STAGES = {
    "start", "import", "sums", "check", "today", "bare_cells", "bare_scan",
    "plain_pandas", "xls_import", "xls_bare_cells", "xls_plain_pandas",
}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("bench")
    done = subprocess.run(
        [sys.executable, "-m", "bench.main_job", "--small", "--out", str(folder)],
        cwd=results.ROOT, capture_output=True, text=True, check=False, env=None,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "main_job.json").read_text("utf-8"))


def test_every_contestant_has_the_same_sums(report: dict[str, Any]) -> None:
    figures = report["figures"]
    assert figures["sums_agree"] is True
    assert {t: said["rows"] for t, said in figures["sums"].items()} == {"product_effect": 5 * 60, "keyword_effect": 5 * 100}
    assert {t: len(said["shop"]) for t, said in figures["sums"].items()} == {t: len(columns) for t, columns in SUMS.items()}
    assert figures["stages"]["import"]["rows"] == 5 * 160
    assert figures["stages"]["import"]["rejected"] == 0


def test_the_report_says_what_was_run_where(report: dict[str, Any]) -> None:
    assert set(report) == {"name", "commit", "dirty", "date", "seeds", "machine", "parameters", "figures", "ratios"}
    assert set(report["machine"]) == {"cores", "memory_gb", "cpu", "system", "python", "packages"}
    assert report["seeds"] == [1]
    assert (report["parameters"]["products"], report["parameters"]["words"], report["parameters"]["weeks"]) == (60, 100, 5)
    assert set(report["figures"]["stages"]) == STAGES
    for stage in report["figures"]["stages"].values():
        assert {"seconds", "wall_seconds", "cpu_seconds", "peak_mb", "runs"} <= set(stage)
        assert stage["peak_mb"] > 0
    assert all(ratio > 0 for ratio in report["ratios"].values())


def test_no_path_and_no_host_name_is_written(report: dict[str, Any]) -> None:
    text = json.dumps(report)
    assert str(results.ROOT) not in text
    assert "/tmp" not in text


def test_every_check_has_an_outcome(report: dict[str, Any]) -> None:
    from zhanggui import checks

    told = report["figures"]["stages"]["check"]
    assert sorted([*told["findings"], *told["clear"], *told["waiting"]]) == sorted(checks.load())


def test_the_maker_gives_the_same_shop_for_the_same_seed() -> None:
    one, same, other = (names(Size(60, 100, 5, seed)) for seed in (1, 1, 2))
    assert (one.titles, one.words) == (same.titles, same.words)
    assert one.titles != other.titles
    assert (len(one.ids), len(one.words)) == (60, 100)
    assert LAST == END


def test_the_maker_repeats_words_as_often_as_the_real_export() -> None:
    words = names(Size(1, 1000, 1)).words
    assert len(words) - len(set(words)) == 8


def test_one_different_figure_changes_the_hash() -> None:
    columns = ("inquiries", "rts_gmv")
    one = digest(columns, [("a", 1, 2.5), ("b", 0, 0)])
    assert one == digest(columns, [("b", 0, 0.0), ("a", "1", "2.5000")])
    assert one != digest(columns, [("a", 1, 2.5001), ("b", 0, 0)])
    assert (whole("rts_gmv", "2.0001"), whole("inquiries", 3)) == (20001, 3)
