"""The import contracts are kept, and a deliberate breach of each is caught: by that contract and by no other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.tree import ROOT, copy_tree

RIVER = "The river: a folder imports only from upstream"
NO_NETWORK = "The core knows no Django, no network, no process"
NO_CLOCK = "The core asks no clock and no dice"
NO_SANDBOX = "Nothing of the product imports the sandbox, the benchmarks or the tests"
NO_CYCLES = "No cycles between the subjects of a folder"
CONTRACTS = [RIVER, NO_NETWORK, NO_CLOCK, NO_SANDBOX, NO_CYCLES]

Breach = Callable[[Path], None]


def lint(tree: Path) -> tuple[int, dict[str, bool], str]:
    """Exit code, contract → kept, and all that was said."""
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    program = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(
        [*program, "--config", str(tree / "pyproject.toml"), "--no-cache", "--no-logo"],
        cwd=tree, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    kept = {m[1].strip(): m[2] == "KEPT" for m in re.finditer(r"^(.+?) (KEPT|BROKEN)$", said, re.M)}
    return done.returncode, kept, said


def adds(path: str, line: str) -> Breach:
    """A breach: one import at the end of one file."""

    def breach(tree: Path) -> None:
        file = tree / path
        file.parent.mkdir(parents=True, exist_ok=True)
        there = file.read_text("utf-8") if file.exists() else '"""Made for a breach."""\n'
        file.write_text(f"{there}\n{line}\n", "utf-8")

    return breach


def cycle(tree: Path) -> None:
    """Two siblings below one folder import each other, each within its own layer's rights."""
    adds("zhanggui/web/here.py", "import zhanggui.cli.there")(tree)
    adds("zhanggui/cli/there.py", "import zhanggui.web.here")(tree)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_tree(tmp_path_factory.mktemp("layers"), "zhanggui", "sandbox", "pyproject.toml")


def test_contracts_are_kept() -> None:
    code, kept, said = lint(ROOT)
    assert (code, kept) == (0, dict.fromkeys(CONTRACTS, True)), said


def test_a_copy_is_kept_too(tree: Path) -> None:
    """Else the breaches below would prove nothing."""
    code, kept, said = lint(tree)
    assert (code, kept) == (0, dict.fromkeys(CONTRACTS, True)), said
    assert str(ROOT / "zhanggui") not in said


@pytest.mark.parametrize(
    ("breach", "broken"),
    [
        pytest.param(adds("zhanggui/tables/breach.py", "import zhanggui.facts"), {RIVER, NO_CYCLES}, id="upstream imports downstream"),
        pytest.param(adds("zhanggui/measures/breach.py", "import zhanggui.checks"), {RIVER, NO_CYCLES}, id="measures import checks"),
        pytest.param(adds("zhanggui/checks/ads/breach.py", "import zhanggui.desk.models"), {RIVER, NO_CYCLES}, id="a check imports desk"),
        pytest.param(adds("zhanggui/web/breach.py", "import zhanggui.cli"), {RIVER}, id="a door imports the other"),
        pytest.param(adds("zhanggui/api/breach.py", "import zhanggui.web"), {RIVER}, id="the API imports the pages"),
        pytest.param(adds("zhanggui/measures/breach.py", "import django"), {NO_NETWORK}, id="core imports django"),
        pytest.param(adds("zhanggui/facts/breach.py", "import urllib.request"), {NO_NETWORK}, id="core imports the network"),
        pytest.param(adds("zhanggui/plans/breach.py", "import subprocess"), {NO_NETWORK}, id="core starts a process"),
        pytest.param(adds("zhanggui/checks/ads/breach.py", "import time"), {NO_CLOCK}, id="core asks the clock"),
        pytest.param(adds("zhanggui/estimates/breach.py", "import random"), {NO_CLOCK}, id="core throws dice"),
        pytest.param(adds("zhanggui/cli/breach.py", "import sandbox"), {NO_SANDBOX}, id="product imports the sandbox"),
        pytest.param(adds("zhanggui/web/breach.py", "import tests.conftest"), {NO_SANDBOX}, id="product imports the tests"),
        pytest.param(cycle, {RIVER, NO_CYCLES}, id="siblings in a cycle"),
    ],
)  # fmt: skip
def test_breach_is_caught(tmp_path: Path, breach: Breach, broken: set[str]) -> None:
    copy = copy_tree(tmp_path, "zhanggui", "sandbox", "pyproject.toml")
    breach(copy)
    code, kept, said = lint(copy)
    assert code == 1, said
    assert {name for name, whole in kept.items() if not whole} == broken, said


def test_folder_that_nobody_placed_is_caught_and_named(tmp_path: Path) -> None:
    copy = copy_tree(tmp_path, "zhanggui", "sandbox", "pyproject.toml")
    adds("zhanggui/fresh/__init__.py", "")(copy)
    code, kept, said = lint(copy)
    assert code == 1
    assert [name for name, whole in kept.items() if not whole] == [RIVER]
    assert "zhanggui.fresh" in said
