"""import, imports, show, undo, rebuild."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command, command


def test_without_yes_and_terminal_nothing_is_written(zhanggui: Command, week: Path) -> None:
    said = zhanggui("import", week)
    assert said.returncode == 2
    assert "什么都没有写入" in said.stderr
    assert json.loads(zhanggui("imports", "--json").stdout) == []


def test_json_counts_per_table(zhanggui: Command, week: Path) -> None:
    told = json.loads(zhanggui("import", week, "--yes", "--json").stdout)
    assert told["written"] is True
    assert told["tables"] == {"product_effect": {"new": 2, "changed": 0, "unchanged": 0, "rejected": 1}}
    problem = next(p for p in told["files"][0]["problems"] if p["level"] == "row")
    assert (problem["line"], problem["column"], problem["value"]) == (5, "搜索点击次数", "x")
    again = json.loads(zhanggui("import", week, "--yes", "--json").stdout)
    assert again["tables"] == {"product_effect": {"new": 0, "changed": 0, "unchanged": 2, "rejected": 1}}
    assert again["files"][0]["duplicate_of"] == 1


def test_a_json_preview_says_so_and_exits_two(zhanggui: Command, week: Path) -> None:
    said = zhanggui("import", week, "--json")
    assert (said.returncode, json.loads(said.stdout)["written"]) == (2, False)


def test_all_or_nothing(zhanggui: Command, week: Path) -> None:
    said = zhanggui("import", week, "--yes", "--whole")
    assert said.returncode == 1
    assert json.loads(zhanggui("imports", "--json").stdout) == []


def test_a_file_that_is_no_report_is_refused_and_the_others_come_in(zhanggui: Command, week: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.csv"
    other.write_text("姓名,电话\n王,1\n", encoding="utf-8")
    said = zhanggui("import", week, other, "--yes")
    assert said.returncode == 1
    assert "✗ notes.csv" in said.stdout
    assert [r["file"] for r in json.loads(zhanggui("imports", "--json").stdout)] == [week.name]


def test_show_undo_and_rebuild(zhanggui: Command, week: Path) -> None:
    zhanggui("import", week, "--yes")
    rows = json.loads(zhanggui("show", "product_effect", "--json").stdout)
    assert [(r["product_id"], r["search_exposures"], r["_line"]) for r in rows] == [("1601", 100, 4), ("1603", None, 6)]
    assert "逐字节相同" in zhanggui("rebuild").stdout
    assert zhanggui("undo", "1").returncode == 2
    assert zhanggui("undo", "1", "--yes").returncode == 0
    assert json.loads(zhanggui("show", "product_effect", "--json").stdout) == []
    assert zhanggui("undo", "1", "--yes").returncode == 1


def test_csv_out_is_safe_from_formulas(zhanggui: Command, week: Path) -> None:
    week.write_text(week.read_text("utf-8").replace(",x,", ",1,"), encoding="utf-8")
    zhanggui("import", week, "--yes")
    assert "'=HYPERLINK(1)" in zhanggui("show", "product_effect", "--csv").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "no-such-file.csv"],
        ["show", "no_such_table"],
        ["explain", "ZZ99"],
        ["trace", "nonsense"],
        ["check", "--only", "ZZ99"],
        ["import", ".", "--period", "last week"],
        ["today", "--day", "yesterday"],
    ],
)
def test_wrong_use_exits_two_with_a_sentence(zhanggui: Command, week: Path, arguments: list[str]) -> None:
    zhanggui("import", week, "--yes")
    said = zhanggui(*arguments)
    assert said.returncode == 2
    assert said.stderr.strip()
    assert "Traceback" not in said.stderr


def test_the_real_files(backoffice: Path, tmp_path: Path) -> None:
    zhanggui = command(tmp_path / "home")
    files = sorted(backoffice.glob("*.csv"))
    told = json.loads(zhanggui("import", *files, "--yes", "--json").stdout)
    assert {t: c["new"] for t, c in told["tables"].items()} == {"product_effect": 365, "keyword_effect": 500}
    again = json.loads(zhanggui("import", *files, "--yes", "--json").stdout)
    assert {t: (c["new"], c["changed"], c["unchanged"]) for t, c in again["tables"].items()} == {
        "product_effect": (0, 0, 365),
        "keyword_effect": (0, 0, 500),
    }
    zhanggui("undo", "1", "--yes")
    zhanggui("undo", "2", "--yes")
    assert json.loads(zhanggui("show", "product_effect", "--json").stdout) == []
