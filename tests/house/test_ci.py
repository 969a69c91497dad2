"""CI runs the README's test command, and the README names commands of the Makefile."""

from __future__ import annotations

import os
import re

import pytest
import yaml

from tests.house.tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):(?!=)", MAKEFILE, re.M))


def test_ci_runs_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = [line.strip() for line in script.read_text("utf-8").splitlines()]
    assert lines[0] == "#!/usr/bin/env bash"
    assert lines[-2:] == ["make test", "make test-postgres"]
    assert "export CI=true" in lines
    assert "set -euo pipefail" in lines


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "CONTRIBUTING.md", "docs/map.md"])
def test_pages_name_make_targets_that_exist(name: str) -> None:
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", (ROOT / name).read_text("utf-8"), re.M))
    assert named
    assert named <= TARGETS


def test_targets_are_phony() -> None:
    """A file called `test` or `docs` must not make a target look done."""
    phony = set(re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.M)[0].split())
    here = {p.name for p in ROOT.iterdir()}
    assert TARGETS & here <= phony


def test_hooks_fetch_nothing() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    assert {hook["language"] for hook in hooks[0]["hooks"]} == {"system"}
