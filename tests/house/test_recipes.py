"""The recipes of CONTRIBUTING work from the files that they name alone: each is taken from the page and tried in a copy."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT, Block, blocks, copy_tree, run_in

BLOCKS = blocks((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
PROGRAM = Path(__file__).with_name("recipes_program.py")


def write(tree: Path, block: Block) -> None:
    """Do what the recipe says with one block."""
    path = tree / block.path
    if not block.place:
        assert not path.exists(), f"{block.path} is there already: the recipe must show a new file"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")
        return
    there = path.read_text("utf-8")
    if block.place == "at the end":
        path.write_text(f"{there.rstrip()}\n\n\n{block.text}", "utf-8")
    else:
        assert block.place == "in the list `shop`"
        assert there.count("shop = [\n") == 1
        module = block.text.strip().split('"')[1].strip("/")
        there = there.replace("shop = [\n", f"shop = [\n{block.text}")
        path.write_text(re.sub(r"(from zhanggui\.web import \(?)", rf"\g<1>{module}, ", there), "utf-8")


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All recipes followed in one copy of the tree, and what a program run in it saw."""
    tree = copy_tree(tmp_path_factory.mktemp("recipes"), "zhanggui")
    for block in BLOCKS:
        write(tree, block)
    seen: dict[str, Any] = json.loads(run_in(tree, str(PROGRAM), str(tree)))
    return seen


def test_page_names_every_recipe() -> None:
    """No recipe has lost its blocks: the files that the tests below rest on."""
    assert [(b.path, b.place) for b in BLOCKS] == [
        ("zhanggui/checks/products/nobody_in_charge.py", ""),
        ("zhanggui/checks/products/nobody_in_charge.yaml", ""),
        ("tests/checks/products/nobody_in_charge.yaml", ""),
        ("zhanggui/rulebook/numbers/service.yaml", ""),
        ("zhanggui/tables/reports/country_visits.py", ""),
        ("tests/intake/samples/country_visits.csv", ""),
        ("zhanggui/tables/registers/product_certificate.py", ""),
        ("tests/intake/samples/product_certificate.csv", ""),
        ("zhanggui/measures/products.py", "at the end"),
        ("zhanggui/estimates/share.py", ""),
        ("tests/estimates/test_share.py", ""),
        ("zhanggui/web/rulebook.py", ""),
        ("zhanggui/web/templates/rulebook.jinja", ""),
        ("zhanggui/web/urls.py", "in the list `shop`"),
    ]


def test_the_copy_is_what_was_tried(tried: dict[str, Any]) -> None:
    assert tried["inside"] is True


def test_check_is_discovered_and_finds_its_cases(tried: dict[str, Any]) -> None:
    assert tried["check"] == {"title": "没有负责人的产品", "cases": 3, "wrong": []}
    assert tried["sentence"] == "“Loafers” got 10 clicks and nobody is in charge of it."


def test_rulebook_number_is_in_force_from_its_day(tried: dict[str, Any]) -> None:
    assert tried["number"] == {"before": None, "from": 5.0}


def test_report_is_recognised_put_and_shown(tried: dict[str, Any]) -> None:
    assert tried["report"] == {
        "table": "country_visits",
        "period": ["2026-09-13", "2026-09-19"],
        "problems": [],
        "counts": [2, 0, 0, 0],
        "rows": [["Germany", None, 40], ["United States", 120, 1203]],
    }


def test_report_is_shown_by_the_command(tried: dict[str, Any]) -> None:
    assert tried["shown"] == [["Germany", None, 40], ["United States", 120, 1203]]


def test_register_imports_and_rejects_what_is_wrong(tried: dict[str, Any]) -> None:
    assert tried["register"] == {
        "table": "product_certificate",
        "kind": "register",
        "counts": [1, 0, 0, 1],
        "rejected": [["not_a_day", 3, "有效期至", "soon"]],
        "rows": [["1600000000001", "CE", "2027-03-31"]],
    }


def test_measure_is_traced_to_file_and_line(tried: dict[str, Any]) -> None:
    assert tried["measure"] == {"value": 30, "origins": [["effect.csv", 3, 10], ["effect.csv", 4, 20]]}


def test_estimator_passes_its_own_tests(tried: dict[str, Any]) -> None:
    assert tried["estimator"] == ["test_keeps_its_level_where_the_textbook_does_not", "test_published"]


def test_page_answers_its_own_people_only(tried: dict[str, Any]) -> None:
    assert tried["page"] == {"alice": 200, "charlie": 404, "nobody": 302, "says_value": True}
