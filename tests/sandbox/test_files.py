"""The files have the platform's shapes: title, header on the sixth row, text and numbers where the platform has them."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
import xlrd

from sandbox import oracle, year
from sandbox.__main__ import main
from sandbox.shop import Shop, draw
from zhanggui.tables import TABLES


@pytest.fixture(scope="module")
def shop() -> Shop:
    return draw(1, weeks=20, products=100, words=120, plants_of="all")


@pytest.fixture(scope="module")
def folder(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("year")
    year.write(shop, out)
    return out


def labels(table: str) -> set[str]:
    return {column.zh for column in TABLES[table].columns.values()}


def xls_cells(path: Path) -> list[list[object]]:
    sheet = xlrd.open_workbook(path).sheet_by_index(0)
    return [sheet.row_values(row) for row in range(sheet.nrows)]


def xlsx_cells(path: Path) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)]


def test_every_file_of_the_year_is_there(shop: Shop, folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    assert len([name for name in names if name.startswith("Products-")]) == 19  # one week was not fetched
    assert len([name for name in names if name.startswith("getKeywords-")]) == 20
    assert len([name for name in names if name.startswith("店铺概览-")]) == 20
    assert len([name for name in names if name.startswith("P4P关键词报告-")]) == 20
    assert [name for name in names if name.startswith("信保订单-")] == [
        f"信保订单-2026{month:02d}.xlsx" for month in range(6, 12)
    ]
    assert "产品目录-2026-11-14.xlsx" in names
    assert {"产品成本.xlsx", "目标国家.csv", "truth.json"} <= set(names)


def test_product_report_has_its_header_on_the_sixth_row(shop: Shop, folder: Path) -> None:
    rows = xls_cells(folder / "Products-2026-11-14.xls")
    assert rows[0][0] == "产品数据, 时间周期 2026-11-08~2026-11-14"
    assert [cell for row in rows[1:5] for cell in row if cell] == []
    assert [str(cell).strip() for cell in rows[5]] == [column.zh for column in TABLES["product_effect"].columns.values()]
    assert [cell for cell in rows[5] if str(cell) != str(cell).strip()] == [
        "分享人数 ",
        "对比人数 ",
        "提交订单个数 ",
        "TM咨询人数 ",
    ]
    assert len(rows) == 6 + 100
    body = {row[0]: row for row in rows[6:]}
    assert set(body) == set(shop.world.ids)
    assert {row[10] for row in body.values()} == {"-"}
    first = body[shop.world.ids[0]]
    assert first[5] == shop.effect["search_exposures"][0, -1]
    assert first[22] == shop.effect["shop_clicks"][0, -1]


def test_keyword_report_is_sorted_and_says_where_no_index_is_published(shop: Shop, folder: Path) -> None:
    rows = xls_cells(folder / "getKeywords-2026-11-14.xls")
    assert rows[0][0] == "流量关键词,时间周期2026-11-08~2026-11-14"
    assert rows[5] == [column.zh for column in TABLES["keyword_effect"].columns.values()]
    exposures = [row[1] for row in rows[6:]]
    assert exposures == sorted(exposures, reverse=True)
    assert exposures[-1] > 0
    assert len(exposures) <= 500
    assert {(row[9] == "-") == (row[10] == "-") for row in rows[6:]} == {True}
    twice = {plant.key["word"] for plant in shop.plants if plant.kind == "duplicate_word"}
    words = [row[0] for row in rows[6:]]
    assert {word for word in words if words.count(word) == 2} == twice


def test_overview_has_each_metric_beside_its_peers(folder: Path) -> None:
    title, header, row = xlsx_cells(folder / "店铺概览-20261108-20261114.xlsx")
    assert "2026-11-08~2026-11-14" in str(title[0])
    assert header[:3] == ["店铺访问人数", "店铺访问人数同行平均", "店铺访问人数同行优秀"]
    assert [label for label in header if label not in labels("shop_overview")] == []
    assert len(row) == len(header)


def test_orders_have_bilingual_headers_and_some_dressed_amounts(shop: Shop, folder: Path) -> None:
    found = [row for path in sorted(folder.glob("信保订单-*.xlsx")) for row in xlsx_cells(path)[1:]]
    header = xlsx_cells(folder / "信保订单-202610.xlsx")[0]
    assert header == [f"{column.zh}({column.en})" for column in TABLES["order_lines"].columns.values()][: len(header)]
    assert header[-1] == "是否有合同附件(Attachment)"
    assert len(found) == len(shop.orders)
    assert {row[9] for row in found} <= set(shop.world.titles)
    amounts = {str(row[16])[:4] for row in found}
    assert "USD " in amounts
    assert len(amounts) > 1


def test_p4p_report_is_gb18030_with_title_and_totals(shop: Shop, folder: Path) -> None:
    with (folder / "P4P关键词报告-20261108-20261114.csv").open(encoding="gb18030", newline="") as file:
        title, header, *rows = csv.reader(file)
    assert title == ["统计周期：2026-11-08~2026-11-14"]
    assert header[2:6] == ["关键词", "推广评分", "出价", "曝光量"]
    assert [label for label in header if label not in labels("p4p_keyword")] == []
    assert rows[-1][0] == "合计"
    assert len(rows) == 40 + 1
    assert int(rows[-1][6]) == sum(int(row[6]) for row in rows[:-1]) == shop.effect["standard_clicks"][:, -1].sum()


def test_catalogue_and_registers_have_headers_that_the_tables_know(folder: Path) -> None:
    with (folder / "目标国家.csv").open(encoding="utf-8-sig", newline="") as file:
        countries = next(csv.reader(file))
    assert (folder / "目标国家.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for table, header in (
        ("product_catalogue", xlsx_cells(folder / "产品目录-2026-11-14.xlsx")[0]),
        ("product_cost", xlsx_cells(folder / "产品成本.xlsx")[0]),
        ("target_country", countries),
    ):
        assert set(header) <= labels(table)


def test_truth_names_each_plant_with_its_check(shop: Shop, folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    assert truth["seed"] == 1
    assert "演示" in truth["shop"]
    assert len(truth["plants"]) == len(shop.plants) > 14
    assert {plant["check"] for plant in truth["plants"]} == {plant.as_dict()["check"] for plant in shop.plants}
    assert all(oracle.found(shop, plant) for plant in shop.plants)


def test_same_seed_same_cells(shop: Shop, folder: Path, tmp_path: Path) -> None:
    year.write(draw(1, weeks=20, products=100, words=120, plants_of="all"), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in folder.iterdir())
    for path in tmp_path.iterdir():
        other = folder / path.name
        if path.suffix == ".xls":
            assert xls_cells(path) == xls_cells(other)
        elif path.suffix == ".xlsx":
            assert xlsx_cells(path) == xlsx_cells(other)
        else:
            assert path.read_bytes() == other.read_bytes()


def test_command_writes_a_silent_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--seed", "5", "--weeks", "20", "--products", "100", "--words", "120", "--no-all"]
    assert main([str(tmp_path / "out"), *given]) == 0
    assert "0 plants, seed 5" in capsys.readouterr().out
    assert json.loads((tmp_path / "out" / "truth.json").read_text(encoding="utf-8"))["plants"] == []


def test_command_refuses_a_week_that_does_not_end_on_a_saturday(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--seed", "1", "--end", "2026-11-13"]) == 2
    assert "ends on a Saturday" in capsys.readouterr().err
