"""Headers explained on the command line: suggested, kept with the import, listed, forgotten."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command
from tests.intake.shapes import SHAPES

SHAPE = next(s for s in SHAPES if s.name == "cost_sheet_traditional")


def test_a_suggestion_is_taken_listed_and_forgotten(zhanggui: Command, tmp_path: Path) -> None:
    path, told = tmp_path / "costs.csv", tmp_path / "map.json"
    path.write_bytes(SHAPE.data)
    assert zhanggui("import", path, "--yes").returncode == 1
    said = zhanggui("mappings", "suggest", path)
    assert json.loads(said.stdout) == {
        "table": SHAPE.table,
        "columns": SHAPE.columns,
        "scale": {},
        "constants": SHAPE.constants,
        "orders": {},
    }
    told.write_text(said.stdout, "utf-8")
    done = zhanggui("import", path, "--map", told, "--yes", "--json")
    assert json.loads(done.stdout)["tables"] == {"product_cost": {"new": 5, "changed": 0, "unchanged": 0, "rejected": 0}}
    (listed,) = json.loads(zhanggui("mappings", "--json").stdout)
    assert (listed["id"], listed["columns"]) == (1, SHAPE.columns)
    assert [zhanggui("mappings", "forget", "1").returncode for _ in range(2)] == [0, 1]


def test_an_answer_that_fits_nothing_or_cannot_be_read_is_refused(zhanggui: Command, tmp_path: Path) -> None:
    path, told = tmp_path / "costs.csv", tmp_path / "map.json"
    path.write_bytes(SHAPE.data)
    told.write_text('{"table": "product_cost", "columns": {"product_id": "别的"}}', "utf-8")
    assert (zhanggui("import", path, "--map", told).returncode) == 2
    told.write_text("[1", "utf-8")
    assert zhanggui("import", path, "--map", told).returncode == 2
    told.write_text('{"table": "product_cost", "columns": {"product_id": "產品編號"}}', "utf-8")
    refused = zhanggui("import", path, "--map", told)
    assert refused.returncode == 1
    assert refused.stderr.count("必须有") == 2
