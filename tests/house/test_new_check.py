"""A new check is three files and no other edit: the recipe's three in a copy of the tree, and nothing else of it is touched."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.house.test_recipes import BLOCKS, write
from tests.house.tree import copy_tree, run_in

PROGRAM = Path(__file__).with_name("new_check_program.py")
PARTS = ("zhanggui", "tests", "docs", "sandbox", "bench", "pyproject.toml")
NEW = [b for b in BLOCKS if b.path.rsplit("/", 1)[1].startswith("nobody_in_charge.")]
NAMES = {
    "zhanggui/checks/products/nobody_in_charge.py",
    "zhanggui/checks/products/nobody_in_charge.yaml",
    "tests/checks/products/nobody_in_charge.yaml",
}


def contents(tree: Path) -> dict[str, str]:
    """Every file of a tree by its path, as a hash."""
    files = [p for p in tree.rglob("*") if p.is_file() and "__pycache__" not in p.parts and "home" not in p.parts]
    return {str(p.relative_to(tree)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The three files added to a copy, and what its cases, pages and references said."""
    tree = copy_tree(tmp_path_factory.mktemp("new-check"), *PARTS)
    before = contents(tree)
    for block in NEW:
        write(tree, block)
    cases = run_in(tree, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "tests/checks/test_cases.py", "-k", "PR90")
    seen = json.loads(run_in(tree, str(PROGRAM)))
    after = contents(tree)
    run_in(tree, "-m", "docs.generate")
    written = contents(tree)
    return {
        "cases": cases,
        **seen,
        "added": {p for p in after if p not in before},
        "edited": {p for p, told in before.items() if after.get(p) != told},
        "generated": {p for p, told in after.items() if written.get(p) != told},
        "checks.md": (tree / "docs/reference/checks.md").read_text("utf-8"),
        "settings.md": (tree / "docs/reference/settings.md").read_text("utf-8"),
    }


def test_three_files_are_added_and_none_is_edited(tried: dict[str, Any]) -> None:
    assert {b.path for b in NEW} == NAMES
    assert (tried["added"], tried["edited"]) == (NAMES, set())


def test_its_cases_run_with_those_of_all_checks(tried: dict[str, Any]) -> None:
    passed = re.search(r"(\d+) passed", tried["cases"])
    assert passed is not None
    assert int(passed[1]) > 20
    assert "failed" not in tried["cases"]


def test_it_runs_with_every_check_up(tried: dict[str, Any]) -> None:
    from zhanggui.checks import load

    assert tried["ran"].keys() == {*load(), "PR90"}
    assert tried["ran"]["PR90"] == [{"product_id": "1"}]


def test_today_says_what_it_found(tried: dict[str, Any]) -> None:
    assert "没有负责人的产品" in tried["today"]
    assert "「Loafers」有 10 次点击，没有产品负责人。" in tried["today"]


def test_its_settings_stand_with_those_of_all_checks(tried: dict[str, Any]) -> None:
    assert "没有负责人的产品" in tried["check_settings"]
    assert "至少多少点击才列出" in tried["check_settings"]


def test_the_references_are_written_from_it(tried: dict[str, Any]) -> None:
    assert "## PR90" in tried["checks.md"]
    assert "| [PR90](checks.md#pr90) | `min_clicks` | 10 | click |" in tried["settings.md"]
    assert {p for p in tried["generated"] if not p.startswith("docs/")} == set()
