"""Figures are written by one writer, and only when they are asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import results


def test_nothing_is_recorded_outside_a_proof(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path)
    monkeypatch.delenv("ZHANGGUI_PROOF", raising=False)
    assert results.record("killed", seed=1, trials=50) is None
    assert list(tmp_path.iterdir()) == []


def test_figures_are_kept_with_commit_seeds_and_machine(tmp_path: Path) -> None:
    path = results.write("killed", {"trials": 50, "shares": [1 / 3], "codes": {"B", "A"}}, seeds=[1, 50], folder=tmp_path)
    written = json.loads(path.read_text("utf-8"))
    assert written["figures"] == {"trials": 50, "shares": [0.3333], "codes": ["A", "B"]}
    assert written["seeds"] == [1, 50]
    assert len(written["commit"]) == 40 or written["commit"] == "unknown"
    assert isinstance(written["dirty"], bool)


def test_a_result_has_a_plain_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a result's name"):
        results.write("../killed", {}, folder=tmp_path)


def test_a_run_over_two_commits_is_dirty(tmp_path: Path) -> None:
    path = results.write("killed", {}, ran={"commit": "0" * 40, "dirty": False}, folder=tmp_path)
    written = json.loads(path.read_text("utf-8"))
    assert (written["commit"], written["dirty"]) == ("0" * 40, True)
