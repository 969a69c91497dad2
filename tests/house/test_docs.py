"""The documents are fresh, their links lead somewhere, and what the README promises is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import HAN, ROOT, project_files

PAGES = [p for p in project_files() if p.suffix == ".md" and "vendor" not in p.parts]
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")


def generate(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"ZHANGGUI_HOME": str(home / "untouched"), "HOME": str(home)}
    command = [sys.executable, "-m", "docs.generate", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_references_are_fresh_and_nobodys_data_are_touched(tmp_path: Path) -> None:
    done = generate("--check", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_a_stale_page_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from docs import generate as made

    texts = {made.REFERENCE / "tables.md": "something else", made.MAP: made.MAP.read_text("utf-8")}
    monkeypatch.setattr(made, "pages", lambda: texts)
    others = sorted(p.relative_to(ROOT).as_posix() for p in made.REFERENCE.glob("*.md"))
    assert made.stale() == others  # tables.md differs, and nothing makes the rest


def anchors(page: Path) -> set[str]:
    """The names under which GitHub and others let the headings of a page be linked to."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    for target, anchor in LINK.findall(text):
        there = (page.parent / target).resolve() if target else page
        assert there.exists(), target
        assert there.is_relative_to(ROOT), target
        if anchor:
            assert anchor in anchors(there), f"{target}#{anchor}"


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(p.name for p in folder.glob("[0-9]*.md"))
    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8")) == pages
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))


def test_both_readmes_have_the_same_parts() -> None:
    """The counterpart is written, not translated, but says the same things in the same order."""

    def shape(name: str) -> list[str]:
        text = (ROOT / name).read_text("utf-8").replace("README.zh.md", "README.md")
        return re.findall(r"^(?:#+ |- |    \S|!\[|\[)", text, re.M) + re.findall(r"\]\(([^)]+)\)", text)

    assert shape("README.md") == shape("README.zh.md")
    assert not HAN.search(re.sub(r"[（(].*?[)）]|掌柜|中文", "", (ROOT / "README.md").read_text("utf-8").split("\n\n")[2]))


def test_changelog_has_a_place_for_what_comes_next() -> None:
    assert re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[0] == "[Unreleased]"


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_names_commands_that_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    reference = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    known = set(re.findall(r"^## ([a-z]+)$", reference, re.M))
    named = set(re.findall(r"zhanggui (?:--\w+ \w+ )*([a-z]+)\b", text))
    assert named <= known
    assert {"import", "today", "trace", "explain", "person", "serve", "undo", "rebuild", "rule"} - named == set()
    for path in re.findall(r"`(docs/[\w/.-]+)`", text):
        assert (ROOT / path).exists()
