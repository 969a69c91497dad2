"""Nothing of a machine, a registry or a junk drawer is in the tree; packages say what they are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.house.tree import ROOT, project_files, text_of
from zhanggui.checks import load
from zhanggui.rulebook import RULEBOOK

FILES = project_files()
PYTHON = [p for p in FILES if p.suffix == ".py"]
MOST_LINES = 400

# Built from pieces, so that this file is not what it looks for.
MACHINE = re.compile(
    "(?<![\\w.~])/(?:" + "|".join(["ro" + "ot", "wo" + "rk", "ho" + "me/[a-z]\\w*", "Us" + "ers/\\w+"]) + ")(?:/|\\b)"
)
REGISTRY = re.compile(
    "|".join(
        [
            "py" + r"pi\.org", "files\\.python" + "hosted", "registry\\.npm" + "js", "npm" + r"mirror\.com", "/sim" + "ple/",
            "index-" + "url", "--extra-" + "index", "artifact" + "ory", "mirrors?" + r"\.[a-z0-9-]+\.(?:com|cn|org|edu)",
        ]
    )
)  # fmt: skip
JUNK = {"utils", "util", "common", "helpers", "helper", "misc", "manager", "managers", "base", "stuff"}
#: Names that a framework or a habit of templates gives.
GIVEN = {"zhanggui/web/templates/base.jinja"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_are_files_to_judge() -> None:
    assert {"README.md", "Makefile", "zhanggui/__init__.py", "tests/house/test_hygiene.py"} <= {name(p) for p in FILES}


def test_the_patterns_find_what_they_look_for() -> None:
    assert MACHINE.search("see /" + "work/main")
    assert MACHINE.search("/" + "home/alice/shop")
    assert not MACHINE.search("https://example.com/" + "work/x".replace("work", "network"))
    assert REGISTRY.search("https://" + "py" + "pi.org/x")


@pytest.mark.parametrize(("pattern", "what"), [(MACHINE, "a path of a machine"), (REGISTRY, "the address of a registry")])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str], what: str) -> None:
    found = []
    for path in FILES:
        if "vendor" in path.parts:
            continue
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{name(path)}:{number}: {match[0]}")
    assert found == [], f"{what} is in the tree"


def test_lock_names_no_host() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in text
    assert "--hash=sha256:" in text


def test_no_junk_drawer() -> None:
    found = [name(p) for p in FILES if JUNK & {part.split(".")[0].lower() for part in p.relative_to(ROOT).parts}]
    assert [n for n in found if n not in GIVEN and "/vendor/" not in n] == []


@pytest.mark.parametrize("path", [p for p in PYTHON if "migrations" not in p.parts], ids=name)
def test_a_file_holds_one_idea(path: Path) -> None:
    """Under about 300 lines; above 400 it is split."""
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", [p for p in PYTHON if p.parent.parent == ROOT / "zhanggui" and p.stem == "__init__"], ids=name)
def test_a_package_says_what_it_takes_gives_and_may_import(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert [word for word in ("Takes:", "Gives:", "May import:") if word in text] == ["Takes:", "Gives:", "May import:"]
    assert text.index("Takes:") < text.index("Gives:") < text.index("May import:")


@pytest.mark.parametrize(
    "path", [p for p in PYTHON if p.is_relative_to(ROOT / "zhanggui") and "migrations" not in p.parts], ids=name
)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_requirements_named_in_the_code_exist() -> None:
    """Checks and rulebook numbers name requirements; the catalogue lies beside the real data."""
    catalogue = DATA.parent / "requirements.md"
    if not catalogue.exists():
        pytest.skip(f"the catalogue of requirements is not here: no {DATA.parent.name}/{catalogue.name} beside the project")
    known = set(re.findall(r"^- ([A-Z0-9]+-\d+) ", catalogue.read_text("utf-8"), re.M))
    named = {r for check in load().values() for r in check.requirements}
    named |= {r for number in RULEBOOK.numbers.values() for r in number.requirements}
    assert sorted(named - known) == []
