"""check, today, explain, trace."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Command, command


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A shop with two weeks of thirty products, one of them unseen."""
    folder = tmp_path_factory.mktemp("cli")
    for week, (start, end) in enumerate([("2026-09-06", "2026-09-12"), ("2026-09-13", "2026-09-19")]):
        rows = "\n".join(
            f"16010000000{i:02},Lamp {i},{'Y' if i < 4 else 'N'},{i * 100},{i * 2},{i},{i // 8},{i // 9},0,{i * 150},{i * 3},0,0"
            for i in range(30)
        )
        header = "产品ID,产品名称,是否橱窗,搜索曝光次数,搜索点击次数,访问人数,询盘个数,TM咨询人数 ,提交订单个数 ,全店曝光次数,全店点击次数,营销曝光次数,营销点击次数"
        (folder / f"{week}.csv").write_text(f"产品数据, 时间周期 {start}~{end}\n\n{header}\n{rows}\n", encoding="utf-8")
    call = command(folder / "home")
    assert call("import", folder / "0.csv", folder / "1.csv", "--yes").returncode == 0
    return call


def test_today_is_readable_in_both_languages(shop: Command) -> None:
    zh = shop("--lang", "zh", "today", "--day", "2026-09-21").stdout
    en = shop("--lang", "en", "today", "--day", "2026-09-21").stdout
    assert "今日 2026-09-21" in zh
    assert "还不够判断" in zh
    assert "Today 2026-09-21" in en
    assert "Not enough yet" in en


def test_today_as_json_and_excel(shop: Command, tmp_path: Path) -> None:
    told = json.loads(shop("today", "--day", "2026-09-21", "--json").stdout)
    assert told["day"] == "2026-09-21"
    early = next(c for c in told["not_enough_yet"] if c["code"] == "PR02")
    assert [(f["key"], f["needs"]) for f in early["findings"]] == [({"product_id": "1601000000000"}, 76.0)]
    book = tmp_path / "today.xlsx"
    assert shop("today", "--day", "2026-09-21", "--xlsx", book).returncode == 0
    assert openpyxl.load_workbook(book).sheetnames == ["今日", "还不够判断", "等数据"]


def test_check_only_one_code(shop: Command) -> None:
    told = json.loads(shop("check", "--only", "PR02", "--day", "2026-09-21", "--json").stdout)
    assert {f["code"] for f in told["findings"]} == {"PR02"}


def test_every_address_of_a_finding_traces(shop: Command) -> None:
    told = json.loads(shop("check", "--day", "2026-09-21", "--json").stdout)
    address = next(f for f in told["findings"] if f["code"] == "PR02")["figures"][0]
    figure = json.loads(shop("trace", address, "--day", "2026-09-21", "--json").stdout)
    assert (figure["value"], figure["covered_days"]) == (0, 14)
    assert [(o["file"], o["line"], o["header"]) for o in figure["origins"]] == [
        ("0.csv", 4, "搜索曝光次数"),
        ("1.csv", 4, "搜索曝光次数"),
    ]


def test_explain_a_check_and_a_number(shop: Command) -> None:
    assert "PR01" in shop("explain", "pr01").stdout
    number = shop("explain", "lead_hit_min_leads_90d").stdout
    assert "2024-09-27  21" in number
    assert "大于20" in number


def test_several_shops_ask_which(shop: Command, tmp_path: Path) -> None:
    call = command(tmp_path / "two")
    (tmp_path / "a.csv").write_text("国家,优先级\n德国,1\n", encoding="utf-8")
    for key in ("one", "two"):
        assert call("--shop", key, "import", tmp_path / "a.csv", "--yes").returncode == 0
    said = call("imports")
    assert said.returncode == 2
    assert "one, two" in said.stderr
